"""What is known of States, by whom and since when. All of it is public, once it is published.

A row of a `Recorded` table is never overwritten: what replaces it closes it, so that what was said on any day can be
read again.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from amparo.common.ids import new_id
from amparo.monitoring.states import ASSESSMENT, ENTRY


class State(models.Model):
    """A State, or another area of the M49 standard, or a State that does not exist (`kind` fictional)."""

    KINDS: ClassVar[tuple[str, ...]] = ("member", "observer", "area", "organisation", "fictional")

    iso3 = models.CharField(max_length=3, primary_key=True, db_comment="public")
    iso2 = models.CharField(max_length=2, blank=True, db_comment="public")
    m49 = models.CharField(max_length=3, blank=True, db_comment="public")
    kind = models.CharField(max_length=12, db_comment="public")
    region = models.CharField(max_length=3, blank=True, db_comment="public")
    subregion = models.CharField(max_length=3, blank=True, db_comment="public")
    least_developed = models.BooleanField(default=False, db_comment="public")
    landlocked = models.BooleanField(default=False, db_comment="public")
    small_island = models.BooleanField(default=False, db_comment="public")
    latitude = models.FloatField(null=True, db_comment="public")
    longitude = models.FloatField(null=True, db_comment="public")
    names = models.JSONField(db_comment="public")

    class Meta:
        indexes = [models.Index(fields=["region", "subregion"])]


class Source(models.Model):
    """A file that was taken: who says it, and as of when."""

    code = models.CharField(max_length=40, primary_key=True, db_comment="public")
    title = models.CharField(max_length=200, db_comment="public")
    as_of = models.CharField(max_length=10, db_comment="public")
    licence = models.CharField(max_length=80, blank=True, db_comment="public")
    sha256 = models.CharField(max_length=64, db_comment="public")
    loaded_at = models.DateTimeField(db_comment="public")


class Recorded(models.Model):
    """A row that holds from `recorded_at` until `superseded_at` (None: still)."""

    id = models.BigAutoField(primary_key=True, db_comment="public")
    recorded_at = models.DateTimeField(db_comment="public")
    superseded_at = models.DateTimeField(null=True, db_comment="public")

    class Meta:
        abstract = True


class TreatyStatus(Recorded):
    """How a State stands to a treaty. `bound_on` is exact only when `precision` is day; `year` says its 1 January.

    `as_of` is the day, month or year to which the source knows; a State without a row is not known, which is not "no".
    """

    state = models.ForeignKey(State, models.PROTECT, related_name="+", db_comment="public")
    treaty = models.CharField(max_length=20, db_comment="public")
    status = models.CharField(max_length=12, db_comment="public")
    signed_on = models.DateField(null=True, db_comment="public")
    bound_on = models.DateField(null=True, db_comment="public")
    precision = models.CharField(max_length=4, blank=True, db_comment="public")
    act = models.CharField(max_length=12, blank=True, db_comment="public")
    in_force_on = models.DateField(null=True, db_comment="public")
    as_of = models.CharField(max_length=10, db_comment="public")
    source = models.CharField(max_length=120, db_comment="public")
    reservations = models.TextField(blank=True, db_comment="public")
    note = models.CharField(max_length=200, blank=True, db_comment="public")

    class Meta:
        indexes = [models.Index(fields=["treaty", "superseded_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "treaty"], condition=Q(superseded_at=None), name="one_status_a_state_and_treaty"
            ),
            models.CheckConstraint(
                condition=Q(bound_on=None, precision="") | Q(bound_on__isnull=False, precision__in=["day", "year"]),
                name="a_date_says_how_exact_it_is",
            ),
        ]


class Observation(Recorded):
    """One number (or word) of a series: of a State, a year, and perhaps an age and a sex."""

    state = models.ForeignKey(State, models.PROTECT, related_name="+", db_comment="public")
    series = models.CharField(max_length=30, db_comment="public")
    year = models.PositiveSmallIntegerField(db_comment="public")
    age = models.CharField(max_length=10, blank=True, db_comment="public")
    sex = models.CharField(max_length=10, blank=True, db_comment="public")
    value = models.FloatField(null=True, db_comment="public")
    text = models.CharField(max_length=100, blank=True, db_comment="public")
    nature = models.CharField(max_length=4, blank=True, db_comment="public")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_comment="public")

    class Meta:
        indexes = [models.Index(fields=["series", "year"])]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "series", "year", "age", "sex"],
                condition=Q(superseded_at=None),
                name="one_observation_a_place_in_the_series",
            ),
            models.CheckConstraint(
                condition=Q(value=None) & ~Q(text="") | Q(value__isnull=False, text=""),
                name="an_observation_is_a_number_or_a_word",
            ),
        ]


class Recommendation(Recorded):
    """What somebody recommended to a State, in the words of the document, and how the State answered."""

    external = models.CharField(max_length=80, db_comment="public")
    mechanism = models.CharField(max_length=20, db_comment="public")
    state = models.ForeignKey(State, models.PROTECT, related_name="+", db_comment="public")
    made_by = models.ForeignKey(State, models.PROTECT, null=True, related_name="+", db_comment="public")
    symbol = models.CharField(max_length=60, blank=True, db_comment="public")
    session = models.CharField(max_length=20, blank=True, db_comment="public")
    made_on = models.DateField(null=True, db_comment="public")
    response = models.CharField(max_length=12, blank=True, db_comment="public")
    category = models.PositiveSmallIntegerField(null=True, db_comment="public")
    themes = models.JSONField(default=list, db_comment="public")
    text = models.TextField(db_comment="public")

    class Meta:
        indexes = [models.Index(fields=["state", "superseded_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["external"], condition=Q(superseded_at=None), name="one_recommendation_an_external_id"
            )
        ]


NOW = Q(superseded_at=None)
# All that a score is counted from, in the order in which the table of all States asks for it.
GRADED = ("role", "rubric", "state", "question", "answer", "evidence_on", "valid_from", "valid_to", "published_at")


class Assessment(models.Model):
    """One answer to one question of the rubric about one State, by one role.

    Two times: `valid_from` … `valid_to` is when it was so; `published_at` … `superseded_at` is when we said it.
    """

    guarded_kind: ClassVar[str] = "assessment"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    state = models.ForeignKey(State, models.PROTECT, related_name="+", db_comment="public")
    rubric = models.CharField(max_length=20, db_comment="public")
    question = models.CharField(max_length=8, db_comment="public")
    section = models.CharField(max_length=2, db_comment="public")
    nature = models.CharField(max_length=10, db_comment="public")
    role = models.CharField(max_length=14, db_comment="public")
    answer = models.CharField(max_length=20, blank=True, db_comment="public")
    number = models.FloatField(null=True, db_comment="public")
    items = models.JSONField(default=list, db_comment="public")
    valid_from = models.DateField(db_comment="public")
    valid_to = models.DateField(null=True, db_comment="public")
    confidence = models.CharField(max_length=8, db_comment="public")
    rationale = models.TextField(blank=True, db_comment="public")
    status = models.CharField(max_length=12, default=ASSESSMENT.start, db_comment="public")
    evidence_on = models.DateField(null=True, db_comment="public")
    written_by = models.UUIDField(db_comment="fact")
    written_at = models.DateTimeField(db_comment="public")
    reviewed_by = models.UUIDField(null=True, db_comment="fact")
    reviewed_at = models.DateTimeField(null=True, db_comment="public")
    published_at = models.DateTimeField(null=True, db_comment="public")
    superseded_at = models.DateTimeField(null=True, db_comment="public")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_comment="public")
    proofs: list["Evidence"]  # where `queries.answers` read them
    beside: list["Comment"]

    class Meta:
        indexes = [
            # What is said no more grows without end: pages of today walk over what holds, and over nothing else.
            models.Index(fields=["state", "question"], condition=NOW, name="said_of_a_state_now"),
            models.Index(fields=["question", "role"], condition=NOW, name="said_to_a_question_now"),
            models.Index(fields=[*GRADED, "superseded_at"], condition=NOW, name="graded_now"),
            models.Index(fields=["state", "published_at"]),
            models.Index(fields=["status", "written_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")), name="it_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(reviewed_by=models.F("written_by")),
                name="an_answer_is_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(reviewed_at__isnull=False), name="said_only_once_reviewed"
            ),
        ]


class Evidence(models.Model):
    """What an answer rests on, with the place in it; a captured page keeps its address, its day and its hash."""

    id = models.BigAutoField(primary_key=True, db_comment="public")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="evidence", db_comment="public")
    title = models.CharField(max_length=200, db_comment="public")
    pinpoint = models.CharField(max_length=120, blank=True, db_comment="public")
    in_force_on = models.DateField(null=True, db_comment="public")
    address = models.URLField(max_length=500, blank=True, db_comment="public")
    captured_on = models.DateField(null=True, db_comment="public")
    sha256 = models.CharField(max_length=64, blank=True, db_comment="public")


class Comment(models.Model):
    """What a State says to an answer: it stands beside it, never over it."""

    id = models.BigAutoField(primary_key=True, db_comment="public")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="comments", db_comment="public")
    role = models.CharField(max_length=14, db_comment="public")
    text = models.TextField(db_comment="public")
    written_by = models.UUIDField(db_comment="fact")
    written_at = models.DateTimeField(db_comment="public")


class ScoreSnapshot(models.Model):
    """Scores as they were published, with the answers that they were counted from: whoever has both can count again."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    reference = models.CharField(max_length=12, unique=True, db_comment="public")
    state = models.ForeignKey(State, models.PROTECT, related_name="+", db_comment="public")
    rubric = models.CharField(max_length=20, db_comment="public")
    role = models.CharField(max_length=14, db_comment="public")
    valid_on = models.DateField(db_comment="public")
    assessments = models.JSONField(db_comment="public")
    scores = models.JSONField(db_comment="public")
    taken_by = models.UUIDField(db_comment="fact")
    taken_at = models.DateTimeField(db_comment="public")


