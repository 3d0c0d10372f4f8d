"""What a law says: written by one person with the provision, public once a second read it, never overwritten (J2, M2)."""

from datetime import date

import pytest

from amparo.common.errors import Conflict, Invalid, Refused
from amparo.law import actions, queries
from amparo.law.models import Provision

pytestmark = pytest.mark.django_db(databases="__all__")
SINCE = date(2010, 1, 1)
RULE = {"element": "limitation", "answer": "from_act", "years": 10}
BASE = {"state": "XLM", "law": "A made-up act", "pinpoint": "section 1", "in_force_on": SINCE}


def written(house, role="monitor_editor", **more):
    return actions.write(by=house.actor(role, "NORTH"), **(BASE | RULE | more))


def published(house, **more):
    made = written(house, **more)
    return actions.review(by=house.actor("reviewer", "SOUTH"), id=made.id, agree=True)


def test_a_provision_is_public_once_a_second_person_read_it(house):
    made = written(house)
    assert queries.of_state("XLM") == []
    with pytest.raises(Refused):
        actions.review(by=house.actor("monitor_editor", "NORTH"), id=made.id, agree=True)
    actions.review(by=house.actor("reviewer", "SOUTH"), id=made.id, agree=True)
    assert queries.of_state("XLM") == queries.limitations("XLM") == [made]
    with pytest.raises(Conflict):
        actions.review(by=house.actor("reviewer", "SOUTH"), id=made.id, agree=True)


@pytest.mark.parametrize("role", ["case_worker", "reviewer", "administrator", "police"])
def test_nobody_else_writes_law(house, role):
    with pytest.raises(Refused):
        written(house, role)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"state": "Lumeria"}, "state"),
        ({"offence": "nonsense"}, "form"),
        ({"element": "colour"}, "element"),
        ({"answer": "given"}, "answer"),
        ({"years": None}, "years"),
        ({"years": 400}, "years"),
        ({"answer": "from_majority"}, "age"),
        ({"answer": "never"}, "years"),
        ({"age": 18}, "age"),
        ({"most": 3}, "most"),
        ({"items": ["life"]}, "items"),
        ({"pinpoint": " "}, "pinpoint"),
        ({"repealed_on": SINCE}, "repealed_on"),
        ({"law": "x" * 201}, "law"),
        ({"element": "penalty", "answer": "given", "years": None, "least": 9, "most": 3}, "most"),
        ({"element": "reach", "answer": "given", "years": None}, "items"),
        ({"element": "age", "answer": "child", "years": None}, "age"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_kept(house, more, field):
    with pytest.raises(Invalid) as wrong:
        written(house, **more)
    assert set(wrong.value.fields) == {field}
    assert not Provision.objects.exists()


def test_two_provisions_of_one_time_are_refused_unless_one_replaces_the_other(house):
    old = published(house)
    with pytest.raises(Conflict, match="is recorded as in force then"):
        published(house, in_force_on=date(2020, 1, 1), years=20)
    published(house, in_force_on=date(2020, 1, 1), years=20, replaces=old)
    told = [(each.years, each.in_force_on, each.repealed_on) for each in queries.limitations("XLM")]
    assert told == [(10, SINCE, date(2020, 1, 1)), (20, date(2020, 1, 1), None)]
    assert [each.years for each in queries.of_state("XLM", date(2015, 1, 1))] == [10]
    assert [each.years for each in queries.of_state("XLM", date(2026, 1, 1))] == [20]


def test_what_was_said_before_can_be_read_again(house):
    old = published(house)
    before = Provision.objects.get(pk=old.pk).published_at
    published(house, years=20, replaces=old)
    assert [each.years for each in queries.of_state("XLM", known=before)] == [10]
    assert [each.years for each in queries.of_state("XLM")] == [20]


def test_ages_stand_beside_each_other_and_other_offences_too(house):
    for answer in ("child", "consent"):
        published(house, element="age", answer=answer, years=None, age=16)
    published(house)
    published(house, offence="sale")
    assert len(queries.of_state("XLM")) == 4


def test_no_law_of_a_real_state_comes_with_amparo(db):
    from amparo.common.types import OPERATOR
    from amparo.demo.monitoring import _LAWS, CODE
    from amparo.monitoring.actions import load_shipped

    load_shipped(by=OPERATOR)
    assert not Provision.objects.exists()
    assert CODE.startswith("X") and _LAWS
