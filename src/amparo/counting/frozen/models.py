"""Snapshots of all coded facts, in sealed parts, and what people look at again. Codes, months and numbers only."""

from django.db import models
from django.db.models import F, Q

from amparo.common.ids import new_id


class Frozen(models.Model):
    """The coded facts of the whole house at a moment, sealed, until a day.

    `about` says what it was made of: the editions of the schema, the indicators, the code lists and the rules, the
    rows and the hash of each table. `content_hash` is the hash of all that.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    reference = models.CharField(max_length=12, unique=True, db_comment="fact")
    content_hash = models.CharField(max_length=64, db_comment="fact")
    about = models.JSONField(db_comment="fact")
    taken_by = models.UUIDField(db_comment="fact")
    taken_at = models.DateTimeField(db_comment="fact")
    expires_at = models.DateTimeField(db_comment="fact")

    class Meta:
        verbose_name_plural = "frozen"
        indexes = [models.Index(fields=["-taken_at"], name="frozen_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("taken_at")), name="frozen_ends_after_it_began"),
        ]


class Part(models.Model):
    """A table of a snapshot as Parquet, or a dense cube made of it, sealed; gone when the snapshot has ended."""

    id = models.BigAutoField(primary_key=True, db_comment="fact")
    frozen = models.ForeignKey(Frozen, models.CASCADE, related_name="parts", db_index=False, db_comment="fact")
    name = models.CharField(max_length=40, db_comment="fact")
    content_hash = models.CharField(max_length=64, db_comment="fact")
    sealed = models.BinaryField(db_comment="fact")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["frozen", "name"], name="one_part_of_a_name")]


class SavedView(models.Model):
    """A table that a person looks at again: a question, never its answer."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    person = models.UUIDField(db_comment="fact")
    indicator = models.CharField(max_length=40, db_comment="fact")
    by = models.JSONField(default=list, db_comment="fact")
    where = models.JSONField(default=dict, db_comment="fact")
    saved_at = models.DateTimeField(db_comment="fact")

    class Meta:
        indexes = [models.Index(fields=["person", "saved_at"], name="views_of_person")]
