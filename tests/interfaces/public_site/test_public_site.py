"""What the public reads: true, hidden where it must be, and the same for everybody (S3, S5, X2)."""

import csv
import io
import json

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amparo.common.types import OPERATOR
from amparo.counting import actions as counting
from amparo.methods.formats.forms import FORMS
from amparo.organisation.models import Place
from amparo.publication import actions
from amparo.publication.indicators import _ALL
from amparo.vocabulary import queries
from tests.counting.build import NAME, identify_table
from tests.publication.build import publish

pytestmark = pytest.mark.django_db(databases="__all__")
CHILDREN = {(2, "NORTH"): 2, (7, "NORTH"): 9, (2, "SOUTH"): 6, (7, "SOUTH"): 8}


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": settings.PUBLIC_HOST})


@pytest.fixture
def draft(house):
    identify_table(house, CHILDREN)
    snapshot = counting.take_snapshot(by=OPERATOR, year=2025)
    return actions.draft(by=house.actor("statistician", "NORTH"), snapshot=snapshot)


@pytest.fixture
def release(house, draft):
    return publish(house, draft)


def rows(answer) -> list[dict]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_before_anything_is_published_the_site_says_so(db, client):
    page = client.get("/")
    assert page.status_code == 200
    assert "No figures have been published yet" in page.text
    assert "It does not say how many children are harmed" in page.text


def test_a_draft_is_known_to_nobody(client, draft):
    assert draft.reference not in client.get("/").text
    for path in ("", "table.csv", "definition.json", "chart-en-light.svg"):
        assert client.get(f"/figures/{draft.reference}/{path}").status_code == 404


def test_the_table_shows_its_numbers_and_says_hidden_where_they_are_hidden(client, release):
    assert f"/figures/{release.reference}/" in client.get("/").text
    page = client.get(f"/figures/{release.reference}/")
    assert page.text.count(">hidden</td>") == 4
    assert '<td data-label="All ages" class="sum">25</td>' in page.text
    assert '<td data-label="10 to 14 years" class="">0</td>' in page.text
    assert "not the children who were harmed" in page.text
    assert release.published_at.date().isoformat() in page.text


