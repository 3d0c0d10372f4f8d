"""Search over everything, the recommendations and their follow-up, the mandate's work, and tables as files (M3-M8)."""

import csv
import io
import json

import pytest
from django.conf import settings
from django.test import Client

from amparo.monitoring import following
from amparo.monitoring.models import State
from tests.law.test_provisions import published as provided
from tests.law.test_provisions import written
from tests.monitoring.build import answered, for_a_module, lumeria, treaties
from tests.monitoring.test_following import entered

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    with for_a_module(django_db_blocker, treaties):
        yield


@pytest.fixture
def client(known, db) -> Client:
    return Client(headers={"host": settings.PUBLIC_HOST})


@pytest.fixture
def lumerian(client, house):
    """A State that does not exist, with a law, a practice, a visit, a duty of a company, and what the UN did."""
    state = lumeria()
    provided(house, offence="sale", element="complaint", answer="not_needed", years=None, law="Children Act")
    united = State.objects.get(pk="UNO")
    lines = (
        (state, {"kind": "practice", "progress": "described", "title": "One register", "themes": ["D"],
                 "replicability": "adaptable"}),
        (state, {"kind": "visit", "progress": "followed_up", "title": "A visit to the capital"}),
        (state, {"kind": "company", "progress": "committed", "title": "A duty to detect", "lead": "A Telecom"}),
        (state, {"kind": "call", "progress": "input_given", "title": "Input on adoption"}),
        (state, {"kind": "follow_up", "subject": "115i", "progress": "started", "title": "A register",
                 "funding": "2 million, 2026 to 2028", "milestones": [
                     {"title": "The law", "due_on": "2026-02-01", "done_on": "2026-03-04"},
                     {"title": "The staff", "due_on": "2027-01-31", "done_on": ""}]}),
        (united, {"kind": "follow_up", "subject": "116b", "progress": "planned", "title": "A note on violations"}),
    )  # fmt: skip
    for whose, line in lines:
        entered(house, whose, **{"subject": "", "source": "A made-up plan"} | line)
    return state


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("Children Act", "/states/XLM/#law"), ("complaint", "/states/XLM/#law"),
        ("register", "/states/XLM/#work"), ("A Telecom", "/states/XLM/#work"), ("adoption", "/states/XLM/#work"),
        ("Lumeria", "/states/XLM/"), ("OPSC", "/states/by/treaty/OPSC/"), ("5.3.1", "/states/by/series/SP_DYN_MRBF18/"),
        ("surrogacy safeguard", "/states/by/question/L35/"), ("central database", "/states/recommendations/#r115i"),
        ("grooming", "/vocabulary/form/grooming/"),
    ],
)  # fmt: skip
def test_search_finds_everything_that_is_public(client, lumerian, asked, leads_to):
    assert f'href="{leads_to}"' in client.get("/states/find/", {"q": asked}).text


def test_search_shows_nothing_that_waits_for_a_second_person(client, lumerian, house):
    written(house, element="complaint", answer="needed", years=None, law="Unread Act")
    following.enter(by=house.actor("monitor_editor", "NORTH"), state=lumerian, kind="visit", progress="agreed",
                    title="Unread visit", source="A letter")  # fmt: skip
    assert "Nothing has these words" in client.get("/states/find/?q=unread").text
    page = client.get("/states/work/?kind=visit").text
    assert ("A visit to the capital" in page, "Unread" in page) == (True, False)


def test_each_recommendation_shows_to_whom_it_is_addressed_and_how_it_is_followed(client, lumerian):
    page = client.get("/states/recommendations/").text
    assert page.count("<h2 id=") == 16
    part = page[page.index('id="r116b"') : page.index('id="r116c"')]
    for words in ("the United Nations", "A note on violations", "planned: 1", "/vocabulary/form/trafficking/"):
        assert words in part
    database = page[page.index('id="r115i"') : page.index('id="r115j"')]
    assert ("started: 1" in database, "17.18" in database, "/states/by/question/D01/" in database) == (True,) * 3


def test_a_line_shows_its_money_its_milestones_and_its_theme(client, lumerian):
    page = client.get("/states/XLM/").text
    for words in ("2 million, 2026 to 2028", "The law", "done 2026-03-04", "due 2027-01-31", "can be adapted elsewhere",
                  "Duty of a company or federation", "Call for input", "followed up"):  # fmt: skip
        assert words in page
    assert "One register" in client.get("/states/practices/?theme=D").text
    assert "One register" not in client.get("/states/practices/?theme=L").text


def test_tables_of_many_states_are_files_too(client, house):
    state = lumeria()
    answered(house, state, "L01", "met")
    compared = list(csv.reader(io.StringIO(client.get("/states/compare/table.csv?s=XLM&s=NOR").text)))
    assert compared[0] == ["kind", "code", "title", "XLM", "NOR"]
    assert ["treaty", "OPSC", "OPSC", "not known", "party 2001-10-02"] in compared
    assert any(row[:2] == ["section", "nhri"] and row[3].startswith("no grade (1/") for row in compared)
    within = json.loads(client.get("/states/regions/154/table.json?on=2022-08-31").text)
    norway = next(row for row in within["rows"] if row["state"] == "NOR")
    assert (within["as_of"], norway["OPSC"]) == ("2022-08-31", "party 2001-10-02")
    sections = list(csv.DictReader(io.StringIO(client.get("/states/sections/table.csv?role=nhri").text)))
    law = next(row for row in sections if (row["section"], row["kind"]) == ("L", "structural"))
    assert (law["state"], law["share"], law["assessed"], law["grade"]) == ("XLM", "1.0", "1", "")
    assert "table.csv?on=2010-01-01" in client.get("/states/by/treaty/OPSC/?on=2010-01-01").text


def test_on_a_phone_each_cell_names_its_state_and_an_arabic_page_keeps_its_dates_in_order(client):
    page = client.get("/states/compare/?s=NER&s=NOR").text
    assert '<td data-label="Norway">party 2001-10-02</td>' in page
    assert "\u20662001-10-02\u2069</td>" in client.get("/states/compare/?s=NER&s=NOR&lang=ar").text


def test_every_page_of_the_monitor_says_its_day(client):
    for path in ("recommendations/", "work/", "practices/", "find/?q=x", "by/treaty/OPSC/", "NOR/", "regions/154/"):
        assert "of 2026-11-24" in client.get(f"/states/{path}").text, path
