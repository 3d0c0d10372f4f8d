"""The elements of an incident at the desk (W2)."""

from uuid import uuid4

import pytest

from amparo.cases import actions, facts, labels
from amparo.cases.actions import IncidentFacts
from amparo.cases.models import Classification
from amparo.common.types import IMPORTER
from tests.cases.build import NAME, open_case
from tests.interfaces.office.test_cases import statements

pytestmark = pytest.mark.django_db(databases="__all__")
NARRATIVE = "Neutral synthetic words 4711."


@pytest.fixture
def incident(house):
    case = open_case(house, "NORTH")
    return actions.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="sale"), narrative=NARRATIVE)


@pytest.fixture
def page(incident):
    return f"/cases/{incident.case_id}/incidents/{incident.id}/elements/"


def test_questions_are_answered_bit_by_bit_and_the_results_follow(incident, page, sign_in):
    client = sign_in("case_worker", "NORTH")
    first = client.get(page)
    assert "Ask next" in first.text
    assert "Is it a sale?" in first.text
    assert "movement needed" in first.text
    assert "movement not needed" in first.text
    assert '<details class="more"><summary>Show what cannot be said yet' in first.text
    sale = {"age": "9", "transferred": "yes", "consideration_given": "yes", "for_transfer": "yes"}
    assert client.post(page, sale).headers["Location"] == page
    assert client.post(page, {"moved": "unknown"}).status_code == 302
    incident.refresh_from_db()
    assert labels.facts_of(incident) == {
        "age": 9, "transferred": "yes", "consideration_given": "yes", "for_transfer": "yes", "moved": "unknown"
    }  # fmt: skip
    after = client.get(page).text
    assert 'badge-met">' in after
    assert "Sale of a child" in after
    assert "para 89" in after
    assert "Not confirmed: the place in the text" in after
    assert "were read in a source" in after
    assert "In force from: 2002-01-18" in after
    assert NAME not in after
    assert NARRATIVE not in after


def test_what_happened_between_children_is_kept_apart_on_the_page_too(incident, page, sign_in):
    client = sign_in("case_worker", "NORTH")
    apart = "It says nothing against the other child"
    assert apart not in client.get(page).text
    assert client.post(page, {"child_responsible": "yes"}).status_code == 302
    assert apart in client.get(page).text
    shown = client.get(f"/cases/{incident.case_id}/incidents/").text
    assert "Between children" in shown
    assert "Person responsible" not in shown.partition('name="relationship"')[0].partition("<dl>")[2]
    assert [row["by_a_child"] for row in facts.identified_children()] == [True]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"age": "25"}, "An adult may report what happened in childhood"),
        ({"penetration": "yes", "sexual_activity": "no"}, "contradict"),
        ({"moved": "perhaps"}, "perhaps"),
    ],
)
def test_what_cannot_be_is_said_beside_its_question(page, sign_in, sent, words):
    answer = sign_in("case_worker", "NORTH").post(page, sent)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_supervisor_confirms_and_the_incident_carries_the_label(house, incident, page, sign_in):
    worker, supervisor = sign_in("case_worker", "NORTH"), sign_in("supervisor", "NORTH")
    worker.post(page, {"age": "9", "union": "yes"})
    assert "Confirm</button>" not in worker.get(page).text
    assert "Confirm</button>" in supervisor.get(page).text
    sent = {"rules": "report", "code": "REPORT-MARRIAGE", "settings": ""}
    there = f"/cases/{incident.case_id}/incidents/{incident.id}/labels/"
    assert worker.post(there, sent).status_code == 403
    assert supervisor.post(there, sent).status_code == 302
    name = house.people["supervisor", "NORTH"].name
    assert f"Confirmed by {name} on" in supervisor.get(page).text
    assert "Child marriage" in worker.get(f"/cases/{incident.case_id}/incidents/").text
    worker.post(page, {"union": "no"})
    assert "it would be another" in supervisor.get(page).text
    assert Classification.objects.get().state == "met"


