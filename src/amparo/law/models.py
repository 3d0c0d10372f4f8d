"""Law as data: one row says what one provision of a State's law says of one element of one offence. All is public."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amparo.common.ids import new_id
from amparo.law.states import PROVISION


class Provision(models.Model):
    """`offence` is a code of `form`, or empty: every offence against a child. `in_force_on` up to `repealed_on`.

    `external` names whose compilation it was taken from; empty: an editor read the provision.
    """

    guarded_kind: ClassVar[str] = "provision"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    state = models.CharField(max_length=3, db_comment="public")
    offence = models.CharField(max_length=40, blank=True, db_comment="public")
    element = models.CharField(max_length=12, db_comment="public")
    answer = models.CharField(max_length=20, db_comment="public")
    items = models.JSONField(default=list, db_comment="public")
    years = models.PositiveSmallIntegerField(null=True, db_comment="public")
    age = models.PositiveSmallIntegerField(null=True, db_comment="public")
    least = models.PositiveSmallIntegerField(null=True, db_comment="public")
    most = models.PositiveSmallIntegerField(null=True, db_comment="public")
    law = models.CharField(max_length=200, db_comment="public")
    pinpoint = models.CharField(max_length=120, db_comment="public")
    address = models.URLField(max_length=500, blank=True, db_comment="public")
    in_force_on = models.DateField(db_comment="public")
    repealed_on = models.DateField(null=True, db_comment="public")
    external = models.CharField(max_length=120, blank=True, db_comment="public")
    status = models.CharField(max_length=12, default=PROVISION.start, db_comment="public")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_comment="public")
    written_by = models.UUIDField(db_comment="fact")
    written_at = models.DateTimeField(db_comment="public")
    reviewed_by = models.UUIDField(null=True, db_comment="fact")
    reviewed_at = models.DateTimeField(null=True, db_comment="public")
    published_at = models.DateTimeField(null=True, db_comment="public")
    superseded_at = models.DateTimeField(null=True, db_comment="public")

    class Meta:
        indexes = [
            models.Index(fields=["state", "superseded_at", "published_at"]),
            models.Index(fields=["status", "written_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(repealed_on=None) | Q(repealed_on__gt=F("in_force_on")), name="a_law_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(reviewed_by=F("written_by")),
                name="a_provision_is_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(reviewed_at__isnull=False), name="a_provision_is_public_once_read"
            ),
        ]

    @property
    def place(self) -> str:
        """The law and the place in it."""
        return f"{self.law}, {self.pinpoint}"
