"""Nobody reaches the desk without a password and a second factor (X1)."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from amparo.access.permissions import Permission
from amparo.audit.models import Event
from amparo.common import clock
from amparo.config.routes import ANYONE, ROUTES, SIGNED_IN
from amparo.organisation.models import Notice
from tests.interfaces.office.conftest import PASSWORD

pytestmark = pytest.mark.django_db(databases="__all__")
OFFICE = {"host": settings.OFFICE_HOST}


def names(urlconf: str) -> set[str]:
    found: set[str] = set()

    def walk(patterns, space):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                walk(pattern.url_patterns, inner)
            else:
                found.add(f"{space}{pattern.name}")

    walk(get_resolver(urlconf).url_patterns, "")
    return found


def test_every_address_of_the_desk_stands_in_the_table_of_routes():
    addresses = names("amparo.config.urls_office") | names("amparo.config.urls_public")
    # The API library brings a root of its own; left out of the table, it does not exist.
    assert addresses - {"api:api-root"} == set(ROUTES)


def test_every_route_needs_a_permission_or_says_that_it_needs_none():
    assert all(needed in {ANYONE, SIGNED_IN} or needed in set(Permission) for needed in ROUTES.values())


@pytest.mark.parametrize("path", ["/", "/cases/", "/record/", "/glass/", "/second-factor/"])
def test_a_stranger_is_sent_to_sign_in(house, path):
    answer = Client(headers=OFFICE).get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


def test_a_password_alone_opens_nothing_but_the_setting_up_of_a_second_factor(sign_in):
    client = sign_in("case_worker", "NORTH", factor=False)
    answer = client.get("/cases/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/second-factor/totp/activate/")
    again = client.get(answer.headers["Location"])
    assert again.headers["Location"].startswith("/again/")
    client.post(again.headers["Location"], {"password": PASSWORD})
    assert client.get("/second-factor/totp/activate/").status_code == 200
    assert client.get("/cases/").status_code == 302


def test_both_factors_open_the_day(sign_in):
    answer = sign_in("case_worker", "NORTH").get("/")
    assert answer.status_code == 200
    assert "My day" in answer.text


def test_a_used_code_does_not_open_twice(sign_in, house):
    first = sign_in("case_worker", "NORTH")
    assert first.get("/").status_code == 200
    again = Client(headers=OFFICE)
    again.post("/sign-in/", {"login": house.people["case_worker", "NORTH"].username, "password": PASSWORD})
    from tests.interfaces.office.conftest import code

    again.post("/second-factor/authenticate/", {"code": code()})
    assert again.get("/").status_code == 302


def test_an_idle_session_ends_after_fifteen_minutes_and_a_busy_one_after_ten_hours(sign_in):
    client = sign_in("case_worker", "NORTH")
    assert client.get("/").status_code == 200
    with clock.stopped(clock.now() + timedelta(minutes=16)):
        assert client.get("/").status_code == 302


def test_ten_wrong_passwords_lock_the_name_even_for_the_right_one(house, sign_in):
    sign_in("police", "NORTH", factor=False)
    client = Client(headers=OFFICE)
    name = house.people["police", "NORTH"].username
    for _ in range(10):
        answer = client.post("/sign-in/", {"login": name, "password": "a wrong one, again"})
    assert answer.status_code == 429
    assert "locked for half an hour" in answer.text
    client.post("/sign-in/", {"login": name, "password": PASSWORD})
    assert client.get("/").status_code == 302


def test_capitals_do_not_walk_around_the_lock(house, sign_in):
    sign_in("police", "NORTH", factor=False)
    client = Client(headers=OFFICE)
    name = house.people["police", "NORTH"].username
    for number in range(10):
        written = name[:number].upper() + name[number:]
        answer = client.post("/sign-in/", {"login": written, "password": "a wrong one, again"})
    assert answer.status_code == 429


def test_whoever_guesses_at_one_name_locks_nobody_else_out(house, sign_in):
    for number in range(40):
        Client(headers=OFFICE).post("/sign-in/", {"login": f"nobody.{number}", "password": "a wrong one, again"})
    assert sign_in("police", "NORTH").get("/").status_code == 200


def test_one_can_sign_in_behind_a_socket_and_no_address_is_kept(house, sign_in):
    person = house.people["police", "NORTH"]
    sign_in("police", "NORTH", factor=False).logout()
    client = Client(headers=OFFICE, REMOTE_ADDR="")
    client.post("/sign-in/", {"login": person.username, "password": PASSWORD})
    assert client.get("/sessions/").status_code == 200
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}


def test_ten_wrong_codes_end_the_guessing(house, sign_in):
    sign_in("police", "NORTH")
    client = Client(headers=OFFICE)
    name = {"login": house.people["police", "NORTH"].username, "password": PASSWORD}
    client.post("/sign-in/", name)
    told = [client.post("/second-factor/authenticate/", {"code": f"{number:06}"}).text for number in range(11)]
    assert "Incorrect code" in told[9]
    assert "Too many failed login attempts" in told[10]


def test_a_known_and_an_unknown_name_fail_alike(house, sign_in):
    sign_in("police", "NORTH", factor=False)
    client = Client(headers=OFFICE)
    known = client.post("/sign-in/", {"login": house.people["police", "NORTH"].username, "password": "wrong, wrong"})
    unknown = client.post("/sign-in/", {"login": "nobody.at.all", "password": "wrong, wrong"})
    assert known.status_code == unknown.status_code == 200
    words = "The username and/or password you specified are not correct."
    assert (words in known.text) and (words in unknown.text)


def test_nobody_registers_themselves(house):
    assert Client(headers=OFFICE).get("/signup/").status_code == 404
    assert Client(headers=OFFICE).get("/accounts/signup/").status_code == 404


def test_the_public_host_answers_nothing_of_the_office(house, sign_in):
    client = sign_in("case_worker", "NORTH")
    answer = client.get("/cases/", headers={"host": settings.PUBLIC_HOST})
    assert answer.status_code == 404
    assert Client(headers={"host": settings.PUBLIC_HOST}).get("/").status_code == 200
    assert Client(headers={"host": "elsewhere.example"}).get("/").status_code == 400


def test_every_page_carries_its_headers(sign_in):
    headers = sign_in("case_worker", "NORTH").get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_public_site_sets_no_cookie(house):
    assert Client(headers={"host": settings.PUBLIC_HOST}).get("/").cookies == {}


def test_a_form_from_another_site_is_refused_with_a_page_in_words(house):
    client = Client(headers=OFFICE, enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert "Load the page again" in answer.text


def test_one_sees_where_one_is_signed_in_and_no_address_is_kept(house, sign_in):
    client = sign_in("case_worker", "NORTH")
    page = client.get("/sessions/", headers={"user-agent": "Made-up browser"})
    assert "Where you are signed in" in page.text
    assert "127.0.0.1" not in page.text
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}


def told_of(person) -> list[tuple[str, str, str, bool]]:
    found = Event.objects.filter(record=person.id, kind="person").order_by("seq")
    return [(each.actor_kind, each.verb, each.outcome, bool(each.session)) for each in found]


def test_signing_in_and_out_stands_in_the_record_under_its_session(house, sign_in):
    person = house.people["auditor", "NORTH"]
    client = sign_in("auditor", "NORTH")
    assert told_of(person)[-1] == ("person", "session:opened", "done", True)
    client.get("/record/")
    opened, read = Event.objects.get(verb="session:opened", record=person.id), Event.objects.latest("seq")
    assert (read.verb, read.session) == ("audit:read", opened.session)
    client.post("/sign-out/")
    assert told_of(person)[-1] == ("person", "session:ended", "done", True)


def test_a_refused_sign_in_stands_in_the_record_without_the_name_that_was_typed(house, sign_in):
    person = house.people["police", "NORTH"]
    sign_in("police", "NORTH", factor=False)
    client = Client(headers=OFFICE)
    client.post("/sign-in/", {"login": f" {person.username.upper()}", "password": "a wrong one, again"})
    client.post("/sign-in/", {"login": "zephyrine.nobody", "password": "a wrong one, again"})
    mine, nobodys = Event.objects.filter(verb="session:refused").order_by("seq")
    assert (mine.record, nobodys.record.int) == (person.id, 0)
    for each in (mine, nobodys):
        assert (each.actor_kind, each.outcome, each.detail) == ("name", "refused", {"factor": "password"})
        assert "zephyrine" not in str(vars(each))
    page = sign_in("auditor", "NORTH").get("/record/?verb=session:&outcome=refused").text
    assert "A sign-in under this name was refused" in page
    assert "Somebody, under a name that nobody has" in page
    assert "zephyrine" not in page


def test_whoever_signs_in_hears_that_somebody_else_tried_before(house, sign_in):
    person = house.people["police", "NORTH"]
    assert "Somebody tried to sign in under your name" not in sign_in("police", "NORTH").get("/").text
    Client(headers=OFFICE).post("/sign-in/", {"login": person.username, "password": "a wrong one, again"})
    cache.clear()  # the code of this half minute was used
    assert "Somebody tried to sign in under your name" in sign_in("police", "NORTH").get("/").text


def test_a_wrong_code_stands_in_the_record(house, sign_in):
    person = house.people["police", "NORTH"]
    sign_in("police", "NORTH").logout()
    client = Client(headers=OFFICE)
    client.post("/sign-in/", {"login": person.username, "password": PASSWORD})
    client.post("/second-factor/authenticate/", {"code": "000000"})
    assert told_of(person)[-1] == ("name", "session:refused", "refused", False)
    assert Event.objects.latest("seq").detail == {"factor": "totp"}


def test_a_changed_password_stands_in_the_record_and_its_owner_hears_of_it(house, sign_in):
    person = house.people["police", "NORTH"]
    new = "four quiet words here"
    sign_in("police", "NORTH").post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert ("person", "password:changed", "done", True) in told_of(person)
    assert [each.code for each in Notice.objects.filter(person=person)] == ["password_changed"]


def test_a_removed_factor_stands_in_the_record_and_its_owner_hears_of_it(house):
    person = house.people["police", "NORTH"]
    gone = Authenticator(user=person, type=Authenticator.Type.TOTP)
    authenticator_removed.send(sender=Authenticator, request=None, user=person, authenticator=gone)
    assert told_of(person)[-1] == ("person", "factor:removed", "done", False)
    assert [each.code for each in Notice.objects.filter(person=person)] == ["factor_changed"]


def test_somebody_without_a_password_is_told_so_in_words(house, sign_in):
    client = sign_in("police", "NORTH")
    person = house.people["police", "NORTH"]
    person.set_unusable_password()
    person.save()
    client.force_login(person, backend="amparo.config.backends.DeskBackend")
    page = client.get("/password/")
    assert (page.status_code, "You have no password" in page.text) == (200, True)


def test_languages_go_by_their_own_names_in_every_language(house):
    page = Client(headers={"host": settings.OFFICE_HOST, "accept-language": "ar"}).get("/sign-in/").text
    for code, name in settings.LANGUAGES:
        assert f'value="{code}" lang="{code}"' in page
        assert f">{name}</button>" in page
