"""Registering a child: who the child is to the vault, coded facts beside it, and what lets it be met again."""

from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.ids import new_id
from amparo.common.types import Actor
from amparo.linkage import matching
from amparo.linkage.models import Child
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
    mother: str = ""
    father: str = ""
    birth_place: str = ""
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
    person = matching.as_person(plain(identity), asdict(facts))
    (child.matching,) = matching.sealed_copies([(child.id, person)])
    matching.remember_many([(child, person, spoken(identity))])
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


def spoken(identity: Identity) -> list[str]:
    """The parts of the name by which its own agency finds a child."""
    return [identity.given, identity.family, identity.other]


def plain(identity: Identity) -> dict[str, str]:
    """The parts that are given, as the vault keeps them."""
    return {
        name: value if isinstance(value, str) else value.isoformat() for name, value in vars(identity).items() if value
    }
