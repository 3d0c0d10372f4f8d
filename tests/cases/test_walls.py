"""A wall keeps a person or an agency from a child everywhere; another hand takes it down (X1)."""

from uuid import uuid4

import pytest

from amparo.access.models import Wall
from amparo.access.queries import looks
from amparo.access.roles import Role
from amparo.audit.models import Event
from amparo.cases import actions, erasure, queries
from amparo.common import clock
from amparo.common.errors import Conflict, NotFound, Refused
from amparo.common.types import IMPORTER, Actor, Post
from amparo.organisation.actions import tell
from amparo.organisation.queries import notices_for
from tests.cases.build import NAME, open_case

pytestmark = pytest.mark.django_db(databases="__all__")


def raised(house, case, *, against=None) -> Wall:
    worker = house.people["case_worker", "NORTH"].id
    return actions.raise_wall(
        by=house.actor("supervisor", "NORTH"), case=case, against_kind="person", against=against or worker,
        reason="threat",
    )  # fmt: skip


def colleague(house) -> Actor:
    """Another supervisor of the same team."""
    person = house.people["monitor_editor", "NORTH"]
    return Actor("person", person.id, (Post(Role.SUPERVISOR, house.agencies["NORTH"].id, house.teams["NORTH"].id),))


def test_a_wall_holds_for_every_case_of_the_child_and_for_names(house):
    first = open_case(house, "NORTH")
    worker = house.actor("case_worker", "NORTH")
    assert [row.case_id for row in queries.find_by_name(by=worker, written=NAME)] == [first.id]
    raised(house, first)
    actions.close(by=IMPORTER, case=first, reason="duplicate")
    second = actions.open_case(
        by=IMPORTER, child=first.child, team=house.teams["NORTH"], worker=house.people["case_worker", "NORTH"]
    )
    assert queries.cases(by=worker).rows == []
    assert queries.find_by_name(by=worker, written=NAME) == []
    with pytest.raises(Refused) as walled:
        queries.case(by=worker, id=second.id)
    assert not walled.value.visible


def test_the_same_wall_twice_is_a_conflict(house):
    case = open_case(house, "NORTH")
    raised(house, case)
    with pytest.raises(Conflict):
        raised(house, case)


def test_whoever_raised_a_wall_does_not_lift_it(house):
    wall = raised(house, open_case(house, "NORTH"))
    with pytest.raises(Conflict, match="ask another supervisor"):
        actions.lift_wall(by=house.actor("supervisor", "NORTH"), id=wall.id)
    assert Wall.objects.get().lifted_at is None


@pytest.mark.parametrize("lifter", ["colleague", "auditor"])
def test_another_supervisor_or_an_auditor_lifts_it_once(house, lifter):
    case = open_case(house, "NORTH")
    wall = raised(house, case)
    by = colleague(house) if lifter == "colleague" else house.actor("auditor", "SOUTH")
    actions.lift_wall(by=by, id=wall.id)
    assert queries.case(by=house.actor("case_worker", "NORTH"), id=case.id).id == case.id
    event = Event.objects.filter(verb="wall:lifted").get()
    assert (event.record, event.actor) == (case.id, by.id)
    with pytest.raises(Conflict):
        actions.lift_wall(by=by, id=wall.id)


def test_those_outside_and_the_walled_do_not_lift_it(house):
    case = open_case(house, "NORTH")
    wall = raised(house, case, against=colleague(house).id)
    for by in (colleague(house), house.actor("supervisor", "SOUTH"), house.actor("case_worker", "NORTH")):
        with pytest.raises(Refused):
            actions.lift_wall(by=by, id=wall.id)
    with pytest.raises(NotFound):
        actions.lift_wall(by=house.actor("auditor", "NORTH"), id=uuid4())


def test_an_auditor_sees_that_a_wall_stands_and_not_whom_it_keeps_out(house):
    case = open_case(house, "NORTH")
    raised(house, case)
    rows = queries.walls_standing(by=house.actor("auditor", "SOUTH"))
    assert [(row.reference, row.reason) for row in rows] == [(case.reference, "threat")]
    with pytest.raises(Refused):
        queries.walls_standing(by=house.actor("supervisor", "NORTH"))


def test_a_wall_hides_what_an_auditor_was_told_of_the_child_and_what_was_done(house):
    case, other = open_case(house, "NORTH"), open_case(house, "NORTH")
    by = house.actor("auditor", "SOUTH")
    for each in (case, other):
        tell(code="glass_broken", kind="case", record_id=each.id, reference=each.reference,
             agency=house.agencies["SOUTH"].id, role=Role.AUDITOR)  # fmt: skip
        actions.judge_risk(by=IMPORTER, case=each, risk="high")
    raised(house, case, against=by.id)
    raised(house, other)
    assert [notice.reference for notice in notices_for(by)] == [other.reference]
    assert [row.reference for row in queries.walls_standing(by=by)] == [other.reference]
    assert queries.named_in_the_record(by=by, reference=case.reference) is None
    assert queries.named_in_the_record(by=by, reference=other.reference) == other.id
    assert looks(by=by, of=case.id) == []
    assert {event.record for event in looks(by=by, verb="case:risk")} == {other.id}
    unwalled = house.actor("auditor", "NORTH")
    assert {event.record for event in looks(by=unwalled, verb="case:risk")} == {case.id, other.id}


def test_a_wall_of_an_agency_hides_its_notices_in_that_post_only(house):
    case = open_case(house, "SOUTH")
    posts = tuple(Post(Role.POLICE, house.agencies[code].id) for code in ("NORTH", "SOUTH"))
    by = Actor("person", house.people["police", "NORTH"].id, posts)
    for code in ("NORTH", "SOUTH"):
        tell(code=f"for_{code}", kind="case", record_id=case.id, reference=case.reference,
             agency=house.agencies[code].id, role=Role.POLICE)  # fmt: skip
    assert len(notices_for(by)) == 2
    Wall.objects.create(
        against_kind="agency", against=house.agencies["NORTH"].id, record=case.child_id, reason="threat",
        raised_at=clock.now(), raised_by=by.id,
    )  # fmt: skip
    assert [notice.code for notice in notices_for(by)] == ["for_SOUTH"]


def test_whom_a_wall_keeps_from_the_child_does_not_confirm_that_the_child_be_erased(house):
    case = open_case(house, "NORTH")
    actions.close(by=IMPORTER, case=case, reason="transferred")
    asked = erasure.request_erasure(by=house.actor("supervisor", "NORTH"), case=case, reason="person_asked")
    by = house.actor("auditor", "SOUTH")
    assert [notice.code for notice in notices_for(by)] == ["erasure_asked"]
    raised(house, case, against=by.id)
    assert notices_for(by) == []
    with pytest.raises(Refused) as refused:
        erasure.confirm_erasure(by=by, erasure=asked)
    assert not refused.value.visible
    assert Event.objects.latest("seq").verb == "refused:_confirm"