def test_a_reading_is_confirmed_as_it_was_read(incident, page, sign_in):
    client = sign_in("supervisor", "NORTH")
    client.post(page, {"age": "9", "harboured": "yes", "purpose_labour": "yes", "moved": "no"})
    there = f"/cases/{incident.case_id}/incidents/{incident.id}/labels/"
    client.post(there, {"rules": "palermo", "code": "PALERMO-3", "settings": "movement_needed=true"})
    assert [(row.state, row.settings) for row in Classification.objects.all()] == [
        ("not_met", {"movement_needed": True})
    ]


def test_an_incident_of_another_case_is_not_there(house, incident, sign_in):
    other = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    for case, id in ((other.id, incident.id), (incident.case_id, uuid4())):
        assert client.get(f"/cases/{case}/incidents/{id}/elements/").status_code == 404
    assert (
        sign_in("case_worker", "SOUTH").get(f"/cases/{incident.case_id}/incidents/{incident.id}/elements/").status_code
        == 404
    )


def test_the_pages_ask_the_database_little(incident, page, sign_in):
    client = sign_in("supervisor", "NORTH")
    client.post(page, {"age": "9", "union": "yes"})
    actions.confirm_label(by=IMPORTER, incident=incident, rules="report", code="REPORT-MARRIAGE")
    for path in (page, f"/cases/{incident.case_id}/incidents/"):
        client.get(path)  # the code lists are read once a process
    assert len(statements(client, page)) <= 8
    assert len(statements(client, f"/cases/{incident.case_id}/incidents/")) <= 8


@pytest.mark.parametrize("language", ["fr", "es", "ar", "ru", "zh-hans"])
def test_the_questions_and_labels_speak_the_readers_language(page, sign_in, language):
    client = sign_in("case_worker", "NORTH")
    client.cookies["django_language"] = language
    text = client.get(page, headers={"accept-language": language}).text
    assert "Was the child" not in text
    assert "Sale of a child" not in text
    assert "Optional Protocol to the Convention" not in text


OWN = """[about]
code = "lumeria"
edition = "2026"
title = "Penal Code of Lumeria"
source = "made up"
in_force = 2020-05-01
[[offence]]
code = "LUM-7"
topic = "sale"
label = "Handing a child over against a benefit"
pinpoint = "section 7"
wording = "Whoever hands a child over against a benefit commits the offence of section 7."
needs = ["under_18", "transferred", "consideration_given"]
"""


@pytest.fixture
def own_law(tmp_path, settings):
    settings.RULES_FOLDER = tmp_path
    (tmp_path / "lumeria-2026.toml").write_text(OWN, encoding="utf-8")


def test_a_states_own_law_stands_beside_the_instruments_and_is_confirmed_like_them(incident, page, sign_in, own_law):
    client, supervisor = sign_in("case_worker", "NORTH"), sign_in("supervisor", "NORTH")
    client.post(page, {"age": "9", "transferred": "yes", "consideration_given": "yes", "for_transfer": "no"})
    shown = client.get(page).text
    beside = shown[shown.index('id="topic_sale"') : shown.index('id="topic_trafficking"')]
    assert "Penal Code of Lumeria" in beside
    assert beside.count("badge-met") == 1  # by the State's own law it is a sale, by the two instruments it is none
    assert beside.count("badge-not_met") == 2
    assert "Whoever hands a child over" in shown
    told = {"rules": "lumeria", "code": "LUM-7", "settings": ""}
    assert supervisor.post(page.replace("elements/", "labels/"), told).status_code == 302
    assert "Handing a child over against a benefit" in client.get(page.partition(str(incident.id))[0]).text


def test_a_law_that_was_not_in_force_on_the_day_says_so(incident, page, sign_in, own_law):
    incident.happened_on = "2019-01-01"
    incident.save()
    assert sign_in("case_worker", "NORTH").get(page).text.count("Not in force on the day of the incident.") == 2
    incident.happened_on = "2021-01-01"
    incident.save()
    assert "Not in force" not in sign_in("case_worker", "NORTH").get(page).text


def test_the_laws_own_words_are_there_on_demand_and_marked_as_quoted(page, sign_in):
    shown = sign_in("case_worker", "NORTH").get(page).text
    assert "any act or transaction whereby a child is transferred" in shown
    assert "Quoted as it is, older words included." in shown
