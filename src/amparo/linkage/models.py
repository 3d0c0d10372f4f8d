"""The child: a random identifier and coded facts. Who the child is lies in the vault, behind `identity`."""

from django.db import models
from django.db.models import F, Q

from amparo.common.ids import new_id
from amparo.organisation.models import Agency


class Child(models.Model):
    """A child, as one agency knows the child. The full birth date is in the vault; facts hold the year.

    `identity` is what people open; `matching` is the copy that only the server compares.
    """

    guarded_kind = "child"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, db_comment="fact")
    identity = models.UUIDField(db_comment="vault")
    matching = models.UUIDField(db_comment="vault")
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

    @property
    def sealed_under(self) -> object:
        """Whose values of the vault this record answers for."""
        return self.id


class SearchCounter(models.Model):
    """How often somebody searched on a day: the ceiling is kept by one conditional update, never read and written."""

    id = models.BigAutoField(primary_key=True, db_comment="fact")
    person = models.UUIDField(db_comment="fact")
    day = models.DateField(db_comment="fact")
    number = models.PositiveIntegerField(default=0, db_comment="fact")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_search_counter_a_day")]


class Contact(models.Model):
    """A possible match at another agency: offered by a search, then perhaps asked about, and answered.

    The asker knows the agency and never the child; the agency learns who asks only when it is asked.
    """

    guarded_kind = "contact"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    reference = models.CharField(max_length=20, unique=True, db_comment="fact")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+", db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    asker = models.UUIDField(db_comment="fact")
    asking_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    may_be = models.CharField(max_length=12, db_comment="fact")
    purpose = models.CharField(max_length=40, db_comment="fact")
    status = models.CharField(max_length=12, default="offered", db_comment="fact")
    offered_at = models.DateTimeField(db_comment="fact")
    asked_at = models.DateTimeField(null=True, db_comment="fact")
    respond_by = models.DateTimeField(null=True, db_comment="fact")
    late_told_at = models.DateTimeField(null=True, db_comment="fact")
    answer = models.CharField(max_length=40, blank=True, db_comment="fact")
    reason = models.CharField(max_length=40, blank=True, db_comment="fact")
    answered_by = models.UUIDField(null=True, db_comment="fact")
    answered_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        indexes = [
            models.Index(fields=["agency", "status", "respond_by"]),
            models.Index(fields=["asker", "status", "-asked_at"]),
            models.Index(fields=["status", "offered_at"]),
        ]


class Weights(models.Model):
    """An edition of the trained weights, and what the run that it was made in found. The newest is in use."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    number = models.PositiveIntegerField(unique=True, db_comment="fact")
    origin = models.CharField(max_length=12, db_comment="fact")
    model = models.JSONField(db_comment="fact")
    records = models.PositiveIntegerField(db_comment="fact")
    # How many pairs the run found in each band of the score, and what drifted since the edition before.
    bands = models.JSONField(default=dict, db_comment="fact")
    drift = models.JSONField(default=list, db_comment="fact")
    made_at = models.DateTimeField(db_comment="fact")


class Pair(models.Model):
    """Two records that may be of one child, for people to look at. `one` is the smaller identifier."""

    guarded_kind = "pair"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    reference = models.CharField(max_length=20, unique=True, db_comment="fact")
    one = models.ForeignKey(Child, models.PROTECT, related_name="+", db_comment="fact")
    two = models.ForeignKey(Child, models.PROTECT, related_name="+", db_comment="fact")
    weights = models.ForeignKey(Weights, models.PROTECT, related_name="+", db_comment="fact")
    score = models.FloatField(db_comment="fact")
    may_be = models.CharField(max_length=12, db_comment="fact")
    levels = models.JSONField(db_comment="fact")
    band = models.CharField(max_length=12, db_comment="fact")
    status = models.CharField(max_length=12, default="open", db_comment="fact")
    found_at = models.DateTimeField(db_comment="fact")
    decided_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "two"], name="one_pair_of_two_records"),
            models.CheckConstraint(condition=Q(one__lt=F("two")), name="a_pair_is_of_two"),
        ]
        indexes = [models.Index(fields=["status", "-score"]), models.Index(fields=["two"])]


class Opinion(models.Model):
    """What one person made of a pair, without having seen what another made of it. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="opinions", db_comment="fact")
    person = models.UUIDField(db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    verdict = models.CharField(max_length=40, db_comment="fact")
    at = models.DateTimeField(db_comment="fact")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "person"], name="one_opinion_a_person_and_pair")]


class Merge(models.Model):
    """Two records taken as one child: by whom, and by which rule each field is read. Both records stay as they were."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="merges", db_comment="fact")
    one = models.ForeignKey(Child, models.PROTECT, related_name="+", db_comment="fact")
    two = models.ForeignKey(Child, models.PROTECT, related_name="+", db_comment="fact")
    first = models.UUIDField(db_comment="fact")
    second = models.UUIDField(db_comment="fact")
    fields = models.JSONField(db_comment="fact")
    merged_at = models.DateTimeField(db_comment="fact")
    parted_at = models.DateTimeField(null=True, db_comment="fact")
    parted_by = models.UUIDField(null=True, db_comment="fact")
    parted_why = models.CharField(max_length=40, blank=True, db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair"], condition=Q(parted_at=None), name="one_standing_merge_a_pair"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="two_people_merge"),
        ]
