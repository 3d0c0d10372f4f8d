"""What every answer of both programs carries, whoever asks and whatever comes of it (security, browser)."""

import os
import re
import subprocess
import sys
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from tests.cases.build import open_case
from tests.doors.world import client_of
from tests.interfaces.report_door.conftest import HEADERS as AT_THE_DOOR
from tests.interfaces.report_door.conftest import at_the_door  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(databases="__all__")
OFFICE, PUBLIC = "amparo.config.urls_office", "amparo.config.urls_public"
AT_THE_DESK = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
}  # fmt: skip
TELLTALES = {"Server", "X-Powered-By", "X-Django-Version", "Access-Control-Allow-Origin"}
SCRIPT = "<script>alert('brambleway')</script>"


def paths(urlconf: str) -> list[str]:
    """An address of every route, with made-up identifiers."""
    found = set()
    for route in every_route(get_resolver(urlconf)):
        path = re.sub(r"<uuid:\w+>", str(uuid4()), route)
        path = re.sub(r"<int:\w+>", "1", path)
        found.add("/" + re.sub(r"<(?:str:|slug:)?\w+>", "x", path))
    return sorted(path for path in found if "(" not in path)


def every_route(resolver, before: str = ""):
    for each in resolver.url_patterns:
        here = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if hasattr(each, "url_patterns"):
            yield from every_route(each, here)
        else:
            yield here


def at_the_desk(house, asker: str, host: str) -> Client:
    client = client_of(SimpleNamespace(house=house), asker)
    client.defaults["HTTP_HOST"] = host
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("asker", ["nobody", "password_only", "supervisor"])
def test_every_answer_of_the_desk_carries_its_headers(house, asker):
    client, wrong = at_the_desk(house, asker, settings.OFFICE_HOST), {}
    routes = paths(OFFICE)
    assert len(routes) > 150
    for path in routes:
        answer = client.get(path)
        there = {name: answer.headers.get(name) for name in AT_THE_DESK}
        policy = set(answer.headers.get("Content-Security-Policy", "").split("; "))
        if there != AT_THE_DESK or policy != POLICY or answer.headers.get("Cache-Control", "").find("no-store") < 0:
            wrong[path] = dict(answer.headers)
    assert wrong == {}


def test_every_answer_of_the_public_site_carries_its_headers_and_no_cookie(house):
    client = at_the_desk(house, "nobody", settings.PUBLIC_HOST)
    for path in paths(PUBLIC):
        answer = client.get(path)
        assert {name: answer.headers.get(name) for name in AT_THE_DESK} == AT_THE_DESK, path
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY, path
        assert not answer.cookies, path


@pytest.mark.usefixtures("at_the_door")
@pytest.mark.parametrize("path", ["/", "/en/", "/ar/", "/x", "/nowhere", "/api/reports", "/api/threads", "/en/cases/"])
def test_every_answer_of_the_door_carries_its_headers(db, path):
    answer = Client(headers={"host": "door.localhost"}, raise_request_exception=False).get(path)
    assert {name: answer.headers.get(name) for name in AT_THE_DOOR} == AT_THE_DOOR
    assert not answer.cookies


