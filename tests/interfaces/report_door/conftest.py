"""The door's program inside the desk's tests: its settings, its addresses, and a visitor without a cookie jar."""

import csv
import re
from pathlib import Path

import pytest
from django.test import Client

import amparo
from amparo.config.settings import door as program
from amparo.intake.postbox import desk
from amparo.interfaces.report_door.limits import buckets
from amparo.interfaces.report_door.repeats import repeats
from tests.intake.postbox.conftest import IntakeKey, board, postbox  # noqa: F401 - a fixture

LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh-hans"]
TAKEN = (
    "ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "LOCALE_PATHS", "STATICFILES_DIRS", "STATICFILES_FINDERS",
    "WHITENOISE_ALLOW_ALL_ORIGINS", "DATA_UPLOAD_MAX_MEMORY_SIZE", "SECURE_REFERRER_POLICY", "SECRET_KEY",
    "CONTENT_SECURITY_POLICY", "ALLOWED_HOSTS", "DOOR_BEHIND_PROXY", "DOOR_BURST", "DOOR_EXIT",
)  # fmt: skip
POLICY = {
    "default-src 'none'", "style-src 'self'", "img-src 'self'", "script-src 'self'", "form-action 'self'",
    "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noarchive",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LINES = [
    {"name": "Helpline of Lumeria", "number": "555 0100", "hours": "24 h", "languages": "English", "place": "Alba"},
    {"name": "Chat of Lumeria", "number": "555 0101", "hours": "8-20", "languages": "", "place": ""},
]


def shipped(scheme: str) -> dict[str, dict[str, str]]:
    file = Path(amparo.__file__).parent / "vocabulary" / "data" / f"{scheme}.csv"
    with file.open(encoding="utf-8") as rows:
        return {
            row["code"]: {language: row[language] for language in ("en", "fr", "es", "ar", "ru", "zh")}
            for row in csv.DictReader(rows)
        }


LABELS = {scheme: shipped(scheme) for scheme in ("reporter_kind", "worry", "channel_back")}
FULL = {
    "help_lines": LINES,
    "labels": LABELS,
    "places": [["LM-AL", "Alba"], ["LM-BO", "Boreal"]],
    "agencies": [[code, f"Agency {code}"] for code in ("MIN", "HELP", "BARN", "NGO-C")],
}


def traceless(response) -> None:
    """What every answer of the door must be, whatever it says."""
    assert not response.cookies
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY


class Visitor:
    """Somebody at the door. Each answer is checked for traces before a test sees it."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "door.localhost"}, raise_request_exception=False)
        self.page = ""

    def get(self, path: str = "/en/", **more):
        return self._seen(self.client.get(path, **more))

    def press(self, go: str, *, language: str = "en", headers: dict | None = None, **fields):
        """Press a button of the page that was shown last, with its hidden sheet."""
        sheet = re.search(r'name="sheet" value="([^"]+)"', self.page)
        form = {"go": go, **({"sheet": sheet[1]} if sheet else {}), **fields}
        return self._seen(self.client.post(f"/{language}/", self.encoded(form), **FORM, headers=headers))

    def send_raw(self, body: bytes, content_type: str, path: str = "/en/", **more):
        return self._seen(self.client.generic("POST", path, body, content_type=content_type, **more))

    def call(self, path: str, content):
        return self._seen(self.client.post(path, content, content_type="application/json"))

    def code(self) -> str:
        return " ".join(re.findall(r"<b>(\d{4})</b>", self.page))

    def tell(self, told: str = "A child I know needs somebody to talk to.", **fields) -> str:
        self.press("tell")
        self.press("send", told=told, **fields)
        return self.code()

    def come_back(self, code: str):
        self.press("back")
        return self.press("open", code=code)

    @staticmethod
    def encoded(form: dict) -> str:
        from urllib.parse import urlencode

        return urlencode(form, doseq=True)

    def _seen(self, response):
        traceless(response)
        whole = b"".join(response.streaming_content) if response.streaming else response.content
        self.page = whole.decode()
        return response


FORM = {"content_type": "application/x-www-form-urlencoded"}


@pytest.fixture
def at_the_door(settings) -> None:
    for name in TAKEN:
        setattr(settings, name, getattr(program, name))
    settings.DOOR_AN_HOUR = 0
    settings.DOOR_ROOM = 0
    buckets.filled.clear()
    repeats.given.clear()


@pytest.fixture
def visitor(postbox: IntakeKey, at_the_door) -> Visitor:  # noqa: F811
    desk.publish_board(board(postbox.public, **FULL))
    return Visitor()
