"""The desk's pages of linkage: why a case was met, questions between agencies, two records side by side (C1, S2)."""

import re

import pytest

from amparo.common.types import OPERATOR
from amparo.linkage import running
from amparo.linkage.models import Contact, Merge, Pair
from tests.cases.build import open_case
from tests.interfaces.api.asking import get, post
from tests.interfaces.office.test_register import SEARCH

pytestmark = pytest.mark.django_db(databases="__all__")
NAME = "Quillonia Testperson"


def asked(house, client) -> Contact:
    open_case(house, "SOUTH", given=NAME)
    page = client.post("/register/", SEARCH)
    (path,) = re.findall(r"/contacts/[0-9a-f-]+/ask/", page.text)
    client.post(path)
    return Contact.objects.get()


def test_a_case_of_ones_own_is_met_with_a_chance_a_drawing_and_the_same_as_a_table(house, sign_in):
    case = open_case(house, "NORTH", given=NAME)
    page = sign_in("case_worker", "NORTH").post("/register/", SEARCH)
    assert case.reference in page.text
    assert re.search(r"How likely it is the same child, by what both records say: \d+ %", page.text)
    assert 'role="img" aria-label="What speaks for the same child, and what against"' in page.text
    assert re.search(r'<th scope="row">Given name</th><td data-label="What it shows">the same', page.text)


def test_of_another_agency_there_is_neither_a_chance_nor_a_reason(house, sign_in):
    open_case(house, "SOUTH", given=NAME)
    page = sign_in("case_worker", "NORTH").post("/register/", SEARCH)
    assert "Ask South office" in page.text
    assert "How likely" not in page.text
    assert "<svg class" not in page.text


def test_a_question_goes_there_and_back(house, sign_in):
    north = sign_in("case_worker", "NORTH")
    contact = asked(house, north)
    south = sign_in("supervisor", "SOUTH")
    assert contact.reference in south.get("/contacts/").text
    page = south.get(f"/contacts/{contact.id}/")
    assert "Demo case_worker NORTH, North office" in page.text
    assert "uillonia" not in page.text
    sent = south.post(f"/contacts/{contact.id}/answer/", {"answer": "same_child"})
    assert sent.headers["Location"] == f"/contacts/{contact.id}/"
    told = north.get(f"/contacts/{contact.id}/").text
    assert "It is the same child" in told
    assert "Speak with Demo supervisor SOUTH, South office." in told


def test_declining_needs_a_reason(house, sign_in):
    contact = asked(house, sign_in("case_worker", "NORTH"))
    south = sign_in("intake_officer", "SOUTH")
    assert south.post(f"/contacts/{contact.id}/decline/", {}).status_code == 422
    south.post(f"/contacts/{contact.id}/decline/", {"reason": "child_objects"})
    assert Contact.objects.get().status == "declined"


def test_the_same_over_the_api(house, sign_in):
    open_case(house, "SOUTH", given=NAME)
    north, south = sign_in("case_worker", "NORTH"), sign_in("supervisor", "SOUTH")
    given = {"id": "8f14e45f-ceea-467f-a8bd-c0f3f4a5d001", "names": ["Quillonia", "Testperson"], "birth_year": 2014,
             "reason": "triage"}  # fmt: skip
    (met,) = post(north, "/children/search", given).json()["met"]
    assert (met["child"], met["score"], met["steps"], met["may_be"]) == (None, None, [], "same")
    assert post(north, f"/contacts/{met['contact']}/ask").json()["status"] == "asked"
    assert [each["id"] for each in get(south, "/contacts").json()] == [met["contact"]]
    said = post(south, f"/contacts/{met['contact']}/answer", {"answer": "cannot_tell"}).json()
    assert (said["status"], said["answer"]) == ("answered", "cannot_tell")
    assert post(south, f"/contacts/{met['contact']}/decline", {"reason": "other"}).status_code == 409
    assert get(north, f"/contacts/{met['contact']}").json()["answer"] == "cannot_tell"


def test_two_supervisors_merge_a_pair_of_the_nightly_run_and_one_parts_it(house, sign_in):
    pytest.importorskip("splink")
    for agency in ("NORTH", "SOUTH"):
        open_case(house, agency, given=NAME)
    running.find(by=OPERATOR)
    pair = Pair.objects.get()
    for agency in ("NORTH", "SOUTH"):
        client = sign_in("supervisor", agency)
        assert pair.reference in client.get("/pairs/").text
        page = client.get(f"/pairs/{pair.id}/").text
        assert page.count("Quillonia") == 1
        assert "Each bar is one thing" not in page
        client.post(f"/pairs/{pair.id}/judge/", {"verdict": "same_child"})
    assert Merge.objects.filter(parted_at=None).count() == 1
    assert "Each bar is one thing" in client.get(f"/pairs/{pair.id}/").text
    assert "All agencies" in client.get("/pairs/quality/").text
    client.post(f"/pairs/{pair.id}/part/", {"reason": "wrong_merge"})
    assert Merge.objects.filter(parted_at=None).count() == 0


def test_an_opinion_is_chosen_or_not_kept(house, sign_in):
    pytest.importorskip("splink")
    for agency in ("NORTH", "SOUTH"):
        open_case(house, agency, given=NAME)
    running.find(by=OPERATOR)
    pair = Pair.objects.get()
    assert sign_in("supervisor", "NORTH").post(f"/pairs/{pair.id}/judge/", {"verdict": ""}).status_code == 422
    assert pair.opinions.count() == 0
