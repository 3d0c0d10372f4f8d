"""Estimates in public: never without interval and verdict, and never the overlaps (S4, S5)."""

import csv
import io
import json

import pytest
from django.conf import settings
from django.test import Client

from amparo.publication.estimates import actions
from tests.publication.build import STATEMENT, computed, justified, meet, published

pytestmark = pytest.mark.django_db(databases="__all__")
CHILDREN = {("NORTH",): 23, ("SOUTH",): 17, ("NORTH", "SOUTH"): 11}


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": settings.PUBLIC_HOST})


@pytest.fixture
def made(house):
    meet(house, CHILDREN)
    return justified(house, computed(house))


def test_before_its_check_it_is_known_to_nobody(client, made):
    assert made.reference not in client.get("/").text
    for path in ("", "table.csv", "definition.json"):
        assert client.get(f"/estimates/{made.reference}/{path}").status_code == 404


def test_the_page_says_the_figure_with_its_interval_what_it_rests_on_and_what_it_is_not(client, house, made):
    published(house, made)
    sentence = f"About 80 children; the 95 % interval is {made.low} to {made.high}."
    assert sentence in client.get("/").text
    page = client.get(f"/estimates/{made.reference}/").text
    assert page.count(sentence) == 2  # at its head, and where it is cited
    for said in (STATEMENT, "Never cite it without its interval", "No list is filled from another.", "<svg"):
        assert said in page
    assert "None" not in page
    for exact in ("51", "11 of", "Chapman"):
        assert exact not in page.split("<main")[1].split("<svg")[0]


def test_the_files_hold_every_number_with_its_ends_and_verdict(client, house, made):
    published(house, made)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/estimates/{made.reference}/table.csv").content.decode())))
    assert [row["part"] for row in rows] == ["all", "method=main", "method=chao"]
    assert all(row["low"] and row["verdict"] and row["level"] == "0.95" for row in rows if row["total"])
    told = json.loads(client.get(f"/estimates/{made.reference}/definition.json").content)
    assert (told["total"], told["low"], told["high"], told["verdict"]) == (80, made.low, made.high, "ok")
    assert told["children_on_lists"] == 50
    assert "told" not in told
    assert "answers" not in told
    assert told["vocabulary"]["indicator"].endswith("/vocabulary/indicator/children_estimated/")
    page = client.get(f"/estimates/{made.reference}/").text
    for address in told["vocabulary"].values():
        path = address.partition(settings.PUBLIC_HOST)[2].partition("/")[2]
        assert f'href="/{path}"' in page
        assert client.get(f"/{path}").status_code == 200


def test_a_withdrawn_one_says_so_and_shows_no_number(client, house, made):
    published(house, made)
    actions.withdraw(by=house.actor("reviewer", "SOUTH"), estimate=made, reason="replaced")
    page = client.get(f"/estimates/{made.reference}/")
    assert "Do not use its numbers any more" in page.text
    assert "interval is" not in page.text
    assert client.get(f"/estimates/{made.reference}/table.csv").status_code == 404


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh-hans"])
def test_it_is_read_in_every_language(client, house, made, language):
    published(house, made)
    page = client.get(f"/estimates/{made.reference}/", {"lang": language})
    assert page.status_code == 200
    assert "How many children no list has" not in page.text
