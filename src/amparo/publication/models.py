"""A published table. Of a hidden cell nothing is kept here but that it is hidden."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from amparo.common.ids import new_id
from amparo.counting.models import Snapshot
from amparo.publication.publishing import Publishable, reasons
from amparo.publication.states import RELEASE


class Release(Publishable):
    """One indicator for one closed year: drafted by one person, checked by two others, and never erased.

    `policy` is the rule that it was protected by, as published with it; `tried` is how many hidden numbers and changes
    the attacker went for, in vain. `snapshot_hash` is the SHA-256 of the frozen year that it was made of, `software`
    the program that made it; `replaced_by` the table that corrects it.
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
    snapshot_hash = models.CharField(max_length=64, db_comment="public")
    software = models.CharField(max_length=40, db_comment="public")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces", db_comment="public")

    class Meta:
        indexes = [models.Index(fields=["-drafted_at"]), models.Index(fields=["indicator", "year"])]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=reasons("refused", "withdrawn", "corrected"), name="a_no_has_its_reason"),
            models.CheckConstraint(
                condition=Q(status="corrected", replaced_by__isnull=False)
                | ~Q(status="corrected") & Q(replaced_by=None),
                name="what_is_corrected_says_by_which",
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
