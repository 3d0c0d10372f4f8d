"""The door as it really runs: a process that holds one database and no key of the desk (security notes 8.1, 8.3, 8.18)."""

import base64
import json
import re
import signal
import threading
import time
from urllib.parse import urlencode

import httpx
import pytest

from tests.interfaces.report_door.conftest import FORM, HEADERS, POLICY
from tests.interfaces.report_door.program import PRIVATE, PUBLIC, Program

MARKS = {"words": "Quillfeather", "where": "Mulberrymill", "contact": "marked-contact", "agent": "MarkedBrowser/9"}
ADDRESS = "198.51.100.77"


@pytest.fixture
def program(tmp_path):
    program = Program(tmp_path / "door", AMPARO_DOOR_BEHIND_PROXY="true")
    yield program
    if program.process:
        program.stop(signal.SIGKILL)


def opened(program: Program) -> list[dict]:
    from amparo.intake.postbox import sealing

    rows = json.loads(program.python("print(json.dumps([row.sealed.hex() for row in desk.waiting(limit=100000)]))"))
    return [json.loads(sealing.unseal(PRIVATE, PUBLIC, bytes.fromhex(row))) for row in rows]


def test_the_program_configures_one_database_and_loads_nothing_of_cases(program):
    shown = json.loads(
        program.python(
            "from django.conf import settings; import amparo.config.urls_door, amparo.interfaces.report_door.views;"
            "print(json.dumps({'databases': {k: v['ENGINE'] for k, v in settings.DATABASES.items()},"
            " 'apps': settings.INSTALLED_APPS, 'modules': sorted(n for n in sys.modules if n.startswith('amparo.')),"
            " 'keys': [n for n in dir(settings) if n.startswith(('ROOT_KEY', 'ACCOUNT', 'MFA', 'SESSION_IDLE'))]}))"
        )
    )
    assert shown["databases"] == {"default": "django.db.backends.dummy", "door": "amparo.config.sqlite"}
    assert shown["apps"] == [
        "django.contrib.staticfiles", "csp", "amparo.intake.postbox", "amparo.interfaces.report_door",
    ]  # fmt: skip
    assert shown["keys"] == []
    steps = {name.split(".")[1] for name in shown["modules"]}
    assert steps == {"audit", "common", "config", "intake", "interfaces"}
    assert "amparo.audit.models" not in shown["modules"]


def test_a_whole_visit_leaves_no_trace_in_browser_log_or_file(program):
    program.start()
    with program.client() as visitor:
        visitor.headers.update({"user-agent": MARKS["agent"], "x-forwarded-for": ADDRESS})

        def press(page: str, **fields) -> str:
            sheet = re.search(r'name="sheet" value="([^"]+)"', page)
            form = fields | ({"sheet": sheet[1]} if sheet else {})
            seen(
                response := visitor.post(
                    "/en/", content=urlencode(form), headers={"content-type": FORM["content_type"]}
                )
            )
            return response.text

        def seen(response: httpx.Response) -> None:
            assert "set-cookie" not in response.headers
            assert {name: response.headers[name] for name in HEADERS} == HEADERS
            assert set(response.headers["content-security-policy"].split("; ")) == POLICY

        for path in ("/", "/en/", "/x", "/nope", "/static/door/door.css", "/static/nope"):
            seen(visitor.get(path))
        page = press(
            press("", go="tell"), go="send", told=MARKS["words"], where=MARKS["where"], contact=MARKS["contact"]
        )
        code = " ".join(re.findall(r"<b>(\d{4})</b>", page))
        page = press(press("", go="back"), go="open", code=code)
        press(page, go="write", told=f"More of {MARKS['words']}")
        press(press("", go="back"), go="open", code=code[::-1])
        press("", go="send", told=MARKS["words"] + "data:image/png;base64,abc")
        seen(visitor.post("/api/reports", json={"told": MARKS["words"]}))
        seen(
            visitor.post(
                "/api/reports", content=b"\xff" + MARKS["words"].encode(), headers={"content-type": "image/png"}
            )
        )
    assert program.stop() == 0
    assert [letter["told"] for letter in opened(program)] == [
        MARKS["words"],
        f"More of {MARKS['words']}",
        MARKS["words"],
    ]
    files = {path.name: path.read_bytes() for path in program.folder.iterdir() if path.is_file()}
    assert {name.partition("-")[0] for name in files} == {"door.sqlite3", "door.secret", "door.pepper"}
    everything = b"".join(files.values()) + program.printed.read_bytes()
    for mark in (*MARKS.values(), ADDRESS, code, code.replace(" ", ""), code.replace(" ", "")[6:19]):
        raw = mark.encode()
        for shape in (raw, mark.encode("utf-16-le"), base64.b64encode(raw).rstrip(b"="), raw.hex().encode(), raw[::-1]):
            assert shape not in everything


def test_an_unexpected_error_is_logged_by_its_place_and_never_by_its_words():
    import logging
    import sys

    from amparo.interfaces.report_door.logs import Wordless

    try:
        raise ValueError(MARKS["words"])
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 1, "Failed %s", (MARKS["words"],), sys.exc_info()
        )
    record.status_code = 500
    line = Wordless().format(record)
    assert MARKS["words"] not in line
    assert re.fullmatch(r"\d{4}-\d\d-\d\d ERROR django.request 500 ValueError test_an_unexpected_\w+:\d+", line)


def tell_until_killed(program: Program, acknowledged: list[str], unexpected: list[int]) -> None:
    with program.client() as client:
        try:
            while True:
                response = client.post("/api/reports", json={"told": "One sentence."})
                if response.status_code == 201:
                    acknowledged.append(response.json()["receipt"])
                else:
                    unexpected.append(response.status_code)
        except httpx.TransportError:
            return


def kill_under_load(program: Program, rounds: int) -> None:
    acknowledged: list[str] = []
    unexpected: list[int] = []
    for number in range(rounds):
        before = len(acknowledged)
        program.start()
        people = [
            threading.Thread(target=tell_until_killed, args=(program, acknowledged, unexpected)) for _ in range(4)
        ]
        for person in people:
            person.start()
        while len(acknowledged) < before + 5:
            time.sleep(0.02)
        time.sleep(0.05 * (number % 7))
        program.stop(signal.SIGKILL)
        for person in people:
            person.join()
    assert unexpected == []
    program.start()
    with program.client() as client:
        for code in acknowledged:
            assert client.post("/api/threads", json={"code": code}).status_code == 200
    program.stop()
    letters, links, sound, numbers = json.loads(
        program.python(
            "v = record.verify(); n = list(Inbound.objects.order_by('number').values_list('number', flat=True));"
            "print(json.dumps([len(n), v.links, v.sound, n]))"
        )
    )
    assert sound
    assert letters >= len(acknowledged)
    assert numbers == list(range(1, letters + 1))
    assert links == letters + len(acknowledged)
    assert len(opened(program)) == letters


def test_whatever_was_acknowledged_before_a_kill_is_there(program):
    kill_under_load(program, rounds=2)


@pytest.mark.long
def test_whatever_was_acknowledged_before_fifty_kills_is_there(program):
    kill_under_load(program, rounds=50)
