"""Agencies and the people who work there (X1)."""

import pytest
from django.conf import settings
from django.test import Client

from amparo.audit.models import Event
from amparo.organisation.models import Agency, Membership, Person
from amparo.organisation.queries import current
from tests.cases.build import open_case

pytestmark = pytest.mark.django_db(databases="__all__")


def test_everybody_at_the_desk_sees_who_works_where_and_no_child(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("police", "NORTH")
    assert "North office" in client.get("/organisation/").text
    page = client.get(f"/organisation/{house.agencies['NORTH'].id}/").text
    assert "Demo case_worker NORTH" in page
    assert case.reference not in page


def test_an_administrator_founds_an_agency_once(house, sign_in):
    client = sign_in("administrator", "NORTH")
    told = {"code": "EAST", "name": "East office", "kind": "ngo", "place": "LM-NORTH"}
    assert client.post("/organisation/found/", told).status_code == 302
    again = client.post("/organisation/found/", told)
    assert "There is an agency with the code EAST already." in again.text
    assert Agency.objects.filter(code="EAST").count() == 1


def test_a_new_person_gets_a_password_that_is_shown_once_and_opens_the_door(house, sign_in):
    client = sign_in("administrator", "NORTH")
    agency = house.agencies["NORTH"]
    told = {"username": "new.one", "name": "Demo new", "role": "case_worker", "team": house.teams["NORTH"].id}
    added = client.post(f"/organisation/{agency.id}/person/", told)
    password = added.context["password"]
    assert password in added.text
    assert password not in str(list(Event.objects.values_list("detail", flat=True)))
    fresh = Client(headers={"host": settings.OFFICE_HOST})
    fresh.post("/sign-in/", {"login": "new.one", "password": password})
    assert fresh.get("/").url == "/second-factor/totp/activate/"
    assert Person.objects.get(username="new.one").memberships.get().role == "case_worker"


def test_the_same_post_is_not_given_twice(house, sign_in):
    client = sign_in("administrator", "NORTH")
    told = {"username": "auditor.south", "role": "reviewer"}
    path = f"/organisation/{house.agencies['NORTH'].id}/post/"
    assert client.post(path, told).status_code == 302
    assert client.post(path, told).status_code == 409
    assert "Nobody signs in with this name." in client.post(path, told | {"username": "nobody"}).text


def test_nobody_gives_themselves_a_post(house, sign_in):
    client = sign_in("administrator", "NORTH")
    told = {"username": "administrator.north", "role": "auditor"}
    answer = client.post(f"/organisation/{house.agencies['NORTH'].id}/post/", told)
    assert answer.status_code == 409
    assert "ask another administrator" in answer.text


def test_a_post_ends_today_and_what_was_done_in_it_stays(house, sign_in):
    post = house.people["case_worker", "SOUTH"].memberships.get()
    assert sign_in("administrator", "NORTH").post(f"/organisation/posts/{post.id}/end/").status_code == 302
    post.refresh_from_db()
    assert post.to_date is not None


@pytest.mark.parametrize("role", ["supervisor", "auditor", "case_worker"])
def test_others_may_not_change_who_works_where(house, sign_in, role):
    client = sign_in(role, "NORTH")
    agency = house.agencies["NORTH"].id
    before = Membership.objects.filter(current()).count()
    assert (
        client.post(f"/organisation/{agency}/post/", {"username": "auditor.south", "role": "reviewer"}).status_code
        == 403
    )
    assert client.get("/organisation/found/").status_code == 403
    assert "Add a person" not in client.get(f"/organisation/{agency}/").text
    assert Membership.objects.filter(current()).count() == before


def test_a_locked_account_is_out_at_once_and_comes_back_unlocked(house, sign_in):
    worker, admin = sign_in("case_worker", "SOUTH"), sign_in("administrator", "NORTH")
    path = f"/organisation/people/{house.people['case_worker', 'SOUTH'].id}/lock/"
    assert worker.get("/").status_code == 200
    admin.post(path)
    assert worker.get("/").url == "/sign-in/"
    admin.post(path)
    assert Person.objects.get(username="case_worker.south").is_active


def test_nobody_locks_their_own_account(house, sign_in):
    person = house.people["administrator", "NORTH"]
    assert sign_in("administrator", "NORTH").post(f"/organisation/people/{person.id}/lock/").status_code == 409
