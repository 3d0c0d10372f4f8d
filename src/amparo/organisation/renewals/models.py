"""A renewal: asked for by an administrator, confirmed by a second person, used once by whom it is for."""

from django.db import models
from django.db.models import Q

from amparo.common.ids import new_id
from amparo.organisation.models import Agency, Person


class Renewal(models.Model):
    """Each of two people was shown one half of the code; keyed hashes of the halves are all that is kept of it."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    factor = models.BooleanField(db_comment="fact")
    known_by = models.CharField(max_length=20, db_comment="fact")
    asked_at = models.DateTimeField(db_comment="fact")
    asked_by = models.UUIDField(db_comment="fact")
    first = models.CharField(max_length=64, db_comment="fact")
    confirmed_at = models.DateTimeField(null=True, db_comment="fact")
    confirmed_by = models.UUIDField(null=True, db_comment="fact")
    second = models.CharField(max_length=64, blank=True, db_comment="fact")
    tries = models.PositiveSmallIntegerField(default=0, db_comment="fact")
    ended_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_renewal_at_a_time"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, second="")
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(second="")),
                name="renewal_confirmed_when_and_by_whom",
            ),
        ]
