"""A case opens, runs its clocks, closes and opens again (C1, C2)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.audit.models import Event
from amparo.cases import actions, facts, queries
from amparo.cases.actions import IncidentFacts
from amparo.cases.models import Case, Incident, Scope, WorkCounter
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.types import IMPORTER
from amparo.vault.models import Sealed
from tests.cases.build import as_read, open_case

pytestmark = pytest.mark.django_db(databases="__all__")


def counters() -> dict[tuple[str, str], int]:
    return {(row.status, row.risk): row.number for row in WorkCounter.objects.filter(number__gt=0)}


def recounted() -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for case in Case.objects.all():
        found[case.status, case.risk] = found.get((case.status, case.risk), 0) + 1
    return found


def test_the_risk_sets_the_clock_and_the_next_task(house):
    case = open_case(house, "NORTH")
    by = house.actor("case_worker", "NORTH")
    assert [task.code for task in queries.open_tasks(case)] == ["assess_risk"]
    actions.judge_risk(by=by, case=case, risk="high")
    assert case.respond_by is not None
    assert timedelta(hours=23) < case.respond_by - clock.now() <= timedelta(days=1)
    assert [task.code for task in queries.open_tasks(case)] == ["respond_to_risk"]


def test_a_low_risk_gives_thirty_days_and_an_unassessed_one_no_clock(house):
    case = open_case(house, "NORTH")
    by = house.actor("case_worker", "NORTH")
    actions.judge_risk(by=by, case=case, risk="low")
    assert case.respond_by is not None
    actions.judge_risk(by=by, case=case, risk="not_assessed")
    assert case.respond_by is None


def test_what_is_late_stands_under_late_in_my_day(house):
    case = open_case(house, "NORTH")
    by = house.actor("case_worker", "NORTH")
    assert [task.case_id for task in queries.my_day(by=by).due] == [case.id]
    with clock.stopped(clock.now() + timedelta(days=2)):
        assert [task.case_id for task in queries.my_day(by=by).overdue] == [case.id]
    assert queries.my_day(by=house.actor("case_worker", "SOUTH")).due == []


def test_closing_needs_a_reason_of_the_list_and_ends_every_task(house):
    case = open_case(house, "NORTH")
    by = house.actor("case_worker", "NORTH")
    with pytest.raises(Invalid):
        actions.close(by=by, case=case, reason="because")
    actions.close(by=by, case=case, reason="goals_reached")
    assert queries.open_tasks(case) == []
    assert [row.status for row in Scope.objects.all()] == ["closed"]
    with pytest.raises(Conflict, match="is closed"):
        actions.close(by=by, case=case, reason="goals_reached")
    actions.reopen(by=by, case=case, reason="new_information")
    assert [task.code for task in queries.open_tasks(case)] == ["assess_risk"]


def test_an_incident_keeps_codes_as_facts_and_words_in_the_vault(house):
    case = open_case(house, "NORTH")
    before = Sealed.objects.count()
    incident = actions.record_incident(
        by=house.actor("case_worker", "NORTH"), case=case, facts=IncidentFacts(form="grooming", age=12),
        narrative="A neutral sentence for a test.",
    )  # fmt: skip
    assert Sealed.objects.count() == before + 1
    assert "neutral sentence" not in str(list(Incident.objects.values()) + list(Event.objects.values()))
    assert Sealed.objects.get(id=incident.narrative).compartment == "narrative"


def test_how_it_came_about_and_for_what_are_kept_as_codes_and_counted_as_several(house):
    case = open_case(house, "NORTH")
    told = IncidentFacts(form="grooming", how=("grooming", "deception"), consideration=("money",))
    incident = actions.record_incident(by=IMPORTER, case=case, facts=told)
    incident.refresh_from_db()
    assert (incident.how_codes, incident.consideration_codes) == (["deception", "grooming"], ["money"])
    (row,) = facts.identified_children()
    assert (row["how"], row["consideration"]) == (["deception", "grooming"], ["money"])
    assert actions.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="begging")).how_codes == []


@pytest.mark.parametrize(
    "told",
    [
        {"how": ("magic",)}, {"consideration": ("grooming",)}, {"how": ("grooming", "unknown")},
        {"consideration": ("none", "money")}, {"consideration": ("not_asked", "unknown")},
    ],
)  # fmt: skip
def test_unknown_stands_beside_no_answer_and_every_code_is_of_its_list(house, told):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid):
        actions.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="grooming", **told))


@pytest.mark.parametrize(("relationship", "apart"), [("peer", True), ("other_child", True), ("stranger", False)])
def test_what_happens_between_children_is_told_apart_in_what_is_counted(house, relationship, apart):
    case = open_case(house, "NORTH")
    told = IncidentFacts(form="sexual_abuse_other", relationship=relationship)
    assert actions.record_incident(by=IMPORTER, case=case, facts=told).by_a_child is apart
    assert [row["by_a_child"] for row in facts.identified_children()] == [apart]


@pytest.mark.parametrize("age", [-1, 18, 25])
def test_an_incident_is_of_a_child(house, age):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid, match="0 to 17"):
        actions.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="grooming", age=age))
    assert Incident.objects.count() == 0


def test_a_child_has_one_open_case_in_a_team(house):
    case = open_case(house, "NORTH")
    with pytest.raises(Conflict):
        actions.open_case(by=IMPORTER, child=case.child, team=case.team)


def test_the_time_line_tells_everything_in_codes_newest_first(house):
    case = open_case(house, "NORTH")
    actions.judge_risk(by=IMPORTER, case=case, risk="high")
    actions.close(by=IMPORTER, case=case, reason="duplicate")
    assert [(each.code, each.term) for each in queries.timeline(as_read(house, case))] == [
        ("case_closed", "duplicate"),
        ("risk_judged", "high"),
        ("case_opened", ""),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(["high", "medium", "low", "close", "reopen", "new"]), max_size=12))
def test_counters_and_scopes_equal_a_recount_after_any_walk(house, walk):
    case = open_case(house, "NORTH")
    for step in walk:
        try:
            if step == "new":
                case = open_case(house, "NORTH")
            elif step == "close":
                actions.close(by=IMPORTER, case=case, reason="duplicate")
            elif step == "reopen":
                actions.reopen(by=IMPORTER, case=case, reason="new_harm")
            else:
                actions.judge_risk(by=IMPORTER, case=case, risk=step)
        except Conflict:
            case.refresh_from_db()
    assert counters() == recounted()
    for scope in Scope.objects.select_related("case"):
        assert (scope.status, scope.risk, scope.respond_by) == (
            scope.case.status,
            scope.case.risk,
            scope.case.respond_by,
        )
