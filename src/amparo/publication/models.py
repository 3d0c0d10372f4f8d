"""A published table. Of a hidden cell nothing is kept here but that it is hidden."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amparo.common.ids import new_id
from amparo.counting.models import Snapshot
from amparo.publication.states import RELEASE


class Release(models.Model):
    """One indicator for one closed year: drafted by one person, checked by another, and never erased.

    `policy` is the rule that it was protected by, as published with it; `tried` is how many hidden numbers and changes
    the attacker went for, in vain.
    """

    guarded_kind: ClassVar[str] = "release"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    reference = models.CharField(max_length=12, unique=True, db_comment="public")
    indicator = models.CharField(max_length=40, db_comment="public")
    year = models.PositiveSmallIntegerField(db_comment="public")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", db_comment="fact")
    status = models.CharField(max_length=12, default=RELEASE.start, db_comment="public")
    policy = models.JSONField(db_comment="public")
    tried = models.PositiveIntegerField(db_comment="public")
    drafted_by = models.UUIDField(db_comment="fact")
    drafted_at = models.DateTimeField(db_comment="fact")
    checked_by = models.UUIDField(null=True, db_comment="fact")
    checked_at = models.DateTimeField(null=True, db_comment="fact")
    published_at = models.DateTimeField(null=True, db_comment="public")
    withdrawn_by = models.UUIDField(null=True, db_comment="fact")
    withdrawn_at = models.DateTimeField(null=True, db_comment="public")
    reason = models.CharField(max_length=40, blank=True, db_comment="public")

    class Meta:
        indexes = [models.Index(fields=["-drafted_at"]), models.Index(fields=["indicator", "year"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_at=None)
                | Q(checked_by__isnull=False, checked_at__isnull=False) & ~Q(checked_by=F("drafted_by")),
                name="a_release_is_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(checked_at__isnull=False), name="published_once_checked"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, published_at__isnull=False),
                name="withdrawn_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["refused", "withdrawn"]) & ~Q(reason="")
                | ~Q(status__in=["refused", "withdrawn"]) & Q(reason=""),
                name="a_no_has_its_reason",
            ),
        ]


class ReleaseCell(models.Model):
    """One cell as the public sees it, totals (``_T``) included; in the table's order. No value: it is hidden."""

    id = models.BigAutoField(primary_key=True, db_comment="public")
    release = models.ForeignKey(Release, models.CASCADE, related_name="cells", db_comment="public")
    age_group = models.CharField(max_length=12, db_comment="public")
    region = models.CharField(max_length=20, db_comment="public")
    shown = models.BooleanField(db_comment="public")
    value = models.PositiveIntegerField(null=True, db_comment="public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "age_group", "region"], name="one_cell_a_place_in_the_table"),
            models.CheckConstraint(
                condition=Q(shown=True, value__isnull=False) | Q(shown=False, value=None),
                name="a_hidden_cell_has_no_value",
            ),
        ]


class Drawing(models.Model):
    """The chart of a release as SVG, drawn once when it is published: a language and a ground each."""

    id = models.BigAutoField(primary_key=True, db_comment="public")
    release = models.ForeignKey(Release, models.CASCADE, related_name="drawings", db_comment="public")
    language = models.CharField(max_length=8, db_comment="public")
    ground = models.CharField(max_length=8, choices=[("light", "light"), ("dark", "dark")], db_comment="public")
    svg = models.TextField(db_comment="public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "language", "ground"], name="one_drawing_a_language_and_ground")
        ]
