"""Passwords, and who is put out of the house (security, sign-in)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from amparo.common import clock
from amparo.common.types import OPERATOR
from amparo.organisation import actions
from amparo.organisation.models import Membership
from tests.doors.world import client_of

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize("common", ["password1234", "qwertyuiop12", "short", "case_worker.north"])
def test_a_common_a_short_and_a_guessable_password_is_refused(house, common):
    with pytest.raises(ValidationError):
        validate_password(common, house.people["case_worker", "NORTH"])


@pytest.mark.parametrize(
    "long", ["four quiet words here", "alllowercaseandlong", "密码一二三四五六七八九十甲乙", "x7 " * 60]
)
def test_whatever_is_long_enough_is_taken_whole_and_as_it_is(house, long):
    person = house.people["case_worker", "NORTH"]
    validate_password(long, person)
    person.set_password(long)
    assert person.check_password(long)
    assert not person.check_password(long[:-1])
    assert not person.check_password(long.swapcase()) or long.swapcase() == long


def test_the_field_of_a_password_is_masked_and_lets_a_manager_fill_it():
    page = Client(headers={"host": settings.OFFICE_HOST}).get("/sign-in/").text
    field = page[page.index('name="password"') - 200 : page.index('name="password"') + 300]
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page


def test_a_new_password_needs_the_old_one(house):
    person = house.people["case_worker", "NORTH"]
    person.set_password("four quiet words here")
    person.save()
    client = client_of(SimpleNamespace(house=house), "case_worker")
    page = client.get("/password/").text
    assert 'name="oldpassword"' in page


def test_whoever_is_locked_is_out_at_once(house):
    client = client_of(SimpleNamespace(house=house), "case_worker")
    assert client.get("/").status_code == 200
    actions.lock(by=OPERATOR, person=house.people["case_worker", "NORTH"])
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
    assert client.get("/api/v1/me").status_code == 401


def test_a_post_that_ended_yesterday_opens_nothing_today(house):
    client = client_of(SimpleNamespace(house=house), "case_worker")
    assert client.get("/cases/").status_code == 200
    for post in Membership.objects.filter(person=house.people["case_worker", "NORTH"]):
        post.from_date = clock.today() - timedelta(days=9)
        post.save()
        actions.end_post(by=OPERATOR, post=post, on=clock.today() - timedelta(days=1))
    assert client.get("/cases/").status_code == 403


@pytest.mark.parametrize("leaning", ["amparo-amparo1", "Northoffice2026", "localhost localhost"])
def test_a_password_that_leans_on_words_of_this_house_is_refused(house, leaning):
    with pytest.raises(ValidationError, match="words that everybody here knows"):
        validate_password(leaning, house.people["case_worker", "NORTH"])
    validate_password(f"{leaning} and four quiet words", house.people["case_worker", "NORTH"])


@pytest.fixture
def newcomer(house):
    return actions.add_person_with_post(
        by=OPERATOR, username="new.comer", name="Demo newcomer", password="four quiet words here",
        role="case_worker", agency=house.agencies["NORTH"], team=house.teams["NORTH"],
    )  # fmt: skip


def test_a_first_password_opens_nothing_but_the_change_of_it(house, newcomer):
    person, first, own = house.people["case_worker", "NORTH"], "four quiet words here", "my very own five words"
    person.first_password_until = newcomer.first_password_until
    person.set_password(first)
    person.save()
    client = client_of(SimpleNamespace(house=house), "case_worker")
    answer = client.get("/cases/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/password/")
    assert client.get("/api/v1/me").status_code == 401
    assert client.get("/password/").status_code == 200
    client.post("/password/", {"oldpassword": first, "password1": own, "password2": own})
    person.refresh_from_db()
    assert person.first_password_until is None
    assert client_of(SimpleNamespace(house=house), "case_worker").get("/cases/").status_code == 200


def test_a_first_password_ends_after_a_week(newcomer, rf):
    given = {"username": "new.comer", "password": "four quiet words here"}
    assert authenticate(rf.post("/sign-in/"), **given) == newcomer
    with clock.stopped(clock.now() + timedelta(days=8)):
        assert authenticate(rf.post("/sign-in/"), **given) is None
