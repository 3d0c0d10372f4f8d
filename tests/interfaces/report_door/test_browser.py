"""The door in a real browser: by keyboard, without JavaScript, on a small phone, and gone in a moment (security notes 8.16)."""

import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.interfaces.report_door.conftest import LANGUAGES
from tests.interfaces.report_door.program import Program

pytestmark = pytest.mark.browser
STEPS = ["start", "tell", "back", "help", "safety"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SMALL = {"width": 360, "height": 740}


class Weather(BaseHTTPRequestHandler):
    """A page that says nothing about anybody."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Weather</title><h1>Weather</h1>")

    def log_message(self, *_arguments) -> None:
        pass


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    weather = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    threading.Thread(target=weather.serve_forever, daemon=True).start()
    exit_page = f"http://weather.localhost:{weather.server_port}/"
    program = Program(tmp_path_factory.mktemp("browser") / "door", AMPARO_DOOR_EXIT=exit_page).start()
    yield f"http://door.localhost:{program.port}"
    program.stop()
    weather.shutdown()
    weather.server_close()


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    contexts = []

    def opened(address: str, **options):
        context = chromium.new_context(viewport=SMALL, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.told = []
        page.on("console", lambda message: page.told.append(message.text))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def step(page, name: str) -> None:
    if name != "start":
        page.locator(f"button[value={name}]").first.click()


def tab_to(page, selector: str) -> None:
    page.locator(selector).first.wait_for()
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_is_walked_by_keyboard_without_javascript(door, open_page, language):
    page = open_page(f"{door}/{language}/", java_script_enabled=False)
    tab_to(page, "button[value=tell]")
    page.keyboard.press("Enter")
    tab_to(page, "#told")
    page.keyboard.type("One sentence.")
    tab_to(page, "input[name=danger]")
    page.keyboard.press("Space")
    tab_to(page, "button[value=send]")
    page.keyboard.press("Enter")
    code = page.locator(".code").inner_text()
    assert re.fullmatch(r"(\d{4}\s*){5}", code)
    tab_to(page, "button[value=start]")
    page.keyboard.press("Enter")
    tab_to(page, "button[value=back]")
    page.keyboard.press("Enter")
    tab_to(page, "#code")
    page.keyboard.type("".join(code.split()))
    page.keyboard.press("Enter")
    tab_to(page, "#told")
    page.keyboard.type("One more.")
    tab_to(page, "button[value=write]")
    page.keyboard.press("Enter")
    expect(page.locator(".notice[role=status]")).to_be_visible()
    assert page.url == f"{door}/{language}/"
    assert page.context.cookies() == []


def left(page) -> None:
    expect(page).to_have_title("Weather", timeout=15_000)


def test_the_first_stop_of_the_keyboard_leads_out(door, open_page):
    page = open_page(f"{door}/en/", java_script_enabled=False)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    left(page)


def test_the_button_leads_out_and_the_way_back_is_closed(door, open_page):
    page = open_page("about:blank")
    page.goto(f"{door}/en/")
    step(page, "tell")
    page.fill("#told", "One sentence.")
    page.click(".exit")
    left(page)
    assert page.context.cookies() == []
    storage = page.context.storage_state()
    assert storage == {"cookies": [], "origins": []}
    page.go_back()
    assert "One sentence." not in page.content()


def test_three_times_shift_hides_the_page_at_once(door, open_page):
    page = open_page(f"{door}/en/")
    page.route("**/x", lambda route: (time.sleep(0.5), route.continue_()))
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(page.locator("main")).to_be_visible()
    began = time.monotonic()
    page.keyboard.press("Shift")
    page.wait_for_function("getComputedStyle(document.body).display === 'none' || document.title === 'Weather'")
    assert time.monotonic() - began < 2
    left(page)


def test_shift_while_writing_does_not_lead_out(door, open_page):
    page = open_page(f"{door}/en/")
    step(page, "tell")
    page.focus("#told")
    for letter in "ABCDEF":
        page.keyboard.press(f"Shift+{letter}")
    assert page.input_value("#told") == "ABCDEF"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_hinders_people_who_hear_or_touch_the_page(door, open_page, language, scheme):
    faults = {}
    page = open_page(f"{door}/{language}/", color_scheme=scheme, bypass_csp=True)
    for name in [*STEPS, "send"]:
        page.goto(f"{door}/{language}/")
        step(page, "tell" if name == "send" else name)
        if name == "send":
            page.locator("button[value=send]").click()
        for fold in page.locator("details:not([open]) summary").all():
            fold.click()
        found = Axe().run(page).response["violations"]
        faults |= {f"{name}: {fault['id']}": [node["html"] for node in fault["nodes"]] for fault in found}
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
        small = page.evaluate(
            """[...document.querySelectorAll('main a, button, input:not([type=hidden]), select, textarea, .exit, .pick')]
            .map(e => (e.closest('.pick') || e)).filter(e => e.getClientRects().length && !e.closest('.wrong'))
            .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
        )
        assert small == []
    assert faults == {}


def test_a_crawl_breaks_no_rule_of_the_page(door, open_page):
    page = open_page(f"{door}/en/")
    for name in STEPS:
        page.goto(f"{door}/en/")
        step(page, name)
    assert page.told == []
