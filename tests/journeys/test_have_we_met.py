"""Two agencies and one child: asked before registering, answered, compared at night, merged by two and parted (C1, S2)."""

import re

import pytest

from tests.browser import PHONE, examine, name_of
from tests.journeys.walking import fill, follow, send

pytestmark = pytest.mark.browser
HERE, THERE = "MIN", "NGO-C"
WHO = {"given": "Zarabinda", "family": "Testperson", "birth_year": 2013}
SUPERVISOR = name_of("supervisor", HERE)


def search(page, **more: object) -> None:
    """Fill in the search that comes before a registration, and send it."""
    fill(page, **WHO, mother="Modelina Testperson", reason="triage", **more)
    send(page)


def register(page) -> None:
    fill(page, sex="female", birth_month=3, birth_day=9)
    send(page)


def test_a_child_that_two_agencies_know_is_asked_about_merged_and_parted(open_door, visit):
    ours = visit("office", "/register/", as_=name_of("case_worker", HERE))
    search(ours)
    register(ours)

    theirs = visit("office", "/register/", as_=name_of("case_worker", THERE))
    search(theirs, sex="female")
    assert "Zarabinda" not in theirs.locator("#met").inner_text()
    assert examine(theirs) == []
    with theirs.expect_popup() as asked:
        theirs.locator("form[action$='/ask/'] button").first.click()
    question = asked.value
    question.wait_for_url("**/contacts/*/")
    assert examine(question) == []
    register(theirs)

    supervisor = visit("office", "/contacts/", as_=SUPERVISOR)
    follow(supervisor, question.url.partition("/contacts")[2])
    fill(supervisor, answer="same_child")
    assert examine(supervisor) == []
    send(supervisor, "/answer/")
    question.reload()
    assert "It is the same child" in question.locator("main").inner_text()

    told = open_door.run("link", "registry")
    assert re.search(r"\d+ new pairs for people to look at", told)
    pair = merged_by_two(visit)
    supervisor.goto(open_door.at("office", pair))
    fill(supervisor, reason="new_evidence")
    send(supervisor, "/part/")
    assert supervisor.locator("form[action$='/part/']").count() == 0


def merged_by_two(visit) -> str:
    """Each agency's supervisor says that it is one child, by the keyboard alone. The path of the pair."""
    path = ""
    for agency in (HERE, THERE):
        page = visit("office", "/pairs/", as_=name_of("supervisor", agency), viewport=PHONE)
        for link in page.locator("tbody a[href^='/pairs/']").evaluate_all("all => all.map(each => each.pathname)"):
            page.goto(page.evaluate("location.origin") + link)
            if "Zarabinda" in page.locator("main").inner_text() and path in {"", link}:
                break
        else:
            pytest.fail("no pair with the child")
        path = link
        assert examine(page) == []
        page.locator("input[name=verdict]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.locator("form[action$='/part/']").count() == 1
    return path
