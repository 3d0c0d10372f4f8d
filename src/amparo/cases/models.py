"""A case is the protection of one child over time; an incident is a thing that happened to the child, coded."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from amparo.cases.states import CASE
from amparo.common.ids import new_id
from amparo.linkage.models import Child
from amparo.organisation.models import Agency, Person, Place, Team
from amparo.vocabulary.apart import by_a_child


# A key has an index of its own only where somebody asks by it alone: at a million cases the others would cost more
# than the rows. Nobody removes an agency, a team, a person or a place.
class Case(models.Model):
    """The protection of one child by one agency. What may be filtered is repeated in `Scope`."""

    guarded_kind: ClassVar[str] = "case"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    reference = models.CharField(max_length=12, unique=True, db_comment="fact")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+", db_comment="fact")
    report = models.UUIDField(null=True, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, db_comment="fact")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False, db_comment="fact")
    worker = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False, db_comment="fact")
    status = models.CharField(max_length=12, default=CASE.start, db_comment="fact")
    risk = models.CharField(max_length=16, default="not_assessed", db_comment="fact")
    respond_by = models.DateTimeField(null=True, db_comment="fact")
    opened_at = models.DateTimeField(db_comment="fact")
    closed_at = models.DateTimeField(null=True, db_comment="fact")
    close_reason = models.CharField(max_length=40, blank=True, db_comment="fact")
    missing_since = models.DateTimeField(null=True, db_comment="fact")
    placement = models.UUIDField(null=True, db_comment="vault")

    # What the reader may do with it, when the case was read by `queries.case`: names of permissions.
    may: frozenset[str] = frozenset()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, close_reason="") | Q(closed_at__isnull=False) & ~Q(close_reason=""),
                name="a_closed_case_has_a_reason",
            ),
        ]

    @property
    def sealed_under(self) -> UUID:
        """The subject of the vault whose values a look at this case may open."""
        return self.child_id


class Incident(models.Model):
    """A thing that happened to the child: codes, a month and a place; the unit counted beside the child.

    `how` and `consideration` hold several codes each, in one column (`as_list`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.PROTECT, related_name="incidents", db_comment="fact")
    form = models.CharField(max_length=40, db_comment="fact")
    setting = models.CharField(max_length=40, db_comment="fact")
    relationship = models.CharField(max_length=40, db_comment="fact")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", db_index=False, db_comment="fact")
    happened_on = models.DateField(null=True, db_comment="fact")
    age = models.PositiveSmallIntegerField(null=True, db_comment="fact")
    how = models.CharField(max_length=300, default=",", db_comment="fact")
    consideration = models.CharField(max_length=300, default=",", db_comment="fact")
    narrative = models.UUIDField(null=True, db_comment="vault")
    recorded_at = models.DateTimeField(db_comment="fact")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(age=None) | Q(age__lt=18), name="a_child_at_the_incident"),
        ]

    @property
    def by_a_child(self) -> bool:
        """Was another child responsible? Then it is kept apart.

        Reads that show or count it annotate `child_said`: do the answers about its elements say so?
        """
        return getattr(self, "child_said", False) or by_a_child(relationship=self.relationship)

    @property
    def how_codes(self) -> list[str]:
        """How it came about, codes of `how`; none if nothing was written down."""
        return codes_in(self.how)

    @property
    def consideration_codes(self) -> list[str]:
        """What was given or promised, codes of `consideration`; none if nothing was written down."""
        return codes_in(self.consideration)


class IncidentElement(models.Model):
    """What is known of one element of an incident: the last answer, by whom and when. A missing one was not asked."""

    id = models.BigAutoField(primary_key=True, db_comment="fact")
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="elements", db_index=False, db_comment="fact")
    element = models.CharField(max_length=40, db_comment="fact")
    answer = models.CharField(max_length=12, db_comment="fact")
    by = models.UUIDField(db_comment="fact")
    at = models.DateTimeField(db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "element"], name="one_answer_an_element"),
            models.CheckConstraint(
                condition=Q(answer__in=["yes", "no", "unknown", "not_asked"]), name="an_answer_of_four"
            ),
        ]


