"""The nightly run: groups for the count, pairs for people, editions of the weights; nothing is merged by it (S2)."""

import json
from datetime import date

import pytest

from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import AmparoError, Refused
from amparo.common.types import IMPORTER, OPERATOR
from amparo.linkage import quality, running, weighing
from amparo.linkage.actions import ChildFacts, Identity
from amparo.linkage.bulk import Newcomer, register_children
from amparo.linkage.models import Child, Merge, Pair, Weights
from tests.linkage.test_reviewing import judge

pytestmark = pytest.mark.django_db(databases="__all__")
pytest.importorskip("splink")
GIVEN = ["Adelina", "Bertolda", "Casimira", "Dorothea", "Eulalia", "Florinda", "Griselda", "Hortensia", "Isolda"]
SYLLABLES = ["ba", "ko", "fu", "li", "mer", "nor", "pas", "rin", "tol", "gav", "zen"]


def family_of(number: int) -> str:
    """A made-up family name of its own for each number."""
    parts = [SYLLABLES[number * step % 11] for step in (1, 3, 5)] + [SYLLABLES[number // 11 % 11]]
    return "".join(parts).title()


def newcomer(number: int, *, given: str = "", born: date | None = None) -> Newcomer:
    given = given or GIVEN[number % len(GIVEN)]
    family = family_of(number)
    born = born or date(2010 + number % 8, 1 + number % 12, 2 + number * 7 % 26)
    identity = Identity(
        given=given, family=family, mother=f"{GIVEN[number * 5 % 9]} {family}", birth_date=born
    )  # fmt: skip
    return Newcomer(identity, ChildFacts(sex="female", birth_year=born.year, birth_precision="day"))


@pytest.fixture
def twins_and_others(house) -> dict[str, Child]:
    """Sixty children at NORTH; at SOUTH the same first child, and a twin of the second."""
    north = register_children(
        by=IMPORTER, agency=house.agencies["NORTH"], newcomers=[newcomer(each) for each in range(60)]
    )
    south = register_children(
        by=IMPORTER, agency=house.agencies["SOUTH"],
        newcomers=[newcomer(0), newcomer(1, given="Wilhelmina"), *(newcomer(each) for each in range(70, 75))],
    )  # fmt: skip
    return {"first": north[0], "again": south[0], "second": north[1], "twin": south[1]}


def test_one_child_of_two_agencies_is_counted_once_and_a_twin_is_not_merged(house, twins_and_others):
    found = running.find(by=OPERATOR)
    first, again, second, twin = (twins_and_others[each].id for each in ("first", "again", "second", "twin"))
    together = [
        drawing.get(first) is not None and drawing.get(first) == drawing.get(again) for drawing in found.drawings
    ]
    assert sum(together) >= len(together) / 2
    merged = [drawing.get(second) == drawing.get(twin) is not None for drawing in found.drawings]
    assert sum(merged) <= len(merged) / 5  # a drawing may hold a doubt; the groups do not
    assert (Merge.objects.count(), found.weights.number, found.weights.origin) == (0, 1, "shipped")


def test_what_people_decided_stands_in_the_next_run(house, twins_and_others):
    running.find(by=OPERATOR)
    first, again = twins_and_others["first"], twins_and_others["again"]
    pair = Pair.objects.get(one__in=[first.id, again.id], two__in=[first.id, again.id])
    for agency in ("NORTH", "SOUTH"):
        judge(house, pair, agency, "other_child")
    found = running.find(by=OPERATOR)
    assert not any(drawing.get(first.id) == drawing.get(again.id) is not None for drawing in found.drawings)
    assert (found.weights.number, Pair.objects.get(id=pair.id).status) == (2, "decided")


def test_every_run_keeps_an_edition_and_reads_each_copy_with_an_audit_row(house, twins_and_others):
    running.find(by=OPERATOR)
    running.find(by=OPERATOR)
    assert list(Weights.objects.order_by("number").values_list("records", flat=True)) == [67, 67]
    verbs = list(Event.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs.count("vault:matching_compared") == verbs.count("links:found") == 2
    assert not any(name in str(list(Event.objects.values())) for name in (*GIVEN, family_of(1)))


def test_quality_is_told_by_agency_with_intervals_once_somebody_judged(house, twins_and_others):
    by = house.actor("supervisor", "NORTH")
    assert quality.report(by=by).weights is None
    running.find(by=OPERATOR)
    before = quality.report(by=by)
    assert {line.labelled.precision for line in before.lines} == {None}
    first, again = twins_and_others["first"].id, twins_and_others["again"].id
    for agency in ("NORTH", "SOUTH"):
        judge(house, Pair.objects.get(one__in=[first, again], two__in=[first, again]), agency, "same_child")
    everybody, *agencies = quality.report(by=by).lines
    assert everybody.labelled.judged == 1
    assert everybody.labelled.precision.low < everybody.labelled.precision.share <= everybody.labelled.precision.high
    assert {line.agency.code for line in agencies} <= {"NORTH", "SOUTH"}


def test_weights_of_other_comparisons_give_way_to_those_that_come_along(house):
    kept = json.loads(weighing.first().saved()) | {"comparisons": [["given", "different"]]}
    Weights.objects.create(number=1, origin="trained", model=kept, records=9000, made_at=clock.now())
    assert weighing.in_use().m == weighing.first().m


def test_a_change_beyond_the_bounds_is_drift_and_a_small_one_is_not():
    from amparo.methods.linkage.comparisons import COMPARISONS

    def edition(given: float, doubt: int) -> Weights:
        m = [[0.05, 0.95] for _ in COMPARISONS]
        m[0] = [given, 1 - given]
        return Weights(model={"m": m}, records=1000, bands={"": {"sure": 400, "linked": 20, "doubt": doubt}})

    assert running.drift(edition(0.05, 100), edition(0.06, 110)) == []
    found = running.drift(edition(0.05, 100), edition(0.4, 300))
    assert [each["what"] for each in found] == ["given", "doubt"]


@pytest.mark.parametrize("role", ["supervisor", "statistician", "administrator"])
def test_nobody_at_a_desk_runs_it(house, role):
    with pytest.raises(Refused):
        running.find(by=house.actor(role, "NORTH"))


def test_without_any_record_there_is_a_clear_sentence(house):
    with pytest.raises(AmparoError, match="no records"):
        running.find(by=OPERATOR)
