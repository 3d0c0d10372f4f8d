"""Registering a child, after asking whether we have met this child."""

from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from amparo.access import walls
from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.ids import new_id
from amparo.common.types import Actor
from amparo.linkage import matching
from amparo.linkage.models import Child, SearchCounter
from amparo.organisation import queries as organisation
from amparo.organisation.actions import tell
from amparo.organisation.models import Agency
from amparo.vault import store
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import need


@dataclass(frozen=True)
class Identity:
    """Who the child is: for the vault only. Name parts may be in any script; any of it may be missing."""

    given: str = ""
    family: str = ""
    other: str = ""
    birth_date: date | None = None
    contact: str = ""
    address: str = ""


@dataclass(frozen=True)
class ChildFacts:
    """The coded facts of a child. `difficulties` maps a domain of the Child Functioning Module to a degree."""

    sex: str = "unknown"
    birth_year: int | None = None
    birth_precision: str = "unknown"
    nationality: str = "unknown"
    language: str = "unknown"
    migration_status: str = "unknown"
    care_status: str = "unknown"
    separation: str = "unknown"
    difficulties: dict[str, str] = field(default_factory=dict)


_SCHEMES = {
    "sex": "sex", "birth_precision": "birth_precision", "nationality": "country", "language": "language",
    "migration_status": "migration_status", "care_status": "care_status", "separation": "separation",
}  # fmt: skip


@gated
def register_child(
    *, by: Actor, agency: Agency, identity: Identity, facts: ChildFacts, id: UUID | None = None
) -> Child:
    """Register a child: identity to the vault, coded facts beside it, keyed hashes for "have we met?".

    The same `id` sent twice by the same agency is one child. Raises `Invalid` for a code outside its list, a birth in
    the future, or no name and no other mark at all; `Conflict` for another agency's `id`.
    """
    rule = allow(by, Permission.CHILD_REGISTER)
    check(identity, facts)
    if id and (kept := Child.objects.filter(id=id, agency=agency).first()):
        return kept
    if id and Child.objects.filter(id=id).exists():
        raise Conflict(_("This number is taken; make another."))
    child = Child(id=id or new_id(), agency=agency, registered_at=clock.now(), **asdict(facts))
    child.identity = store.put(
        subject=child.id, agency=agency.id, compartment=Compartment.IDENTITY, column="identity",
        value=plain(identity),
    )  # fmt: skip
    matching.remember(child, [identity.given, identity.family, identity.other])
    child.save(force_insert=True)
    record(by, "child:registered", "child", child.id, rule=rule)
    return child


def check(identity: Identity, facts: ChildFacts) -> None:
    """Raise `Invalid` for what no child can be registered with."""
    wrong = {}
    for name, scheme in _SCHEMES.items():
        try:
            need(scheme, getattr(facts, name))
        except Invalid as invalid:
            wrong[name] = next(iter(invalid.fields.values()))
    for domain, degree in facts.difficulties.items():
        need("disability_domain", domain)
        need("difficulty", degree)
    today = clock.today()
    if (identity.birth_date and identity.birth_date > today) or (facts.birth_year or 0) > today.year:
        wrong["birth_date"] = _("The birth date lies in the future.")
    if not any((identity.given, identity.family, identity.other)):
        wrong["given"] = _("Give at least one name, or what the child is called.")
    if wrong:
        raise Invalid(wrong)


def plain(identity: Identity) -> dict[str, str]:
    """The parts that are given, as the vault keeps them."""
    return {
        name: value if isinstance(value, str) else value.isoformat() for name, value in vars(identity).items() if value
    }


@dataclass(frozen=True)
class Met:
    """A possible earlier record: the child itself if it is our own, otherwise only whom to ask."""

    child: UUID | None
    agency: UUID


@gated
def have_we_met(*, by: Actor, names: list[str], birth_year: int | None, reason: str) -> list[Met]:
    """Search before registering, over all agencies. Tells of other agencies' records only which agency to ask.

    Needs a name part, a birth year and the reason (design: "register or refer a child"), and may be asked so many times
    a day (`SEARCHES_A_DAY`). A child behind a wall gives the asker nothing and every auditor a notice. One audit row.
    Raises `Invalid`, `Refused`.
    """
    rule = allow(by, Permission.CHILD_SEARCH)
    _askable(names, birth_year, reason)
    _count_search(by)
    met = matching.candidates(names, birth_year)
    walled = walls.behind(by, [child.id for child in met])
    found = [child for child in met if child.id not in walled]
    for child in met:
        if child.id in walled:
            _tell_auditors(child)
    record(by, "child:searched", "list", ids=[child.id for child in found], rule=rule, purpose=reason)
    return [Met(child.id if child.agency_id in by.agencies else None, child.agency_id) for child in found]


def _askable(names: list[str], birth_year: int | None, reason: str) -> None:
    wrong = {}
    if not any(names):
        wrong["given"] = _("Give at least one part of the name.")
    if birth_year is None:
        wrong["birth_year"] = _("Give the year of birth, or your best estimate.")
    if not reason:
        wrong["reason"] = _("Say for what purpose you search.")
    if wrong:
        raise Invalid(wrong)


def _count_search(by: Actor) -> None:
    """One more search today, or a refusal. The last one that is allowed tells the supervisors."""
    if by.kind != "person":
        return
    today = SearchCounter.objects.get_or_create(person=by.id, day=clock.today())[0]
    more = SearchCounter.objects.filter(pk=today.pk, number__lt=settings.SEARCHES_A_DAY)
    if not more.update(number=F("number") + 1):
        words = _("You have searched {n} times today. Your supervisor knows; go on tomorrow.")
        raise Refused(words.format(n=settings.SEARCHES_A_DAY), rule=f"{Permission.CHILD_SEARCH}:daily_ceiling")
    if SearchCounter.objects.filter(pk=today.pk, number=settings.SEARCHES_A_DAY).exists():
        for agency in by.agencies:
            tell(code="many_searches", kind="person", record_id=by.id, reference="", agency=agency,
                 role=Role.SUPERVISOR)  # fmt: skip


def _tell_auditors(child: Child) -> None:
    """Somebody met a child whom a wall keeps from them: independent eyes look whether it was chance."""
    for agency in organisation.holders(Role.AUDITOR).values_list("agency_id", flat=True).distinct():
        tell(code="walled_child_searched", kind="child", record_id=child.id, reference=child.agency.code,
             agency=agency, role=Role.AUDITOR)  # fmt: skip