def child_said() -> Exists:
    """For a read of incidents: do the answers say that a child was responsible?"""
    return Exists(IncidentElement.objects.filter(incident=OuterRef("pk"), element="child_responsible", answer="yes"))


class Classification(models.Model):
    """What somebody confirmed that an incident is, or is not, in law: by which edition of which rules, read how.

    Rows are only added; the latest of a label under one reading stands.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="labels", db_index=False, db_comment="fact")
    rules = models.CharField(max_length=40, db_comment="fact")
    edition = models.CharField(max_length=20, db_comment="fact")
    code = models.CharField(max_length=40, db_comment="fact")
    state = models.CharField(max_length=12, db_comment="fact")
    settings = models.JSONField(db_comment="fact")
    confirmed_by = models.UUIDField(db_comment="fact")
    confirmed_at = models.DateTimeField(db_comment="fact")

    class Meta:
        indexes = [models.Index(fields=["incident", "confirmed_at"], name="label_of_incident")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["met", "not_met"]), name="a_label_is_met_or_not"),
        ]


class Scope(models.Model):
    """Which agency may meet which case, with every column that a list filters by: the join table behind all access.

    `own`: the agency's own case. `share`: some `Share` lives, until the latest of their ends. `glass`: one person,
    sixty minutes. What the assessment says stands on `own` rows only: not everybody a case is shared with reads it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.CASCADE, related_name="scopes", db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, db_comment="fact")
    kind = models.CharField(max_length=8, db_comment="fact")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", db_index=False, db_comment="fact")
    worker = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False, db_comment="fact")
    purpose = models.CharField(max_length=40, blank=True, db_comment="fact")
    expires_at = models.DateTimeField(null=True, db_comment="fact")
    revoked_at = models.DateTimeField(null=True, db_comment="fact")
    child = models.UUIDField(db_comment="fact")
    reference = models.CharField(max_length=12, db_comment="fact")
    status = models.CharField(max_length=12, db_comment="fact")
    risk = models.CharField(max_length=16, db_comment="fact")
    sex = models.CharField(max_length=16, db_comment="fact")
    birth_year = models.PositiveSmallIntegerField(null=True, db_comment="fact")
    region = models.CharField(max_length=200, db_comment="fact")
    schooling = models.CharField(max_length=40, default="", blank=True, db_comment="fact")
    housing = models.CharField(max_length=40, default="", blank=True, db_comment="fact")
    opened_at = models.DateTimeField(db_comment="fact")
    respond_by = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency"], condition=~Q(kind="glass"), name="one_scope_a_case_and_agency"
            ),
            models.CheckConstraint(
                condition=Q(kind="own", expires_at=None) | ~Q(kind="own"),
                name="ones_own_case_does_not_expire",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "status", "-opened_at", "-case"], name="scope_list"),
            models.Index(fields=["worker", "status", "-opened_at", "-case"], name="scope_worker_list"),
            models.Index(fields=["team", "status", "-opened_at", "-case"], name="scope_team_list"),
            models.Index(fields=["agency", "status", "risk", "sex", "birth_year"], name="scope_filter"),
            models.Index(fields=["agency", "region"], name="scope_region"),
            models.Index(fields=["agency", "schooling", "housing", "status"], name="scope_assessed"),
            models.Index(fields=["team", "schooling", "housing", "status"], name="scope_assessed_team"),
            models.Index(fields=["reference"], name="scope_reference"),
        ]


