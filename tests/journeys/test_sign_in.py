"""Signing in as a person does it, in a browser: passkeys, the list of sessions, the lock."""

import pytest

from amparo.demo.build import PASSWORD
from tests.browser import examine, name_of, sign_in

pytestmark = pytest.mark.browser
# People whom no other test signs in: these tests end sessions and lock names.
WITH_PASSKEY = name_of("case_worker", "SHEL")
LOCKED = name_of("supervisor", "HOT")


@pytest.fixture
def authenticator(visit):
    """A page at the sign-in whose browser holds a security key that always says yes."""
    page = visit("office", "/sign-in/")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
           "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    return page


def type_password(page, product, username: str, password: str = PASSWORD) -> None:
    page.goto(product.at("office", "/sign-in/"))
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("form:has([name=password]) [type=submit]").click()


def sign_out(page) -> None:
    page.locator("header summary").click()
    page.locator("header form[action$='sign-out/'] button").click()
    page.wait_for_url("**/sign-in/")


def test_a_passkey_takes_the_place_of_the_code_and_ends_a_session_elsewhere(authenticator, visit, product):
    page = authenticator
    sign_in(page, product, WITH_PASSKEY)
    page.goto(product.at("office", "/second-factor/webauthn/add/"))
    assert "/again/" in page.url
    assert examine(page) == []
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form:has([name=password]) [type=submit]").first.click()
    page.wait_for_url("**/webauthn/add/")
    assert examine(page) == []
    page.locator("[name=name]").fill("The key on my desk")
    with page.expect_navigation():
        page.locator("#mfa_webauthn_add").click()
    page.goto(product.at("office", "/second-factor/webauthn/"))
    assert "The key on my desk" in page.locator("main").inner_text()
    assert examine(page) == []
    elsewhere = visit("office", storage_state=page.context.storage_state())
    page.context.clear_cookies()
    type_password(page, product, WITH_PASSKEY)
    assert examine(page) == []
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url(product.at("office"))
    assert page.locator("h1").inner_text() == "My day"
    page.goto(product.at("office", "/sessions/"))
    assert page.locator("tbody tr").count() == 2
    assert examine(page) == []
    page.locator("main form button[type=submit]").click()
    elsewhere.goto(product.at("office", "/cases/"))
    assert elsewhere.url.endswith("/sign-in/")
    page.goto(product.at("office", "/cases/"))
    assert page.locator("h1").inner_text() == "Cases"


def test_without_the_key_the_password_opens_nothing(visit, product):
    page = visit("office", "/sign-in/")
    type_password(page, product, name_of("case_worker", "BARN"))
    page.goto(product.at("office", "/cases/"))
    assert page.url.endswith("/second-factor/authenticate/")


def test_ten_wrong_passwords_lock_the_name_and_the_page_tells_nothing_of_it(visit, product):
    page = visit("office", "/sign-in/")
    for _ in range(10):
        type_password(page, product, LOCKED, "a wrong one, again")
    assert examine(page) == []
    type_password(page, product, LOCKED)
    assert page.locator("[name=code]").count() == 0
    page.goto(product.at("office", "/cases/"))
    assert page.url.endswith("/sign-in/")


def test_after_signing_out_the_back_button_shows_no_case(visit, product):
    page = visit("office", "/sign-in/")
    sign_in(page, product, name_of("case_worker", "SOC-E"))
    page.goto(product.at("office", "/cases/"))
    sign_out(page)
    page.go_back()
    assert page.url.endswith("/sign-in/")
