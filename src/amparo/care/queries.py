"""Reading care: the page of one child, the words behind it, and the referrals that wait for somebody."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from amparo.access.decisions import decide, permitted
from amparo.access.gate import allow, listed, look, looking
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.care.models import ASKED_AND_NOT_ENDED, Assessment, AssessmentCode, ChildView, Goal, Plan, Referral, Step
from amparo.cases.models import Case, Scope, Share
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.organisation import queries as organisation
from amparo.organisation.models import Agency

Row = TypeVar("Row", bound=Model)

PAGE = 20
MANY = 100
_BUTTONS = (
    Permission.CARE_WRITE, Permission.CARE_APPROVE, Permission.CASE_WRITE, Permission.CASE_LOOKS,
    Permission.JUSTICE_READ, Permission.REVEAL_HEALTH,
)  # fmt: skip


@dataclass
class GoalShown:
    """A goal with its steps, as dictionaries of their columns."""

    id: UUID
    domain: str
    said_by_child: bool
    status: str
    due: date | None
    words: UUID | None
    steps: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class PlanShown:
    """The plan that is not closed, with goals; `done` of `all` steps are done."""

    id: UUID
    status: str
    made_at: datetime
    made_by: UUID
    next_review: date
    goals: list[GoalShown] = field(default_factory=list)

    @property
    def all(self) -> int:
        return sum(len(goal.steps) for goal in self.goals)

    @property
    def done(self) -> int:
        return sum(step["done_at"] is not None for goal in self.goals for step in goal.steps)


@dataclass(frozen=True)
class Care:
    """Everything about the care of one child that the reader may read; words stay closed.

    `may`: the names of the permissions, among those that the page has buttons for, that the reader has.
    """

    case: Case
    may: frozenset[str]
    codes: list[AssessmentCode]
    plan: PlanShown | None
    views: list[ChildView]

    @property
    def referrals(self) -> list[Referral]:
        """The referrals, newest first: each stands with the view at which it was decided."""
        return [view.referral for view in self.views if hasattr(view, "referral")]


@looking
def care(*, by: Actor, case: UUID) -> Care:
    """The care of one child. Four statements and the audit row's two.

    Raises `NotFound` when there is no such case, `Refused` (invisible, when the case is) when it may not be read.
    """
    scopes = Scope.objects.filter(permitted(by=by, permission=Permission.CARE_READ), case_id=case).annotate(
        **{
            each.name: Exists(Scope.objects.filter(permitted(by=by, permission=each), case_id=OuterRef("case_id")))
            for each in _BUTTONS
        }
    )
    scope = scopes.select_related("case__child", "case__agency", "case__team", "case__worker").first()
    if scope is None:
        _say_why(by, case)
    assert scope is not None
    look(by, "care:read", "case", case, rule=str(Permission.CARE_READ))
    may = frozenset(each.value for each in _BUTTONS if getattr(scope, each.name))
    return Care(scope.case, may, _latest_codes(case, may), _plan(case), _views(by, case))


def _say_why(by: Actor, case: UUID) -> None:
    """The decision in words, which the table cannot give."""
    found = Case.objects.select_related("child").filter(id=case).first()
    if found is None:
        raise NotFound
    allow(by, Permission.CARE_READ, found)


def _latest_codes(case: UUID, may: Collection[str]) -> list[AssessmentCode]:
    """What the latest assessment found; the difficulties of a child are health, also in codes."""
    latest = AssessmentCode.objects.filter(assessment__case=case, assessment__superseded_by=None)
    if Permission.REVEAL_HEALTH not in may:
        latest = latest.exclude(scheme="disability_domain")
    return list(latest.select_related("assessment__agency").order_by("id"))


_PLAN = {
    "goal": F("goals__id"), "domain": F("goals__domain"), "said": F("goals__said_by_child"),
    "goal_status": F("goals__status"), "goal_due": F("goals__due"), "words": F("goals__words"),
    "step": F("goals__steps__id"), "service": F("goals__steps__service"), "due": F("goals__steps__due"),
    "done_at": F("goals__steps__done_at"), "outcome": F("goals__steps__outcome"),
    "agency": F("goals__steps__agency__name"),
}  # fmt: skip


def _plan(case: UUID) -> PlanShown | None:
    """The plan, its goals and their steps in one statement: rows of a join, folded."""
    rows = Plan.objects.exclude(status="closed").filter(case=case)
    shown: PlanShown | None = None
    goals: dict[UUID, GoalShown] = {}
    columns = ("id", "status", "made_at", "made_by", "next_review")
    for row in rows.order_by("goals__id", "goals__steps__due", "goals__steps__id").values(*columns, **_PLAN):
        shown = shown or PlanShown(*(row[name] for name in columns))
        if row["goal"] and row["goal"] not in goals:
            goals[row["goal"]] = GoalShown(
                row["goal"], row["domain"], row["said"], row["goal_status"], row["goal_due"], row["words"]
            )
        if row["step"]:
            goals[row["goal"]].steps.append(row)
    if shown:
        shown.goals = list(goals.values())
    return shown


def _views(by: Actor, case: UUID) -> list[ChildView]:
    """Every decision at which the child was asked; those about a referral only if that may be read."""
    readable = Referral.objects.filter(permitted(by=by, permission=Permission.REFERRAL_READ), case=case)
    found = ChildView.objects.filter(Q(referral=None) | Q(referral__in=readable), case=case)
    return list(found.select_related("referral__agency").order_by("-at", "-id")[:MANY])


@looking
def to_write(*, by: Actor, case: UUID) -> Case:
    """A case on which `by` may write care: before a form is shown. Raises `NotFound`, `Refused`."""
    found = Case.objects.select_related("child", "agency__place").filter(id=case).first()
    if found is None:
        raise NotFound
    rule = allow(by, Permission.CARE_WRITE, found)
    look(by, "care:opened", "case", found.id, rule=rule)
    return found


def plan_of(case: Case) -> Plan:
    """The plan that is not closed, of a case that was read: part of that look. Raises `NotFound`."""
    return _one(Plan.objects.exclude(status="closed").filter(case=case))


def goals_of(case: Case) -> list[Goal]:
    """The goals of that plan that are neither reached nor given up."""
    found = Goal.objects.exclude(plan__status="closed").filter(plan__case=case, status="open")
    return list(found.select_related("plan__case__child", "plan__case__agency__place").order_by("id"))


def goal_of(case: Case, id: UUID) -> Goal:
    """A goal of the case's plans. Raises `NotFound`."""
    return _one(Goal.objects.select_related("plan__case").filter(plan__case=case, id=id))


