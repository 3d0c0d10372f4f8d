"""An estimate of how many children no list has. What is public of it is rounded, and never without its interval."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amparo.common.ids import new_id
from amparo.publication.estimates.states import ESTIMATE
from amparo.publication.publishing import Publishable, reasons


class Estimate(Publishable):
    """Asked for by a statistician, computed by the worker, justified, checked by two others, and never erased.

    `sealed` holds the overlaps, most of which are of a few children; it is wiped when the estimate is decided.
    `answers` holds what the methods said so far, `told` the whole report, for the desk. The columns from `children` to
    `parts` are the rounded figures that leave; they are set when they do.
    """

    guarded_kind: ClassVar[str] = "estimate"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    reference = models.CharField(max_length=12, unique=True, db_comment="public")
    first_year = models.PositiveSmallIntegerField(db_comment="public")
    last_year = models.PositiveSmallIntegerField(db_comment="public")
    grouping = models.CharField(max_length=12, db_comment="public")
    strata = models.CharField(max_length=12, blank=True, db_comment="public")
    lists = models.JSONField(db_comment="public")
    methods = models.JSONField(db_comment="public")
    boot = models.PositiveIntegerField(db_comment="public")
    seed = models.PositiveIntegerField(db_comment="public")
    status = models.CharField(max_length=12, default=ESTIMATE.start, db_comment="public")
    sealed = models.BinaryField(db_comment="fact")
    answers = models.JSONField(default=list, db_comment="fact")
    asked = models.PositiveSmallIntegerField(db_comment="fact")
    done = models.PositiveSmallIntegerField(default=0, db_comment="fact")
    told = models.JSONField(null=True, db_comment="fact")
    supposed = models.JSONField(default=dict, db_comment="public")
    statement = models.TextField(blank=True, db_comment="public")
    children = models.PositiveIntegerField(null=True, db_comment="public")
    total = models.PositiveIntegerField(null=True, db_comment="public")
    low = models.PositiveIntegerField(null=True, db_comment="public")
    high = models.PositiveIntegerField(null=True, db_comment="public")
    verdict = models.CharField(max_length=20, blank=True, db_comment="public")
    parts = models.JSONField(default=dict, db_comment="public")

    class Meta:
        indexes = [models.Index(fields=["-drafted_at"]), models.Index(fields=["status"])]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(verdict="") & ~Q(statement=""),
                name="an_estimate_leaves_with_its_verdict",
            ),
            models.CheckConstraint(
                condition=Q(total=None)
                | Q(low__isnull=False, high__isnull=False, low__lte=F("total"), high__gte=F("total")),
                name="no_estimate_without_its_interval",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("asked")), name="no_more_is_done_than_was_asked"),
            models.CheckConstraint(condition=reasons("refused", "withdrawn"), name="an_estimates_no_has_its_reason"),
        ]
