"""An incident's elements, and what a supervisor confirms of it (W2)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.audit.models import Event
from amparo.cases import actions, labels
from amparo.cases.actions import IncidentFacts
from amparo.cases.models import Classification, Incident, IncidentElement
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import IMPORTER, OPERATOR
from amparo.vocabulary.classification import readings, rules
from tests.cases.build import open_case

pytestmark = pytest.mark.django_db(databases="__all__")
SALE = {"age": 9, "transferred": "yes", "consideration_given": "yes", "for_transfer": "yes"}


def incident_in(house, agency: str = "NORTH", **facts) -> Incident:
    case = open_case(house, agency)
    return actions.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="sale", **facts))


def answer(incident, answers, by=IMPORTER):
    return actions.record_elements(by=by, incident=incident, answers=answers)


def test_a_worker_answers_bit_by_bit_and_the_last_answer_holds(house):
    incident, worker = incident_in(house), house.actor("case_worker", "NORTH")
    answer(incident, {"moved": "yes"}, worker)
    kept = answer(incident, {"moved": "unknown", "age": 9}, worker)
    assert labels.facts_of(kept) == {"moved": "unknown", "age": 9}
    assert set(IncidentElement.objects.values_list("by", flat=True)) == {worker.id}


def test_the_same_answer_twice_leaves_no_second_trace(house):
    incident = incident_in(house)
    answer(incident, {"moved": "yes"})
    before = Event.objects.count()
    answer(incident, {"moved": "yes", "union": "not_asked"})
    assert (Event.objects.count(), IncidentElement.objects.count()) == (before, 1)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"age": 25}, "An adult may report what happened in childhood"),
        ({"penetration": "yes", "sexual_activity": "no"}, "contradict"),
        ({"colour": "yes"}, "no such element"),
        ({"moved": "perhaps"}, "Answer yes"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_of_it_is_kept(house, answers, words):
    incident = incident_in(house)
    with pytest.raises(Invalid, match=words):
        answer(incident, {"offered": "yes", **answers})
    assert not IncidentElement.objects.exists()


def test_an_answer_that_contradicts_an_earlier_one_is_refused(house):
    incident = incident_in(house)
    answer(incident, {"union": "no"})
    with pytest.raises(Invalid, match="contradict"):
        answer(incident, {"union_forced": "yes"})


def test_a_closed_case_takes_no_answer_and_no_label(house):
    incident = answer(incident_in(house), SALE)
    actions.close(by=IMPORTER, case=incident.case, reason="goals_reached")
    for act in (lambda: answer(incident, {"moved": "no"}), lambda: confirm(incident)):
        with pytest.raises(Conflict):
            act()


def confirm(incident, by=IMPORTER, rules="report", code="REPORT-SALE", **more):
    return actions.confirm_label(by=by, incident=incident, rules=rules, code=code, **more)


def test_a_supervisor_confirms_and_the_edition_is_kept(house):
    incident = answer(incident_in(house), SALE)
    with pytest.raises(Refused):
        confirm(incident, house.actor("case_worker", "NORTH"))
    with pytest.raises(Refused):
        confirm(incident, house.actor("supervisor", "SOUTH"))
    made = confirm(incident, house.actor("supervisor", "NORTH"))
    assert (made.state, made.edition, made.settings) == ("met", "2026-11", {})
    assert confirm(incident, house.actor("supervisor", "NORTH")) == made
    assert labels.met_labels(incident) == ["REPORT-SALE"]
    last = Event.objects.filter(verb="incident:label_confirmed").get()
    assert last.detail["code"] == "REPORT-SALE"


def test_what_cannot_be_said_yet_is_not_confirmed(house):
    with pytest.raises(Conflict, match="facts are missing"):
        confirm(answer(incident_in(house), {"age": 9}))


@pytest.mark.parametrize(
    "asked", [{"rules": "x"}, {"code": "X"}, {"rules": "palermo", "code": "PALERMO-3", "settings": {"x": True}}]
)
def test_a_label_that_there_is_not_is_refused(house, asked):
    with pytest.raises(Invalid):
        confirm(answer(incident_in(house), SALE), **asked)


def test_two_readings_are_confirmed_apart(house):
    incident = answer(incident_in(house), {"age": 9, "harboured": "yes", "purpose_labour": "yes", "moved": "no"})
    states = [
        confirm(incident, rules="palermo", code="PALERMO-3", settings={"movement_needed": needed}).state
        for needed in (False, True)
    ]
    assert states == ["met", "not_met"]
    assert len(labels.standing(incident.labels.all())) == 2


def test_a_new_edition_of_the_rules_says_which_labels_would_change_and_changes_none(house, monkeypatch, tmp_path):
    incident = answer(incident_in(house), SALE | {"moved": "no"})
    confirm(incident)
    assert labels.rerun(by=OPERATOR) == []
    text = (rules.FOLDER / "report.toml").read_text().replace('"2026-11"', '"2027-01"')
    text = text.replace('needs = ["under_18", "sale"]', 'needs = ["under_18", "sale", "moved"]', 1)
    (tmp_path / "report.toml").write_text(text)
    monkeypatch.setattr(rules, "FOLDER", tmp_path)
    readings._read.cache_clear()
    try:
        (change,) = labels.rerun(by=OPERATOR)
    finally:
        readings._read.cache_clear()
    assert (change.reference, change.then, change.now) == (
        incident.case.reference, ("2026-11", "met"), ("2027-01", "not_met"),
    )  # fmt: skip
    assert Classification.objects.get().edition == "2026-11"


def test_a_label_that_the_rules_dropped_is_named_too(house, monkeypatch):
    confirm(answer(incident_in(house), SALE))
    Classification.objects.update(code="REPORT-NO-MORE")
    (change,) = labels.rerun(by=OPERATOR)
    assert change.now == ("", labels.GONE)


def test_only_the_operator_reruns(house):
    with pytest.raises(Refused):
        labels.rerun(by=house.actor("supervisor", "NORTH"))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["moved", "offered", "witness"]), st.sampled_from(["yes", "no", "unknown", "not_asked"])
        )
    )
)
def test_answers_one_by_one_end_where_all_at_once_do(house, answers):
    one, all_ = incident_in(house), incident_in(house)
    for name, each in answers:
        answer(one, {name: each})
    answer(all_, dict(answers))
    said = [{k: v for k, v in labels.facts_of(each).items() if v != "not_asked"} for each in (one, all_)]
    assert said[0] == said[1]
