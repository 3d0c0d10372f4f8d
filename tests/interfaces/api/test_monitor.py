"""The monitor by calls: what is public is read, an editor writes, a second person reads, and then it is public (X3)."""

from datetime import date

import pytest
from django.test import override_settings

from amparo.cases import actions as cases
from amparo.cases.actions import IncidentFacts
from amparo.common.types import IMPORTER
from amparo.monitoring.models import Assessment
from tests.cases.build import open_case
from tests.interfaces.api.asking import get, post
from tests.monitoring.build import lumeria

pytestmark = pytest.mark.django_db(databases="__all__")
ANSWER = {
    "state": "XLM", "question": "L01", "role": "nhri", "answer": "met", "valid_from": "2020-01-01",
    "evidence": [{"title": "A made-up act", "pinpoint": "section 1"}],
}  # fmt: skip
PROVISION = {
    "state": "XLM", "element": "limitation", "answer": "from_act", "years": 10, "law": "A made-up act",
    "pinpoint": "section 9", "in_force_on": "2015-01-01",
}  # fmt: skip
LINE = {
    "state": "XLM", "kind": "practice", "progress": "described", "title": "A made-up thing", "source": "A made-up plan",
}  # fmt: skip


@pytest.fixture
def editor(house, sign_in):
    lumeria()
    return sign_in("monitor_editor", "NORTH")


def test_what_an_editor_writes_is_public_once_a_second_person_agreed(editor, sign_in):
    second = sign_in("reviewer", "SOUTH")
    made = {kind: post(editor, f"/{kind}", body).json()["id"] for kind, body in
            {"answers": ANSWER, "provisions": PROVISION, "lines": LINE}.items()}  # fmt: skip
    waiting = get(second, "/monitor").json()
    assert [len(waiting[part]) for part in ("waiting", "provisions", "lines")] == [1, 1, 1]
    assert get(editor, "/states/XLM").json()["answers"] == []
    assert post(editor, f"/answers/{made['answers']}/review", {"agree": True}).status_code == 403
    for kind, id in made.items():
        assert post(second, f"/{kind}/{id}/review", {"agree": True}).status_code == 200, kind
    told = get(sign_in("statistician", "NORTH"), "/states/XLM").json()
    assert [each["question"] for each in told["answers"]] == ["L01"]
    assert [(each["pinpoint"], each["years"]) for each in told["law"]] == [("section 9", 10)]
    assert [each["title"] for each in told["entries"]] == ["A made-up thing"]
    assert told["scores"]["nhri"][0]["coverage"] > 0
    assert get(editor, "/states/XLM/law").json()[0]["in_force_on"] == "2015-01-01"
    assert post(editor, f"/answers/{made['answers']}/comments", {"role": "state", "text": "Words."}).status_code == 201
    assert get(editor, f"/answers/{made['answers']}").json()["status"] == "contested"
    assert post(editor, "/states/XLM/scores", {"role": "nhri"}).json()["reference"].startswith("S-")


def test_questions_treaties_and_states_are_read_by_everybody_at_a_desk(editor, sign_in):
    client = sign_in("case_worker", "NORTH")
    assert [each["iso3"] for each in get(client, "/states").json()] == ["XLM"]
    asked = get(client, "/rubric").json()
    assert (asked["edition"], len(asked["questions"])) == ("2026-11", 111)
    assert get(client, "/topics/treaty/OPSC").json()["title"].startswith("Optional Protocol")
    assert get(client, "/topics/question/L01").json()["states"] == []
    for nothing in ("/states/NOW", "/topics/treaty/XYZ", "/topics/colour/RED", "/states/XXX/law"):
        assert get(client, nothing).status_code == 404, nothing
    assert get(client, "/monitor").status_code == 403
    told = {each["code"]: each for each in get(client, "/recommendations").json()}
    assert (len(told), told["115i"]["questions"], told["116b"]["addressee"]) == (16, ["D01", "D02", "D03", "D04"], "un")


def test_a_line_with_money_and_milestones_is_read_by_everybody_once_a_second_person_agreed(editor, sign_in):
    step = {"title": "The law", "due_on": "2027-01-31", "done_on": None}
    more = {"funding": "2 million", "milestones": [step], "themes": ["D"], "title": "Far on"}
    made = post(editor, "/lines", LINE | more).json()
    client = sign_in("case_worker", "NORTH")
    asked = f"/work?kind={LINE['kind']}"
    assert get(client, asked).json() == []
    assert post(sign_in("reviewer", "SOUTH"), f"/lines/{made['id']}/review", {"agree": True}).status_code == 200
    (line,) = get(client, asked).json()
    assert (line["funding"], line["themes"], line["milestones"]) == ("2 million", ["D"], [step | {"done_on": ""}])
    for wrong in ({"themes": ["ZZ"]}, {"milestones": [step | {"title": ""}]}, {"replicability": "everywhere"}):
        assert post(editor, "/lines", LINE | wrong).status_code == 422, wrong


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/answers", ANSWER | {"state": "NOW"}, "state"),
        ("/answers", ANSWER | {"question": "X99"}, "question"),
        ("/answers", ANSWER | {"question": "T02"}, "question"),
        ("/answers", ANSWER | {"evidence": []}, "evidence"),
        ("/provisions", PROVISION | {"years": None}, "years"),
        ("/provisions", PROVISION | {"offence": "nonsense"}, "form"),
        ("/lines", LINE | {"progress": "sent"}, "progress"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_kept(editor, path, body, field):
    answer = post(editor, path, body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert not Assessment.objects.exists()


def test_a_case_tells_its_limitation_by_the_law_of_its_state_or_that_none_is_recorded(house, editor, sign_in):
    case, worker = open_case(house, "NORTH"), sign_in("case_worker", "NORTH")
    cases.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="grooming", happened_on=date(2024, 2, 3)))

    def limit():
        return get(worker, f"/cases/{case.id}/justice").json()["limits"][0]

    assert limit()["status"] == "not_recorded"
    id = post(editor, "/provisions", PROVISION).json()["id"]
    post(sign_in("reviewer", "SOUTH"), f"/provisions/{id}/review", {"agree": True})
    assert limit()["status"] == "not_recorded"  # no State of law is set
    with override_settings(STATE_OF_LAW="XLM"):
        told = limit()
        assert (told["status"], told["first"], told["last"]) == ("runs", "2034-02-03", "2034-02-03")
        assert told["rules"][0]["pinpoint"] == "section 9"
        page = worker.get(f"/cases/{case.id}/justice/").text
        assert "2034-02-03" in page and "A made-up act, section 9" in page
        assert "2034-02-03" in worker.get(f"/cases/{case.id}/incidents/").text
    assert "law not recorded" in worker.get(f"/cases/{case.id}/justice/").text
