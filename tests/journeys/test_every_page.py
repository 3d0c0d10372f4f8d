"""Every page that a role can reach by links: accessible, on a phone too, in Arabic too, and asking nobody else (X2)."""

from collections import deque
from contextlib import suppress

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from amparo.access.roles import Role
from amparo.demo.country import STAFF
from tests.browser import PHONE, examine, name_of, open_window

pytestmark = pytest.mark.browser
SOMEBODY = {role: name_of(role, agency) for agency, roles in reversed(STAFF.items()) for role in roles}


def kind(path: str) -> str:
    """The route of a page, whatever record or term it shows: one of a kind is enough; the fictional State says more."""
    for urls in ("amparo.config.urls_office", "amparo.config.urls_public"):
        with suppress(Resolver404):
            return f"/{resolve(path.partition('?')[0], urls).route}{' XLM' * ('/XLM/' in path)}"
    return path


def links(page) -> list[str]:
    """The paths on this host that the page leads to."""
    origin = page.evaluate("location.origin")
    found = page.evaluate("[...document.querySelectorAll('a[href]')].map(each => each.href)")
    return [each.removeprefix(origin).partition("#")[0] for each in found if each.startswith(f"{origin}/")]


def crawl(page, look) -> dict[str, list[str]]:
    """Walk from the open page over every link, one page of a kind, and `look` at each."""
    start = page.url.partition("localhost")[2].partition("/")[2]
    waiting, seen, found = deque([f"/{start}"]), set(), {}
    while waiting:
        path = waiting.popleft()
        if kind(path) in seen:
            continue
        seen.add(kind(path))
        answer = opened(page, path)
        if answer and answer.headers.get("content-type", "").startswith("text/html"):
            found[kind(path)] = ([] if answer.status == 200 else [f"{path}: {answer.status}"]) + look(page)
            waiting.extend(links(page))
    return found


def opened(page, path: str):
    """The answer; None for a file, which the browser would save instead of showing it."""
    try:
        return page.goto(page.evaluate("location.origin") + path)
    except Error as error:
        if "Download is starting" in error.message:
            return None
        raise


EXAMINED: set[str] = set()
OUTLINE = """() => [...new Set([...document.querySelectorAll('*')].map(each =>
    [each.parentElement?.tagName, each.tagName, each.className, each.getAttribute('role'), each.type].join(' ')))].sort().join()"""


def once(mirror):
    """Examine a page, and the same one in the Arabic window `mirror`, unless one built of the very same parts was examined."""

    def look(page) -> list[str]:
        outline = page.evaluate(OUTLINE)
        if outline in EXAMINED:
            return []
        EXAMINED.add(outline)
        mirror.goto(page.url)
        return examine(page) + turned_around(mirror)

    return look


def turned_around(page) -> list[str]:
    """What is wrong with an Arabic page on a phone."""
    wrong = [] if page.evaluate("document.documentElement.dir") == "rtl" else ["not right to left"]
    width = page.evaluate("document.documentElement.scrollWidth")
    wrong += [f"{width} px wide"] if width > PHONE["width"] else []
    return [f"{page.url} in Arabic: {each}" for each in wrong]


def nothing_wrong(found: dict[str, list[str]]) -> None:
    wrong = [each for every in found.values() for each in every]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", Role.values)
def test_every_page_of_a_role_is_accessible_and_turns_around_in_arabic(visit, role):
    mirror = visit("office", as_=SOMEBODY[role], locale="ar", viewport=PHONE)
    found = crawl(visit("office", as_=SOMEBODY[role]), once(mirror))
    assert "/" in found
    nothing_wrong(found)


@pytest.mark.parametrize(
    "path", ["/sign-in/", "/sign-in/renew/", "/second-factor/", "/sessions/", "/again/", "/no-such-page/"]
)
def test_the_pages_before_and_beside_the_desk_are_accessible(visit, path):
    page = visit("office", path, as_="" if path.startswith("/sign-in/") else SOMEBODY["auditor"])
    nothing_wrong({path: examine(page)})


def test_every_page_of_the_public_site_is_accessible_and_turns_around_in_arabic(visit):
    nothing_wrong(crawl(visit("public"), once(visit("public", locale="ar", viewport=PHONE))))


def test_the_watch_over_the_pages_sees_what_it_watches_for(product, chromium):
    faults: list[str] = []
    window = open_window(chromium, product, faults)
    page = window.new_page()
    page.goto(product.at("public"))
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'void 0'}))")
    with pytest.raises(Error):
        page.goto("http://elsewhere.example/")
    window.close()
    assert len(faults) == 2
    assert "Content Security Policy" in faults[0]
    assert faults[1] == "a page asked a strange host: elsewhere.example"
