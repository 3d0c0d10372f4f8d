"""One report walks through the whole house by calls alone: from the door's API to a figure on the public site."""

import csv
import io
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings

from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.types import WORKER
from amparo.config.settings import door as door_program
from amparo.intake import exchange
from amparo.interfaces.report_door.limits import buckets
from amparo.organisation.models import Membership
from tests.cases.build import NAME, open_case
from tests.counting.build import identify_table
from tests.intake.build import receive, watched
from tests.interfaces.api.asking import get, post
from tests.interfaces.report_door.conftest import TAKEN

pytestmark = pytest.mark.django_db(databases="__all__")
TOLD = "A neutral sentence marked brambleway."
ANSWER = "Thank you. Somebody reads what you told."
IN_MAY = datetime(2025, 5, 12, 9, tzinfo=UTC)


def at_the_door(path: str, **content):
    """One call to the door, whose program has its own settings and addresses."""
    buckets.filled.clear()
    own = {name: getattr(door_program, name) for name in TAKEN} | {"DOOR_AN_HOUR": 0, "DOOR_ROOM": 0}
    with override_settings(**own):
        visitor = Client(headers={"host": "door.localhost"})
        answer = visitor.post(f"/api/{path}", content, content_type="application/json")
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()


@contextmanager
def days_later(days: int):
    with clock.stopped(IN_MAY + timedelta(days=days)):
        yield


def done(answer, status: int = 200):
    assert answer.status_code == status, answer.text
    return answer.json()


def day(days: int) -> str:
    return (IN_MAY + timedelta(days=days)).date().isoformat()


@pytest.fixture
def come(sign_in):
    """Sign in as often as a day has it: a code opens once, and the machine's clock goes slower than this story's."""

    def in_person(role: str, agency: str) -> Client:
        cache.clear()
        return sign_in(role, agency)

    return in_person


def test_one_report_walks_through_the_whole_house(house, come):
    watched(house)
    Membership.objects.update(from_date=IN_MAY.date())  # everybody was here already
    identify_table(house, {(11, "NORTH"): 8, (4, "SOUTH"): 9})
    with days_later(0):
        exchange.run(by=WORKER)
        receipt = at_the_door("reports", told=TOLD, danger="soon", who="neighbour", worries=["missing"])["receipt"]
        exchange.run(by=WORKER)
        officer = come("intake_officer", "NORTH")
        report = triaged_and_answered(officer)
        exchange.run(by=WORKER)
        assert at_the_door("threads", code=receipt)["answers"][0]["text"] == ANSWER
        at_the_door("threads/messages", code=receipt, told="One more neutral sentence.")
        exchange.run(by=WORKER)
        said = done(post(officer, f"/reports/{report}/told", {"purpose": "triage"}))
        assert {each["told"] for each in said} == {TOLD, ANSWER, "One more neutral sentence."}
        case = registered(house, officer, report)
        worked_on(house, come, case)
    with days_later(3):
        cared_for(house, come, case)
    with days_later(60):
        brought_to_judgment(house, come, case)
        exchange.run(by=WORKER)
        assert at_the_door("threads", code=receipt)["status"] == "accepted"
        looked_back_on(come, case)
    published(come)


def triaged_and_answered(officer) -> str:
    """Out of the queue, claimed, judged, named, answered. Returns the report."""
    (row,) = done(get(officer, "/reports"))["reports"]
    at = f"/reports/{row['id']}"
    done(post(officer, f"{at}/claim"))
    assert done(post(officer, f"{at}/told", {"purpose": "triage"}))[0]["told"] == TOLD
    done(post(officer, f"{at}/triage", {"urgency": "urgent"}))
    done(post(officer, f"{at}/classify", {"forms": ["grooming"], "setting": "online"}))
    done(post(officer, f"{at}/answer", {"text": ANSWER, "id": str(uuid4())}), 201)
    read = done(get(officer, at))
    assert (read["status"], read["urgency"], read["forms"]) == ("triaged", "urgent", ["grooming"])
    return row["id"]


