"""The series that are followed, and what each does not say."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.common.errors import Invalid
from amparo.monitoring import files

# What must be said beside every number of its nature.
CAUTIONS: dict[str, Any] = {
    "official": _("Official statistics as their source gives them. Methods differ between States and years."),
    "volume": _(
        "A volume of reports by apparent location. It is not prevalence: more reports may only mean more detection, "
        "and the place is often that of a server."
    ),
    "external": _(
        "The judgement or compilation of somebody else, shown with its year. It is never part of our scores."
    ),
}
# UNSD's codes of how a number of the SDG database came about.
NATURES: dict[str, Any] = {
    "c": _("country data"), "ca": _("country data, adjusted"), "e": _("estimated"), "m": _("modelled"),
    "g": _("global monitoring data"), "n": _("not available"),
}  # fmt: skip


@dataclass(frozen=True)
class Series:
    """`nature` is a key of `CAUTIONS`; `indicator` of the SDGs, if it is one; `unit` percent, number, years, word."""

    code: str
    indicator: str
    nature: str
    unit: str
    titles: dict[str, str]

    @property
    def title(self) -> str:
        return files.said(self.titles)

    @property
    def caution(self) -> Any:
        return CAUTIONS[self.nature]


@cache
def all_series() -> dict[str, Series]:
    """Every series by its code, in their order."""
    return {
        row["code"]: Series(row["code"], row["indicator"], row["nature"], row["unit"], files.titles(row))
        for row in files.rows("series.csv")
    }


def series(code: str) -> Series:
    """Raises `Invalid`, naming those that there are."""
    found = all_series().get(code)
    if found is None:
        raise Invalid({"series": f"There is no series {code}. There are: {', '.join(all_series())}."})
    return found
