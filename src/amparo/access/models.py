"""Walls and broken glass. People, agencies and records are known here only by their identifiers."""

from django.db import models
from django.db.models import Q

from amparo.common.ids import new_id


class Wall(models.Model):
    """A person or an agency that must never meet a record: in no list, search, counter or drill-down."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    against_kind = models.CharField(
        max_length=8, choices=[("person", "person"), ("agency", "agency")], db_comment="fact"
    )
    against = models.UUIDField(db_comment="fact")
    record = models.UUIDField(db_comment="fact")
    reason = models.CharField(max_length=40, db_comment="fact")
    raised_at = models.DateTimeField(db_comment="fact")
    raised_by = models.UUIDField(db_comment="fact")
    lifted_at = models.DateTimeField(null=True, db_comment="fact")
    lifted_by = models.UUIDField(null=True, db_comment="fact")

    class Meta:
        indexes = [models.Index(fields=["record", "against"]), models.Index(fields=["against"])]
        constraints = [
            models.UniqueConstraint(
                fields=["against", "record"], condition=Q(lifted_at=None), name="one_standing_wall"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="wall_lifted_by_whom",
            ),
        ]


class Glass(models.Model):
    """Glass that somebody broke: one record, read-only, sixty minutes, reviewed by an independent auditor."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    person = models.UUIDField(db_comment="fact")
    agency = models.UUIDField(db_comment="fact")
    record = models.UUIDField(db_comment="fact")
    reason = models.CharField(max_length=40, db_comment="fact")
    note = models.UUIDField(null=True, db_comment="vault")
    broken_at = models.DateTimeField(db_comment="fact")
    expires_at = models.DateTimeField(db_comment="fact")
    reviewed_at = models.DateTimeField(null=True, db_comment="fact")
    reviewed_by = models.UUIDField(null=True, db_comment="fact")

    class Meta:
        indexes = [models.Index(fields=["reviewed_at", "broken_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="glass_reviewed_by_whom",
            ),
        ]
