"""The desk's pages of figures: frozen, drafted, checked by two others (S3)."""

from uuid import uuid4

import pytest

from amparo.common.types import OPERATOR
from amparo.counting import actions as counting
from amparo.counting.models import Snapshot
from amparo.publication import actions
from amparo.publication.models import Release
from tests.counting.build import NAME, identify_table
from tests.interfaces.office.test_cases import statements
from tests.publication.build import publish

pytestmark = pytest.mark.django_db(databases="__all__")
CHILDREN = {(2, "NORTH"): 2, (7, "NORTH"): 9, (2, "SOUTH"): 6, (7, "SOUTH"): 8}


@pytest.fixture
def release(house) -> Release:
    identify_table(house, CHILDREN)
    snapshot = counting.take_snapshot(by=OPERATOR, year=2025)
    return actions.draft(by=house.actor("statistician", "NORTH"), snapshot=snapshot)


def test_a_year_is_frozen_drafted_checked_and_public_all_from_the_pages(house, sign_in):
    identify_table(house, CHILDREN)
    statistician = sign_in("statistician", "NORTH")
    page = statistician.post("/figures/freeze/", {"year": "2025"}, follow=True)
    snapshot = Snapshot.objects.get()
    assert f"2025 is frozen as {snapshot.reference}." in page.text
    drafted = statistician.post(f"/figures/snapshots/{snapshot.id}/draft/", follow=True)
    assert drafted.text.count(">hidden</td>") == 4
    assert "that he tried to compute: 1. None came out" in drafted.text
    made = Release.objects.get()
    reviewer = sign_in("reviewer", "SOUTH")
    assert made.reference in reviewer.get("/figures/").text
    noted = reviewer.post(f"/figures/{made.id}/check/", {"agree": "yes"}, follow=True)
    assert "Your verdict is noted." in noted.text
    assert "1 of 2" in noted.text
    assert "I agree" not in noted.text
    second = sign_in("reviewer", "NORTH")
    published = second.post(f"/figures/{made.id}/check/", {"agree": "yes"}, follow=True)
    assert "Published." in published.text
    made.refresh_from_db()
    assert made.status == "published"


def test_whoever_drafted_sees_no_button_and_is_told_why(house, sign_in, release):
    client = sign_in("statistician", "NORTH")
    page = client.get(f"/figures/{release.id}/")
    assert "I agree" not in page.text
    assert "you drafted this table; two other people must check it" in page.text
    answer = client.post(f"/figures/{release.id}/check/", {"agree": "yes"})
    assert answer.status_code == 403
    assert "two other people must check it" in answer.text
    release.refresh_from_db()
    assert release.status == "draft"


def test_a_refusal_needs_a_reason_of_the_list(house, sign_in, release):
    client = sign_in("reviewer", "NORTH")
    assert "I refuse" in client.get(f"/figures/{release.id}/").text
    for reason in ("", "nonsense"):
        assert client.post(f"/figures/{release.id}/check/", {"agree": "no", "reason": reason}).status_code == 422
    page = client.post(f"/figures/{release.id}/check/", {"agree": "no", "reason": "incomplete"}, follow=True)
    assert client.post(f"/figures/{release.id}/check/", {"agree": "yes"}).status_code == 403
    second = sign_in("reviewer", "SOUTH")
    assert "Records are still missing" not in second.get(f"/figures/{release.id}/").text.partition("</dl>")[0]
    page = second.post(f"/figures/{release.id}/check/", {"agree": "yes"}, follow=True)
    assert "Refused." in page.text
    assert "Records are still missing" in page.text.partition("</dl>")[0]


def test_a_published_table_is_withdrawn_from_its_page(house, sign_in, release):
    publish(house, release)
    client = sign_in("statistician", "NORTH")
    page = client.post(f"/figures/{release.id}/withdraw/", {"reason": "wrong_counts"}, follow=True)
    assert "Withdrawn." in page.text
    release.refresh_from_db()
    assert (release.status, release.reason) == ("withdrawn", "wrong_counts")


def test_a_table_that_is_not_safe_is_kept_back_in_words(house, sign_in, release):
    publish(house, release)
    identify_table(house, {(7, "SOUTH"): 1})
    snapshot = counting.take_snapshot(by=OPERATOR, year=2025)
    answer = sign_in("statistician", "NORTH").post(f"/figures/snapshots/{snapshot.id}/draft/")
    assert answer.status_code == 409
    assert "a change of a few children could be recognised" in answer.text


@pytest.mark.parametrize("role", ["case_worker", "supervisor", "intake_officer", "police", "administrator", "auditor"])
def test_others_do_not_come_here(house, sign_in, release, role):
    client = sign_in(role, "NORTH")
    assert 'href="/figures/"' not in client.get("/").text
    for path in ("/figures/", f"/figures/{release.id}/"):
        assert client.get(path).status_code == 403
    for path in (
        "/figures/freeze/",
        f"/figures/snapshots/{release.snapshot_id}/draft/",
        f"/figures/{release.id}/check/",
    ):
        assert client.post(path, {"year": "2025", "agree": "yes"}).status_code == 403


def test_a_reviewer_freezes_and_drafts_nothing(house, sign_in, release):
    client = sign_in("reviewer", "NORTH")
    page = client.get("/figures/")
    assert "Frozen years" not in page.text
    assert release.snapshot.reference not in page.text
    assert client.post("/figures/freeze/", {"year": "2025"}).status_code == 403
    assert client.post(f"/figures/snapshots/{release.snapshot_id}/draft/").status_code == 403


@pytest.mark.parametrize("year", ["", "2999", "x", "1066"])
def test_only_a_year_that_is_over_is_frozen(house, sign_in, year):
    answer = sign_in("statistician", "NORTH").post("/figures/freeze/", {"year": year})
    assert answer.status_code == 422
    assert not Snapshot.objects.exists()


def test_what_is_not_there_is_not_there(house, sign_in):
    client = sign_in("statistician", "NORTH")
    assert client.get(f"/figures/{uuid4()}/").status_code == 404
    for path in (f"/figures/snapshots/{uuid4()}/draft/", f"/figures/{uuid4()}/check/", f"/figures/{uuid4()}/withdraw/"):
        assert client.post(path, {"reason": "other"}).status_code == 404


def test_no_page_of_figures_tells_of_a_child_or_of_a_hidden_count(house, sign_in, release):
    client = sign_in("statistician", "NORTH")
    for path in ("/figures/", f"/figures/{release.id}/"):
        assert NAME not in client.get(path).text
    table = client.get(f"/figures/{release.id}/").context["table"]
    hidden = [number for line in table.lines for number in line.numbers if number.value is None]
    assert len(hidden) == table.hidden == 4


def test_pages_ask_the_database_no_more_than_their_caps(house, sign_in, release):
    client = sign_in("statistician", "NORTH")
    client.get(f"/figures/{release.id}/")  # the code lists are read once a process
    client.get("/figures/")
    assert len(statements(client, "/figures/")) <= 6
    assert len(statements(client, f"/figures/{release.id}/")) <= 8
