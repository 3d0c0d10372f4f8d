"""The rules and an incident's elements through the API (W2, X3)."""

import pytest

from amparo.audit.models import Event
from amparo.cases import actions
from amparo.cases.actions import IncidentFacts
from amparo.cases.models import Classification
from amparo.common.types import IMPORTER
from tests.cases.build import open_case
from tests.interfaces.api.asking import get, post
from tests.vocabulary.classification.specification import STATES, facts_of, truth_table

pytestmark = pytest.mark.django_db(databases="__all__")
SALE = {"transferred": "yes", "consideration_given": "yes", "for_transfer": "yes"}


def states(answer, code: str) -> list[str]:
    return [each["state"] for each in answer.json()["results"] if each["code"] == code]


def test_facts_are_classified_under_every_reading_and_nothing_is_kept(house, sign_in):
    client = sign_in("statistician", "NORTH")
    before = Event.objects.count()
    facts = {"harboured": "yes", "purpose_labour": "yes", "moved": "no"}
    answer = post(client, "/classify", {"elements": facts, "age": 9})
    assert states(answer, "PALERMO-3") == ["met", "not_met"]
    assert answer.json()["next"]
    assert Event.objects.count() == before
    one = post(
        client, "/classify", {"elements": facts, "age": 9, "rules": "palermo", "settings": {"movement_needed": True}}
    )
    assert states(one, "PALERMO-3") == ["not_met"]


@pytest.mark.parametrize(
    "sent",
    [
        {"elements": {"colour": "yes"}}, {"elements": {"moved": "perhaps"}}, {"age": 25}, {"rules": "x"},
        {"elements": {"penetration": "yes", "sexual_activity": "no"}}, {"facts": {}}, {"elements": []},
        {"rules": "palermo", "settings": {"colour": True}},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_field(house, sign_in, sent):
    answer = post(sign_in("case_worker", "NORTH"), "/classify", sent)
    assert (answer.status_code, bool(answer.json()["fields"])) == (422, True)


def test_the_api_says_what_the_truth_table_says(house, sign_in):
    client = sign_in("case_worker", "NORTH")
    for row in truth_table():
        facts = facts_of(row)
        answer = post(client, "/classify", {"age": facts.pop("age"), "elements": facts})
        expected = [STATES[row["trafficking_protocol"]], STATES[row["trafficking_protocol_with_movement"]]]
        assert states(answer, "REPORT-SALE") == [STATES[row["sale"]]]
        assert states(answer, "PALERMO-3") == expected


def test_an_instrument_that_was_not_in_force_on_the_day_says_so(house, sign_in):
    answer = post(
        sign_in("case_worker", "NORTH"), "/classify", {"elements": SALE, "age": 9, "happened_on": "2001-01-01"}
    )
    in_force = {each["code"]: each["in_force"] for each in answer.json()["results"]}
    assert (in_force["OPSC-2A"], in_force["ILO182-3-A"], in_force["REPORT-SALE"]) == (False, True, True)


def test_an_incident_is_answered_classified_and_confirmed(house, sign_in):
    case = open_case(house, "NORTH")
    incident = actions.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="sale"))
    there = f"/cases/{case.id}/incidents/{incident.id}"
    worker, supervisor = sign_in("case_worker", "NORTH"), sign_in("supervisor", "NORTH")
    assert post(worker, f"{there}/answers", {"elements": SALE, "age": 9}).json() == {"id": str(incident.id)}
    read = get(worker, f"{there}/elements")
    assert (read.json()["elements"], read.json()["age"]) == (SALE, 9)
    assert states(read, "REPORT-SALE") == ["met"]
    label = {"rules": "report", "code": "REPORT-SALE"}
    assert post(worker, f"{there}/labels", label).status_code == 403
    assert post(supervisor, f"{there}/labels", label).status_code == 201
    assert Classification.objects.get().code == "REPORT-SALE"
    assert get(sign_in("case_worker", "SOUTH"), f"{there}/elements").status_code == 404
    assert post(supervisor, f"{there}/labels", label | {"code": "REPORT-STREAMING"}).status_code == 409


def test_how_it_came_about_and_for_what_are_recorded_through_the_api(house, sign_in):
    case, client = open_case(house, "NORTH"), sign_in("case_worker", "NORTH")
    told = {"form": "grooming", "how": ["grooming", "debt"], "consideration": ["money"]}
    assert post(client, f"/cases/{case.id}/incidents", told).status_code == 201
    incident = case.incidents.get()
    assert (incident.how_codes, incident.consideration_codes) == (["debt", "grooming"], ["money"])
    for wrong in ({"how": ["magic"]}, {"consideration": ["none", "money"]}, {"how": "grooming"}):
        assert post(client, f"/cases/{case.id}/incidents", {"form": "grooming"} | wrong).status_code == 422
