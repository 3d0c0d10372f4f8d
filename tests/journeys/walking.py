"""What people do on a page: fill in a form, press its button, and wait for what the worker carries."""

import time

from playwright.sync_api import Page


def fill(page: Page, **given: object) -> None:
    """Fill in the fields of these names; a list ticks boxes, True one box. Only what is on the page may be named."""
    for name, value in given.items():
        fields = page.locator(f"main [name='{name}']")
        kind = fields.first.evaluate("each => each.type")
        if kind in {"checkbox", "radio"}:
            for each in value if isinstance(value, list) else [value]:
                chosen = fields if value is True else page.locator(f"main [name='{name}'][value='{each}']")
                chosen.check()
        elif kind == "select-one":
            fields.select_option(str(value))
        else:
            fields.fill(str(value))


def send(page: Page, ending: str = "") -> None:
    """Press the button of the form that goes to an address with this ending, or of the page's only other form."""
    form = page.locator(f"main form[action$='{ending}']" if ending else "main form:not([action])")
    with page.expect_navigation():
        form.locator("button").first.click()


def push(page: Page, go: str) -> None:
    """Press one of the door's buttons."""
    with page.expect_navigation():
        page.locator(f"button[name=go][value={go}]").first.click()


def follow(page: Page, ending: str) -> None:
    """Follow the link to an address with this ending."""
    page.locator(f"main a[href$='{ending}']").first.click()


def until(page: Page, sight: str, *, seconds: float = 40) -> None:
    """Load the page again until `sight` is on it: the worker comes round every few seconds."""
    end = time.monotonic() + seconds
    while page.locator(sight).count() == 0:
        assert time.monotonic() < end, f"{sight} never came to {page.url}"
        page.wait_for_timeout(500)
        page.reload()


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()
