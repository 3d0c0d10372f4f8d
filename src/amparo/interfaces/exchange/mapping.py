"""What a row of HTCDS says in Amparo's words. A field without a home here is kept beside the case."""

from datetime import date
from typing import cast

from amparo.cases.actions import IncidentFacts
from amparo.interfaces.exchange.htcds.age import age_at_event
from amparo.interfaces.exchange.htcds.reader import Row
from amparo.interfaces.exchange.htcds.standard import fields, three_letters
from amparo.linkage.actions import ChildFacts, Identity
from amparo.vault.compartments import Compartment

# The standard asks for gender and has no sex; only its two plain answers are taken as one.
_SEX = {"Feminine": "female", "Masculine": "male", "NonSpecifiedUnknown": "unknown"}

_FORM = {
    "ForcedLabour": "forced_labour", "ChildLabour": "forced_labour", "ForcedMarriage": "child_marriage",
    "Servitude": "domestic_servitude", "ForcedMilitaryByNonStateActors": "armed_conflict_use",
    "OrganRemoval": "organ_removal", "ForcedBegging": "begging", "ForcedAdoption": "illegal_adoption",
    "Surrogacy": "surrogacy_sale", "SexualExploitation": "sexual_abuse_other", "Other": "trafficking",
}  # fmt: skip
_SEXUAL_FORM = {
    "Prostitution": "in_prostitution", "Pornography": "csam_production",
    "RemoteInteractiveServices": "live_streaming", "PrivateSexualServices": "in_prostitution",
}  # fmt: skip
_RELATIONSHIP = {"Familial": "other_relative", "Acquainted": "other_known_person", "Unaquainted": "stranger"}
_CLOSED = {"Closed": "other", "ClosedReferred": "transferred"}

# ISO 639-2, both codes where there are two, to the languages that Amparo lists.
_LANGUAGE = {
    "ara": "ar", "eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "rus": "ru", "zho": "zh", "chi": "zh",
    "amh": "am", "ben": "bn", "deu": "de", "ger": "de", "fas": "fa", "per": "fa", "ful": "ff", "hau": "ha",
    "hin": "hi", "hat": "ht", "ind": "id", "ita": "it", "khm": "km", "kur": "ku", "lin": "ln", "mya": "my",
    "bur": "my", "nep": "ne", "orm": "om", "pol": "pl", "pus": "ps", "por": "pt", "ron": "ro", "rum": "ro",
    "kin": "rw", "sin": "si", "som": "so", "sqi": "sq", "alb": "sq", "swa": "sw", "tam": "ta", "tha": "th",
    "tir": "ti", "tgl": "tl", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi", "wol": "wo", "sgn":
    "sign", "und": "unknown",
}  # fmt: skip


def identity(row: Row) -> Identity:
    """Who the child is. A child without any name is called by the organisation's own case id."""
    text = {name: str(value) for name, value in row.values.items()}
    names = [text.get(name, "") for name in ("prs_FirstName", "prs_SecondName", "prs_MiddleName")]
    contacts = [text[name] for name in ("prs_MobilePhone", "prs_HomePhone", "prs_Email") if name in text]
    return Identity(
        given=names[0] if any(names) else row.case_id, family=names[1], other=names[2],
        birth_date=cast("date | None", row.values.get("prs_Birthdate")), contact=", ".join(contacts),
    )  # fmt: skip


def child_facts(row: Row) -> ChildFacts:
    """The coded facts of the child."""
    year, precision = _birth(row)
    citizenships = cast("tuple[str, ...]", row.values.get("prs_Citizenship", ()))
    spoken = row.values.get("prs_PrimaryLanguage")
    gender = row.values.get("prs_Gender")
    return ChildFacts(
        sex=_SEX.get(str(gender), "other") if gender else "unknown",
        birth_year=year, birth_precision=precision,
        nationality=three_letters(citizenships[0]) if citizenships else "unknown",
        language=_LANGUAGE.get(str(spoken), "other") if spoken else "unknown",
    )  # fmt: skip


def incidents(row: Row) -> list[IncidentFacts]:
    """One incident for each form that the row names; a row that names none tells of trafficking as such."""
    relationship = _RELATIONSHIP.get(str(row.values.get("vic_RelationshipToTrafficker")), "unknown")
    happened, age = row.values.get("hte_Date"), age_at_event(row.values)
    return [
        IncidentFacts(form=form, relationship=relationship, happened_on=cast("date | None", happened), age=age)
        for form in _forms(row)
    ]


def close_reason(row: Row) -> str:
    """Why the case is closed, or "" while it is open."""
    return _CLOSED.get(str(row.values.get("cas_Status")), "")


def coded(row: Row) -> dict[str, str]:
    """The coded fields in the standard's own codes: field to canonical text."""
    return {name: text for name, text in row.written.items() if fields()[name].personal == "fact"}


def sealed(row: Row) -> dict[Compartment, dict[str, str]]:
    """The personal fields in canonical text, by the compartment in which each belongs."""
    parts: dict[Compartment, dict[str, str]] = {}
    for name, text in row.written.items():
        if fields()[name].personal == "vault":
            parts.setdefault(_compartment(name), {})[name] = text
    return parts


def _compartment(name: str) -> Compartment:
    if name.startswith("prs_Mailing"):
        return Compartment.PLACEMENT
    return Compartment.IDENTITY if name.startswith("prs_") else Compartment.NARRATIVE


def _birth(row: Row) -> tuple[int | None, str]:
    born, event, age = row.values.get("prs_Birthdate"), row.values.get("hte_Date"), age_at_event(row.values)
    if isinstance(born, date):
        return born.year, "day"
    if isinstance(event, date) and age is not None:
        return event.year - age, "estimated"
    return None, "unknown"


def _forms(row: Row) -> list[str]:
    kinds = cast("tuple[str, ...]", row.values.get("vic_TypeOfExploitation", ()))
    sexual = cast("tuple[str, ...]", row.values.get("vic_TypeOfSexExploitation", ()))
    found = [_SEXUAL_FORM[each] for each in sexual]
    found += [_FORM[each] for each in kinds if each != "SexualExploitation" or not sexual]
    return list(dict.fromkeys(found)) or ["trafficking"]
