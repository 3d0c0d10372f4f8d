"""A report is what a person sends in: codes and clocks here, what was told and who told it in the vault."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from amparo.common import clock
from amparo.common.ids import new_id
from amparo.intake.states import REPORT, UNJUDGED
from amparo.organisation.models import Agency, Person, Place


class Report(models.Model):
    """One report, held by an agency and, once it rose, also by the independent body it rose to (`risen_to`).

    `thread` is the reporter's thread at the door; None for a report that came by telephone or visit, or whose
    reporter removed the thread. `word` is the status word that the door shows or is about to (`word_due`).
    """

    guarded_kind: ClassVar[str] = "report"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    reference = models.CharField(max_length=12, unique=True, db_comment="fact")
    thread = models.UUIDField(null=True, unique=True, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    risen_to = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_comment="fact")
    risen_at = models.DateTimeField(null=True, db_comment="fact")
    status = models.CharField(max_length=12, default=REPORT.start, db_comment="fact")
    urgency = models.CharField(max_length=16, db_comment="fact")
    urgency_told = models.CharField(max_length=16, db_comment="fact")
    received_at = models.DateTimeField(db_comment="fact")
    due_at = models.DateTimeField(db_comment="fact")
    claimed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_comment="fact")
    claimed_at = models.DateTimeField(null=True, db_comment="fact")
    first_claimed_at = models.DateTimeField(null=True, db_comment="fact")
    first_answered_at = models.DateTimeField(null=True, db_comment="fact")
    reporter_kind = models.CharField(max_length=40, blank=True, db_comment="fact")
    worries = models.JSONField(default=list, db_comment="fact")
    child_age = models.PositiveSmallIntegerField(null=True, db_comment="fact")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", db_comment="fact")
    language = models.CharField(max_length=8, blank=True, db_comment="fact")
    channel = models.CharField(max_length=40, blank=True, db_comment="fact")
    about_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_comment="fact")
    forms = models.JSONField(default=list, db_comment="fact")
    setting = models.CharField(max_length=40, blank=True, db_comment="fact")
    outcome = models.CharField(max_length=40, default="pending", db_comment="fact")
    close_reason = models.CharField(max_length=40, blank=True, db_comment="fact")
    case = models.UUIDField(null=True, db_comment="fact")
    case_reference = models.CharField(max_length=12, blank=True, db_comment="fact")
    told = models.UUIDField(db_comment="vault")
    contact = models.UUIDField(null=True, db_comment="vault")
    word = models.CharField(max_length=16, default="received", db_comment="fact")
    word_due = models.BooleanField(default=False, db_comment="fact")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="new", claimed_by=None, claimed_at=None)
                | ~Q(status="new") & Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="a_report_is_new_or_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(status="closed") & ~Q(close_reason="") | ~Q(status="closed") & Q(close_reason=""),
                name="a_closed_report_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="accepted", case__isnull=False) | ~Q(status="accepted") & Q(case=None),
                name="an_accepted_report_has_a_case",
            ),
            models.CheckConstraint(
                condition=Q(risen_to=None) | Q(risen_at__isnull=False), name="what_rose_has_its_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "status", "due_at", "id"], name="report_queue"),
            models.Index(fields=["risen_to", "status", "due_at", "id"], name="report_risen_queue"),
            models.Index(fields=["status", "due_at"], condition=Q(risen_at=None), name="report_to_rise"),
            models.Index(fields=["word_due"], condition=Q(word_due=True), name="report_word_due"),
        ]

    @property
    def sealed_under(self) -> UUID:
        """The subject of the vault whose values a look at this report may open."""
        return self.id

    @property
    def form(self) -> str:
        """The first form it was classified as; empty until then."""
        return self.forms[0] if self.forms else ""

    @property
    def late(self) -> bool:
        """Past its time, and nobody has judged it."""
        return self.status in UNJUDGED and self.due_at < clock.now()


class Message(models.Model):
    """One text between reporter and agency, the first included. Without `words` the reporter withdrew the report.

    `letter` is the door's own id of what came in: a letter that was taken is never taken twice. An answer waits with
    `sent_at` empty until it lies at the door.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    report = models.ForeignKey(Report, models.CASCADE, related_name="messages", db_comment="fact")
    letter = models.UUIDField(null=True, unique=True, db_comment="fact")
    incoming = models.BooleanField(db_comment="fact")
    at = models.DateTimeField(db_comment="fact")
    words = models.UUIDField(null=True, db_comment="vault")
    sent_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        indexes = [
            models.Index(fields=["report", "at", "id"], name="message_line"),
            models.Index(fields=["at"], condition=Q(incoming=False, sent_at=None), name="message_to_send"),
        ]


class ReportMoment(models.Model):
    """One line of a report's time line: what happened, in codes."""

    id = models.BigAutoField(primary_key=True, db_comment="fact")
    report = models.ForeignKey(Report, models.CASCADE, related_name="moments", db_comment="fact")
    at = models.DateTimeField(db_comment="fact")
    code = models.CharField(max_length=40, db_comment="fact")
    term = models.CharField(max_length=40, blank=True, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_comment="fact")

    class Meta:
        indexes = [models.Index(fields=["report", "-at", "-id"])]


class Watch(models.Model):
    """Who answers for an urgency: the agency that new reports go to, and the independent one they rise to."""

    urgency = models.CharField(primary_key=True, max_length=16, db_comment="fact")
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    escalation = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.CheckConstraint(condition=~Q(owner=models.F("escalation")), name="a_report_rises_to_another"),
        ]


class Unreadable(models.Model):
    """A letter that could not be opened, understood or given to anybody: set aside still sealed, never tried again.

    `sealed` is empty only where the letter hid a file: of that nothing is kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    letter = models.UUIDField(unique=True, db_comment="fact")
    thread = models.UUIDField(db_comment="fact")
    reason = models.CharField(max_length=40, db_comment="fact")
    sealed = models.BinaryField(db_comment="vault")
    set_aside_at = models.DateTimeField(db_comment="fact")
