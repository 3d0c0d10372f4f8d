"""Reviewing broken glass, keeping and erasing records, letters set aside, at the desk (X1)."""

from uuid import uuid4

import pytest

from amparo.access.models import Glass, Wall
from amparo.audit.models import Event
from amparo.cases import actions, erasure, glass
from amparo.cases.models import Erasure, LegalHold
from amparo.common import clock
from amparo.common.types import IMPORTER, WORKER
from amparo.intake.actions import set_aside
from tests.cases.build import NAME, open_case
from tests.interfaces.office.test_cases import statements

pytestmark = pytest.mark.django_db(databases="__all__")
NOTE = "A synthetic reason, marked brambleway."


def broken(house, case) -> Glass:
    by = house.actor("case_worker", "SOUTH", fresh=True)
    return glass.break_glass(by=by, case=case, reason="danger_to_life", note=NOTE)


def closed(house, agency="NORTH"):
    return actions.close(by=IMPORTER, case=open_case(house, agency), reason="transferred")


def wall(case, agency) -> None:
    Wall.objects.create(
        against_kind="agency", against=agency.id, record=case.child_id, reason="threat",
        raised_at=clock.now(), raised_by=IMPORTER.id,
    )  # fmt: skip


def test_an_auditor_reviews_broken_glass_once_and_never_reads_why_in_words(house, sign_in):
    case, noise = open_case(house, "NORTH"), open_case(house, "NORTH")
    made = broken(house, case)
    client = sign_in("auditor", "NORTH")
    page = client.get("/broken/")
    assert case.reference in page.text
    assert noise.reference not in page.text
    assert NAME not in page.text
    assert "brambleway" not in page.text
    assert client.post(f"/broken/{made.id}/reviewed/", follow=True).context["rows"][0].reviewed_by
    assert client.post(f"/broken/{made.id}/reviewed/").status_code == 409
    assert Event.objects.filter(verb="glass:reviewed", record=case.id).count() == 1
    assert len(statements(client, "/broken/")) <= 6


@pytest.mark.parametrize("role", ["supervisor", "case_worker", "administrator"])
def test_nobody_else_reviews(house, sign_in, role):
    made = broken(house, open_case(house, "NORTH"))
    client = sign_in(role, "NORTH")
    assert client.get("/broken/").status_code == 403
    assert client.post(f"/broken/{made.id}/reviewed/").status_code == 403


def test_a_walled_auditor_meets_neither_the_glass_nor_the_erasure(house, sign_in):
    case = open_case(house, "SOUTH")
    made = broken(house, case)
    gone = closed(house, "SOUTH")
    asked = erasure.request_erasure(by=house.actor("supervisor", "SOUTH"), case=gone, reason="person_asked")
    for each in (case, gone):
        wall(each, house.agencies["NORTH"])
    client = sign_in("auditor", "NORTH")
    assert case.reference not in client.get("/broken/").text
    assert gone.reference not in client.get("/erasures/").text
    assert client.post(f"/broken/{made.id}/reviewed/").status_code == 404
    assert client.post(f"/erasures/{asked.id}/confirm/").status_code == 404


def test_the_notice_leads_an_auditor_to_the_glass_and_a_worker_to_the_case(house, sign_in):
    case = open_case(house, "NORTH")
    broken(house, case)
    assert 'href="/broken/"' in sign_in("auditor", "NORTH").get("/").text.partition('id="news"')[2]
    assert f'href="/cases/{case.id}/"' in sign_in("supervisor", "NORTH").get("/").text


def test_a_record_that_must_be_kept_is_not_erased_until_its_agency_lets_it_go(house, sign_in):
    case = closed(house)
    client = sign_in("supervisor", "NORTH")
    path = f"/cases/{case.id}/keeping/"
    assert client.post(f"{path}hold/", {}).status_code == 422
    held = client.post(f"{path}hold/", {"agency": str(case.agency_id), "reason": "proceeding"}, follow=True)
    assert held.context["kept"].holds[0].agency_id == case.agency_id
    refused = client.post(f"{path}erase/", {"reason": "person_asked", "sure": "on"})
    assert (refused.status_code, "must be kept" in refused.text) == (422, True)
    hold = LegalHold.objects.get(case=case)
    assert client.post(f"{path}{uuid4()}/lift/").status_code == 404
    assert client.post(f"{path}{hold.id}/lift/").status_code == 302
    assert client.post(f"{path}{hold.id}/lift/").status_code == 409
    assert len(statements(client, path)) <= 8


def test_one_agency_asks_for_an_erasure_and_another_confirms_it(house, sign_in):
    case = closed(house)
    client = sign_in("supervisor", "NORTH")
    assert client.post(f"/cases/{case.id}/keeping/erase/", {"reason": "person_asked"}).status_code == 422
    client.post(f"/cases/{case.id}/keeping/erase/", {"reason": "person_asked", "sure": "on"})
    asked = Erasure.objects.get(case=case)
    own = client.get("/erasures/")
    assert [row.confirmable for row in own.context["rows"]] == [False]
    assert client.post(f"/erasures/{asked.id}/confirm/").status_code == 403
    auditor = sign_in("auditor", "SOUTH")
    assert [row.confirmable for row in auditor.get("/erasures/").context["rows"]] == [True]
    assert len(statements(auditor, "/erasures/")) <= 6
    assert auditor.post(f"/erasures/{asked.id}/confirm/").status_code == 302
    assert auditor.post(f"/erasures/{asked.id}/confirm/").status_code == 409
    asked.refresh_from_db()
    assert asked.done_at
    assert "erased on" in client.get(f"/cases/{case.id}/keeping/").text


def test_letters_set_aside_show_when_and_why_and_nothing_of_the_letter(house, sign_in):
    set_aside(by=WORKER, letter=uuid4(), thread=uuid4(), sealed=b"brambleway", reason="not_understood")
    client = sign_in("intake_officer", "NORTH")
    page = client.get("/reports/set-aside/")
    assert "not written as the door writes" in page.text
    assert "brambleway" not in page.text
    assert sign_in("case_worker", "NORTH").get("/reports/set-aside/").status_code == 403
    assert len(statements(client, "/reports/set-aside/")) <= 6


def test_the_record_of_looks_says_in_words_what_was_seen_and_of_which_case(house, sign_in):
    case = open_case(house, "NORTH")
    sign_in("case_worker", "NORTH").get(f"/cases/{case.id}/")
    client = sign_in("auditor", "NORTH")
    page = client.get("/record/")
    assert "Looked at the case" in page.text
    assert f"?reference={case.reference}" in page.text
    assert len(statements(client, "/record/")) <= 6
