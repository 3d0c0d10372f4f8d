"""The child: a random identifier and coded facts. Who the child is lies in the vault, behind `identity`."""

from django.db import models
from django.db.models import Q

from amparo.common.ids import new_id
from amparo.organisation.models import Agency


class Child(models.Model):
    """A child, as one agency knows the child. The full birth date is in the vault; facts hold the year."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, db_comment="fact")
    identity = models.UUIDField(db_comment="vault")
    sex = models.CharField(max_length=16, db_comment="fact")
    birth_year = models.PositiveSmallIntegerField(null=True, db_comment="fact")
    birth_precision = models.CharField(max_length=16, db_comment="fact")
    nationality = models.CharField(max_length=12, db_comment="fact")
    language = models.CharField(max_length=12, db_comment="fact")
    migration_status = models.CharField(max_length=40, db_comment="fact")
    care_status = models.CharField(max_length=40, db_comment="fact")
    separation = models.CharField(max_length=40, db_comment="fact")
    difficulties = models.JSONField(default=dict, db_comment="fact")
    registered_at = models.DateTimeField(db_comment="fact")

    class Meta:
        verbose_name_plural = "children"
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__gte=1900, birth_year__lte=2200),
                name="birth_year_is_a_year",
            ),
        ]


class SearchCounter(models.Model):
    """How often somebody searched on a day: the ceiling is kept by one conditional update, never read and written."""

    id = models.BigAutoField(primary_key=True, db_comment="fact")
    person = models.UUIDField(db_comment="fact")
    day = models.DateField(db_comment="fact")
    number = models.PositiveIntegerField(default=0, db_comment="fact")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_search_counter_a_day")]