class Share(models.Model):
    """A case shared with an agency: which parts, for what, on whose yes and within which limits, until when.

    Several may live side by side; each opens its own parts for its own time. `asked_by` is the record that asked for
    it (a referral), and ends it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.CASCADE, related_name="shares", db_index=False, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    compartments = models.CharField(max_length=120, db_comment="fact")
    purpose = models.CharField(max_length=40, db_comment="fact")
    consent = models.CharField(max_length=40, db_comment="fact")
    limits = models.CharField(max_length=200, db_comment="fact")
    asked_by = models.UUIDField(null=True, db_comment="fact")
    shared_at = models.DateTimeField(db_comment="fact")
    until = models.DateTimeField(db_comment="fact")
    revoked_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("shared_at")), name="a_share_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(fields=["case", "agency", "until"], name="share_of_case"),
            models.Index(fields=["asked_by"], condition=~Q(asked_by=None), name="share_asked_by"),
        ]

    @property
    def parts(self) -> list[str]:
        """The compartments that it opens."""
        return codes_in(self.compartments)

    @property
    def limit_codes(self) -> list[str]:
        """The limits of the consent, codes of `consent_limit`."""
        return codes_in(self.limits)


def living(at: datetime) -> Q:
    """The condition that a share opens something at a moment."""
    return Q(revoked_at=None, until__gt=at)


def as_list(codes: Iterable[str]) -> str:
    """Codes in one column, each between commas, so that one can be looked for: ``,health,identity,``."""
    return "".join(f",{code}" for code in sorted(set(codes))) + ","


def codes_in(column: str) -> list[str]:
    """The codes of such a column."""
    return [code for code in column.split(",") if code]


class Moment(models.Model):
    """One line of a case's time line: what happened, in codes. Every step that acts on it adds some."""

    id = models.BigAutoField(primary_key=True, db_comment="fact")
    # Found by the index below; two more would cost a quarter of a kilobyte a case.
    case = models.ForeignKey(Case, models.CASCADE, related_name="moments", db_index=False, db_comment="fact")
    at = models.DateTimeField(db_comment="fact")
    code = models.CharField(max_length=40, db_comment="fact")
    term = models.CharField(max_length=40, blank=True, db_comment="fact")
    record = models.UUIDField(null=True, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True, db_index=False, db_comment="fact")

    class Meta:
        indexes = [models.Index(fields=["case", "-at", "-id"])]


class Task(models.Model):
    """Something to be done on a case by a time. It is late, done, or neither; never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks", db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, db_comment="fact")
    worker = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False, db_comment="fact")
    reference = models.CharField(max_length=12, db_comment="fact")
    code = models.CharField(max_length=40, db_comment="fact")
    record = models.UUIDField(null=True, db_comment="fact")
    due_at = models.DateTimeField(db_comment="fact")
    done_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        indexes = [
            models.Index(fields=["worker", "due_at"], condition=Q(done_at=None), name="task_of_worker"),
            models.Index(fields=["agency", "due_at"], condition=Q(done_at=None), name="task_of_agency"),
        ]


class WorkCounter(models.Model):
    """How many own cases an agency has in a status and at a risk; kept in the transaction of each act."""

    id = models.BigAutoField(primary_key=True, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    status = models.CharField(max_length=12, db_comment="fact")
    risk = models.CharField(max_length=16, db_comment="fact")
    number = models.IntegerField(default=0, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "status", "risk"], name="one_counter_a_cell"),
            models.CheckConstraint(condition=Q(number__gte=0), name="a_counter_is_never_negative"),
        ]


class LegalHold(models.Model):
    """Somebody says that the record of a case must be kept: until it is lifted nothing of the child is erased."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.PROTECT, related_name="holds", db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    reason = models.CharField(max_length=40, db_comment="fact")
    placed_by = models.UUIDField(db_comment="fact")
    placed_at = models.DateTimeField(db_comment="fact")
    lifted_by = models.UUIDField(null=True, db_comment="fact")
    lifted_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency"], condition=Q(lifted_at=None), name="one_standing_hold_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_by_whom",
            ),
        ]


class Erasure(models.Model):
    """An agency asks that who the child was be erased; another agency confirms; then the keys are destroyed."""

    guarded_kind: ClassVar[str] = "erasure"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.PROTECT, related_name="erasures", db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    reason = models.CharField(max_length=40, db_comment="fact")
    asked_by = models.UUIDField(db_comment="fact")
    asked_at = models.DateTimeField(db_comment="fact")
    confirmed_by = models.UUIDField(null=True, db_comment="fact")
    confirmed_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_comment="fact")
    confirmed_at = models.DateTimeField(null=True, db_comment="fact")
    done_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(done_at=None), name="one_erasure_at_a_time"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, confirmed_agency=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, confirmed_agency__isnull=False)
                & ~Q(confirmed_by=F("asked_by"))
                & ~Q(confirmed_agency=F("agency")),
                name="an_erasure_is_confirmed_by_another_agency",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(confirmed_at__isnull=False), name="nothing_is_erased_unconfirmed"
            ),
        ]
