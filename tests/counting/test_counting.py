"""Each child is counted once, where the child belongs, and the maintained counts are what the records say (S1)."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.audit.actions import MAIN
from amparo.audit.models import Event
from amparo.cases import actions as cases
from amparo.common import clock, facts
from amparo.common.errors import AmparoError, Conflict, Refused
from amparo.common.types import IMPORTER, OPERATOR, WORKER
from amparo.counting import actions, folding, queries, sealing
from amparo.counting.models import Cell, Counted, FactChange, Snapshot
from amparo.counting.positions import Position, age_group
from amparo.linkage.models import Child
from amparo.organisation.facts import region_of
from tests.counting.build import NAME, identify, identify_table

pytestmark = pytest.mark.django_db(databases="__all__")


def counted(house, year=2025):
    actions.fold(by=WORKER)
    return queries.children_identified(by=house.actor("statistician", "NORTH"), year=year)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (2025, "Y0T4"), (2021, "Y0T4"), (2020, "Y5T9"), (2016, "Y5T9"), (2015, "Y10T14"), (2011, "Y10T14"),
        (2010, "Y15T17"), (2007, "Y15T17"), (2006, ""), (None, "unknown"), (2026, "unknown"),
    ],
)  # fmt: skip
def test_the_band_is_that_of_the_age_reached_in_the_year(born, band):
    assert age_group(2025, born) == band


@pytest.mark.parametrize(
    ("path", "region"), [("LM/LM-NORTH/", "LM-NORTH"), ("LM/LM-NORTH/TOWN/", "LM-NORTH"), ("LM/", "unknown")]
)
def test_the_region_is_the_first_level_below_the_country(path, region):
    assert region_of(path) == region


def test_children_stand_by_age_and_region_in_the_year_they_were_identified(house):
    identify_table(house, {(7, "NORTH"): 3, (16, "NORTH"): 1, (7, "SOUTH"): 2, (None, "SOUTH"): 1})
    identify(house, "NORTH", year=2024)
    assert counted(house) == {
        ("Y5T9", "LM-NORTH"): 3, ("Y15T17", "LM-NORTH"): 1, ("Y5T9", "LM-SOUTH"): 2, ("unknown", "LM-SOUTH"): 1,
    }  # fmt: skip


def test_a_child_with_two_cases_is_counted_once_in_the_first_year(house):
    case = identify(house, "NORTH", year=2024, age=9)
    cases.close(by=IMPORTER, case=case, reason="goals_reached")
    with clock.stopped(datetime(2025, 3, 1, tzinfo=UTC)):
        cases.open_case(by=IMPORTER, child=case.child, team=house.teams["NORTH"])
    assert counted(house, 2024) == {("Y5T9", "LM-NORTH"): 1}
    assert counted(house, 2025) == {}


def test_work_on_a_case_changes_no_count(house):
    case = identify(house, "NORTH")
    actions.fold(by=WORKER)
    before = list(Cell.objects.values())
    cases.judge_risk(by=IMPORTER, case=case, risk="high")
    cases.close(by=IMPORTER, case=case, reason="goals_reached")
    assert list(Cell.objects.values()) == before
    assert FactChange.objects.count() == 0


def correct(child: Child, **columns) -> None:
    """What an action of linkage will do when a fact about a child is corrected."""
    before = {name: getattr(child, name) for name in columns}
    Child.objects.filter(pk=child.pk).update(**columns)
    facts.changed("child", child.pk, before=before, after=columns)


def test_a_correction_takes_the_child_out_of_one_cell_and_into_another(house):
    case = identify(house, "NORTH", age=9)
    identify(house, "NORTH", age=9)
    correct(case.child, birth_year=2015)
    assert counted(house) == {("Y5T9", "LM-NORTH"): 1, ("Y10T14", "LM-NORTH"): 1}


def test_somebody_who_turns_out_to_have_been_an_adult_is_no_longer_counted(house):
    case = identify(house, "NORTH", age=17)
    correct(case.child, birth_year=1999)
    assert counted(house) == {}
    assert not Counted.objects.exists()


def test_an_act_that_is_rolled_back_leaves_no_count(house):
    with pytest.raises(Conflict):
        case = identify(house, "NORTH")
        cases.open_case(by=IMPORTER, child=case.child, team=case.team)
    assert counted(house) == {("Y5T9", "LM-NORTH"): 1}


def test_where_the_worker_folds_changes_wait_and_folding_twice_counts_once(house, monkeypatch):
    monkeypatch.setattr(folding, "connections", {MAIN: SimpleNamespace(vendor="postgresql")})
    identify(house, "NORTH")
    monkeypatch.undo()
    assert queries.children_identified(by=house.actor("statistician", "NORTH"), year=2025) == {}
    waiting = list(FactChange.objects.all())
    assert actions.fold(by=WORKER) == 1
    FactChange.objects.bulk_create(waiting)
    assert actions.fold(by=WORKER) == 1
    assert counted(house) == {("Y5T9", "LM-NORTH"): 1}
    assert actions.fold(by=WORKER) == 0


def test_a_recount_names_each_wrong_cell_and_sets_it_right(house):
    identify_table(house, {(7, "NORTH"): 3, (16, "SOUTH"): 1})
    actions.fold(by=WORKER)
    Cell.objects.filter(age_group="Y5T9").update(number=5)
    Cell.objects.filter(age_group="Y15T17").delete()
    wrong = actions.recount(by=WORKER)
    assert wrong == [
        actions.Difference(Position(2025, "Y15T17", "LM-SOUTH", "female"), 0, 1),
        actions.Difference(Position(2025, "Y5T9", "LM-NORTH", "female"), 5, 3),
    ]
    assert counted(house) == {("Y5T9", "LM-NORTH"): 3, ("Y15T17", "LM-SOUTH"): 1}
    assert actions.recount(by=WORKER) == []
    event = Event.objects.filter(verb="counts:recounted").earliest("seq")
    assert event.detail == {"children": 4, "wrong": 2}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["NORTH", "SOUTH"]),
            st.integers(2023, 2025),
            st.one_of(st.none(), st.integers(0, 20)),
            st.one_of(st.none(), st.integers(2003, 2025)),
        ),
        max_size=6,
    )
)
def test_whatever_is_identified_and_corrected_a_recount_finds_nothing(house, history):
    for agency, year, age, corrected in history:
        case = identify(house, agency, year=year, age=age)
        correct(case.child, birth_year=corrected)
    assert actions.recount(by=WORKER) == []


@pytest.mark.parametrize("role", ["case_worker", "supervisor", "administrator", "auditor", "reviewer"])
def test_others_than_the_statistician_read_no_unprotected_count(house, role):
    with pytest.raises(Refused):
        queries.children_identified(by=house.actor(role, "NORTH"), year=2025)
    with pytest.raises(Refused):
        actions.take_snapshot(by=house.actor(role, "NORTH"), year=2025)


def test_only_the_worker_recounts(house):
    with pytest.raises(Refused):
        actions.recount(by=house.actor("statistician", "NORTH"))


def test_a_snapshot_holds_a_year_in_months_under_pseudonyms_of_its_own(house):
    case = identify(house, "NORTH", month=7, sex="male")
    identify(house, "NORTH", year=2024)
    by = house.actor("statistician", "NORTH")
    one, two = actions.take_snapshot(by=by, year=2025), actions.take_snapshot(by=by, year=2025)
    (row,), (again,) = actions.open_snapshot(by=by, snapshot=one), actions.open_snapshot(by=by, snapshot=two)
    assert (row.identified, row.age_group, row.region, row.sex) == ("2025-07", "Y5T9", "LM-NORTH", "male")
    assert len({row.pseudonym, again.pseudonym, str(case.child_id), str(case.id)}) == 4
    assert UUID(row.pseudonym).version == 4


def test_at_rest_a_snapshot_can_be_read_by_nobody(house):
    identify(house, "NORTH")
    sealed = bytes(actions.take_snapshot(by=OPERATOR, year=2025).sealed)
    assert not any(word in sealed for word in (b"Y5T9", b"LM-NORTH", b"female", b"2025", NAME.encode()))


def test_every_opening_is_recorded(house):
    identify(house, "NORTH")
    by = house.actor("statistician", "NORTH")
    snapshot = actions.take_snapshot(by=by, year=2025)
    actions.open_snapshot(by=by, snapshot=snapshot)
    last = Event.objects.latest("seq")
    assert (last.verb, last.record, last.actor) == ("snapshot:opened", snapshot.id, by.id)


def test_a_snapshot_moved_altered_or_under_another_key_stays_closed(house, settings):
    identify(house, "NORTH")
    one, two = (actions.take_snapshot(by=OPERATOR, year=2025) for _ in range(2))
    with pytest.raises(AmparoError, match="cannot be opened"):
        sealing.unseal(two.id, bytes(one.sealed))
    with pytest.raises(AmparoError, match="cannot be opened"):
        sealing.unseal(one.id, bytes(one.sealed)[:-1] + b"!")
    settings.SNAPSHOT_KEY = "another key"
    with pytest.raises(AmparoError, match="cannot be opened"):
        actions.open_snapshot(by=OPERATOR, snapshot=one)


@pytest.mark.parametrize("year", [2026, 2027, 9999])
def test_an_unfinished_year_is_not_frozen(house, year):
    with clock.stopped(datetime(2026, 12, 31, 23, tzinfo=UTC)), pytest.raises(Conflict, match="year that is over"):
        actions.take_snapshot(by=OPERATOR, year=year)


def test_while_counts_and_records_disagree_no_year_is_frozen(house):
    identify(house, "NORTH")
    actions.fold(by=WORKER)
    Cell.objects.update(number=2)
    with pytest.raises(Conflict, match="recount"):
        actions.take_snapshot(by=OPERATOR, year=2025)
    assert not Snapshot.objects.exists()


def test_a_snapshot_ends_and_its_rows_are_wiped(house):
    identify(house, "NORTH")
    snapshot = actions.take_snapshot(by=OPERATOR, year=2025)
    assert actions.wipe_ended(by=WORKER) == 0
    with clock.stopped(clock.now() + actions.KEEP + timedelta(seconds=1)):
        with pytest.raises(Conflict, match="has ended"):
            actions.open_snapshot(by=OPERATOR, snapshot=snapshot)
        assert actions.wipe_ended(by=WORKER) == 1
        assert actions.wipe_ended(by=WORKER) == 0
    snapshot.refresh_from_db()
    assert (bytes(snapshot.sealed), snapshot.children) == (b"", 1)