class Entry(models.Model):
    """One line of what is done with a State: a follow-up, a visit, a communication, a practice, an agreement.

    `milestones` are `[{"title", "due_on", "done_on"}]`, days as ISO 8601; `themes` are sections of the rubric.
    """

    guarded_kind: ClassVar[str] = "entry"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    state = models.ForeignKey(State, models.PROTECT, related_name="+", db_comment="public")
    kind = models.CharField(max_length=14, db_comment="public")
    subject = models.CharField(max_length=80, blank=True, db_comment="public")
    role = models.CharField(max_length=14, db_comment="public")
    progress = models.CharField(max_length=12, db_comment="public")
    title = models.CharField(max_length=300, db_comment="public")
    text = models.TextField(blank=True, db_comment="public")
    lead = models.CharField(max_length=200, blank=True, db_comment="public")
    funding = models.CharField(max_length=200, blank=True, db_comment="public")
    milestones = models.JSONField(default=list, db_comment="public")
    themes = models.JSONField(default=list, db_comment="public")
    replicability = models.CharField(max_length=12, blank=True, db_comment="public")
    partners = models.JSONField(default=list, db_comment="public")
    happened_on = models.DateField(null=True, db_comment="public")
    due_on = models.DateField(null=True, db_comment="public")
    source = models.CharField(max_length=300, db_comment="public")
    address = models.URLField(max_length=500, blank=True, db_comment="public")
    status = models.CharField(max_length=12, default=ENTRY.start, db_comment="public")
    written_by = models.UUIDField(db_comment="fact")
    written_at = models.DateTimeField(db_comment="public")
    reviewed_by = models.UUIDField(null=True, db_comment="fact")
    reviewed_at = models.DateTimeField(null=True, db_comment="public")
    published_at = models.DateTimeField(null=True, db_comment="public")
    superseded_at = models.DateTimeField(null=True, db_comment="public")

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["state", "superseded_at"]), models.Index(fields=["status", "written_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(reviewed_by=models.F("written_by")),
                name="a_line_is_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(reviewed_at__isnull=False), name="a_line_is_public_once_reviewed"
            ),
        ]
