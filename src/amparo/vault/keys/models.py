"""Wrapped keys, in a database of their own whose backups are kept for days: an old backup must not undo an erasure."""

from django.db import models
from django.db.models import Q

from amparo.common.ids import new_id


class AgencyKey(models.Model):
    """The key of one agency and one compartment, wrapped by the root key of which `kid` is the id.

    A retired one has a successor and opens what was not yet wrapped anew.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    agency = models.UUIDField(db_comment="fact")
    compartment = models.CharField(max_length=16, db_comment="fact")
    kid = models.CharField(max_length=16, db_comment="fact")
    wrapped = models.BinaryField(db_comment="vault")
    retired_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "compartment"], condition=Q(retired_at=None), name="one_key_an_agency_compartment"
            )
        ]


class SubjectKey(models.Model):
    """The key of one subject in one compartment, wrapped by its agency's. Destroying it erases the subject."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    subject = models.UUIDField(db_comment="fact")
    compartment = models.CharField(max_length=16, db_comment="fact")
    agency_key = models.ForeignKey(AgencyKey, models.PROTECT, related_name="subject_keys", db_comment="fact")
    wrapped = models.BinaryField(null=True, db_comment="vault")
    destroyed_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "compartment"], name="one_key_a_subject_compartment"),
            models.CheckConstraint(
                condition=Q(destroyed_at=None, wrapped__isnull=False) | Q(destroyed_at__isnull=False, wrapped=None),
                name="a_key_is_there_or_destroyed",
            ),
        ]


class SystemKey(models.Model):
    """A private key that the desk alone holds, wrapped by the root key: the intake key that reports are sealed to."""

    name = models.CharField(primary_key=True, max_length=32, db_comment="fact")
    kid = models.CharField(max_length=16, db_comment="fact")
    wrapped = models.BinaryField(db_comment="vault")
    public = models.BinaryField(db_comment="public")
