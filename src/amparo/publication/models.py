"""A published table. Of a hidden cell nothing is kept here but that it is hidden."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amparo.common.ids import new_id
from amparo.counting.frozen.models import Frozen
from amparo.counting.models import Snapshot
from amparo.publication.publishing import Publishable, reasons
from amparo.publication.states import RELEASE


class Release(Publishable):
    """One indicator for closed years, in one table or several: drafted by one, checked by two others, never erased.

    `year` is the last of the years, `tables` the dimensions of each table. It was made of a frozen year or of a
    snapshot of everything. `policy` is the rule that it was protected by, as published with it; `tried` is how many
    hidden numbers and changes the attacker went for, in vain. `snapshot_hash` is the SHA-256 of what it was made of,
    `software` the program that made it; `replaced_by` the table that corrects it.
    """

    guarded_kind: ClassVar[str] = "release"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    reference = models.CharField(max_length=12, unique=True, db_comment="public")
    indicator = models.CharField(max_length=40, db_comment="public")
    first_year = models.PositiveSmallIntegerField(db_comment="public")
    year = models.PositiveSmallIntegerField(db_comment="public")
    tables = models.JSONField(db_comment="public")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+", db_comment="fact")
    frozen = models.ForeignKey(Frozen, models.PROTECT, null=True, related_name="+", db_comment="fact")
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
            models.CheckConstraint(
                condition=Q(snapshot=None, frozen__isnull=False) | Q(snapshot__isnull=False, frozen=None),
                name="a_release_is_made_of_one_snapshot",
            ),
            models.CheckConstraint(condition=Q(first_year__lte=F("year")), name="a_release_ends_after_it_begins"),
        ]

    @property
    def years(self) -> str:
        """2025, or 2023–2025."""
        return f"{self.year}" if self.first_year == self.year else f"{self.first_year}–{self.year}"


class ReleaseCell(models.Model):
    """One cell as the public sees it, totals (``_T``) included; in the table's order. No value: it is hidden.

    `table` is its number in the release, `place` a code of each dimension with a bar between them.
    """

    id = models.BigAutoField(primary_key=True, db_comment="public")
    release = models.ForeignKey(Release, models.CASCADE, related_name="cells", db_comment="public")
    table = models.PositiveSmallIntegerField(default=0, db_comment="public")
    place = models.CharField(max_length=200, db_comment="public")
    shown = models.BooleanField(db_comment="public")
    value = models.PositiveIntegerField(null=True, db_comment="public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "table", "place"], name="one_cell_a_place_in_the_table"),
            models.CheckConstraint(
                condition=Q(shown=True, value__isnull=False) | Q(shown=False, value=None),
                name="a_hidden_cell_has_no_value",
            ),
        ]


class Drawing(models.Model):
    """The chart of a table of a release as SVG, drawn once when it is published: a language and a ground each."""

    id = models.BigAutoField(primary_key=True, db_comment="public")
    release = models.ForeignKey(Release, models.CASCADE, related_name="drawings", db_comment="public")
    table = models.PositiveSmallIntegerField(default=0, db_comment="public")
    language = models.CharField(max_length=8, db_comment="public")
    ground = models.CharField(max_length=8, choices=[("light", "light"), ("dark", "dark")], db_comment="public")
    svg = models.TextField(db_comment="public")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "table", "language", "ground"], name="one_drawing_a_language_and_ground"
            )
        ]
