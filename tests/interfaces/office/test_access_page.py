"""Who may see a case, who looked, whom it is shared with, whom a wall keeps out: on its own tab (X1)."""

from datetime import timedelta

import pytest

from amparo.access.models import Wall
from amparo.cases.models import Share
from amparo.common import clock
from tests.cases.build import open_case, share
from tests.interfaces.office.test_cases import statements

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_tab_names_the_team_the_shares_and_their_end(house, sign_in):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    page = sign_in("case_worker", "NORTH").get(f"/cases/{case.id}/access/")
    for words in ("North office, First team", "South office", "codes only", "End this share now"):
        assert words in page.text


def test_a_share_is_made_and_ended_on_its_page(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    until = (clock.today() + timedelta(days=20)).isoformat()
    told = {"agency": str(house.agencies["SOUTH"].id), "compartments": ["identity"], "purpose": "referral",
            "consent": "given", "limits": ["not_abroad"], "until": until}  # fmt: skip
    answer = client.post(f"/cases/{case.id}/share/", told)
    assert answer.headers["Location"] == f"/cases/{case.id}/access/"
    kept = Share.objects.get()
    assert (kept.parts, kept.limit_codes) == (["identity"], ["not_abroad"])
    client.post(f"/cases/{case.id}/shares/{kept.id}/revoke/")
    kept.refresh_from_db()
    assert kept.revoked_at is not None
    assert client.get(f"/cases/{case.id}/access/").status_code == 200


def test_a_share_against_a_no_is_refused_beside_the_field(house, sign_in):
    case = open_case(house, "NORTH")
    told = {"agency": str(house.agencies["SOUTH"].id), "purpose": "referral", "consent": "refused",
            "until": (clock.today() + timedelta(days=20)).isoformat()}  # fmt: skip
    answer = sign_in("case_worker", "NORTH").post(f"/cases/{case.id}/share/", told)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["consent"]
    assert Share.objects.count() == 0


def test_another_cases_share_is_not_ended_from_here(house, sign_in):
    one, other = open_case(house, "NORTH"), open_case(house, "NORTH")
    share(house, other, "SOUTH")
    answer = sign_in("case_worker", "NORTH").post(f"/cases/{one.id}/shares/{Share.objects.get().id}/revoke/")
    assert answer.status_code == 404
    assert Share.objects.get().revoked_at is None


def test_a_supervisor_raises_a_wall_and_another_hand_lifts_it(house, sign_in):
    case = open_case(house, "NORTH")
    whom = house.people["monitor_editor", "NORTH"]
    client = sign_in("supervisor", "NORTH")
    told = {"against": f"person:{whom.id}", "reason": "threat"}
    assert client.post(f"/cases/{case.id}/wall/", told).status_code == 302
    page = client.get(f"/cases/{case.id}/access/")
    assert whom.name in page.text
    wall = Wall.objects.get()
    assert f"/walls/{wall.id}/lift/" not in page.text
    assert client.post(f"/walls/{wall.id}/lift/").status_code == 409
    auditor = sign_in("auditor", "SOUTH")
    listing = auditor.get("/walls/")
    assert case.reference in listing.text
    assert whom.name not in listing.text
    assert auditor.post(f"/walls/{wall.id}/lift/").status_code == 302
    wall.refresh_from_db()
    assert wall.lifted_by == house.people["auditor", "SOUTH"].id


@pytest.mark.parametrize("page", ["access", "looks", "share", "wall", "close", "risk"])
def test_what_somebody_only_shares_they_neither_watch_nor_change(house, sign_in, page):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    client = sign_in("service_provider", "SOUTH")
    assert client.get(f"/cases/{case.id}/").status_code == 200
    assert client.get(f"/cases/{case.id}/{page}/").status_code == 403
    assert sign_in("police", "NORTH").get(f"/cases/{case.id}/{page}/").status_code == 404


def test_the_look_log_shows_the_name_of_whoever_looked(house, sign_in):
    case = open_case(house, "NORTH")
    sign_in("supervisor", "NORTH").get(f"/cases/{case.id}/")
    page = sign_in("case_worker", "NORTH").get(f"/cases/{case.id}/looks/")
    assert "Demo supervisor NORTH" in page.text
    assert "Looked at the case" in page.text


def test_the_tabs_ask_the_database_no_more_than_their_caps(house, sign_in):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    client, provider = sign_in("case_worker", "NORTH"), sign_in("service_provider", "SOUTH")
    for page in ("", "incidents/", "placement/", "access/", "looks/", "close/"):
        client.get(f"/cases/{case.id}/{page}")
        assert len(statements(client, f"/cases/{case.id}/{page}")) <= 8, page
    provider.get(f"/cases/{case.id}/")
    assert len(statements(provider, f"/cases/{case.id}/")) <= 8