def registered(house, officer, report: str) -> str:
    """Searched for, registered, and the report accepted into the child's case. Returns the case."""
    asked = {"id": str(uuid4()), "names": ["Marinella Testperson"], "birth_year": 2014, "reason": "triage"}
    found = done(post(officer, "/children/search", asked))
    assert found["met"] == []
    told = {
        "key": found["key"], "team": str(house.teams["NORTH"].id), "report": report,
        "identity": {"given": "Marinella", "family": "Testperson"},
        "facts": {"sex": "female", "birth_year": 2014, "birth_precision": "year"},
    }  # fmt: skip
    case = done(post(officer, "/children", told), 201)
    assert done(get(officer, f"/reports/{report}"))["case_reference"] == case["reference"]
    return case_of(house, case["reference"])


def case_of(house, reference: str) -> str:
    return str(Case.objects.get(reference=reference).id)


def worked_on(house, come, case: str) -> None:
    """Given to a worker, who opens the child's name for a purpose, codes what happened and judges the risk."""
    worker = str(house.people["case_worker", "NORTH"].id)
    done(post(come("supervisor", "NORTH"), f"/cases/{case}/assign", {"worker": worker}))
    client, at = come("case_worker", "NORTH"), f"/cases/{case}"
    assert done(post(client, f"{at}/identity", {"purpose": "care_planning"}))["given"] == "Marinella"
    told = {
        "form": "grooming", "setting": "online", "relationship": "online_contact", "age": 11,
        "happened_on": day(-40), "narrative": "A neutral sentence.",
    }  # fmt: skip
    incident = done(post(client, f"{at}/incidents", told), 201)["id"]
    (row,) = done(get(client, f"{at}/incidents/all"))
    assert (row["id"], row["form"], "narrative" in row) == (incident, "grooming", False)
    opened = post(client, f"{at}/incidents/{incident}/told", {"purpose": "care_planning"})
    assert done(opened) == {"told": "A neutral sentence."}
    done(post(client, f"{at}/risk", {"risk": "high"}))
    done(post(client, f"{at}/acted"))
    done(post(client, f"{at}/placement", {"address": "A made-up street 1"}))
    opened = done(post(client, f"{at}/placement/opened", {"purpose": "care_planning"}))
    assert opened["address"] == "A made-up street 1"
    assert [row["id"] for row in done(post(client, "/cases/find", {"written": "marinella"}))] == [case]


def cared_for(house, come, case: str) -> None:
    """Assessed; planned with the child and approved by a second person; referred, accepted, delivered; heard."""
    client, at = come("case_worker", "NORTH"), f"/cases/{case}"
    found = {
        "urgency": "urgent", "schooling": "attends", "housing": "relatives", "risk_factors": ["poverty"],
        "needs": ["education"],
    }  # fmt: skip
    done(post(client, f"{at}/assessments", found), 201)
    heard = {"given": "spoken", "words": "I would like to go on with the guitar."}
    goals = [{"domain": "education"}]
    done(post(client, f"{at}/plan", {"goals": goals, "heard": heard, "next_review": day(90)}), 201)
    done(post(come("supervisor", "NORTH"), f"{at}/plan/approve"))
    goal = done(get(client, f"{at}/care"))["plan"]["goals"][0]["id"]
    step = done(post(client, f"{at}/goals/{goal}/steps", {"service": "psychological", "due": day(30)}), 201)["id"]
    asked = {
        "agency": str(house.agencies["SOUTH"].id), "service": "psychological", "consent": "given", "step": step,
        "limits": ["not_to_police"], "compartments": ["identity"], "until": day(50), "heard": heard,
    }  # fmt: skip
    referral = done(post(client, f"{at}/referrals", asked), 201)["id"]
    provider = come("service_provider", "SOUTH")
    done(post(provider, f"/referrals/{referral}/accept"))
    assert done(post(provider, f"{at}/identity", {"purpose": "referral"}))["given"] == "Marinella"
    done(post(provider, f"/referrals/{referral}/delivery", {"outcome": "delivered"}))
    assert get(provider, at).status_code == 404  # what was consented to has ended
    done(post(client, f"{at}/views", {"decision": "other", "given": "spoken", "words": "Yes."}), 201)
    words = done(post(client, f"{at}/care/words", {"part": "narrative", "purpose": "care_planning"}))
    assert "Yes." in [each["text"] for each in words]


