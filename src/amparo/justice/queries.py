"""Reading what the law did: every look is recorded as a look at the child's case."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import CharField, DateField, Exists, F, IntegerField, OuterRef, QuerySet, UUIDField, Value
from django.utils.translation import gettext as _

from amparo.access.decisions import permitted
from amparo.access.gate import allow, look, looking
from amparo.access.permissions import Permission
from amparo.cases.limits import limits
from amparo.cases.models import Case, Incident, Scope
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.justice.models import ChildSanction, PersonOfConcern, Proceeding, Stage
from amparo.law.clock import Limit
from amparo.vocabulary.apart import by_a_child

# What the page of a case offers tabs and buttons for; `Justice.case.may` says which of them `by` may.
TABS = (
    Permission.CASE_READ, Permission.CASE_WRITE, Permission.CASE_LOOKS, Permission.CARE_READ, Permission.JUSTICE_READ,
    Permission.JUSTICE_WRITE,
)  # fmt: skip

Found = TypeVar("Found", Proceeding, PersonOfConcern, ChildSanction)


@dataclass(frozen=True)
class Track:
    """A proceeding and its stages in the order in which they came."""

    proceeding: Proceeding
    stages: list[Stage]

    @property
    def between_stages(self) -> bool:
        """The last stage has ended, and none has begun since."""
        return self.stages[-1].ended_on is not None


@dataclass(frozen=True)
class Noted:
    """Persons of concern, or what was done to the child (`kind` person, sanction): codes, days, numbers.

    `status` is alleged, convicted, acquitted; or standing, lifted.
    """

    kind: str
    id: UUID
    code: str
    relationship: str
    number: int
    status: str
    began_on: date | None
    lifted_on: date | None
    name_kept: UUID | None

    @property
    def a_child(self) -> bool:
        """Is this person a child? Then it is kept apart."""
        return self.kind == "person" and by_a_child(relationship=self.relationship, category=self.code)


@dataclass(frozen=True)
class Justice:
    """Everything about justice on one case; `limits` says of each incident when its limitation period runs out."""

    case: Case
    tracks: list[Track] = field(default_factory=list)
    persons: list[Noted] = field(default_factory=list)
    sanctions: list[Noted] = field(default_factory=list)
    limits: list[tuple[Incident, Limit]] = field(default_factory=list)


@looking
def of_case(*, by: Actor, id: UUID) -> Justice:
    """What the law did for the child of a case, newest proceeding first. Raises `NotFound`."""
    able = {
        each.name: Exists(Scope.objects.filter(permitted(by=by, permission=each), case_id=OuterRef("pk")))
        for each in TABS
    }
    cases = Case.objects.select_related("child", "agency__place", "team", "worker").annotate(**able)
    case = cases.filter(id=id).first()
    if case is None:
        raise NotFound
    case.may = frozenset(each.value for each in TABS if getattr(case, each.name))
    if Permission.JUSTICE_READ not in case.may:
        allow(by, Permission.JUSTICE_READ, case)  # says in words what is missing
    _looked(by, case, str(Permission.JUSTICE_READ))
    stages = Stage.objects.filter(proceeding__case=case).select_related("proceeding__lead", "handled_by")
    ordered = stages.order_by("-proceeding__opened_on", "proceeding_id", "number")
    tracks = [Track(of, list(rows)) for of, rows in groupby(ordered, attrgetter("proceeding"))]
    noted = [Noted(*row) for row in _noted(case)]
    return Justice(
        case, tracks,
        [each for each in noted if each.kind == "person"], [each for each in noted if each.kind == "sanction"],
        limits(case, case.incidents.order_by("-recorded_at", "-id")),
    )  # fmt: skip


@looking
def proceeding(*, by: Actor, id: UUID) -> Track:
    """One proceeding with its stages. Raises `NotFound`."""
    found = _one(Proceeding.objects.select_related("lead"), id)
    _looked(by, found.case, allow(by, Permission.JUSTICE_READ, found.case))
    return Track(found, list(found.stages.select_related("handled_by").order_by("number")))


@looking
def person(*, by: Actor, id: UUID) -> PersonOfConcern:
    """One record of persons of concern, in codes. Raises `NotFound`."""
    found = _one(PersonOfConcern.objects.all(), id)
    _looked(by, found.case, allow(by, Permission.JUSTICE_READ, found.case))
    return found


@looking
def sanction(*, by: Actor, id: UUID) -> ChildSanction:
    """One alarm. Raises `NotFound`."""
    found = _one(ChildSanction.objects.all(), id)
    _looked(by, found.case, allow(by, Permission.JUSTICE_READ, found.case))
    return found


def _one(among: QuerySet[Found], id: UUID) -> Found:
    found = among.select_related("case__child", "case__agency__place").filter(id=id).first()
    if found is None:
        raise NotFound
    return found


def _looked(by: Actor, case: Case, rule: str) -> None:
    look(by, "justice:read", "case", case.id, rule=rule)


def _noted(case: Case) -> QuerySet[Any, tuple[Any, ...]]:
    """Persons and sanctions in one statement: a page may ask only so many."""
    none = Value(None, DateField())
    text, number, pointer = CharField(), IntegerField(), UUIDField()
    persons = PersonOfConcern.objects.filter(case=case).values_list(
        Value("person", text), "id", "category", "relationship", "number", "status", none, none, "identity"
    )
    sanctions = ChildSanction.objects.filter(case=case).values_list(
        Value("sanction", text), "id", "sanction", Value("", text), Value(1, number),
        Value("", text), F("began_on"), F("lifted_on"), Value(None, pointer),
    )  # fmt: skip
    return persons.union(sanctions, all=True)


def proceeding_is_open(cases: Collection[Case]) -> str:
    """What forbids to erase who the child was."""
    running = Proceeding.objects.filter(case__in=cases, status="open").exists()
    return _("A proceeding is open: the record must be kept until it has ended.") if running else ""


def persons_named(cases: Collection[Case]) -> list[UUID]:
    """Under whose keys the names of persons of concern are sealed: who they are often says who the child is."""
    named = PersonOfConcern.objects.filter(case__in=cases).exclude(identity=None)
    return list(named.values_list("id", flat=True))
