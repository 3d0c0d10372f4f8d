"""Registering many children at once, for files and for the demonstration: the same checks, rows and audit rows."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit import rows
from amparo.audit.actions import Act, record_each
from amparo.common import clock
from amparo.common.errors import Invalid
from amparo.common.ids import new_id
from amparo.common.types import Actor
from amparo.linkage import matching
from amparo.linkage.actions import ChildFacts, Identity, check, plain, spoken
from amparo.linkage.models import Child
from amparo.organisation.models import Agency
from amparo.vault import store
from amparo.vault.compartments import Compartment


@dataclass(frozen=True)
class Newcomer:
    """A child to register, and when that was (None: now)."""

    identity: Identity
    facts: ChildFacts
    at: datetime | None = None


@gated
def register_children(*, by: Actor, agency: Agency, newcomers: Sequence[Newcomer]) -> list[Child]:
    """Register many children of one agency, as `actions.register_child` does one by one, in the order given.

    Raises `Invalid`, naming the newcomer by its number from 1; then none is registered.
    """
    rule = allow(by, Permission.CHILD_REGISTER)
    _check(newcomers)
    children = list(_children(agency, newcomers))
    people = [matching.as_person(plain(each.identity), asdict(each.facts)) for each in newcomers]
    pointers = matching.sealed_copies([(child.id, person) for child, person in zip(children, people, strict=True)])
    for child, pointer in zip(children, pointers, strict=True):
        child.matching = pointer
    matching.remember_many(
        (child, person, spoken(each.identity)) for child, person, each in zip(children, people, newcomers, strict=True)
    )
    rows.insert(children)
    record_each(by, "child:registered", "child", (Act(each.id, at=each.registered_at) for each in children), rule=rule)
    return children


def _check(newcomers: Sequence[Newcomer]) -> None:
    for number, each in enumerate(newcomers, start=1):
        try:
            check(each.identity, each.facts)
        except Invalid as invalid:
            raise Invalid({f"{number}. {name}": words for name, words in invalid.fields.items()}) from None


def _children(agency: Agency, newcomers: Sequence[Newcomer]) -> Iterator[Child]:
    now, ids = clock.now(), [new_id() for _ in newcomers]
    pointers = store.put_many(
        agency=agency.id, compartment=Compartment.IDENTITY, column="identity",
        values=[store.Value(id, plain(each.identity)) for id, each in zip(ids, newcomers, strict=True)],
    )  # fmt: skip
    for id, pointer, each in zip(ids, pointers, newcomers, strict=True):
        yield Child(id=id, agency=agency, identity=pointer, registered_at=each.at or now, **vars(each.facts))