def test_the_file_has_codes_and_words_and_no_value_where_it_is_hidden(client, release):
    answer = client.get(f"/figures/{release.reference}/table.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"children_identified_2025_{release.reference}.csv" in answer["Content-Disposition"]
    assert not answer.content.startswith(b"\xef\xbb\xbf")
    cells = {(row["age_group"], row["region"]): (row["status"], row["value"]) for row in rows(answer)}
    assert len(cells) == 6 * 4
    assert cells["Y0T4", "LM-NORTH"] == ("hidden", "")
    assert cells["Y0T4", "_T"] == ("shown", "8")
    assert cells["unknown", "LM-SOUTH"] == ("shown", "0")
    first = rows(answer)[0]
    assert (first["age_group_label"], first["region_label"], first["year"]) == ("0 to 4 years", "North region", "2025")


def test_the_words_of_the_file_are_in_the_readers_language(client, release):
    answer = client.get(f"/figures/{release.reference}/table.csv?lang=fr")
    assert rows(answer)[0]["age_group_label"] == "0 à 4 ans"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_table_is_taken_along_in_every_format_with_where_it_is_from(client, release, form):
    page = client.get(f"/figures/{release.reference}/")
    assert f'href="/figures/{release.reference}/table.{form}"' in page.text
    answer = client.get(f"/figures/{release.reference}/table.{form}")
    assert (answer.status_code, answer["Content-Type"]) == (200, FORMS[form].media_type)
    assert f'{release.reference}.{form}"' in answer["Content-Disposition"]
    assert len(answer.content) > 500
    if form in {"csv", "hxl.csv", "json"}:
        told = answer.content.decode()
        for each in (release.snapshot_hash, "amparo 0.1.0", "CC BY 4.0", f"/figures/{release.reference}/"):
            assert each in told


def test_a_format_that_there_is_not_is_not_there(client, release):
    for form in ("xls", "csv.gz", "..", "sdmx22.xml"):
        assert client.get(f"/figures/{release.reference}/table.{form}").status_code == 404


def test_a_corrected_table_leads_to_the_one_that_corrects_it(house, client, release):
    snapshot = counting.take_snapshot(by=OPERATOR, year=2025)
    other = publish(house, actions.draft(by=house.actor("statistician", "NORTH"), snapshot=snapshot))
    by = house.actor("reviewer", "NORTH")
    actions.withdraw(by=by, release=release, reason="wrong_counts", replaced_by=other)
    page = client.get(f"/figures/{release.reference}/")
    assert f'href="/figures/{other.reference}/"' in page.text
    assert "The counts are wrong" in page.text
    assert "<td" not in page.text
    assert client.get(f"/figures/{release.reference}/table.csv").status_code == 404
    assert "Corrected" in client.get("/").text


def test_a_place_whose_name_is_a_formula_runs_in_no_spreadsheet(client, release):
    Place.objects.filter(code="LM-NORTH").update(name="=HYPERLINK(1)")
    labels = {row["region_label"] for row in rows(client.get(f"/figures/{release.reference}/table.csv"))}
    assert "'=HYPERLINK(1)" in labels


def test_the_definition_can_be_read_by_a_machine(client, release):
    answer = client.get(f"/figures/{release.reference}/definition.json")
    told = json.loads(answer.content)
    assert (told["indicator"], told["year"], told["policy"]["threshold"]) == ("children_identified", 2025, 5)
    assert set(told["dimensions"]["age_group"]) == {"Y0T4", "Y5T9", "Y10T14", "Y15T17", "unknown", "_T"}
    assert "1 to 4 are hidden" in told["method"]
    assert release.reference in told["cite"]
    assert told["demonstration"] is False


def test_the_chart_is_an_image_with_words_beside_it(client, release):
    page = client.get(f"/figures/{release.reference}/")
    assert f'src="/figures/{release.reference}/chart-en-light.svg"' in page.text
    assert 'alt="Children identified, 2025: bars by Region' in page.text
    answer = client.get(f"/figures/{release.reference}/chart-en-light.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert b"<script" not in answer.content
    for nonsense in ("chart-xx-light.svg", "chart-en-purple.svg"):
        assert client.get(f"/figures/{release.reference}/{nonsense}").status_code == 404


def test_a_withdrawn_table_says_why_and_shows_no_number(house, client, release):
    actions.withdraw(by=house.actor("reviewer", "NORTH"), release=release, reason="wrong_counts")
    page = client.get(f"/figures/{release.reference}/")
    assert page.status_code == 200
    assert "The counts are wrong" in page.text
    assert "<td" not in page.text
    for path in ("table.csv", "definition.json", "chart-en-light.svg"):
        assert client.get(f"/figures/{release.reference}/{path}").status_code == 404
    assert "Withdrawn" in client.get("/").text


@pytest.mark.parametrize("path", ["", "table.csv", "definition.json", "chart-en-light.svg"])
def test_no_cookie_is_set_and_nothing_tells_of_a_child(client, release, path):
    for page in (client.get("/"), client.get(f"/figures/{release.reference}/{path}")):
        assert not page.cookies
        assert page["Cache-Control"] == "public, max-age=300"
        assert NAME not in page.content.decode()
        assert str(release.snapshot_id) not in page.content.decode()
        assert "default-src 'none'" in page["Content-Security-Policy"]


def test_the_language_comes_from_the_browser_or_the_address_and_is_carried_on(client, release):
    arabic = client.get(f"/figures/{release.reference}/", headers={"accept-language": "ar"})
    assert (arabic["Content-Language"], 'dir="rtl"' in arabic.text) == ("ar", True)
    assert "من 0 إلى 4 سنوات" in arabic.text
    assert "chart-ar-light.svg" in arabic.text
    asked = client.get("/?lang=es", headers={"accept-language": "ar"})
    assert (asked["Content-Language"], 'lang="es"' in asked.text) == ("es", True)
    assert f"/figures/{release.reference}/?lang=es" in asked.text


@pytest.mark.parametrize("path", ["/?lang=xx", "/?lang=%00", "/?lang=../../etc", "/?lang="])
def test_a_language_that_there_is_not_is_english(db, client, path):
    assert client.get(path)["Content-Language"] == "en"


@pytest.mark.parametrize(
    "path", ["/figures/F-0000-0000/", "/figures/%3Cscript%3E/", "/figures/x/y/", "/cases/", "/sign-in/", "/figures/"]
)
def test_what_is_not_there_is_not_there(db, client, path):
    assert client.get(path).status_code == 404


def test_the_public_writes_nothing(client, release):
    for path in ("/", f"/figures/{release.reference}/", f"/figures/{release.reference}/table.csv"):
        assert client.post(path, {"lang": "fr"}).status_code in {403, 405}


def test_pages_ask_the_database_little(client, release):
    def statements(path: str) -> int:
        with CaptureQueriesContext(connections["default"]) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    statements(f"/figures/{release.reference}/")  # the code lists are read once a process
    assert statements("/") <= 2  # tables and estimates
    # The release, its cells, its charts, the years beside each other, and the regions' names for each of them.
    assert statements(f"/figures/{release.reference}/") <= 9
    assert statements(f"/figures/{release.reference}/table.csv") <= 3
    assert statements(f"/figures/{release.reference}/chart-en-light.svg") <= 1


def test_a_table_cites_the_terms_of_what_it_counts_and_of_everything_that_divides_it(client, release):
    told = json.loads(client.get(f"/figures/{release.reference}/definition.json").content)
    assert set(told["vocabulary"]) == {"indicator", *told["dimensions"]}
    page = client.get(f"/figures/{release.reference}/").text
    for address in told["vocabulary"].values():
        path = f"/vocabulary/{address.partition('/vocabulary/')[2]}"
        assert f'href="{path}"' in page
        assert client.get(path).status_code == 200
    assert rows(client.get(f"/figures/{release.reference}/table.csv"))[0]["address"] == told["address"]


def test_whatever_can_be_published_has_its_term():
    assert set(_ALL) <= queries.codes("indicator")
