"""A live product and a real browser: the demonstration served by `amparo serve`, walked through in Chromium.

Import `product`, `chromium` and `visit` into a package's `conftest.py`. The server lives for the whole run of a test process; the
browser only for one module, because Playwright keeps an event loop in its thread while it lives, and Django rightly
refuses its databases there.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from amparo.demo.build import PASSWORD
from amparo.interfaces.commands.running import DEMO_SECRET

CHROMIUM = "/usr/bin/chromium"
CHILDREN = int(os.environ.get("AMPARO_TEST_CHILDREN", "30"))
PERIOD = 30  # seconds that a code of the second factor is good for
TO_TYPE = 6  # seconds that typing and sending it may take on a busy machine
QUIET = [
    "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", *(["--no-sandbox"] if os.geteuid() == 0 else []),
]  # fmt: skip


@dataclass
class Product:
    """The served demonstration. `states` keeps who is signed in: a code of the second factor opens once."""

    port: int
    data: Path
    environment: dict[str, str]
    states: dict[str, dict] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    def at(self, host: str, path: str = "/") -> str:
        """The address of `path` at the "door", the "office" or the "public" site."""
        name = "localhost" if host == "public" else f"{host}.localhost"
        return f"http://{name}:{self.port}{path}"

    def run(self, *command: str) -> str:
        """What an operator's command prints."""
        return subprocess.run(
            [sys.executable, "-m", "amparo.config.cli", *command],
            env=self.environment, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    def code(self, username: str) -> str:
        """A code that `username` has not used: each works once, so a second sign-in waits for the next one.

        So does one that begins in the last seconds of a code: until it is typed and sent, the code would be stale.
        """
        counter, past = divmod(time.time(), PERIOD)
        if self.used.get(username) == counter or PERIOD - past < TO_TYPE:
            time.sleep((counter + 1) * PERIOD - time.time() + 0.05)
            counter += 1
        self.used[username] = counter
        return format_hotp_value(hotp_value(DEMO_SECRET, int(counter)))


def name_of(role: str, agency: str) -> str:
    """The demonstration's user name of whoever holds `role` in `agency`."""
    return f"{role.replace('_', '.')}.{agency.lower()}"


def free_port() -> int:
    """A port that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def own_environment(data: Path, **more: str) -> dict[str, str]:
    """This process's environment without anything of Amparo's or Django's, for a product with its own data.

    All who come to its door come from one address here, so the door does not count them.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    return kept | {"AMPARO_DATA": str(data), "AMPARO_DEMO": "true", "AMPARO_DOOR_AN_HOUR": "0"} | more


@pytest.fixture(scope="session")
def product(tmp_path_factory) -> Iterator[Product]:
    """The demonstration, built small and served on a port of its own until the test process ends."""
    with served(tmp_path_factory.mktemp("product")) as made:
        yield made


@contextmanager
def served(data: Path) -> Iterator[Product]:
    """Build the demonstration in `data` and serve it as an operator would."""
    made = Product(free_port(), data, own_environment(data))
    made.run("setup")
    made.run("demo", "build", "--children", str(CHILDREN))
    with (data / "serve.log").open("w") as log:
        serving = subprocess.Popen(
            [sys.executable, "-m", "amparo.config.cli", "serve", "--port", str(made.port)],
            env=made.environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            wait_until_it_answers(serving, made)
            yield made
        finally:
            stop(serving)


def wait_until_it_answers(serving: subprocess.Popen, made: Product, *, seconds: float = 40) -> None:
    """Return when the public site answers; fail with the server's own words when it does not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and serving.poll() is None:
        try:
            # Not every resolver knows that localhost has sub-domains; browsers do, so the host goes into the header.
            asked = urllib.request.Request(f"http://127.0.0.1:{made.port}/", headers={"Host": "localhost"})
            urllib.request.urlopen(asked, timeout=2).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The product does not answer:\n{(made.data / 'serve.log').read_text()}")


def stop(serving: subprocess.Popen) -> None:
    """Ask the server to end as an operator would; take whatever of its group is left after ten seconds."""
    serving.send_signal(signal.SIGTERM)
    try:
        serving.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(serving.pid, signal.SIGKILL)
        serving.wait(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Missing, it fails the run in CI and is skipped loudly at home."""
    program = CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("Chromium is not installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(product, chromium) -> Iterator[Visit]:
    """`visit("office", "/cases/", as_="case.worker.min")` opens a page in a window of its own.

    More words go to the window: `locale="ar"`, `java_script_enabled=False`, `viewport=…`. When the test ends, no page
    may have asked another host, broken the content policy, or met an error in a script.
    """
    windows: list[BrowserContext] = []
    faults: list[str] = []

    def through(host: str, path: str = "/", *, as_: str = "", **window: object) -> Page:
        if as_ and as_ not in product.states:
            product.states[as_] = signed_in(chromium, product, as_)
        context = open_window(
            chromium, product, faults, **window, **({"storage_state": product.states[as_]} if as_ else {})
        )
        windows.append(context)
        page = context.new_page()
        page.goto(product.at(host, path))
        return page

    yield through
    for window in windows:
        window.close()
    assert faults == []


def open_window(browser: Browser, product: Product, faults: list[str], **window: object) -> BrowserContext:
    """A fresh profile that reaches our port only and writes every fault down."""
    context = browser.new_context(**({"locale": "en", "service_workers": "block"} | window))
    context.set_default_timeout(15_000)

    def guard(route: Route) -> None:
        parts = route.request.url.partition("://")[2].partition("/")[0]
        host, _, port = parts.partition(":")
        if port == str(product.port) and (host == "localhost" or host.endswith(".localhost")):
            route.continue_()
        else:
            faults.append(f"a page asked a strange host: {parts}")
            route.abort()

    context.route("**/*", guard)
    context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
    context.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    return context


def _is_fault(message: object) -> bool:
    """Chromium says what the content policy refused as an error; a refused page's status is no fault."""
    return message.type == "error" and "Failed to load resource: the server responded" not in message.text


def signed_in(browser: Browser, product: Product, username: str) -> dict:
    """Go through both factors in a window of its own and return its cookies."""
    context = browser.new_context(locale="en")
    page = context.new_page()
    sign_in(page, product, username)
    state = context.storage_state()
    context.close()
    return state


def sign_in(page: Page, product: Product, username: str) -> None:
    """Type the password, then the code."""
    page.goto(product.at("office", "/sign-in/"))
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form:has([name=password]) [type=submit]").click()
    page.locator("[name=code]").fill(product.code(username))
    page.locator("form:has([name=code]) [type=submit]").first.click()
    page.wait_for_url(product.at("office", "/"))


PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}


def examine(page: Page) -> list[str]:
    """What is wrong with the page that is open: axe on a light desktop and on a dark phone, its size, title, heading.

    Every finding counts, also a minor one. The window is a desktop again afterwards.
    """
    wrong = [] if page.title().strip() else ["no title"]
    wrong += [] if page.locator("h1").count() == 1 else [f"{page.locator('h1').count()} h1"]
    wrong += [] if page.evaluate("document.documentElement.lang") else ["no language"]
    wrong += _axe(page, "desktop")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    wrong += _axe(page, "dark phone")
    width = page.evaluate("document.documentElement.scrollWidth")
    wrong += [f"{width} px wide on a phone: {_wide(page)}"] if width > PHONE["width"] else []
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    return [f"{page.url.partition('localhost')[2]}: {each}" for each in wrong]


def _axe(page: Page, shown: str) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{shown}: {each['impact']} {each['id']}: {[node['html'][:90] for node in each['nodes'][:3]]}" for each in found
    ]


def _wide(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(each => each.getBoundingClientRect().right > window.innerWidth + 1)
            .slice(0, 3).map(each => each.outerHTML.slice(0, 90))"""
    )
