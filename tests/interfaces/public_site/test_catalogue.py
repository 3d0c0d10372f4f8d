"""The catalogue, the feed, plain sentences and the years beside each other (S5, X2)."""

import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client

from amparo.methods.formats.forms import FORMS
from amparo.publication.models import ReleaseCell
from amparo.publication.summary import over_the_years, sentences
from tests.publication.build import GRID, standing

pytestmark = pytest.mark.django_db(databases="__all__")
ATOM = "{http://www.w3.org/2005/Atom}"
FULL = dict.fromkeys(GRID, (5, 7, 0, 12)) | {"Y5T9": (9, 30, 0, 39), "_T": (29, 58, 0, 87)}


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": settings.PUBLIC_HOST})


def test_a_table_is_told_in_plain_sentences_and_what_is_hidden_is_compared_with_nothing():
    hidden, full = standing(), standing(year=2024, grid=FULL)
    assert sentences(full) == [
        "In 2024, agencies met 87 children as possible victims and opened a case for each.",
        "The region whose agencies met most: LM-SOUTH.", "The largest age group: 5 to 9 years.",
    ]  # fmt: skip
    assert sentences(hidden)[0] == "In 2025, agencies met 25 children as possible victims and opened a case for each."
    assert sentences(hidden)[-1] == "4 counts are hidden."
    nobody = standing(year=2023, grid=dict.fromkeys(GRID, (None, None, 0, None)))
    assert sentences(nobody) == ["In 2023, so few children were met that not even their number is shown."]
    partly = standing(year=2022, grid=GRID | {"Y10T14": (0, 0, 0, None), "_T": (None, 14, 0, 25)})
    assert not [each for each in sentences(partly) if "largest" in each or "most" in each]


def test_the_years_stand_beside_each_other_and_a_hidden_one_is_a_gap():
    assert over_the_years("children_identified") == []
    standing(grid=GRID | {"_T": (None, 14, 0, 25)})
    assert over_the_years("children_identified") == []
    standing(year=2024, grid=FULL)
    courses = {each.label: each.points for each in over_the_years("children_identified")}
    assert courses == {
        "LM-NORTH": [(2024, 29), (2025, None)], "LM-SOUTH": [(2024, 58), (2025, 14)],
        "All regions": [(2024, 87), (2025, 25)],
    }  # fmt: skip


def test_the_page_shows_the_years_as_small_charts_and_as_a_table(client):
    release = standing()
    standing(year=2024, grid=FULL)
    page = client.get(f"/figures/{release.reference}/").text
    assert page.count('<svg class="plot"') == 3
    assert '<td data-label="2024" class="sum">87</td>' in page
    assert "What this figure is, and is not" in page
    assert "<script" not in page


def test_the_catalogue_finds_by_words_by_indicator_and_by_year(client):
    old, new = standing(year=2024, grid=FULL), standing()

    def found(query: str) -> set[str]:
        page = client.get(f"/?{query}").text
        return {each.reference for each in (old, new) if f"/figures/{each.reference}/" in page}

    assert found("") == found("q=children&indicator=children_identified") == {old.reference, new.reference}
    assert found("year=2024") == found("q=identified+2024") == {old.reference}
    assert found("q=nonsense") == found("year=1999") == found("indicator=other") == set()
    assert "Nothing has these words" in client.get("/?q=%3Cscript%3E").text
    assert "<script" not in client.get("/?q=%3Cscript%3E").text
    assert client.get(f"/?q={'a' * 5000}").status_code == 200


def test_the_feed_tells_of_each_publication_and_of_each_withdrawal(client):
    old = standing(year=2024, grid=FULL)
    standing()
    columns = {
        "status": "withdrawn",
        "reason": "wrong_counts",
        "withdrawn_by": old.id,
        "withdrawn_at": old.published_at,
    }
    type(old).objects.filter(pk=old.pk).update(**columns)
    answer = client.get("/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    titles = [each.findtext(f"{ATOM}title") for each in root.iter(f"{ATOM}entry")]
    assert titles == ["Children identified, 2025", "Children identified, 2024 (Withdrawn)"]
    assert all(each.findtext(f"{ATOM}id").startswith("http") for each in root.iter(f"{ATOM}entry"))
    arabic = client.get("/feed.atom?lang=ar")
    assert arabic.text != answer.text
    ET.fromstring(arabic.content)


def test_an_empty_feed_is_one_too(client):
    assert not list(ET.fromstring(client.get("/feed.atom").content).iter(f"{ATOM}entry"))


def test_the_annex_puts_three_years_side_by_side(client):
    assert client.get("/annex/opsc-2025.docx").status_code == 404
    standing()
    standing(year=2024, grid=FULL)
    page = client.get("/").text
    for form, start in (("docx", b"PK"), ("xlsx", b"PK")):
        assert f'href="/annex/opsc-2025.{form}"' in page
        answer = client.get(f"/annex/opsc-2025.{form}?lang=ar")
        assert (answer.status_code, answer.content[:2]) == (200, start)
        assert f"opsc_annex_2025.{form}" in answer["Content-Disposition"]
    assert client.get("/annex/opsc-2020.docx").status_code == 404
    assert client.get("/annex/opsc-2025.doc").status_code == 404


def test_pages_ask_the_database_little(client, django_assert_max_num_queries):
    release = standing()
    standing(year=2024, grid=FULL)
    client.get(f"/figures/{release.reference}/")  # the code lists are read once a process
    for path, most in (("/", 2), ("/feed.atom", 1), (f"/figures/{release.reference}/", 9)):
        with django_assert_max_num_queries(most):
            client.get(path)


def test_every_table_of_a_release_is_taken_along_in_every_format(client):
    release = standing()
    release.tables, release.first_year = [["region", "age_group"], ["sex", "year"], ["nationality"]], 2024
    release.save()
    numbers = ((1, "female|2024", 9), (1, "female|2025", None), (1, "female|_T", None), (2, "rest", 7), (2, "_T", 7))
    ReleaseCell.objects.bulk_create(
        ReleaseCell(release=release, table=table, place=place, shown=value is not None, value=value)
        for table, place, value in numbers
    )
    page = client.get(f"/figures/{release.reference}/").text
    for form in FORMS:
        for number in (2, 3):
            path = f"/figures/{release.reference}/table-{number}.{form}"
            assert path in page
            assert client.get(path).content
        assert client.get(f"/figures/{release.reference}/table-4.{form}").status_code == 404
    assert "2024-01-01/P2Y" in client.get(f"/figures/{release.reference}/table-3.sdmx.csv").text
    assert client.get("/sdmx/data/DF_CHILDREN_IDENTIFIED_BY_NATIONALITY/A.CHILDREN_IDENTIFIED._O").status_code == 200
