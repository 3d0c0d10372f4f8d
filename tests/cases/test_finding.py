"""Finding one's own cases by name and filter; reading who looked (C1, X1)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access.permissions import Permission
from amparo.audit.models import Event
from amparo.cases import actions, ledger, queries, questions
from amparo.cases.queries import Filter
from amparo.cases.questions import COUNTED
from amparo.cases.walls import raise_wall
from amparo.common import clock
from amparo.common.errors import Refused
from amparo.common.types import IMPORTER
from amparo.linkage import names
from amparo.linkage.actions import ChildFacts, Identity
from amparo.linkage.meeting import have_we_met
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal_many
from tests.cases.build import NAME, open_case, share

LOOKS = Permission.CASE_LOOKS
pytestmark = pytest.mark.django_db(databases="__all__")


def found(house, written: str, role: str = "case_worker", agency: str = "NORTH") -> list[str]:
    return [row.reference for row in queries.find_by_name(by=house.actor(role, agency), written=written)]


def test_a_worker_finds_their_own_cases_by_name_and_nobody_elses(house):
    mine = open_case(house, "NORTH", given="Torvaldina Quillbrook")
    open_case(house, "SOUTH", given="Torvaldina Quillbrook")
    open_case(house, "NORTH", given="Torvaldina Quillbrook", worker=False)
    share(house, open_case(house, "SOUTH", given="Torvaldina Quillbrook"), "NORTH")
    assert found(house, "torvaldina quillbrook") == [mine.reference]
    assert found(house, "torvaldina quillbrook", role="police") == []


def test_every_part_of_a_name_comes_before_any_part(house):
    other = open_case(house, "NORTH", given="Torvaldina Meadowlark")
    both = open_case(house, "NORTH", given="Torvaldina Quillbrook")
    assert found(house, "Torvaldina Quillbrook") == [both.reference, other.reference]


@pytest.mark.parametrize("written", ["Trovaldina", "Torvalldina", "Torvalina", "Torbaldina", "تورفالدينا"])
def test_one_wrong_letter_or_another_script_does_no_harm(house, written):
    case = open_case(house, "NORTH", given="Torvaldina")
    assert found(house, written) == [case.reference]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text("bdfgklmnprstvz", min_size=6, max_size=12), at=st.integers(0, 11))
def test_leaving_out_any_letter_still_meets(name, at):
    """Without the letters of which two are one sound: leaving out the c of "pch" makes another sound, an f."""
    from amparo.linkage.matching import _spellings

    whole, shorter = names.skeleton(name), names.skeleton(name[:at] + name[at + 1 :])
    if len(whole) >= 5 and abs(len(whole) - len(shorter)) <= 1:
        assert set(_spellings(whole)) & set(_spellings(shorter))


def test_a_search_leaves_one_row_and_no_name(house):
    open_case(house, "NORTH", given="Torvaldina")
    before = Event.objects.count()
    found(house, "Torvaldina")
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("seq")
    assert (event.verb, event.count) == ("case:searched", 1)
    assert "orvaldina" not in str(vars(event))


def references(house, only: Filter, role: str = "supervisor") -> set[str]:
    return {row.reference for row in queries.cases(by=house.actor(role, "NORTH"), only=only).rows}


def test_a_list_is_narrowed_by_worker_age_region_and_assessment(house):
    mine, nobodys = open_case(house, "NORTH"), open_case(house, "NORTH", worker=False)
    age = clock.today().year - 2014
    assert references(house, Filter(whose="nobodys")) == {nobodys.reference}
    assert references(house, Filter(whose="mine"), "case_worker") == {mine.reference}
    assert references(house, Filter(whose="mine")) == set()
    assert references(house, Filter(age=age)) == {mine.reference, nobodys.reference}
    assert references(house, Filter(age=age + 3)) == set()
    assert references(house, Filter(region="LM/LM-NORTH/")) == {mine.reference, nobodys.reference}
    assert references(house, Filter(region="LM/LM-SOUTH/")) == set()
    assert references(house, Filter(schooling="attends")) == set()


def test_a_list_says_how_many_there_are_up_to_a_thousand(house, monkeypatch):
    for _ in range(3):
        open_case(house, "NORTH")
    by = house.actor("case_worker", "NORTH")
    assert queries.cases(by=by).total == 3
    for module in (queries, questions):
        monkeypatch.setattr(module, "PAGE", 1)  # a page that holds all says so without counting
    monkeypatch.setattr(questions, "COUNTED", 1)
    monkeypatch.setattr(questions, "_question", questions._question.__wrapped__)
    assert queries.cases(by=by).total == 2  # one more than is counted: "more"
    assert COUNTED == 1000


def test_the_look_log_says_who_looked_when_and_for_what_and_is_itself_a_look(house):
    case = open_case(house, "NORTH")
    worker = house.actor("case_worker", "NORTH")
    queries.case(by=worker, id=case.id)
    looks = queries.looks(queries.case(by=worker, id=case.id, to=LOOKS, verb="case:looks_read"))
    assert [(look.event.verb, look.name, look.agency) for look in looks][:2] == [
        ("case:looks_read", "Demo case_worker NORTH", "North office"),
        ("case:read", "Demo case_worker NORTH", "North office"),
    ]
    assert [look.event.verb for look in looks][-2:] == ["case:opened", "child:registered"]


def test_every_list_that_showed_a_child_and_every_page_of_names_stands_in_the_look_log_with_its_count(house):
    case, _other = open_case(house, "NORTH"), open_case(house, "NORTH", given="Marinella Testperson")
    elsewhere = open_case(house, "SOUTH")
    worker = house.actor("case_worker", "NORTH")
    ledger.ask(case, "find_child", clock.now())
    queries.cases(by=worker)
    queries.my_day(by=worker)
    found = queries.find_by_name(by=worker, written="Quillonia")
    reveal_many(
        by=worker, subjects={row.case.child.identity: row.case for row in found}, compartment=Compartment.IDENTITY,
        purpose="contact",
    )  # fmt: skip
    search(house)
    looks = queries.looks(queries.case(by=worker, id=case.id, to=LOOKS, verb="case:looks_read"))
    told = {look.event.verb: (look.event.count, look.event.purpose) for look in looks}
    assert told["case:listed"] == (2, "")
    assert told["day:read"] == (2, "")
    assert told["case:searched"] == (1, "")
    assert told["vault:identity_revealed"] == (1, "contact")
    assert told["child:searched"] == (2, "triage")
    south = house.actor("supervisor", "SOUTH")
    others = queries.looks(queries.case(by=south, id=elsewhere.id, to=LOOKS, verb="case:looks_read"))
    assert {look.event.verb for look in others} == {
        "case:looks_read", "child:searched", "case:opened", "child:registered",
    }  # fmt: skip


def search(house):
    """An officer of SOUTH asks whether somebody met the child."""
    return have_we_met(
        by=house.actor("intake_officer", "SOUTH"), identity=Identity(given=NAME), facts=ChildFacts(birth_year=2014),
        reason="triage",
    )  # fmt: skip


def test_a_search_that_a_wall_kept_from_a_child_is_no_look_at_the_child(house):
    case = open_case(house, "NORTH")
    against = house.agencies["SOUTH"].id
    raise_wall(
        by=house.actor("supervisor", "NORTH"), case=case, against_kind="agency", against=against, reason="threat"
    )
    search(house)
    looks = queries.looks(queries.case(by=house.actor("supervisor", "NORTH"), id=case.id, to=LOOKS))
    assert "child:searched" not in [look.event.verb for look in looks]


def test_a_refused_look_stands_in_the_look_log_too(house):
    case = open_case(house, "NORTH")
    with pytest.raises(Refused):
        queries.case(by=house.actor("case_worker", "SOUTH"), id=case.id)
    looks = queries.looks(queries.case(by=house.actor("supervisor", "NORTH"), id=case.id))
    assert (looks[1].event.outcome, looks[1].name) == ("refused", "Demo case_worker SOUTH")


@pytest.mark.parametrize("role", ["service_provider", "police"])
def test_those_whom_a_case_is_shared_with_see_neither_looks_nor_access(house, role):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    by = house.actor(role, "SOUTH")
    with pytest.raises(Refused):
        queries.case(by=by, id=case.id, to=LOOKS)
    for query in (queries.looks, queries.access):
        with pytest.raises(Refused):
            query(queries.case(by=by, id=case.id))


def test_access_names_own_team_shares_and_walls(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    other = house.people["monitor_editor", "NORTH"]
    supervisor = house.actor("supervisor", "NORTH")
    actions.raise_wall(by=supervisor, case=case, against_kind="person", against=other.id, reason="threat")
    who = queries.access(queries.case(by=supervisor, id=case.id, to=LOOKS))
    assert [scope.kind for scope in who.scopes] == ["own", "share"]
    assert [share.agency.code for share in who.shares] == ["SOUTH"]
    assert [wall.name for wall in who.walls] == [other.name]


def test_my_team_is_counted_by_status_and_risk_and_a_wall_shows_in_no_number(house):
    one, two = open_case(house, "NORTH"), open_case(house, "NORTH")
    open_case(house, "SOUTH")
    actions.judge_risk(by=IMPORTER, case=one, risk="high")
    supervisor = house.actor("supervisor", "NORTH")
    assert queries.my_team(by=supervisor) == [("open", "high", 1), ("open", "not_assessed", 1)]
    assert queries.my_teams_load(by=supervisor) == [("Demo case_worker NORTH", 2, 1)]
    from amparo.access.models import Wall

    Wall.objects.create(
        against_kind="person", against=supervisor.id, record=two.child_id, reason="threat", raised_at=clock.now(),
        raised_by=one.id,
    )  # fmt: skip
    assert queries.my_team(by=supervisor) == [("open", "high", 1)]


def test_the_day_parts_what_is_late_due_later_and_waiting_for_others(house):
    from amparo.cases import ledger

    case = open_case(house, "NORTH")
    ledger.ask(case, "await_answer", clock.now() + timedelta(days=2))
    ledger.ask(case, "review_plan", clock.now() + timedelta(days=20))
    ledger.ask(case, "plan_step", clock.now() - timedelta(hours=1))
    day = queries.my_day(by=house.actor("case_worker", "NORTH"))
    assert [[task.code for task in part] for part in (day.overdue, day.due, day.later, day.waiting)] == [
        ["plan_step"], ["assess_risk"], ["review_plan"], ["await_answer"],
    ]  # fmt: skip


def test_saying_that_somebody_acted_stops_the_clock(house):
    from amparo.common.errors import Conflict

    case = open_case(house, "NORTH")
    by = house.actor("case_worker", "NORTH")
    actions.judge_risk(by=by, case=case, risk="high")
    actions.judge_risk(by=by, case=case, risk="high")
    assert [task.code for task in queries.open_tasks(case)] == ["respond_to_risk"]
    actions.say_acted(by=by, case=case)
    assert (case.respond_by, queries.open_tasks(case)) == (None, [])
    with pytest.raises(Conflict):
        actions.say_acted(by=by, case=case)


def test_a_closed_case_takes_no_incident_until_it_is_opened_again(house):
    from amparo.cases.actions import IncidentFacts
    from amparo.common.errors import Conflict

    case = open_case(house, "NORTH")
    actions.close(by=IMPORTER, case=case, reason="duplicate")
    with pytest.raises(Conflict, match="Open it again first"):
        actions.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="grooming"))
    actions.reopen(by=IMPORTER, case=case, reason="new_information")
    assert actions.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="grooming")).form == "grooming"
