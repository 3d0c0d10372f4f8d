"""People who really sign in: a password, then a code from their device."""

import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.cache import cache
from django.test import Client

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "four quiet words here"


PERIOD, TO_SEND = 30, 0.3  # seconds that a code is good for, and that sending it may take


def code() -> str:
    """The code of this moment; of the next one where it would be stale before it is read."""
    if (left := PERIOD - time.time() % PERIOD) < TO_SEND:
        time.sleep(left)
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture(autouse=True)
def _no_failures_from_other_tests() -> None:
    cache.clear()


@pytest.fixture
def sign_in(house):
    """`sign_in("case_worker", "NORTH")` gives a client that went through both factors."""

    def through(role: str, agency: str, *, factor: bool = True) -> Client:
        person = house.people[role, agency]
        person.set_password(PASSWORD)
        person.save()
        client = Client(headers={"host": settings.OFFICE_HOST})
        if factor:
            Authenticator.objects.get_or_create(
                user=person,
                type=Authenticator.Type.TOTP,
                defaults={"data": {"secret": get_adapter().encrypt(SECRET)}},
            )
        client.post("/sign-in/", {"login": person.username, "password": PASSWORD})
        if factor:
            client.post("/second-factor/authenticate/", {"code": code()})
        return client

    return through
