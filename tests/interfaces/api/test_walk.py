"""The walk through the API: the same acts and reads as the pages (X3)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from amparo.audit.models import Event
from amparo.cases.models import Case, Incident
from amparo.common import clock
from amparo.justice.models import PersonOfConcern
from amparo.linkage.models import Child
from tests.care.build import WORDS, in_days
from tests.cases.build import NAME, open_case, share
from tests.counting.build import identify_table
from tests.intake.build import CONTACT, TOLD, triaged, watched
from tests.interfaces.api.asking import get, post
from tests.interfaces.office.test_cases import statements
from tests.justice.build import ago, judged

pytestmark = pytest.mark.django_db(databases="__all__")


def test_me_says_who_i_am_and_what_i_may(house, sign_in):
    told = get(sign_in("case_worker", "NORTH"), "/me").json()
    agency, team = house.agencies["NORTH"], house.teams["NORTH"]
    assert told["posts"] == [{"role": "case_worker", "agency": str(agency.id), "team": str(team.id)}]
    assert "child.register" in told["permissions"]
    assert "audit.read" not in told["permissions"]


def test_codes_are_listed_in_the_readers_language(house, sign_in):
    client = sign_in("statistician", "NORTH")
    assert "form" in get(client, "/vocabulary").json()
    french = client.get("/api/v1/vocabulary/urgency", headers={"accept-language": "fr"}).json()
    english = client.get("/api/v1/vocabulary/urgency").json()
    assert [row["code"] for row in french] == [row["code"] for row in english]
    assert [row["label"] for row in french] != [row["label"] for row in english]
    assert get(client, "/vocabulary/nonsense").status_code == 404


def test_a_case_is_found_read_and_worked_on(house, sign_in):
    mine, theirs = open_case(house, "NORTH"), open_case(house, "SOUTH")
    client = sign_in("case_worker", "NORTH")
    page = get(client, "/cases").json()
    assert [row["reference"] for row in page["cases"]] == [mine.reference]
    assert page["next"] is None
    assert theirs.reference not in str(page)
    assert post(client, f"/cases/{mine.id}/risk", {"risk": "high"}).json() == {"id": str(mine.id)}
    made = post(client, f"/cases/{mine.id}/incidents", {"form": "grooming", "age": 12, "narrative": "Neutral words."})
    assert (made.status_code, made.json()) == (201, {"id": str(Incident.objects.get().id)})
    read = get(client, f"/cases/{mine.id}").json()
    assert (read["risk"], [task["code"] for task in read["tasks"]]) == ("high", ["respond_to_risk"])
    line = [(moment["code"], moment["term"]) for moment in get(client, f"/cases/{mine.id}/time-line").json()]
    assert line == [("incident_recorded", "grooming"), ("risk_judged", "high"), ("case_opened", "")]
    assert NAME not in str(read) + str(page)
    assert [task["reference"] for task in get(client, "/day").json()["due"]] == [mine.reference]
    assert post(client, f"/cases/{mine.id}/close", {"reason": "goals_reached"}).status_code == 200
    again = post(client, f"/cases/{mine.id}/close", {"reason": "goals_reached"})
    assert (again.status_code, "closed" in again.json()["reason"]) == (409, True)
    assert post(client, f"/cases/{mine.id}/reopen", {"reason": "new_information"}).status_code == 200


def test_the_next_page_begins_where_this_one_ends(house, sign_in):
    made = {open_case(house, "NORTH").reference for _ in range(23)}
    client = sign_in("case_worker", "NORTH")
    first = get(client, "/cases").json()
    second = client.get("/api/v1/cases", {"next": first["next"]}).json()
    one, two = ({row["reference"] for row in page["cases"]} for page in (first, second))
    assert (len(one), len(two), second["next"]) == (20, 3, None)
    assert one | two == made


@pytest.mark.parametrize("given", ["x", "%F0", "MjAyNg==", "bm8gbm8=", "MjAyNi0wMS0wMSB4"])
def test_a_next_that_no_page_gave_is_refused(house, sign_in, given):
    answer = sign_in("case_worker", "NORTH").get("/api/v1/cases", {"next": given})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["next"])


def test_who_the_child_is_opens_for_a_purpose_and_leaves_its_row(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    assert post(client, f"/cases/{case.id}/identity", {}).status_code == 422
    opened = post(client, f"/cases/{case.id}/identity", {"purpose": "care_planning"})
    assert opened.json()["given"] == NAME
    last = Event.objects.latest("seq")
    assert (last.verb, last.purpose) == ("vault:identity_revealed", "care_planning")


def test_a_case_is_assigned_shared_and_closed_to_others_again(house, sign_in):
    case = open_case(house, "NORTH", worker=False)
    supervisor = sign_in("supervisor", "NORTH")
    worker = str(house.people["case_worker", "NORTH"].id)
    assert post(supervisor, f"/cases/{case.id}/assign", {"worker": worker}).status_code == 200
    south = {row["code"]: row["id"] for row in get(supervisor, "/agencies").json()}["SOUTH"]
    told = {
        "agency": south, "compartments": ["identity"], "purpose": "referral", "consent": "given",
        "until": (clock.now() + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    shared = post(supervisor, f"/cases/{case.id}/shares", told)
    assert shared.status_code == 201
    provider = sign_in("service_provider", "SOUTH")
    assert get(provider, f"/cases/{case.id}").status_code == 200
    assert post(provider, f"/cases/{case.id}/identity", {"purpose": "referral"}).json()["given"] == NAME
    assert post(provider, f"/cases/{case.id}/risk", {"risk": "low"}).status_code == 403
    assert post(supervisor, f"/cases/{case.id}/shares/{shared.json()['id']}/revoke").status_code == 200
    assert get(provider, f"/cases/{case.id}").status_code == 404


def test_the_glass_breaks_and_the_auditor_sees_it(house, sign_in):
    case = open_case(house, "SOUTH")
    client = sign_in("case_worker", "NORTH")
    assert get(client, f"/cases/{case.id}").status_code == 404
    told = {"reference": case.reference, "reason": "danger_to_life", "note": "A call came in."}
    assert post(client, "/glass", told).json() == {"id": str(case.id)}
    assert get(client, f"/cases/{case.id}").status_code == 200
    looks = get(sign_in("auditor", "NORTH"), "/looks").json()
    assert "case:glass_broken" in [look["verb"] for look in looks]
    assert [look["seq"] for look in looks] == sorted((look["seq"] for look in looks), reverse=True)


def test_a_proceeding_walks_from_complaint_to_reparation(house, sign_in):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    police = sign_in("police", "SOUTH")
    lead = str(house.agencies["SOUTH"].id)
    opened = post(police, f"/cases/{case.id}/proceedings", {"lead": lead, "on": ago(50).isoformat()})
    at = f"/proceedings/{opened.json()['id']}"
    for days, stage in ((40, "investigation"), (30, "prosecution"), (20, "trial"), (10, "judgment")):
        assert post(police, f"{at}/move", {"stage": stage, "on": ago(days).isoformat()}).status_code == 200
    assert post(police, f"{at}/move", {"stage": "complaint"}).status_code == 409
    assert post(police, f"{at}/end-stage", {"outcome": "acquitted"}).json()["fields"] == {
        "reason": "Say why it ended so."
    }
    told = {"stage": "reparation", "outcome": "convicted", "on": ago(5).isoformat()}
    assert post(police, f"{at}/move", told).status_code == 200
    assert post(police, f"{at}/end", {"outcome": "reparation_paid"}).status_code == 200
    read = get(police, at).json()
    assert (read["status"], read["outcome"], len(read["stages"])) == ("ended", "reparation_paid", 6)
    assert get(sign_in("case_worker", "NORTH"), f"/cases/{case.id}/justice").json()["proceedings"] == [read]


def test_persons_are_noted_in_codes_and_an_alarm_is_raised(house, sign_in):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    worker, police = sign_in("case_worker", "NORTH"), sign_in("police", "SOUTH")
    told = {"category": "payer", "relationship": "stranger", "name": "Zephyrine Noticeboard"}
    person = post(worker, f"/cases/{case.id}/persons-of-concern", told).json()["id"]
    assert post(worker, f"/persons-of-concern/{person}/name", {"purpose": "referral"}).status_code == 403
    opened = post(police, f"/persons-of-concern/{person}/name", {"purpose": "referral"})
    assert opened.json() == {"name": "Zephyrine Noticeboard"}
    assert post(worker, f"/persons-of-concern/{person}/verdict", {"verdict": "convicted"}).status_code == 409
    assert PersonOfConcern.objects.get().status == "alleged"
    alarm = post(worker, f"/cases/{case.id}/alarms", {"sanction": "detained"}).json()["id"]
    read = get(worker, f"/cases/{case.id}/justice").json()
    assert (read["persons"][0]["status"], read["sanctions"][0]["sanction"]) == ("alleged", "detained")
    assert "Zephyrine" not in str(read)
    focal = sign_in("legal_focal_point", "NORTH")
    (standing,) = get(focal, "/alarms").json()
    assert (standing["id"], standing["sanction"], standing["steps"]) == (alarm, "detained", [])
    assert post(focal, f"/alarms/{alarm}/steps", {"step": "authority_told"}).status_code == 201
    assert get(focal, "/alarms").json()[0]["steps"] == ["authority_told"]
    auditor = sign_in("auditor", "NORTH")
    (counted,) = get(auditor, "/alarm-counts").json()
    assert (counted["sanction"], counted["raised"], counted["standing"]) == ("detained", 1, 1)
    noted = get(auditor, "/person-counts").json()
    assert noted["children"] == []
    assert [row["status"] for row in noted["adults"]] == ["alleged"]
    assert post(worker, f"/alarms/{alarm}/lift", {}).status_code == 200
    assert post(focal, f"/alarms/{alarm}/mended", {}).status_code == 409


def test_a_child_is_registered_once_after_a_search_however_often_it_is_sent(house, sign_in):
    client = sign_in("case_worker", "NORTH")
    told = {"team": str(house.teams["NORTH"].id), "identity": {"given": NAME}, "facts": {"birth_year": 2014}}
    assert post(client, "/children", told | {"key": "made-up"}).status_code == 409
    asked = {"id": str(uuid4()), "names": [NAME], "birth_year": 2014, "reason": "care_planning"}
    found = post(client, "/children/search", asked).json()
    assert found["met"] == []
    first, second = (post(client, "/children", told | {"key": found["key"]}) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json() == {"id": asked["id"], "reference": Case.objects.get().reference}
    assert (Child.objects.count(), Case.objects.count()) == (1, 1)
    assert NAME not in second.text
    (again,) = post(client, "/children/search", asked | {"id": str(uuid4())}).json()["met"]
    assert (again["child"], again["agency"]) == (asked["id"], str(house.agencies["NORTH"].id))
    south = sign_in("case_worker", "SOUTH")
    elsewhere = post(south, "/children/search", asked).json()
    (met,) = elsewhere["met"]
    assert (met["child"], met["agency"], met["score"]) == (None, str(house.agencies["NORTH"].id), None)
    theirs = told | {"team": str(house.teams["SOUTH"].id)}
    assert post(south, "/children", theirs | {"key": found["key"]}).status_code == 409  # a search of somebody else
    assert post(south, "/children", theirs | {"key": elsewhere["key"]}).status_code == 409  # a number that is taken
    assert post(south, "/children", told | {"key": elsewhere["key"]}).json()["fields"].keys() == {"team"}


def test_a_report_is_taken_in_worked_on_and_closed(house, sign_in):
    watched(house)
    client = sign_in("intake_officer", "NORTH")
    id = str(uuid4())
    told = {
        "id": id, "agency": str(house.agencies["NORTH"].id), "told": TOLD, "urgency": "urgent", "who": "neighbour",
        "contact": CONTACT, "channel": "phone",
    }  # fmt: skip
    made = post(client, "/reports/take-in", told)
    assert (made.status_code, made.json()["id"]) == (201, id)
    assert post(client, "/reports/take-in", told).status_code == 409
    assert [row["id"] for row in get(client, "/reports").json()["reports"]] == [id]
    assert post(client, f"/reports/{id}/told", {"purpose": "triage"}).status_code == 409  # claim it first
    assert post(client, f"/reports/{id}/claim").json() == {"id": id}
    assert post(client, f"/reports/{id}/claim").status_code == 409
    assert post(client, f"/reports/{id}/told", {"purpose": "triage"}).json()[0]["told"] == TOLD
    assert post(client, f"/reports/{id}/contact", {"purpose": "triage"}).json()["contact"] == CONTACT
    assert post(client, f"/reports/{id}/triage", {"urgency": "danger_now"}).status_code == 200
    assert post(client, f"/reports/{id}/classify", {"forms": ["grooming"]}).status_code == 200
    assert post(client, f"/reports/{id}/answer", {"text": "Thank you."}).status_code == 201
    read = get(client, f"/reports/{id}").json()
    assert (read["status"], read["urgency"], read["forms"]) == ("triaged", "danger_now", ["grooming"])
    assert TOLD not in str(read)
    end = {"reason": "answered", "outcome": "advice_given"}
    assert post(client, f"/reports/{id}/close", end).status_code == 200
    assert get(client, f"/reports/{id}/time-line").json()[0]["code"] == "report_closed"
    assert get(sign_in("intake_officer", "SOUTH"), f"/reports/{id}").status_code == 404


def test_a_report_is_accepted_into_a_case_by_registering_its_child(house, sign_in):
    watched(house)
    report = triaged(house)
    client = sign_in("intake_officer", "NORTH")
    asked = {"id": str(uuid4()), "names": [NAME], "birth_year": 2014, "reason": "care_planning"}
    told = {
        "key": post(client, "/children/search", asked).json()["key"], "team": str(house.teams["NORTH"].id),
        "report": str(report.id), "identity": {"given": NAME},
    }  # fmt: skip
    made = [post(client, "/children", told) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert get(client, f"/reports/{report.id}").json()["case_reference"] == made[0].json()["reference"]
    assert Case.objects.count() == 1


def test_a_child_is_assessed_heard_planned_with_and_helped_by_another_agency(house, sign_in):
    case = open_case(house, "NORTH")
    client, at = sign_in("case_worker", "NORTH"), f"/cases/{case.id}"
    found = {
        "urgency": "normal", "schooling": "attends", "housing": "relatives", "risk_factors": ["poverty"],
        "needs": ["education"], "difficulties": {"seeing": "some"}, "narrative": "Neutral words.",
    }  # fmt: skip
    assert post(client, f"{at}/assessments", found).status_code == 201
    assert post(client, f"{at}/assessments", found).status_code == 409  # somebody assessed meanwhile
    heard = {"given": "spoken", "words": WORDS}
    plan = {"goals": [{"domain": "education"}], "heard": heard, "next_review": str(in_days(90))}
    assert post(client, f"{at}/plan", plan).status_code == 201
    assert post(client, f"{at}/plan/approve").status_code == 403
    assert post(sign_in("supervisor", "NORTH"), f"{at}/plan/approve").status_code == 200
    goal = get(client, f"{at}/care").json()["plan"]["goals"][0]["id"]
    step = post(client, f"{at}/goals/{goal}/steps", {"service": "education", "due": str(in_days(9))}).json()["id"]
    asked = {
        "agency": str(house.agencies["SOUTH"].id), "service": "education", "consent": "given", "step": step,
        "compartments": ["identity"], "until": str(in_days(30)), "heard": heard,
    }  # fmt: skip
    referral = post(client, f"{at}/referrals", asked).json()["id"]
    provider = sign_in("service_provider", "SOUTH")
    assert [row["id"] for row in get(provider, "/referrals").json()["referrals"]] == [referral]
    assert get(provider, f"/referrals/{referral}").json()["compartments"] == ["identity"]
    assert post(client, f"/referrals/{referral}/accept").status_code == 403
    assert post(provider, f"/referrals/{referral}/accept").status_code == 200
    assert post(provider, f"/referrals/{referral}/delivery", {"outcome": "delivered"}).status_code == 200
    assert get(provider, f"{at}/care").status_code == 404  # the share ended with the service
    care = get(client, f"{at}/care").json()
    assert care["plan"]["goals"][0]["steps"][0]["outcome"] == "delivered"
    assert [row["status"] for row in care["referrals"]] == ["delivered"]
    assert {row["decision"] for row in care["views"]} == {"plan", "referral"}
    assert WORDS not in str(care)
    view = care["views"][0]["id"]
    told = {"way": "spoken", "words": "You were heard."}
    assert post(client, f"{at}/views/{view}/answer", told).status_code == 200


def test_a_year_is_frozen_drafted_checked_by_two_others_and_withdrawn(house, sign_in):
    identify_table(house, {(7, "NORTH"): 9, (2, "SOUTH"): 6})
    statistician, reviewer = sign_in("statistician", "NORTH"), sign_in("reviewer", "NORTH")
    snapshot = post(statistician, "/snapshots/take", {"year": 2025}).json()["id"]
    assert post(statistician, "/snapshots/take", {"year": 2026}).status_code == 409
    drafted = post(statistician, "/releases/draft", {"snapshot": snapshot})
    assert drafted.status_code == 201
    at = f"/releases/{drafted.json()['id']}"
    assert post(statistician, f"{at}/check", {"agree": True}).status_code == 403
    assert post(reviewer, f"{at}/check", {"agree": True}).status_code == 200
    assert (get(reviewer, at).json()["status"], get(reviewer, at).json()["verdicts"]) == ("draft", 1)
    assert not {"first", "second"} & set(get(reviewer, at).json())
    assert post(reviewer, f"{at}/check", {"agree": True}).status_code == 403
    assert post(sign_in("reviewer", "SOUTH"), f"{at}/check", {"agree": True}).status_code == 200
    read = get(reviewer, at).json()
    assert read["status"] == "published"
    assert {cell["value"] for cell in read["cells"] if not cell["shown"]} <= {None}
    assert post(reviewer, f"{at}/withdraw", {"reason": "wrong_counts"}).status_code == 200
    desk = get(statistician, "/figures").json()
    assert [row["id"] for row in desk["snapshots"]] == [snapshot]
    assert [row["status"] for row in desk["decided"]] == ["withdrawn"]
    assert get(sign_in("case_worker", "NORTH"), at).status_code == 403


def test_a_child_of_another_agency_stays_out_of_reach_of_every_act(house, sign_in):
    theirs = open_case(house, "SOUTH")
    client = sign_in("case_worker", "NORTH")
    acts = {
        "risk": {"risk": "high"}, "close": {"reason": "goals_reached"}, "identity": {"purpose": "care_planning"},
        "incidents": {"form": "grooming"}, "alarms": {"sanction": "charged"},
        "proceedings": {"lead": str(house.agencies["NORTH"].id)},
        "persons-of-concern": {"category": "payer", "relationship": "stranger"},
    }  # fmt: skip
    assert {post(client, f"/cases/{theirs.id}/{act}", body).status_code for act, body in acts.items()} == {404}
    assert Case.objects.get(id=theirs.id).status == "open"


def test_reads_ask_the_database_no_more_than_the_pages_do(house, sign_in):
    case = open_case(house, "NORTH")
    for _ in range(3):
        open_case(house, "NORTH")
        judged(house, case, "convicted")
    client = sign_in("case_worker", "NORTH")
    get(client, f"/cases/{case.id}/justice")  # the code lists are read once a process
    caps = {"/cases": 6, "/day": 6, f"/cases/{case.id}": 8, f"/cases/{case.id}/justice": 8, f"/cases/{case.id}/care": 8}
    asked = {path: len(statements(client, f"/api/v1{path}")) for path in caps}
    assert {path: number for path, number in asked.items() if number > caps[path]} == {}