def brought_to_judgment(house, come, case: str) -> None:
    """Shared with the police, who carry it from the complaint to a judgment with days, outcome and reason."""
    told = {
        "agency": str(house.agencies["SOUTH"].id), "compartments": [], "purpose": "investigation",
        "consent": "not_required_by_law", "until": (IN_MAY + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    done(post(come("case_worker", "NORTH"), f"/cases/{case}/shares", told), 201)
    police = come("police", "SOUTH")
    opened = post(police, f"/cases/{case}/proceedings", {"lead": told["agency"], "on": day(5)})
    at = f"/proceedings/{done(opened, 201)['id']}"
    for days, stage in ((10, "investigation"), (20, "prosecution"), (30, "trial"), (50, "judgment")):
        outcome = {"outcome": "charges_brought"} if stage == "trial" else {}
        done(post(police, f"{at}/move", {"stage": stage, "on": day(days)} | outcome))
    end = {"outcome": "acquitted", "reason": "evidence_insufficient", "on": day(55)}
    done(post(police, f"{at}/end", end))
    read = done(get(police, at))
    assert (read["status"], read["outcome"], read["reason"]) == ("ended", "acquitted", "evidence_insufficient")
    assert len(read["stages"]) == 5
    assert post(police, f"/cases/{case}/identity", {"purpose": "investigation"}).status_code == 403


def looked_back_on(come, case: str) -> None:
    """One time line of everything; who may see the case; and who looked, for the child to be told."""
    client = come("case_worker", "NORTH")
    line = {moment["code"] for moment in done(get(client, f"/cases/{case}/time-line"))}
    assert {"case_opened", "incident_recorded", "risk_judged", "case_shared", "proceeding_ended"} <= line
    who = done(get(client, f"/cases/{case}/access"))
    assert [scope["kind"] for scope in who["scopes"]] == ["own", "share"]
    assert who["walls"] == []
    looks = done(get(client, f"/cases/{case}/looks"))
    opened = [(look["verb"], look["who"], look["purpose"]) for look in looks if look["verb"].startswith("vault:")]
    assert ("vault:identity_revealed", "Demo service_provider SOUTH", "referral") in opened
    assert ("case:searched", 1) in {(look["verb"], look["count"]) for look in looks}


def published(come) -> None:
    """The year is over: frozen and drafted by one person, agreed to by two others, read by everybody."""
    statistician = come("statistician", "NORTH")
    snapshot = done(post(statistician, "/snapshots/take", {"year": 2025}), 201)["id"]
    release = done(post(statistician, "/releases/draft", {"snapshot": snapshot}), 201)["id"]
    assert post(statistician, f"/releases/{release}/check", {"agree": True}).status_code == 403
    for agency in ("SOUTH", "NORTH"):
        reviewer = come("reviewer", agency)
        done(post(reviewer, f"/releases/{release}/check", {"agree": True}))
    read = done(get(reviewer, f"/releases/{release}"))
    public = Client(headers={"host": settings.PUBLIC_HOST})
    table = public.get(f"/figures/{read['reference']}/table.csv").text
    rows = list(csv.DictReader(io.StringIO(table)))
    # Eight who were known, and the child of the report: eleven that year, met in the north.
    north = [row for row in rows if "9" in row.values() and any("North" in str(value) for value in row.values())]
    assert north, table
    assert NAME not in table + public.get(f"/figures/{read['reference']}/definition.json").text
    assert done(public.get(f"/figures/{read['reference']}/definition.json"))


def test_a_wall_is_raised_by_one_and_lifted_by_another(house, sign_in):
    case = open_case(house, "NORTH")
    supervisor, worker = sign_in("supervisor", "NORTH"), sign_in("case_worker", "NORTH")
    told = {"against_kind": "person", "against": str(house.people["case_worker", "NORTH"].id), "reason": "threat"}
    nobody = post(supervisor, f"/cases/{case.id}/walls", told | {"against": str(uuid4())})
    assert (nobody.status_code, list(nobody.json()["fields"])) == (422, ["against"])
    wall = done(post(supervisor, f"/cases/{case.id}/walls", told), 201)["id"]
    assert get(worker, f"/cases/{case.id}").status_code == 404
    assert done(get(worker, "/cases"))["cases"] == []
    assert post(supervisor, f"/walls/{wall}/lift").status_code == 409
    auditor = sign_in("auditor", "SOUTH")
    (row,) = done(get(auditor, "/walls"))
    assert (row["id"], row["reference"], row["name"]) == (wall, case.reference, None)
    done(post(auditor, f"/walls/{wall}/lift"))
    assert get(worker, f"/cases/{case.id}").status_code == 200


def test_a_reporters_wall_is_seen_and_lifted_where_the_report_is_held(house, sign_in):
    watched(house)
    report = receive(not_to=("SOUTH",))
    supervisor = sign_in("supervisor", "NORTH")
    (wall,) = done(get(supervisor, f"/reports/{report.id}/walls"))
    assert (wall["name"], wall["reason"]) == ("South office", "reporter_request")
    done(post(supervisor, f"/walls/{wall['id']}/lift"))
    assert done(get(supervisor, f"/reports/{report.id}/walls")) == []
    assert get(sign_in("intake_officer", "NORTH"), f"/reports/{report.id}/walls").status_code == 403


def test_broken_glass_is_reviewed_by_an_auditor(house, sign_in):
    case = open_case(house, "SOUTH")
    worker, auditor = sign_in("case_worker", "NORTH"), sign_in("auditor", "SOUTH")
    told = {"reference": case.reference, "reason": "danger_to_life", "note": "A call came in."}
    done(post(worker, "/glass", told))
    (row,) = done(get(auditor, "/glass/broken"))
    assert (row["reference"], row["reviewed_at"], "note" in row) == (case.reference, None, False)
    done(post(auditor, f"/glass/{row['id']}/reviewed"))
    assert post(auditor, f"/glass/{row['id']}/reviewed").status_code == 409
    assert get(worker, "/glass/broken").status_code == 403


def test_a_record_is_held_let_go_and_erased_by_two_agencies(house, sign_in):
    case = open_case(house, "NORTH")
    supervisor, at = sign_in("supervisor", "NORTH"), f"/cases/{case.id}"
    own = {"agency": str(house.agencies["NORTH"].id), "reason": "claim"}
    hold = done(post(supervisor, f"{at}/holds", own), 201)["id"]
    assert [row["id"] for row in done(get(supervisor, f"{at}/keeping"))["holds"]] == [hold]
    done(post(supervisor, f"{at}/close", {"reason": "goals_reached"}))
    assert post(supervisor, f"{at}/erasures", {"reason": "person_asked"}).status_code == 409
    done(post(supervisor, f"{at}/holds/{hold}/lift"))
    asked = done(post(supervisor, f"{at}/erasures", {"reason": "person_asked"}), 201)["id"]
    assert post(supervisor, f"/erasures/{asked}/confirm").status_code == 403
    auditor = sign_in("auditor", "SOUTH")
    (row,) = done(get(auditor, "/erasures"))
    assert (row["id"], row["reference"], row["confirmable"]) == (asked, case.reference, True)
    done(post(auditor, f"/erasures/{asked}/confirm"))
    assert post(supervisor, f"{at}/identity", {"purpose": "care_planning"}).status_code in {400, 404, 409, 410}
    assert done(get(supervisor, f"{at}/keeping"))["erasure"]["done_at"]


def test_a_missing_child_is_looked_for_and_found(house, sign_in):
    case = open_case(house, "NORTH")
    worker, at = sign_in("case_worker", "NORTH"), f"/cases/{case.id}"
    done(post(worker, f"{at}/missing", {"since": clock.now().isoformat()}))
    assert done(get(worker, at))["missing_since"]
    counted = done(get(sign_in("supervisor", "NORTH"), "/team"))
    assert counted["counted"] == [{"status": "open", "risk": "high", "number": 1}]
    done(post(worker, f"{at}/found"))
    assert done(get(worker, at))["missing_since"] is None
    seen = done(post(worker, "/notices/seen", {"notices": [str(uuid4())]}))
    assert seen == {"seen": 0}
