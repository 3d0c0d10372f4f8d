"""The child is assessed, heard, planned with and referred to services: codes and days; every word lies in the vault."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from amparo.care.states import GOAL, PLAN, REFERRAL
from amparo.cases.models import Case
from amparo.common.ids import new_id
from amparo.organisation.models import Agency

ASKED_AND_NOT_ENDED = ["offered", "accepted"]


class Assessment(models.Model):
    """What was found about a child on a day. It is never changed: the next one supersedes it, and both are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    at = models.DateTimeField(db_comment="fact")
    urgency = models.CharField(max_length=40, db_comment="fact")
    schooling = models.CharField(max_length=40, db_comment="fact")
    housing = models.CharField(max_length=40, db_comment="fact")
    narrative = models.UUIDField(null=True, db_comment="vault")
    health = models.UUIDField(null=True, db_comment="vault")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", db_comment="fact"
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="assessment_of_case")]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(supersedes=None), name="one_first_assessment"),
        ]


class AssessmentCode(models.Model):
    """One answer where several may hold: a risk factor, a need, or a difficulty in a domain with its degree."""

    id = models.BigAutoField(primary_key=True, db_comment="fact")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="codes", db_comment="fact")
    scheme = models.CharField(max_length=40, db_comment="fact")
    code = models.CharField(max_length=40, db_comment="fact")
    degree = models.CharField(max_length=40, blank=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "scheme", "code"], name="an_answer_is_given_once"),
            models.CheckConstraint(
                condition=Q(scheme="disability_domain") & ~Q(degree="") | ~Q(scheme="disability_domain") & Q(degree=""),
                name="a_domain_has_a_degree",
            ),
        ]


class ChildView(models.Model):
    """The child's own view at a decision, or why there is none; and the answer that the child got, for their age."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    at = models.DateTimeField(db_comment="fact")
    decision = models.CharField(max_length=40, db_comment="fact")
    given = models.CharField(max_length=40, db_comment="fact")
    words = models.UUIDField(null=True, db_comment="vault")
    answered_at = models.DateTimeField(null=True, db_comment="fact")
    answer_way = models.CharField(max_length=40, blank=True, db_comment="fact")
    answer = models.UUIDField(null=True, db_comment="vault")

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="view_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer_way="") | Q(answered_at__isnull=False) & ~Q(answer_way=""),
                name="an_answer_has_a_way",
            ),
        ]


class Plan(models.Model):
    """The child's life project: a draft until a second person approves it, then reviewed until it is closed."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_comment="fact")
    status = models.CharField(max_length=12, default=PLAN.start, db_comment="fact")
    made_at = models.DateTimeField(db_comment="fact")
    made_by = models.UUIDField(db_comment="fact")
    approved_at = models.DateTimeField(null=True, db_comment="fact")
    approved_by = models.UUIDField(null=True, db_comment="fact")
    next_review = models.DateField(db_comment="fact")
    closed_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=~Q(status="closed"), name="one_plan_at_a_time"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="plan_approved_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False) | ~Q(status="closed") & Q(closed_at=None),
                name="a_closed_plan_has_its_day",
            ),
        ]


class Goal(models.Model):
    """Something the plan is to bring about; `said_by_child`: the child named it."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals", db_comment="fact")
    domain = models.CharField(max_length=40, db_comment="fact")
    said_by_child = models.BooleanField(db_comment="fact")
    status = models.CharField(max_length=12, default=GOAL.start, db_comment="fact")
    due = models.DateField(null=True, db_comment="fact")
    words = models.UUIDField(null=True, db_comment="vault")
    ended_at = models.DateTimeField(null=True, db_comment="fact")


class Step(models.Model):
    """What is done for a goal: which service, by which agency, until when, and what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps", db_comment="fact")
    service = models.CharField(max_length=40, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    due = models.DateField(db_comment="fact")
    done_at = models.DateTimeField(null=True, db_comment="fact")
    outcome = models.CharField(max_length=40, blank=True, db_comment="fact")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | Q(done_at__isnull=False) & ~Q(outcome=""),
                name="a_done_step_has_an_outcome",
            ),
        ]


class PlanReview(models.Model):
    """The plan looked at again: whether it still serves the child's best interests, with the child's view."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="reviews", db_comment="fact")
    at = models.DateTimeField(db_comment="fact")
    best_interests = models.BooleanField(db_comment="fact")
    family_involved = models.BooleanField(db_comment="fact")
    view = models.OneToOneField(ChildView, models.PROTECT, related_name="+", db_comment="fact")


class Referral(models.Model):
    """A service asked of an agency. Consent, limits and parts stand in the share that it asked for."""

    guarded_kind: ClassVar[str] = "referral"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    reference = models.CharField(max_length=12, unique=True, db_comment="fact")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_comment="fact")
    by_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    service = models.CharField(max_length=40, db_comment="fact")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+", db_comment="fact")
    view = models.OneToOneField(ChildView, models.PROTECT, related_name="referral", db_comment="fact")
    status = models.CharField(max_length=16, default=REFERRAL.start, db_comment="fact")
    offered_at = models.DateTimeField(db_comment="fact")
    answer_by = models.DateTimeField(db_comment="fact")
    reminded_at = models.DateTimeField(null=True, db_comment="fact")
    answered_at = models.DateTimeField(null=True, db_comment="fact")
    decline_reason = models.CharField(max_length=40, blank=True, db_comment="fact")
    outcome = models.CharField(max_length=40, blank=True, db_comment="fact")
    feedback = models.UUIDField(null=True, db_comment="vault")
    ended_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        indexes = [
            models.Index(fields=["agency", "status", "offered_at", "id"], name="referral_asked_of"),
            models.Index(fields=["by_agency", "status", "offered_at", "id"], name="referral_asked_by"),
            models.Index(fields=["answer_by"], condition=Q(status="offered"), name="referral_unanswered"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency", "service"],
                condition=Q(status__in=ASKED_AND_NOT_ENDED),
                name="a_service_is_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status="declined") & ~Q(decline_reason="") | ~Q(status="declined") & Q(decline_reason=""),
                name="a_declined_referral_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ASKED_AND_NOT_ENDED, ended_at=None)
                | ~Q(status__in=ASKED_AND_NOT_ENDED) & Q(ended_at__isnull=False),
                name="an_ended_referral_has_its_day",
            ),
        ]
