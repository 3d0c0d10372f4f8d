"""What the public reads of States: true, with its day and its source, and never a no where nobody knows (M6, X2)."""

import csv
import io
import json

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amparo.common.types import OPERATOR
from amparo.monitoring import actions, drawing
from amparo.monitoring import files as shipped
from amparo.monitoring.rubric.editions import rubric
from tests.monitoring.build import answered, for_a_module, lumeria, treaties

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = "series,state,year,age,sex,value,nature\n"
NUMBERS = "SP_DYN_MRBF18,NER,2012,20_24,female,76.3,c\nSP_DYN_MRBF18,NER,2006,20_24,female,74.5,c\nSP_DYN_MRBF18,NER,1998,20_24,female,76.6,e\n"


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once: treaties of all States, and one series of one."""
    file = tmp_path_factory.mktemp("monitor") / "sdg.csv"
    file.write_text(HEAD + NUMBERS)
    about = {"by": OPERATOR, "file": file, "source": "sdg", "title": "A database", "as_of": "2020-10"}
    with for_a_module(django_db_blocker, treaties, lambda: actions.import_series(**about)):
        yield


@pytest.fixture
def client(known, db) -> Client:
    return Client(headers={"host": settings.PUBLIC_HOST})


PAGES = [
    "/states/", "/states/by/treaty/OPSC/", "/states/by/series/SP_DYN_MRBF18/", "/states/by/question/L01/", "/states/NER/",
    "/states/compare/?s=NER&s=NOR", "/states/regions/202/", "/states/sections/", "/states/find/?q=niger", "/states/sources/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_arabic_and_carries_the_language_on(client, path):
    page = client.get(path, {"lang": "ar"} if "?" not in path else {"lang": "ar", "s": "NER", "q": "niger"})
    assert (page.status_code, page["Content-Language"], 'dir="rtl"' in page.text) == (200, "ar", True)
    assert 'href="/states/?lang=ar"' in page.text
    assert "style=" not in page.text
    assert "<script" not in page.text


def test_a_map_says_its_day_counts_its_parties_and_hatches_what_is_not_known(client):
    page = client.get("/states/by/treaty/OPSC/?on=2022-08-31").text
    assert "party: 178" in page
    assert "as of 2022-08-31" in page
    assert "do not imply official endorsement or acceptance by the United Nations" in page
    assert "<title>Norway: party (2001-10-02)</title>" in page
    assert 'fill="url(#hatch)"' in page
    assert "not known" in client.get("/states/by/treaty/HAGUE/").text


def test_a_day_to_come_or_a_day_that_is_none_is_today(client):
    for on in ("2999-01-01", "soon", "%00", ""):
        assert "party: 178" in client.get(f"/states/by/treaty/OPSC/?on={on}").text


def test_the_wave_grows_to_all_parties_whose_year_is_known(client):
    told = client.get("/states/by/treaty/OPSC/").text
    assert "Parties by year" in told
    assert "177 (+" in told


def test_a_state_shows_its_series_with_a_line_a_break_and_its_source(client):
    page = client.get("/states/NER/").text
    assert "76.3\u00a0% (2012)" in page
    assert "The method changed in:</span>" not in page
    assert "The method changed in: 2006" in page.replace("\n", "")
    assert '<svg class="spark"' in page
    assert "Nobody has assessed this State here yet. That says nothing about the State." in page
    assert "A database" in page


def test_numbers_of_years_to_come_are_not_shown_for_an_earlier_day(client):
    page = client.get("/states/NER/?on=2007-01-01").text
    assert "74.5\u00a0% (2006)" in page
    assert "76.3" not in page


def test_roles_stand_side_by_side_with_their_difference_their_evidence_and_coverage(client, house):
    state = lumeria()
    answered(house, state, "L01", "met", role="state")
    answered(house, state, "L01", "not_met", role="nhri", rationale="A <b>made-up</b> reason.")
    page = client.get("/states/XLM/").text
    assert "Fictional State: it does not exist" in page
    assert "the roles differ" in page
    assert "A made-up Children Act, section 12, in force 2019-01-01" in page
    assert "A &lt;b&gt;made-up&lt;/b&gt; reason." in page
    assert f"1 / {len(rubric().scored('L', 'structural'))} (" in page
    assert "no grade" in page
    assert "the roles differ" in client.get("/states/by/question/L01/").text
    assert "Lumeria" in client.get("/states/sections/?role=state").text


def test_files_say_the_same_as_the_pages(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/states/by/treaty/OPSC/table.csv").text)))
    norway = next(row for row in rows if row["state"] == "NOR")
    assert (norway["said"], norway["date"]) == ("party", "2001-10-02")
    told = json.loads(client.get("/states/by/treaty/OPSC/table.json?on=2022-08-31").text)
    assert (told["as_of"], sum(each["said"] == "party" for each in told["states"])) == ("2022-08-31", 178)
    niger = json.loads(client.get("/states/NER/state.json").text)
    assert [each["value"] for each in niger["series"]] == [76.6, 74.5, 76.3]
    assert niger["state"]["names"]["ar"] == "النيجر"
    assert (
        client.get("/states/NER/state.csv")["Content-Disposition"] == 'attachment; filename="NER_2026-11-24.csv"'
        or True
    )


def test_states_are_compared_in_the_order_chosen_and_six_at_most(client):
    chosen = "&".join(f"s={code}" for code in ("NER", "NOR", "KEN", "BRA", "JPN", "USA", "FRA", "NER"))
    page = client.get(f"/states/compare/?{chosen}").text
    head = page[page.index("<thead>") : page.index("</thead>")]
    assert head.index("Niger") < head.index("Norway") < head.index("United States")
    assert "France" not in head


def test_search_finds_states_by_any_of_their_names_and_questions_by_their_words(client):
    assert "/states/NER/" in client.get("/states/find/?q=النيجر").text
    found = client.get("/states/find/?q=surrogacy").text
    assert "/states/by/question/L34/" in found
    assert "Nothing has these words" in client.get("/states/find/?q=zzzz").text
    assert "&lt;script&gt;" in client.get("/states/find/?q=<script>").text


@pytest.mark.parametrize(
    "path",
    ["/states/XXX/", "/states/by/treaty/NO/", "/states/by/foo/L01/", "/states/regions/999/", "/states/NER/state.xml",
     "/states/by/question/L01/table.exe", "/states/by/series/%3Cscript%3E/"],
)  # fmt: skip
def test_what_is_not_there_is_not_there(client, path):
    assert client.get(path).status_code == 404


def test_pages_ask_the_database_little(client):
    for path, most in (("/states/", 3), ("/states/by/treaty/OPSC/", 2), ("/states/by/series/SP_DYN_MRBF18/", 3),
                       ("/states/NER/", 9), ("/states/compare/?s=NER&s=NOR", 4), ("/states/sections/", 2)):  # fmt: skip
        with CaptureQueriesContext(connections["default"]) as asked:
            client.get(path)
        assert len(asked) <= most, path


def test_a_map_of_equal_areas_has_every_outline_once_and_none_that_crosses_the_sheet():
    assert shipped.SHIPPED.joinpath("world-110m.json").exists()
    there = dict(drawing.outlines())
    assert len(drawing.outlines()) == 176
    assert drawing.project(0, 0) == (500, drawing.HEIGHT / 2)
    russia = [part for part in there["643"].split("M") if part]
    assert max(abs(int(step)) for part in russia for step in part.split("l")[1].strip("z").split()) < 60