@pytest.mark.parametrize("host", ["office", "public"])
def test_no_answer_invites_another_origin(house, host):
    client = at_the_desk(house, "supervisor", settings.OFFICE_HOST if host == "office" else settings.PUBLIC_HOST)
    answer = client.get("/", headers={"origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_no_answer_names_what_it_runs_on(house):
    for host in (settings.OFFICE_HOST, settings.PUBLIC_HOST):
        for path in ("/", "/nowhere/", "/api/v1/nowhere"):
            answer = at_the_desk(house, "supervisor", host).get(path)
            assert not TELLTALES & set(answer.headers)
            assert "django" not in answer.text.lower()


def test_every_answer_says_what_it_is_and_in_which_signs(house):
    client = at_the_desk(house, "supervisor", settings.OFFICE_HOST)
    assert client.get("/").headers["Content-Type"] == "text/html; charset=utf-8"
    assert client.get("/nowhere/").headers["Content-Type"] == "text/html; charset=utf-8"
    for path in ("/api/v1/me", "/api/v1/nowhere", f"/api/v1/cases/{uuid4()}"):
        assert client.get(path).headers["Content-Type"].startswith("application/json"), path


def test_what_is_not_there_lists_nothing(house):
    for host in (settings.OFFICE_HOST, settings.PUBLIC_HOST):
        for path in ("/static/", "/static/amparo/", "/static/../pyproject.toml", "/.git/config", "/static/x.env"):
            answer = at_the_desk(house, "supervisor", host).get(path)
            assert answer.status_code == 404, path
            assert "Index of" not in answer.text


@pytest.mark.parametrize("host", ["office", "public"])
def test_trace_is_refused(house, host):
    client = at_the_desk(house, "supervisor", settings.OFFICE_HOST if host == "office" else settings.PUBLIC_HOST)
    answer = client.generic("TRACE", "/", headers={"x-marked": "brambleway"})
    assert answer.status_code in {400, 403, 404, 405}
    assert "brambleway" not in answer.text


def test_no_page_carries_script_or_style_of_its_own(house):
    case = open_case(house, "NORTH")
    client = at_the_desk(house, "supervisor", settings.OFFICE_HOST)
    for path in ("/", "/cases/", f"/cases/{case.id}/", f"/cases/{case.id}/access/", "/team/", "/organisation/"):
        page = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|javascript:", page), path


def test_words_typed_at_the_desk_come_back_as_text(house):
    client = at_the_desk(house, "administrator", settings.OFFICE_HOST)
    agency = house.agencies["NORTH"]
    agency.name = SCRIPT
    agency.save()
    page = client.get("/organisation/").text
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    assert SCRIPT not in client.get("/organisation/?x=" + SCRIPT).text


PRODUCTION = {
    "AMPARO_DEMO": "false", "AMPARO_DOMAIN": "example.org", "AMPARO_VAULT_PASSPHRASE": "four quiet words here",
    "AMPARO_HTTPS": "true",
}  # fmt: skip


@pytest.fixture(scope="module")
def in_production(tmp_path_factory):
    """The settings of both programs as they are outside a demonstration, each read by a process of its own."""

    def read(program: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
        told = kept | PRODUCTION | {"AMPARO_DATA": str(tmp_path_factory.mktemp(program))}
        names = (
            "DEBUG", "HTTPS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME",
            "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
            "CSRF_COOKIE_HTTPONLY", "LANGUAGE_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE",
            "LANGUAGE_COOKIE_SAMESITE", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT",
        )  # fmt: skip
        script = (
            f"from amparo.config.settings import {program} as s\n"
            f"for name in {names!r}:\n    print(name, getattr(s, name, None))"
        )
        done = subprocess.run([sys.executable, "-c", script], env=told, check=True, capture_output=True, text=True)
        return dict(line.split(" ", 1) for line in done.stdout.splitlines())

    return {program: read(program) for program in ("desk", "door")}


@pytest.mark.parametrize("program", ["desk", "door"])
def test_no_program_runs_in_debug_mode(in_production, program):
    assert in_production[program]["DEBUG"] in {"False", "None"}


@pytest.mark.parametrize("program", ["desk", "door"])
def test_in_production_nobody_speaks_in_clear(in_production, program):
    told = in_production[program]
    assert int(told["SECURE_HSTS_SECONDS"]) >= 31_536_000
    assert told["SECURE_HSTS_INCLUDE_SUBDOMAINS"] == told["SECURE_SSL_REDIRECT"] == "True"


@pytest.mark.parametrize("cookie", ["SESSION", "CSRF", "LANGUAGE"])
def test_cookies_in_production_are_bound_to_their_host(in_production, cookie):
    told = in_production["desk"]
    assert told[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
    assert told[f"{cookie}_COOKIE_SECURE"] == told[f"{cookie}_COOKIE_HTTPONLY"] == "True"
    assert told[f"{cookie}_COOKIE_SAMESITE"] == "Strict"
