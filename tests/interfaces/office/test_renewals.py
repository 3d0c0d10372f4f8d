"""The pages of a lost sign-in, from the administrator's word to the new password (ASVS 6.4.3)."""

import pytest
from django.conf import settings
from django.test import Client

from amparo.organisation.renewals.models import Renewal
from tests.interfaces.office.conftest import PASSWORD

pytestmark = pytest.mark.django_db(databases="__all__")
NEW = "five quiet words of mine"


def halves(house, sign_in):
    """Both parts of the code, each as the page shows it once."""
    person, agency = house.people["case_worker", "NORTH"], house.agencies["NORTH"]
    start = sign_in("administrator", "NORTH").post(
        f"/organisation/{agency.id}/people/{person.id}/renew/", {"known_by": "in_person", "factor": ""}
    )
    path = f"/organisation/renewals/{Renewal.objects.get().id}/"
    supervisor = sign_in("supervisor", "NORTH")
    assert "Demo case_worker NORTH" in supervisor.get("/organisation/renewals/").text
    second = supervisor.post(path, {"known": "on"})
    return start.context["half"], second.context["half"]


def test_two_people_and_the_person_themselves_walk_through_it(house, sign_in):
    first, second = halves(house, sign_in)
    fresh = Client(headers={"host": settings.OFFICE_HOST})
    assert "/sign-in/renew/" in fresh.get("/sign-in/").text
    told = {"username": "case_worker.north", "first": first, "second": second, "password": NEW, "again": NEW}
    differ = fresh.post("/sign-in/renew/", told | {"again": "other"})
    assert (differ.status_code, "not the same" in differ.text) == (422, True)
    assert fresh.post("/sign-in/renew/", told).url == "/sign-in/"
    assert "Sign in with it." in fresh.get("/sign-in/").text
    assert fresh.post("/sign-in/", {"login": "case_worker.north", "password": PASSWORD}).status_code == 200
    assert fresh.post("/sign-in/", {"login": "case_worker.north", "password": NEW}).status_code == 302


def test_a_wrong_code_is_told_in_one_sentence_and_no_password_comes_back(house, sign_in):
    halves(house, sign_in)
    told = {"username": "case_worker.north", "first": "1", "second": "2", "password": NEW, "again": NEW}
    page = Client(headers={"host": settings.OFFICE_HOST}).post("/sign-in/renew/", told)
    assert page.status_code == 422
    assert "does not open anything" in page.text
    assert NEW not in page.text


def test_the_supervisor_hears_that_somebody_waits(house, sign_in):
    person, agency = house.people["case_worker", "NORTH"], house.agencies["NORTH"]
    sign_in("administrator", "NORTH").post(
        f"/organisation/{agency.id}/people/{person.id}/renew/", {"known_by": "in_person"}
    )
    page = sign_in("supervisor", "NORTH").get("/").text
    assert "a second person has to confirm" in page
    assert "/organisation/renewals/" in page
