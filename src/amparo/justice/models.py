"""What the law does: a proceeding and its stages, alleged persons in codes, and what was done to the child itself."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from amparo.cases.models import Case
from amparo.common.ids import new_id
from amparo.justice.states import PERSON, PROCEEDING
from amparo.organisation.models import Agency
from amparo.vocabulary.apart import by_a_child


class Proceeding(models.Model):
    """One proceeding about what happened to a child. `stage` and `since` repeat where it stands, for finding stalls."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_comment="fact")
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    status = models.CharField(max_length=8, default=PROCEEDING.start, db_comment="fact")
    stage = models.CharField(max_length=16, db_comment="fact")
    since = models.DateField(db_comment="fact")
    stalled_on = models.DateField(null=True, db_comment="fact")
    opened_on = models.DateField(db_comment="fact")
    ended_on = models.DateField(null=True, db_comment="fact")
    outcome = models.CharField(max_length=24, default="pending", db_comment="fact")
    reason = models.CharField(max_length=40, blank=True, db_comment="fact")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", ended_on=None, outcome="pending")
                | Q(status="ended", ended_on__gte=F("opened_on")) & ~Q(outcome="pending"),
                name="an_ended_proceeding_has_its_end",
            ),
        ]
        indexes = [
            models.Index(
                fields=["stage", "since"], condition=Q(status="open", stalled_on=None), name="proceeding_moves"
            )
        ]


class Stage(models.Model):
    """One stage of a proceeding, in the order of `number`; the same stage may come again after an appeal."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="stages", db_comment="fact")
    number = models.PositiveSmallIntegerField(db_comment="fact")
    stage = models.CharField(max_length=16, db_comment="fact")
    handled_by = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    began_on = models.DateField(db_comment="fact")
    ended_on = models.DateField(null=True, db_comment="fact")
    outcome = models.CharField(max_length=24, default="pending", db_comment="fact")
    reason = models.CharField(max_length=40, blank=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "number"], name="stages_stand_in_order"),
            models.UniqueConstraint(
                fields=["proceeding"], condition=Q(ended_on=None), name="one_open_stage_a_proceeding"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="pending") | Q(ended_on__gte=F("began_on")) & ~Q(outcome="pending"),
                name="an_ended_stage_has_its_outcome",
            ),
        ]


class PersonOfConcern(models.Model):
    """One or more persons held to be responsible, in codes: alleged until a judgment. A name lies in the vault only."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_comment="fact")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, null=True, related_name="persons", db_comment="fact")
    category = models.CharField(max_length=40, db_comment="fact")
    relationship = models.CharField(max_length=40, db_comment="fact")
    number = models.PositiveSmallIntegerField(default=1, db_comment="fact")
    status = models.CharField(max_length=12, default=PERSON.start, db_comment="fact")
    identity = models.UUIDField(null=True, db_comment="vault")
    noted_at = models.DateTimeField(db_comment="fact")

    @property
    def guarded(self) -> Case:
        """The record that the policy is asked about."""
        return self.case

    @property
    def sealed_under(self) -> UUID:
        """The subject of the vault under whose key the name lies: its own, not the child's."""
        return self.id

    @property
    def a_child(self) -> bool:
        """Is this a child? Then it is kept apart, alleged of nothing, and never judged here."""
        return by_a_child(relationship=self.relationship, category=self.category)


class ChildSanction(models.Model):
    """A child victim was treated as an offender: charged, sanctioned, detained or returned. Each one is an alarm.

    `speak_by` is the clock: by then somebody must have spoken up, or have done the next thing; `late_told_at` says that
    it ran out and who must know was told.
    """

    guarded_kind: ClassVar[str] = "alarm"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_comment="fact")
    sanction = models.CharField(max_length=40, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_comment="fact")
    began_on = models.DateField(db_comment="fact")
    lifted_on = models.DateField(null=True, db_comment="fact")
    raised_at = models.DateTimeField(db_comment="fact")
    speak_by = models.DateTimeField(null=True, db_comment="fact")
    late_told_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        indexes = [
            models.Index(fields=["speak_by"], condition=Q(lifted_on=None, late_told_at=None), name="alarm_clock"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(lifted_on=None) | Q(speak_by=None), name="a_mended_alarm_has_no_clock"),
            models.CheckConstraint(
                condition=Q(lifted_on=None) | Q(lifted_on__gte=F("began_on")), name="lifted_after_it_began"
            ),
        ]


class AlarmStep(models.Model):
    """What somebody did so that a wrong is mended: a code of `alarm_step`, by whom and when."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    alarm = models.ForeignKey(ChildSanction, models.CASCADE, related_name="steps", db_comment="fact")
    step = models.CharField(max_length=40, db_comment="fact")
    by = models.UUIDField(db_comment="fact")
    at = models.DateTimeField(db_comment="fact")
