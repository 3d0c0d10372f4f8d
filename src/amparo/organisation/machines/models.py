"""A system that acts for an agency, and its keys. Of a key only a keyed hash is kept."""

from django.db import models
from django.db.models import F, Q

from amparo.access.roles import Role
from amparo.common.ids import new_id
from amparo.organisation.models import Agency, Person, Team


class Machine(models.Model):
    """An account that belongs to a system, not to a person. `allowed` are the permissions that it was given."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    reference = models.CharField(max_length=12, unique=True, db_comment="fact")
    name = models.CharField(max_length=100, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", db_comment="fact")
    role = models.CharField(max_length=20, choices=Role.choices, db_comment="fact")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", db_comment="fact")
    allowed = models.JSONField(db_comment="fact")
    ceiling = models.PositiveIntegerField(db_comment="fact")
    calls = models.PositiveIntegerField(default=0, db_comment="fact")
    calls_on = models.DateField(null=True, db_comment="fact")
    made_at = models.DateTimeField(db_comment="fact")
    made_by = models.UUIDField(db_comment="fact")
    revoked_at = models.DateTimeField(null=True, db_comment="fact")
    revoked_by = models.UUIDField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="machine_revoked_when_and_by_whom",
            ),
        ]


class MachineKey(models.Model):
    """One key: found by its `locator`, proved by `digest`, good until a moment."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    machine = models.ForeignKey(Machine, models.PROTECT, related_name="keys", db_comment="fact")
    locator = models.CharField(max_length=12, unique=True, db_comment="fact")
    digest = models.CharField(max_length=64, db_comment="fact")
    made_at = models.DateTimeField(db_comment="fact")
    made_by = models.UUIDField(db_comment="fact")
    until = models.DateTimeField(db_comment="fact")
    used_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("made_at")), name="machine_key_ends_after_it_begins")
        ]
