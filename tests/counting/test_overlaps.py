"""How the lists of agencies overlap, by what linkage says (S4)."""

from uuid import uuid4

import pytest

from amparo.audit.models import Event
from amparo.common.errors import Invalid, Refused
from amparo.common.types import IMPORTER
from amparo.counting.overlaps.actions import MOST_DRAWINGS, take_links
from amparo.counting.overlaps.models import SameChild
from amparo.counting.overlaps.queries import Choice, lists, overlap
from tests.counting.build import NAME, identify
from tests.publication.build import YEARS, meet

pytestmark = pytest.mark.django_db(databases="__all__")


def look(house, choice=YEARS, chosen=("NORTH", "SOUTH")):
    return overlap(by=house.actor("statistician", "NORTH"), choice=choice, chosen=chosen)


def test_records_that_linkage_put_together_are_one_child_on_two_lists(house):
    meet(house, {("NORTH",): 3, ("SOUTH",): 2, ("NORTH", "SOUTH"): 4})
    assert dict(look(house).histories) == {1: 3, 2: 2, 3: 4}
    assert lists(by=house.actor("statistician", "NORTH"), choice=YEARS) == {"NORTH": 7, "SOUTH": 6}


def test_without_linkage_every_record_is_a_child_of_its_own(house):
    identify(house, "NORTH")
    identify(house, "SOUTH")
    assert dict(look(house).histories) == {1: 1, 2: 1}


def test_two_records_at_one_agency_are_one_child(house):
    child = uuid4()
    records = [identify(house, "NORTH").child_id for _ in range(2)]
    take_links(by=IMPORTER, drawings=[dict.fromkeys(records, child)])
    assert dict(look(house).histories) == {1: 1}


def test_only_children_of_these_years_count_and_adults_never(house):
    identify(house, "NORTH", year=2023)
    identify(house, "NORTH", year=2024, age=25)
    identify(house, "SOUTH", year=2024)
    assert dict(look(house, Choice(2024, 2024, "agency")).histories) == {2: 1}
    assert dict(look(house, Choice(2023, 2025, "agency")).histories) == {1: 1, 2: 1}


def test_strata_divide_the_children_and_what_one_record_does_not_know_another_tells(house):
    child = uuid4()
    unknown, known = identify(house, "NORTH", sex="unknown", month=2), identify(house, "SOUTH", sex="male", month=3)
    identify(house, "NORTH", sex="female")
    take_links(by=IMPORTER, drawings=[{unknown.child_id: child, known.child_id: child}])
    found = look(house, Choice(2025, 2025, "agency", "sex"))
    assert {name: dict(each) for name, each in found.drawings[0].items()} == {"female": {1: 1}, "male": {3: 1}}


def test_each_drawing_of_the_links_is_an_overlap_of_its_own(house):
    one, other = identify(house, "NORTH").child_id, identify(house, "SOUTH").child_id
    child = uuid4()
    take_links(by=IMPORTER, drawings=[{one: child, other: child}, {one: child}])
    assert [dict(each[""]) for each in look(house).drawings] == [{3: 1}, {1: 1, 2: 1}]


def test_what_linkage_says_anew_takes_the_place_of_what_it_said(house):
    for _ in range(2):
        take_links(by=IMPORTER, drawings=[{uuid4(): uuid4()}])
    assert SameChild.objects.count() == 1


@pytest.mark.parametrize("chosen", [[], ["NORTH"], ["NORTH", "NORTH"], [f"A{n}" for n in range(25)]])
def test_two_to_eight_different_lists_are_needed(house, chosen):
    with pytest.raises(Invalid):
        look(house, chosen=chosen)


@pytest.mark.parametrize("many", [0, MOST_DRAWINGS + 1])
def test_drawings_have_a_bound(house, many):
    with pytest.raises(Invalid):
        take_links(by=IMPORTER, drawings=[{}] * many)


@pytest.mark.parametrize("wrong", [(2025, 2024), (1900, 2024), (2024, 2025, "team"), (2024, 2025, "kind", "form")])
def test_a_choice_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(Invalid):
        Choice(*wrong)


def test_overlaps_are_exact_and_so_for_statisticians_only(house):
    meet(house, {("NORTH", "SOUTH"): 1})
    for role in ("reviewer", "case_worker", "supervisor", "administrator"):
        by = house.actor(role, "NORTH")
        with pytest.raises(Refused):
            overlap(by=by, choice=YEARS, chosen=["NORTH", "SOUTH"])
        with pytest.raises(Refused):
            lists(by=by, choice=YEARS)
        with pytest.raises(Refused):
            take_links(by=by, drawings=[{}])


def test_looking_is_recorded_without_a_name_or_a_number_of_children(house):
    meet(house, {("NORTH", "SOUTH"): 1})
    look(house)
    row = Event.objects.get(verb="overlaps:read")
    assert NAME not in str(row.detail)
    assert row.detail == {"first": 2025, "last": 2025}
