"""Exploring figures at the desk: counts with noise for whoever explores, exact ones for who may, both recorded (S1)."""

import re

import pytest

from amparo.audit.models import Event
from amparo.common.types import OPERATOR
from amparo.counting.frozen import cubes, queries
from amparo.counting.frozen.actions import take
from amparo.counting.frozen.models import SavedView
from amparo.methods.tabulation.asking import Question
from tests.counting.build import NAME, identify_table

pytestmark = pytest.mark.django_db(databases="__all__")
PAGE = "/figures/explore/"
CHILDREN = {(2, "NORTH"): 2, (7, "NORTH"): 9, (2, "SOUTH"): 6, (16, "SOUTH"): 8}
ASKED = {"indicator": "children_identified", "rows": "age_group", "columns": "region"}


@pytest.fixture
def frozen(house):
    queries.forget()
    identify_table(house, CHILDREN)
    taken = take(by=OPERATOR)
    cubes.rebuild(by=OPERATOR, frozen=taken)
    yield taken
    queries.forget()


def numbers(page):
    return [int(each) for each in re.findall(r'<td class="number" data-label="[^"]*">(\d+)</td>', page.text)]


def test_the_exact_table_is_the_statisticians_and_the_look_is_recorded(frozen, sign_in):
    page = sign_in("statistician", "NORTH").get(PAGE, {**ASKED, "exact": "1"})
    assert numbers(page) == [2, 6, 8, 9, 0, 9, 0, 8, 8, 11, 14, 25]
    assert "These are exact counts" in page.text
    event = Event.objects.get(verb="figures:seen_exact")
    assert event.detail["by"] == "age_group,region"
    assert NAME.split()[0] not in page.text


def test_everybody_else_gets_noise_however_they_ask(frozen, sign_in):
    pages = [sign_in(role, "NORTH").get(PAGE, {**ASKED, "exact": "1"}) for role in ("reviewer", "supervisor")]
    seen = [numbers(page) for page in pages]
    assert seen[0] == seen[1]
    truth = [2, 6, 8, 9, 0, 9, 0, 8, 8, 11, 14, 25]
    assert all(abs(shown - true) <= queries.MOST_NOISE for shown, true in zip(seen[0], truth, strict=True))
    assert not any(shown in range(1, queries.NEVER_BELOW) for shown in seen[0])
    assert "These are exact counts" not in pages[0].text
    assert not Event.objects.filter(verb="figures:seen_exact").exists()
    assert Event.objects.filter(verb="figures:explored").count() == 2


def test_the_same_children_have_the_same_noise_in_a_cube_and_out_of_it_and_in_the_next_snapshot(house, frozen):
    by = house.actor("reviewer", "NORTH")
    question = Question("children_identified", ("age", "region"))
    from_cube = queries.explore(by=by, question=question, frozen=frozen).grid.table()
    frozen.parts.filter(name__startswith="cube:").delete()
    queries.forget()
    assert queries.explore(by=by, question=question, frozen=frozen).grid.table() == from_cube
    assert queries.explore(by=by, question=question, frozen=take(by=OPERATOR)).grid.table() == from_cube


def test_a_view_is_kept_without_its_answer_and_only_its_owner_forgets_it(house, frozen, sign_in):
    client = sign_in("statistician", "NORTH")
    page = client.post(f"{PAGE}views/", {**ASKED, "only": "sex:female"}, follow=True)
    view = SavedView.objects.get()
    assert (view.indicator, view.by, view.where) == (
        "children_identified",
        ["age_group", "region"],
        {"sex": ["female"]},
    )
    assert "Kept: the question, never its answer." in page.text
    assert "My views" in page.text
    other = sign_in("statistician", "SOUTH")
    assert "My views" not in other.get(PAGE).text
    assert other.post(f"{PAGE}views/", {"drop": str(view.id)}).status_code == 404
    assert other.post(f"{PAGE}views/", {"drop": "nonsense"}).status_code == 422
    client.post(f"{PAGE}views/", {"drop": str(view.id)})
    assert not SavedView.objects.exists()


FIVE = {
    "indicator": "children_identified", "rows": "region", "rows_2": "age", "rows_3": "year", "rows_4": "form",
    "columns": "sex",
}  # fmt: skip


def test_a_table_of_five_dimensions_comes_in_pages_with_the_noise_of_the_whole(house, frozen, sign_in):
    by = ("region", "age", "year", "form", "sex")
    answer = queries.explore(by=OPERATOR, question=Question("children_identified", by), frozen=frozen)
    lines = answer.grid.numbers.reshape(-1, answer.grid.numbers.shape[-1]).tolist()
    client = sign_in("reviewer", "NORTH")
    page = client.get(PAGE, FIVE).text
    counted = numbers_of(page)
    seen = [line for line in lines[:-1] if line[-1]]
    assert sorted(counted[:-1]) == sorted(seen)
    assert counted[-1] == lines[-1]
    later = client.get(PAGE, {**FIVE, "first": "9999"}).text
    assert numbers_of(later) == [lines[-1]]
    assert client.get(PAGE, {**FIVE, "first": "nonsense"}).text.count("<tr>") == page.count("<tr>")


def test_a_long_table_is_read_on_page_by_page(frozen, sign_in, monkeypatch):
    monkeypatch.setattr("amparo.interfaces.office.figures.exploring.MOST", 5)
    client = sign_in("statistician", "NORTH")
    first = client.get(PAGE, {**FIVE, "exact": "1"}).text
    assert "Rows 1 to 5 of " in first
    address = re.search(r'href="([^"]*first=5)" rel="next"', first)[1].replace("&amp;", "&")
    second = client.get(PAGE + address).text
    assert "Rows 6 to 10 of " in second
    assert numbers_of(first)[:-1] != numbers_of(second)[:-1]


def numbers_of(text):
    """Row by row."""
    cell = re.compile(r'<td class="number" data-label="[^"]*">(\d+)</td>')
    rows = [list(map(int, cell.findall(row))) for row in text.split("<tr>")]
    return [row for row in rows if row]


def test_a_table_that_is_too_large_says_so(frozen, sign_in, monkeypatch):
    monkeypatch.setattr("amparo.methods.tabulation.arrays.MOST_CELLS", 5)
    page = sign_in("reviewer", "NORTH").get(PAGE, {**FIVE, "rows": "nationality"})
    assert "too many cells" in page.text


def test_every_indicator_can_be_explored_and_what_does_not_fit_it_is_left_out(frozen, sign_in):
    client = sign_in("statistician", "NORTH")
    for indicator in ("children_served", "report_hours_to_claim", "worker_load", "nonsense"):
        page = client.get(PAGE, {**ASKED, "indicator": indicator, "rows": "form", "only": "sex:nonsense"})
        assert page.status_code == 200


def test_without_a_snapshot_the_page_says_how_one_is_taken(house, sign_in):
    assert "amparo snapshot take" in sign_in("reviewer", "NORTH").get(PAGE).text
