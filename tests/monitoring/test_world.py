"""A State is found by what people call it, and never guessed (M1)."""

import pytest

from amparo.common.errors import Invalid
from amparo.monitoring import queries, world
from amparo.monitoring.models import State

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize(
    "asked", ["NOR", "nor", "578", "Norway", "NORVÈGE", "Noruega", "Норвегия", "挪威", "النرويج", " norway "]
)
def test_a_state_is_found_by_code_number_or_name_in_six_languages(world, asked):
    assert queries.atlas().find(asked).iso3 == "NOR"


@pytest.mark.parametrize(("asked", "near"), [("Norwey", "Norway"), ("Frence", "France"), ("Swaziland", None)])
def test_an_unknown_name_is_not_guessed_but_the_nearest_is_suggested(world, asked, near):
    if near is None:
        assert queries.atlas().find(asked).iso3 == "SWZ"
        return
    with pytest.raises(Invalid, match=f"Did you mean {near}"):
        queries.atlas().find(asked)


@pytest.mark.parametrize("asked", ["", "   ", "Qqqqqq", "999", "%_", "x" * 5000])
def test_what_is_no_name_finds_nothing(world, asked):
    with pytest.raises(Invalid, match="There is no State"):
        queries.atlas().find(asked)


def test_there_are_193_members_with_six_names_and_a_region_each(world):
    members = State.objects.filter(kind="member")
    assert members.count() == 193
    assert all(len(each.names) == 6 and all(each.names.values()) for each in members)
    assert {each.region for each in members} <= set(regions())
    assert {each.subregion for each in members} <= set(regions())


def regions():
    return world.regions()
