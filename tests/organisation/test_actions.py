"""Agencies, teams, places, and people with posts from a day to a day (C8)."""

from datetime import date, timedelta

import pytest

from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import OPERATOR, Post
from amparo.organisation import actions, queries
from amparo.organisation.models import Membership, Person, Place

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_place_knows_its_way_from_the_root(house):
    north = house.places["NORTH"]
    town = actions.add_place(by=OPERATOR, code="LM-N-1", name="Alba", parent=north)
    assert town.path == "LM/LM-NORTH/LM-N-1/"
    assert town.level == 2
    assert list(queries.places_below("LM-NORTH")) == [north, town]


@pytest.mark.parametrize("code", ["", "A/B", "LM"])
def test_a_place_without_a_good_new_code_is_refused(house, code):
    with pytest.raises(Invalid):
        actions.add_place(by=OPERATOR, code=code, name="Nowhere")
    assert Place.objects.count() == 3


def test_an_administrator_founds_and_a_case_worker_does_not(house):
    administrator, worker = house.actor("administrator", "NORTH"), house.actor("case_worker", "NORTH")
    given = {"code": "EAST", "name": "East office", "kind": "ngo", "place": house.places["NORTH"]}
    assert actions.found_agency(by=administrator, **given).code == "EAST"
    with pytest.raises(Refused, match="your role does not include it"):
        actions.found_agency(by=worker, **given | {"code": "WEST"})


def test_a_refusal_leaves_its_own_audit_row(house):
    worker = house.actor("case_worker", "NORTH")
    with pytest.raises(Refused):
        actions.add_team(by=worker, agency=house.agencies["NORTH"], name="Mine")
    last = Event.objects.latest("seq")
    assert (last.actor, last.verb, last.outcome) == (worker.id, "refused:add_team", "refused")
    assert last.rule == f"{Permission.ORGANISATION_WRITE}:administrator"


def test_no_audit_row_holds_the_name_of_a_person(house):
    actions.add_person(by=OPERATOR, username="z.quill", name="Zephyrine Quill")
    rows = str(list(Event.objects.values()))
    assert "Zephyrine" not in rows
    assert "z.quill" not in rows


def test_nobody_gives_themselves_a_post(house):
    administrator = house.actor("administrator", "NORTH")
    person = house.people["administrator", "NORTH"]
    with pytest.raises(Conflict):
        actions.give_post(by=administrator, person=person, role=Role.SUPERVISOR, agency=house.agencies["NORTH"])


def test_a_team_of_another_agency_is_refused(house):
    with pytest.raises(Invalid, match="another agency"):
        actions.give_post(
            by=OPERATOR, person=house.people["police", "NORTH"], role=Role.POLICE,
            agency=house.agencies["NORTH"], team=house.teams["SOUTH"],
        )  # fmt: skip


def test_a_post_holds_from_its_first_day_to_its_last(house):
    person = house.people["police", "NORTH"]
    post = Membership.objects.get(person=person)
    actions.end_post(by=OPERATOR, post=post, on=clock.today())
    assert queries.actor_of(person).roles == {"police"}
    with clock.stopped(clock.now() + timedelta(days=1)):
        assert queries.actor_of(person).posts == ()


def test_somebody_without_a_post_signs_in_and_may_nothing(house, django_assert_num_queries):
    person = actions.add_person(by=OPERATOR, username="new.comer", name="New Comer")
    with django_assert_num_queries(2):
        assert queries.person_with_posts(person.id) == (person, ())


def test_a_person_and_all_posts_come_in_one_statement(house, django_assert_num_queries):
    person = house.people["police", "NORTH"]
    with django_assert_num_queries(1):
        found = queries.person_with_posts(person.id)
    assert found is not None
    assert found[1] == (Post("police", house.agencies["NORTH"].id, house.teams["NORTH"].id),)


def test_an_inactive_person_is_nobody(house):
    person = house.people["police", "NORTH"]
    Person.objects.filter(id=person.id).update(is_active=False)
    assert queries.person_with_posts(person.id) is None


def test_a_user_name_is_taken_whatever_its_capitals(house):
    with pytest.raises(Invalid):
        actions.add_person(by=OPERATOR, username="POLICE.North", name="Other")


def test_a_notice_reaches_the_person_or_the_role_and_nobody_else(house):
    north = house.agencies["NORTH"]
    told = {"kind": "agency", "record_id": north.id, "reference": "C-1"}
    actions.tell(code="for_role", agency=north.id, role="auditor", **told)
    actions.tell(code="for_person", person=house.people["police", "NORTH"].id, **told)
    assert [each.code for each in queries.notices_for(house.actor("auditor", "NORTH"))] == ["for_role"]
    assert [each.code for each in queries.notices_for(house.actor("police", "NORTH"))] == ["for_person"]
    assert queries.notices_for(house.actor("auditor", "SOUTH")) == []


def test_holders_of_a_role_today(house):
    assert {each.person for each in queries.holders("police", agency=house.agencies["NORTH"].id)} == {
        house.people["police", "NORTH"]
    }
    with clock.stopped(clock.now().replace(year=date.min.year + 2000)):
        assert not queries.holders("police").exists()
