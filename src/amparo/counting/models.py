"""The maintained counts, what waits to be counted, and frozen years. Codes, months and numbers only."""

from django.db import models
from django.db.models import F, Q

from amparo.common.ids import new_id


class FactChange(models.Model):
    """A record whose coded facts changed, waiting to be folded into the counts; gone once it was."""

    id = models.BigAutoField(primary_key=True, db_comment="fact")
    kind = models.CharField(max_length=24, db_comment="fact")
    record = models.UUIDField(db_comment="fact")
    before = models.JSONField(null=True, db_comment="fact")
    after = models.JSONField(null=True, db_comment="fact")
    at = models.DateTimeField(db_comment="fact")


class Positioned(models.Model):
    """Columns that say where a child is counted: once, in the year in which the child was first identified."""

    year = models.PositiveSmallIntegerField(db_comment="fact")
    age_group = models.CharField(max_length=12, db_comment="fact")
    region = models.CharField(max_length=20, db_comment="fact")
    sex = models.CharField(max_length=16, db_comment="fact")

    class Meta:
        abstract = True


class Counted(Positioned):
    """The cell in which a child stands now, so that a correction takes the child out of it again.

    `child` is the identifier of one agency's record of the child; clusters of records of one child take its place
    when linkage finds them.
    """

    child = models.UUIDField(primary_key=True, db_comment="fact")


class Cell(Positioned):
    """The number of children counted in one cell, kept in the transaction of each act."""

    id = models.BigAutoField(primary_key=True, db_comment="fact")
    measure = models.CharField(max_length=40, db_comment="fact")
    number = models.BigIntegerField(default=0, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "year", "age_group", "region", "sex"], name="one_cell_a_combination"
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="a_count_is_never_negative"),
        ]


class Snapshot(models.Model):
    """A closed year, frozen: one coded row a child under a pseudonym of its own, sealed, until a day."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    reference = models.CharField(max_length=12, unique=True, db_comment="fact")
    year = models.PositiveSmallIntegerField(db_comment="fact")
    children = models.PositiveIntegerField(db_comment="fact")
    sealed = models.BinaryField(db_comment="fact")
    taken_by = models.UUIDField(db_comment="fact")
    taken_at = models.DateTimeField(db_comment="fact")
    expires_at = models.DateTimeField(db_comment="fact")

    class Meta:
        indexes = [models.Index(fields=["-taken_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("taken_at")), name="a_snapshot_ends_after_it_began"),
        ]
