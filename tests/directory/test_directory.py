"""Where help is found (D2)."""

import pytest

from amparo.audit.models import Event
from amparo.common.errors import Invalid, Refused
from amparo.common.types import OPERATOR
from amparo.directory.actions import add_help_line
from amparo.directory.queries import help_lines

pytestmark = pytest.mark.django_db(databases="__all__")
LINE = {"name": "Example line", "number": "555 0100", "hours": "08-20", "languages": ["en", "ar"]}


def test_lines_for_the_whole_state_come_before_those_of_a_place(house):
    add_help_line(by=OPERATOR, **LINE | {"number": "555 0101"}, place=house.places["SOUTH"])
    add_help_line(by=OPERATOR, **LINE)
    assert [(line.number, line.place and line.place.code) for line in help_lines()] == [
        ("555 0100", None),
        ("555 0101", "LM-SOUTH"),
    ]
    assert Event.objects.latest("seq").verb == "help_line:added"


@pytest.mark.parametrize("wrong", [{"name": " "}, {"number": ""}, {"languages": ["xx"]}])
def test_a_line_without_a_name_a_number_or_a_known_language_is_refused(house, wrong):
    with pytest.raises(Invalid):
        add_help_line(by=OPERATOR, **LINE | wrong)
    assert help_lines() == []


def test_the_same_line_is_added_once(house):
    add_help_line(by=OPERATOR, **LINE)
    with pytest.raises(Invalid, match="already"):
        add_help_line(by=OPERATOR, **LINE)


@pytest.mark.parametrize("role", ["intake_officer", "case_worker", "supervisor", "auditor"])
def test_only_an_administrator_adds_lines(house, role):
    with pytest.raises(Refused):
        add_help_line(by=house.actor(role, "NORTH"), **LINE)