def steps_of(case: Case) -> list[Step]:
    """The steps of that plan that are still to be done, the soonest first."""
    found = Step.objects.exclude(goal__plan__status="closed").filter(goal__plan__case=case, done_at=None)
    return list(found.select_related("goal__plan").order_by("due", "id"))


def step_of(case: Case, id: UUID) -> Step:
    """A step of the case's plans. Raises `NotFound`."""
    return _one(Step.objects.select_related("goal__plan__case").filter(goal__plan__case=case, id=id))


def view_of(case: Case, id: UUID) -> ChildView:
    """A view of the case's child. Raises `NotFound`."""
    return _one(ChildView.objects.select_related("case").filter(case=case, id=id))


def latest_assessment(case: Case) -> Assessment | None:
    """The assessment that no other superseded."""
    return Assessment.objects.filter(case=case, superseded_by=None).first()


def _one(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise NotFound
    return row


@dataclass(frozen=True)
class Inbox:
    """A page of referrals, the key of the next one, and how many wait on each side (at most `MANY` counted)."""

    rows: list[Referral]
    after: tuple[datetime, UUID] | None
    for_me: int
    for_others: int


@looking
def referrals(
    *, by: Actor, asked_of_me: bool, ended: bool = False, after: tuple[datetime, UUID] | None = None
) -> Inbox:
    """Referrals that wait, the longest first, or that ended, the newest first. Two statements and the audit row's."""
    rule = allow(by, Permission.REFERRAL_LIST)
    readable = permitted(by=by, permission=Permission.REFERRAL_READ)
    mine = by.agencies_as(Role.SERVICE_PROVIDER)
    side = Q(agency_id__in=mine) if asked_of_me else Q(by_agency_id__in=by.agencies)
    waiting = Q(status__in=ASKED_AND_NOT_ENDED)
    found = Referral.objects.filter(readable, side, ~waiting if ended else waiting)
    if after:
        found = found.filter(_beyond(after, "lt" if ended else "gt"))
    order = ("-offered_at", "-id") if ended else ("offered_at", "id")
    rows = list(found.select_related("agency", "by_agency", "case").order_by(*order)[: PAGE + 1])
    shown = rows[:PAGE]
    sides = list(Referral.objects.filter(readable, waiting).values_list("agency_id", flat=True)[:MANY])
    for_me = sum(agency in mine for agency in sides)
    listed(by, "referral:listed", "list", [row.case_id for row in shown], rule=rule)
    last = shown[-1] if len(rows) > PAGE else None
    return Inbox(shown, (last.offered_at, last.id) if last else None, for_me, len(sides) - for_me)


def _beyond(key: tuple[datetime, UUID], way: str) -> Q:
    at, last = key
    return Q(**{f"offered_at__{way}": at}) | Q(**{"offered_at": at, f"id__{way}": last})


@dataclass(frozen=True)
class ReferralShown:
    """A referral with the share that goes with it (consent, limits, parts, until when), and what the reader may do."""

    referral: Referral
    share: Share
    may_answer: bool
    may_withdraw: bool


@looking
def referral(*, by: Actor, id: UUID) -> ReferralShown:
    """One referral. Raises `NotFound`, alike when there is none and when `by` may not know of it."""
    found = Referral.objects.select_related("case__child", "case__agency__place", "agency", "by_agency",
                                            "step__goal__plan").filter(id=id).first()  # fmt: skip
    if found is None:
        raise NotFound
    rule = allow(by, Permission.REFERRAL_READ, found)
    look(by, "referral:read", "referral", found.id, rule=rule, ids=[found.case_id])
    return ReferralShown(
        found,
        Share.objects.get(asked_by=found.id),
        decide(by=by, permission=Permission.REFERRAL_ANSWER, record=found).allowed,
        decide(by=by, permission=Permission.CARE_WRITE, record=found.case).allowed,
    )


def providers(case: Case) -> list[Agency]:
    """The agencies that may be asked for a service today: somebody provides services there."""
    holders = organisation.holders(Role.SERVICE_PROVIDER).exclude(agency=case.agency_id)
    return list(organisation.open_agencies().filter(id__in=holders.values("agency")))


def referral_is_open(cases: Collection[Case]) -> str:
    """What closing a case must not leave hanging: the agency asked would lose sight of the child without a word."""
    waiting = Referral.objects.filter(case__in=cases, status__in=ASKED_AND_NOT_ENDED).exists()
    return _("A referral of this case is not ended. Withdraw it, or wait for what comes of it.") if waiting else ""
