"""A synthetic row in which all 84 fields say something, so that none can be lost unseen."""

from datetime import date
from decimal import Decimal
from typing import cast

from amparo.interfaces.exchange.htcds.reader import Row
from amparo.interfaces.exchange.htcds.standard import Field, Value, fields

_DATES = {"prs_Birthdate": date(2010, 2, 28), "hte_Date": date(2021, 5, 1)}
_NUMBERS = {"vic_AgeWhenTrafficked": 11, "prs_NumberOfChildren": 0}
_TEXTS = {
    "prs_FirstName": "=Synthetica",
    "prs_SecondName": "مثال",
    "cco_CaseComment": 'Asks for school; "soon",\nshe says',
}


def full_row() -> Row:
    """A child, 11 at the event; the misspelt value of the standard and a name that looks like a formula included."""
    return Row("NORTH/2021-0007", {name: _value(field) for name, field in fields().items()})


def _value(field: Field) -> Value:
    if field.kind == "text":
        return _TEXTS.get(field.name, f"Synthetic {field.label}")
    if field.kind == "date":
        return _DATES.get(field.name, date(2022, 1, 31))
    plain: dict[str, Value | None] = {
        "one": field.values[-1] if field.values else None, "many": field.values[-2:], "degrees": Decimal("-12.50"),
        "whole": _NUMBERS.get(field.name), "checkbox": field.name == "con_Consent",
        "countries": ("KE", "UGA"), "country": "KEN", "language": "swa",
    }  # fmt: skip
    return cast("Value", plain[field.kind])
