"""Many at once is the same as one by one: the single verbs are the oracle of the bulk verbs (C1, X1)."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.audit import actions as audit
from amparo.audit.models import Event
from amparo.cases import actions, bulk
from amparo.cases.actions import IncidentFacts
from amparo.cases.bulk import Happening, Judgement, Opening
from amparo.cases.models import Case, Incident, Moment, Scope, Task, WorkCounter
from amparo.common import clock, facts
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import IMPORTER
from amparo.linkage.actions import ChildFacts, Identity, register_child
from amparo.linkage.bulk import Newcomer, register_children
from amparo.linkage.models import Child
from amparo.vault import cipher, keyring, store
from amparo.vault.compartments import Compartment
from amparo.vault.keys.models import AgencyKey, SubjectKey
from amparo.vault.models import Lookup, Sealed

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
TABLES = [Child, Case, Scope, Incident, Moment, Task, WorkCounter, Event, Lookup, AgencyKey, SubjectKey]
NAMES = ["Arlo", "Bruma", "Celio", "مثال", "Zoé"]
INCIDENT = st.builds(
    IncidentFacts, form=st.sampled_from(["grooming", "begging", "trafficking"]),
    how=st.sampled_from([(), ("grooming",), ("debt", "deception")]), consideration=st.sampled_from([(), ("money",)]),
    setting=st.sampled_from(["home", "online"]), age=st.none() | st.integers(0, 17),
    happened_on=st.none() | st.dates(date(2020, 1, 1), date(2026, 2, 1)),
)  # fmt: skip
HISTORY = st.fixed_dictionaries({
    "given": st.sampled_from(NAMES), "family": st.sampled_from([*NAMES, ""]), "year": st.none() | st.integers(2009, 2024),
    "sex": st.sampled_from(["female", "male", "unknown"]), "incidents": st.lists(INCIDENT, max_size=2),
    "words": st.sampled_from(["", "a neutral sentence"]), "risk": st.sampled_from(["", "high", "medium", "low"]),
    "close": st.sampled_from(["", "goals_reached", "transferred"]), "worker": st.booleans(),
})  # fmt: skip


def newcomer(each):
    return (
        Identity(given=each["given"], family=each["family"]),
        ChildFacts(sex=each["sex"], birth_year=each["year"], birth_precision="year"),
    )


def one_by_one(house, histories):
    team = house.teams["NORTH"]
    for each in histories:
        identity, coded = newcomer(each)
        child = register_child(by=IMPORTER, agency=house.agencies["NORTH"], identity=identity, facts=coded)
        worker = house.people["case_worker", "NORTH"] if each["worker"] else None
        case = actions.open_case(by=IMPORTER, child=child, team=team, worker=worker)
        for incident in each["incidents"]:
            actions.record_incident(by=IMPORTER, case=case, facts=incident, narrative=each["words"])
        if each["risk"]:
            actions.judge_risk(by=IMPORTER, case=case, risk=each["risk"])
        if each["close"]:
            actions.close(by=IMPORTER, case=case, reason=each["close"])


def all_at_once(house, histories):
    children = register_children(
        by=IMPORTER, agency=house.agencies["NORTH"], newcomers=[Newcomer(*newcomer(each)) for each in histories]
    )
    worker = house.people["case_worker", "NORTH"]
    cases = bulk.open_cases(by=IMPORTER, team=house.teams["NORTH"], openings=[
        Opening(child, worker if each["worker"] else None) for child, each in zip(children, histories, strict=True)
    ])  # fmt: skip
    together = list(zip(cases, histories, strict=True))
    bulk.record_incidents(by=IMPORTER, happenings=[
        Happening(case, incident, each["words"]) for case, each in together for incident in each["incidents"]
    ])  # fmt: skip
    bulk.judge_risks(by=IMPORTER, judgements=[Judgement(case, each["risk"]) for case, each in together if each["risk"]])
    bulk.close(by=IMPORTER, judgements=[Judgement(case, each["close"]) for case, each in together if each["close"]])


def left_behind(house, walk, histories):
    """Every table after `walk`, ids replaced by what they stand for, ciphertexts opened; then all is undone."""
    changes = []
    facts._listeners.append(lambda kind, many: changes.extend((kind, *each) for each in many))
    try:
        with transaction.atomic(), transaction.atomic(using="vault"), transaction.atomic(using="keys"):
            with clock.stopped(NOW):
                walk(house, histories)
            assert audit.verify().sound
            told = _told(changes)
            for alias in ("default", "vault", "keys"):
                transaction.set_rollback(True, using=alias)
    finally:
        facts._listeners.pop()
    return told


def _told(changes):
    names = {}
    for number, child in enumerate(_by_content(Child)):
        names[child.pk] = f"child {number}"
    for case in Case.objects.all():
        names[case.pk] = names[case.reference] = f"case of {names[case.child_id]}"
    for number, incident in enumerate(_by_content(Incident, names)):
        names[incident.pk] = f"incident {number} of {names[incident.case_id]}"
    told = {model: Counter(_row(row, names) for row in model.objects.values()) for model in TABLES}
    told["facts"] = Counter(repr([_name(each, names) for each in change]) for change in changes)
    told[Sealed] = Counter(_opened(row, names) for row in Sealed.objects.all())
    return told


def _by_content(model, names=None):
    """Rows in an order that does not depend on their random ids; twins are alike anyway."""
    return sorted(model.objects.all(), key=lambda row: _row(vars(row), names or {}))


NOISE = {"id", "_state", "seq", "hash", "previous", "wrapped", "agency_key_id"}


def _row(row, names):
    return json.dumps({k: _name(v, names) for k, v in row.items() if k not in NOISE}, default=str, sort_keys=True)


def _name(value, names):
    if isinstance(value, dict):
        return {key: _name(each, names) for key, each in value.items()}
    if isinstance(value, str) and len(value) == 36:
        return names.get(UUID(value), value)
    if isinstance(value, UUID):
        fixed = set(Event.objects.values_list("actor", flat=True)) | FIXED
        return names.get(value, str(value) if value in fixed else "some id")
    return names.get(value, value) if isinstance(value, str) else value


FIXED: set[UUID] = set()


def _opened(row, names):
    key = keyring.keys_for_reading([row.subject], Compartment(row.compartment))[row.subject]
    bound = store.bound_to(row.id, row.subject, row.compartment, row.column)
    plain = cipher.unseal(key, row.ciphertext, bound).decode()
    return (names[row.subject], row.compartment, row.column, plain, str(row.written_at))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    histories=st.lists(
        HISTORY, min_size=1, max_size=5, unique_by=lambda h: (h["given"], h["family"], h["year"], h["sex"])
    )
)
def test_many_at_once_leave_what_one_by_one_leaves(house, histories):
    FIXED.update(each.id for each in [*house.agencies.values(), *house.teams.values(), *house.people.values()])
    one, many = left_behind(house, one_by_one, histories), left_behind(house, all_at_once, histories)
    for table in one:
        assert many[table] == one[table], table


def opened(house, count, agency="NORTH"):
    children = register_children(by=IMPORTER, agency=house.agencies[agency], newcomers=[
        Newcomer(Identity(given=f"Synthetic {number}"), ChildFacts()) for number in range(count)
    ])  # fmt: skip
    return bulk.open_cases(by=IMPORTER, team=house.teams[agency], openings=[Opening(child) for child in children])


def test_a_supervisor_writes_to_the_cases_of_their_team_and_to_no_other(house):
    mine, theirs = opened(house, 3), opened(house, 1, "SOUTH")
    by = house.actor("supervisor", "NORTH")
    bulk.record_incidents(by=by, happenings=[Happening(case, IncidentFacts(form="begging")) for case in mine])
    with pytest.raises(Refused):
        bulk.close(by=by, judgements=[Judgement(case, "transferred") for case in [*mine, *theirs]])
    assert Case.objects.filter(status="closed").count() == 0
    assert Event.objects.latest("seq").verb == "refused:close"


def test_a_wall_before_one_case_keeps_somebody_from_all_of_a_call(house):
    cases = opened(house, 3)
    actions.raise_wall(by=house.actor("supervisor", "NORTH"), case=cases[1], against_kind="person",
                       against=house.people["case_worker", "NORTH"].id, reason="conflict_of_interest")  # fmt: skip
    with pytest.raises(Refused):
        bulk.judge_risks(by=house.actor("case_worker", "NORTH"), judgements=[Judgement(case, "low") for case in cases])


def test_one_bad_newcomer_is_named_and_nobody_is_registered(house):
    good, bad = Newcomer(Identity(given="Arlo"), ChildFacts()), Newcomer(Identity(), ChildFacts(sex="none of these"))
    with pytest.raises(Invalid) as invalid:
        register_children(by=IMPORTER, agency=house.agencies["NORTH"], newcomers=[good, bad])
    assert set(invalid.value.fields) == {"2. sex", "2. given"}
    assert Child.objects.count() == 0


def test_a_child_gets_no_second_open_case_in_a_team(house):
    (case,) = opened(house, 1)
    with pytest.raises(Conflict):
        bulk.open_cases(by=IMPORTER, team=house.teams["NORTH"], openings=[Opening(case.child)])


def test_a_closed_case_does_not_close_again_and_no_case_twice_in_a_call(house):
    cases = opened(house, 2)
    bulk.close(by=IMPORTER, judgements=[Judgement(cases[0], "transferred")])
    for judgements in ([Judgement(case, "transferred") for case in cases], [Judgement(cases[1], "transferred")] * 2):
        with pytest.raises(Conflict):
            bulk.close(by=IMPORTER, judgements=judgements)
    assert Case.objects.filter(status="open").count() == 1


def test_a_history_keeps_the_moments_at_which_it_happened(house):
    at = NOW - timedelta(days=400)
    (child,) = register_children(by=IMPORTER, agency=house.agencies["NORTH"], newcomers=[
        Newcomer(Identity(given="Arlo"), ChildFacts(), at)
    ])  # fmt: skip
    (case,) = bulk.open_cases(by=IMPORTER, team=house.teams["NORTH"], openings=[Opening(child, at=at)])
    bulk.judge_risks(by=IMPORTER, judgements=[Judgement(case, "medium", at)])
    assert case.respond_by == at + timedelta(days=7)
    assert set(Moment.objects.values_list("at", flat=True)) == {at}
    assert set(Event.objects.filter(record=case.id).values_list("at", flat=True)) == {at}


def test_two_hundred_cases_cost_no_more_statements_than_two(house, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        cases = opened(house, 200)
    with django_assert_max_num_queries(40):
        bulk.close(by=IMPORTER, judgements=[Judgement(case, "transferred") for case in cases])
