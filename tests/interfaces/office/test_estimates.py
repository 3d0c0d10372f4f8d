"""The desk's pages of estimates: lists, overlaps, methods, justification, two others' check (S4)."""

from uuid import uuid4

import pytest

from amparo.common.types import WORKER
from amparo.publication.estimates import actions
from amparo.publication.estimates.models import Estimate
from amparo.publication.estimates.words import SUPPOSED
from tests.counting.build import NAME
from tests.interfaces.office.test_cases import statements
from tests.publication.build import STATEMENT, computed, drafted, justified, meet

pytestmark = pytest.mark.django_db(databases="__all__")
CHILDREN = {("NORTH",): 23, ("SOUTH",): 17, ("NORTH", "SOUTH"): 11}
CHOICE = {"first": "2025", "last": "2025", "grouping": "agency", "strata": ""}
ASKED = CHOICE | {"lists": ["NORTH", "SOUTH"]}
JUSTIFIED = {f"supposed_{code}": "holds" for code in SUPPOSED} | {"statement": STATEMENT}


@pytest.fixture(autouse=True)
def _children(house):
    meet(house, CHILDREN)


def test_from_the_lists_to_the_public_all_from_the_pages(house, sign_in):
    statistician = sign_in("statistician", "NORTH")
    assert "New estimate" in statistician.get("/figures/estimates/").text
    listed = statistician.get("/figures/estimates/new/", CHOICE).text
    assert "North office (34)" in listed
    assert "UpSet" not in listed
    shown = statistician.get("/figures/estimates/new/", ASKED).text
    assert "51 children are on these lists, 11 of them on more than one" in shown
    assert shown.count("<rect") == 3
    assert '<th scope="row">North office + South office</th>' in shown
    asked = ASKED | {"methods": ["main", "chao"], "boot": "50"}
    waiting = statistician.post("/figures/estimates/new/", asked, follow=True)
    assert "0 of 2 methods have answered" in waiting.text
    assert waiting["Refresh"] == "5"
    while actions.compute(by=WORKER):
        pass
    made = Estimate.objects.get()
    page = statistician.get(f"/figures/estimates/{made.id}/")
    assert "About 80 children; the 95 % interval is" in page.text
    assert "Lists independent of each other" in page.text
    handed = statistician.post(f"/figures/estimates/{made.id}/justify/", JUSTIFIED, follow=True)
    assert "It waits for the verdicts of two others." in handed.text
    reviewer = sign_in("reviewer", "SOUTH")
    assert STATEMENT in reviewer.get(f"/figures/estimates/{made.id}/").text
    noted = reviewer.post(f"/figures/estimates/{made.id}/check/", {"agree": "yes"}, follow=True)
    assert "Your verdict is noted." in noted.text
    second = sign_in("reviewer", "NORTH")
    published = second.post(f"/figures/estimates/{made.id}/check/", {"agree": "yes"}, follow=True)
    assert "Published." in published.text
    withdrawn = reviewer.post(f"/figures/estimates/{made.id}/withdraw/", {"reason": "replaced"}, follow=True)
    assert "Withdrawn." in withdrawn.text


def test_whoever_made_it_sees_no_button_and_is_told_why(house, sign_in):
    made = justified(house, computed(house))
    client = sign_in("statistician", "NORTH")
    page = client.get(f"/figures/estimates/{made.id}/")
    assert "I agree" not in page.text
    assert "you made this estimate; two other people must check it" in page.text
    assert client.post(f"/figures/estimates/{made.id}/check/", {"agree": "yes"}).status_code == 403


def test_a_reviewer_reads_the_figure_but_never_the_overlaps(house, sign_in):
    made = computed(house)
    client = sign_in("reviewer", "NORTH")
    page = client.get(f"/figures/estimates/{made.id}/").text
    assert "Your justification" not in page
    assert client.get("/figures/estimates/new/", ASKED).status_code == 403


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"lists": ["NORTH"]}, 422), ({"lists": ["NORTH", "NOWHERE"]}, 422), ({"first": "2024", "last": "2020"}, 422),
        ({"methods": []}, 422), ({"methods": ["magic"]}, 422), ({"boot": "3"}, 422), ({"boot": "x"}, 422),
        ({"strata": "form"}, 422), ({"grouping": "team"}, 422), ({"lists": ["NORTH"] * 25}, 422),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_and_nothing_is_asked(house, sign_in, change, status):
    client = sign_in("statistician", "NORTH")
    asked = ASKED | {"methods": ["main"], "boot": "50"} | change
    assert client.post("/figures/estimates/new/", asked).status_code == status
    assert Estimate.objects.count() == 0


def test_a_justification_with_a_hole_is_refused(house, sign_in):
    made = computed(house)
    client = sign_in("statistician", "NORTH")
    for wrong in ({"statement": "Too short."}, {"supposed_apart": ""}, {"supposed_apart": "perhaps"}):
        assert client.post(f"/figures/estimates/{made.id}/justify/", JUSTIFIED | wrong).status_code == 422
    made.refresh_from_db()
    assert made.status == "computed"


def test_an_estimate_that_could_not_be_computed_says_what_to_do(house, sign_in):
    made = drafted(house)
    Estimate.objects.update(status="failed")
    page = sign_in("statistician", "NORTH").get(f"/figures/estimates/{made.id}/")
    assert "Choose others: fewer, or larger." in page.text


def test_no_page_names_a_child(house, sign_in):
    made = computed(house)
    client = sign_in("statistician", "NORTH")
    pages = [
        client.get(path, given).text
        for path, given in (
            ("/figures/estimates/", {}), ("/figures/estimates/new/", ASKED), (f"/figures/estimates/{made.id}/", {}),
        )
    ]  # fmt: skip
    assert NAME not in "".join(pages)


def test_pages_take_few_statements(house, sign_in):
    made = computed(house)
    client = sign_in("statistician", "NORTH")
    for path in ("/figures/estimates/", f"/figures/estimates/{made.id}/"):
        client.get(path)  # the code lists are read once a process
    assert len(statements(client, "/figures/estimates/")) <= 6
    assert len(statements(client, f"/figures/estimates/{made.id}/")) <= 8
    assert client.get(f"/figures/estimates/{uuid4()}/").status_code == 404
