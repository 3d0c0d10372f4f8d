"""The justice tab of a child's case (J1, J3, W3)."""

import pytest

from amparo.common.types import IMPORTER
from amparo.justice import actions
from amparo.justice.models import ChildSanction, PersonOfConcern, Proceeding, Stage
from tests.cases.build import NAME, open_case, share
from tests.interfaces.office.test_cases import statements
from tests.justice.build import ago, judged, open_proceeding

pytestmark = pytest.mark.django_db(databases="__all__")
TOLD = "Zephyrine Noticeboard"


def test_the_tab_says_what_to_do_when_nothing_is_known(house, sign_in):
    case = open_case(house, "NORTH")
    page = sign_in("case_worker", "NORTH").get(f"/cases/{case.id}/justice/")
    assert "No proceeding is known" in page.text
    assert "Nobody is noted" in page.text


def test_a_worker_walks_a_proceeding_through_the_pages(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    tab = f"/cases/{case.id}/justice/"
    given = {"stage": "complaint", "lead": str(house.agencies["SOUTH"].id), "on": ago(40).isoformat()}
    assert client.post(f"{tab}open/", given).headers["location"] == tab
    id = Proceeding.objects.get().id
    step = {"stage": "investigation", "on": ago(30).isoformat(), "outcome": "moved_on"}
    assert client.post(f"/proceedings/{id}/move/", step).headers["location"] == tab
    end = {"outcome": "no_charges", "reason": "statements_inconsistent", "on": ago(3).isoformat()}
    assert client.post(f"/proceedings/{id}/stage/", end).headers["location"] == tab
    assert client.post(f"/proceedings/{id}/end/", {"on": ago(2).isoformat()}).headers["location"] == tab
    page = client.get(tab)
    for words in (
        "Complaint",
        "Moved to the next stage",
        "No charges",
        "Statements called inconsistent",
        "not reached",
    ):
        assert words in page.text
    for code in ("statements_inconsistent", "moved_on", "no_charges"):
        assert code not in page.text


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(house, sign_in):
    proceeding = open_proceeding(house, open_case(house, "NORTH"))
    client = sign_in("case_worker", "NORTH")
    early = client.post(
        f"/proceedings/{proceeding.id}/move/",
        {"stage": "investigation", "on": ago(200).isoformat(), "outcome": "moved_on"},
    )
    assert early.status_code == 422
    assert "This day lies before" in early.text
    silent = client.post(f"/proceedings/{proceeding.id}/stage/", {"outcome": "ended", "on": ago(1).isoformat()})
    assert "Say why it ended so." in silent.text
    unlisted = client.post(f"/proceedings/{proceeding.id}/move/", {"stage": "trial", "on": ago(1).isoformat()})
    assert unlisted.status_code == 422
    assert Stage.objects.count() == 1


def test_a_persons_name_opens_to_the_police_for_a_purpose_and_to_nobody_else(house, sign_in):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    worker = sign_in("case_worker", "NORTH")
    told = {"category": "traveller", "relationship": "stranger", "number": "1", "name": TOLD}
    worker.post(f"/cases/{case.id}/justice/person/", told)
    person = PersonOfConcern.objects.get()
    page = worker.get(f"/cases/{case.id}/justice/")
    assert "Alleged" in page.text
    assert "kept for police and prosecutor" in page.text
    assert TOLD not in page.text
    opening = f"/persons-of-concern/{person.id}/name/"
    assert worker.post(opening, {"purpose": "referral"}).status_code == 403
    police = sign_in("police", "SOUTH")
    assert TOLD not in police.get(f"/cases/{case.id}/justice/").text
    assert police.post(opening, {}).status_code == 422
    opened = police.post(opening, {"purpose": "referral"})
    assert TOLD in opened.text
    assert NAME not in opened.text


def test_a_judgment_on_a_person_is_entered_after_the_proceedings_judgment(house, sign_in):
    case = open_case(house, "NORTH")
    given = {"by": IMPORTER, "case": case, "category": "payer", "relationship": "stranger"}
    early = actions.note_person(**given, proceeding=open_proceeding(house, case))
    person = actions.note_person(**given, proceeding=judged(house, case, "convicted"))
    client = sign_in("case_worker", "NORTH")
    refused = client.post(f"/persons-of-concern/{early.id}/verdict/", {"verdict": "convicted"})
    assert "alleged until a judgment" in refused.text
    client.post(f"/persons-of-concern/{person.id}/verdict/", {"verdict": "convicted"})
    assert PersonOfConcern.objects.get(id=person.id).status == "convicted"


def test_an_alarm_is_raised_and_lifted_from_the_page(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    client.post(f"/cases/{case.id}/justice/alarm/", {"sanction": "detained", "on": ago(2).isoformat()})
    assert "Detained as an offender" in client.get(f"/cases/{case.id}/justice/").text
    assert "treated as an offender" in sign_in("supervisor", "NORTH").get("/").text
    alarm = ChildSanction.objects.get()
    client.post(f"/alarms/{alarm.id}/lift/", {"on": ago(1).isoformat()})
    assert f"lifted {ago(1)}" in client.get(f"/cases/{case.id}/justice/").text


def test_forbidden_and_absent_are_the_same_to_the_byte(house, sign_in):
    theirs = open_case(house, "SOUTH")
    proceeding = open_proceeding(house, theirs)
    client = sign_in("case_worker", "NORTH")
    gone = house.agencies["NORTH"].id
    for path, id in (("/cases/{}/justice/", theirs.id), ("/proceedings/{}/move/", proceeding.id)):
        answers = [client.get(path.format(each)) for each in (id, gone)]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1


def test_a_service_provider_has_no_justice_tab(house, sign_in):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    assert sign_in("service_provider", "SOUTH").get(f"/cases/{case.id}/justice/").status_code == 403


def test_the_tab_asks_the_database_no_more_than_its_cap(house, sign_in):
    case = open_case(house, "NORTH")
    for _ in range(3):
        judged(house, case, "convicted")
        actions.note_person(by=IMPORTER, case=case, category="payer", relationship="stranger")
        actions.raise_alarm(by=IMPORTER, case=case, sanction="charged")
    share(house, case, "SOUTH")
    for role, agency in (
        ("case_worker", "NORTH"),
        ("supervisor", "NORTH"),
        ("police", "SOUTH"),
        ("prosecutor", "SOUTH"),
    ):
        client = sign_in(role, agency)
        for page in ("", "justice/"):
            client.get(f"/cases/{case.id}/{page}")  # the code lists are read once a process
            assert len(statements(client, f"/cases/{case.id}/{page}")) <= 8, (role, page)


def test_another_child_is_shown_apart_without_any_status(house, sign_in):
    case = open_case(house, "NORTH")
    actions.note_person(by=IMPORTER, case=case, category="other_child", relationship="peer", number=2)
    page = sign_in("case_worker", "NORTH").get(f"/cases/{case.id}/justice/").text
    assert "Children who harmed the child, kept apart" in page
    assert "2 children" in page
    assert "badge-child" in page
    assert "Nobody is noted." in page
    assert "Enter the judgment" not in page


def test_the_legal_focal_point_follows_an_alarm_to_its_end_without_opening_the_case(house, sign_in):
    case = open_case(house, "NORTH")
    alarm = actions.raise_alarm(by=IMPORTER, case=case, sanction="detained", on=ago(3), agency=house.agencies["SOUTH"])
    client = sign_in("legal_focal_point", "NORTH")
    assert f'href="/alarms/{alarm.id}/"' in client.get("/").text
    assert case.reference in client.get("/alarms/").text
    page = client.get(f"/alarms/{alarm.id}/").text
    for words in ("Detained as an offender", "South office", "Why this is wrong", "Nobody has spoken up yet."):
        assert words in page
    assert NAME not in page
    assert client.get(f"/cases/{case.id}/").status_code == 404
    assert client.post(f"/alarms/{alarm.id}/", {"step": "shrugged"}).status_code == 422
    assert client.post(f"/alarms/{alarm.id}/", {"step": "lawyer_found"}).status_code == 302
    assert "Lawyer found for the child" in client.get(f"/alarms/{alarm.id}/").text
    assert client.post(f"/alarms/{alarm.id}/mended/", {"on": ago(200).isoformat()}).status_code == 422
    assert client.post(f"/alarms/{alarm.id}/mended/", {"on": ago(0).isoformat()}).headers["location"] == "/alarms/"
    assert "No alarm stands" in client.get("/alarms/").text
    assert "Nobody has spoken up yet." not in client.get(f"/alarms/{alarm.id}/").text


def test_alarms_are_counted_on_a_page_of_the_figures(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("statistician", "NORTH")
    assert "No alarm was raised." in client.get("/figures/alarms/").text
    actions.raise_alarm(by=IMPORTER, case=case, sanction="detained", on=ago(3), agency=house.agencies["SOUTH"])
    assert "/figures/alarms/" in client.get("/figures/").text
    page = client.get("/figures/alarms/").text
    for words in ("South office", "South region", "Detained as an offender"):
        assert words in page
    assert case.reference not in page


def test_alarm_pages_ask_few_statements(house, sign_in):
    alarms = [
        actions.raise_alarm(by=IMPORTER, case=open_case(house, "NORTH"), sanction="charged", on=ago(1))
        for _ in range(4)
    ]
    client = sign_in("legal_focal_point", "NORTH")
    assert len(statements(client, "/alarms/")) <= 10
    assert len(statements(client, f"/alarms/{alarms[0].id}/")) <= 10
    assert len(statements(sign_in("statistician", "NORTH"), "/figures/alarms/")) <= 10


def test_the_page_of_persons_in_numbers_keeps_children_apart(house, sign_in):
    noted = {"category": "intermediary", "relationship": "employer"}
    actions.note_person(by=IMPORTER, case=open_case(house, "NORTH"), **noted)
    actions.note_person(by=IMPORTER, case=open_case(house, "SOUTH"), **noted | {"relationship": "peer"})
    page = sign_in("auditor", "NORTH").get("/figures/persons/").text
    adults, _apart, children = page.partition("apart-child")
    assert "Intermediary" in adults
    assert "badge-child" in children
    assert "lleged</td>" in adults
    assert "lleged</td>" not in children
