"""The pictures in the documentation are of the product as it is: drawn anew here, and compared in their size.

`make screenshots` writes them: AMPARO_SCREENSHOTS names the folder.
"""

import os
import struct
from pathlib import Path

import pytest

from tests.browser import DESKTOP, PHONE, name_of
from tests.journeys.test_the_walk import tell
from tests.journeys.walking import until

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "docs" / "images"
LARGEST = 200_000
WORKER, OFFICER = name_of("case_worker", "MIN"), name_of("intake_officer", "MIN")


def door(visit, **window):
    page = visit("door", **window)
    until(page, "button[name=go][value=tell]")
    return page


def queue(visit, **window):
    for number in range(3):
        tell(visit("door"), f"picture {number}")
    page = visit("office", "/reports/", as_=OFFICER, **window)
    until(page, "tbody tr:nth-child(3)")
    return page


def case(visit, **window):
    page = visit("office", "/cases/?status=", as_=WORKER, **window)
    page.locator("tbody a").last.click()  # an older case has more to show
    page.wait_for_url("**/cases/*-*/")
    return page


def dashboard(visit, **window):
    return visit("office", as_=WORKER, **window)


def public(visit, **window):
    page = visit("public", **window)
    page.locator("tbody a").first.click()
    page.wait_for_url("**/figures/**")
    return page


SHOTS = {
    "door": (door, {"viewport": DESKTOP}),
    "queue": (queue, {"viewport": DESKTOP}),
    "case": (case, {"viewport": DESKTOP}),
    "dashboard": (dashboard, {"viewport": DESKTOP}),
    "public": (public, {"viewport": DESKTOP}),
    "door-phone": (door, {"viewport": PHONE}),
    "case-phone": (case, {"viewport": PHONE}),
    "door-arabic": (door, {"viewport": PHONE, "locale": "ar"}),
    "case-arabic": (case, {"viewport": DESKTOP, "locale": "ar"}),
}


def size(picture: Path) -> tuple[int, int]:
    """Width and height out of a PNG's own heading."""
    return struct.unpack(">II", picture.read_bytes()[16:24])


@pytest.mark.parametrize("name", SHOTS)
def test_the_picture_is_of_the_product_as_it_is(open_door, visit, tmp_path, name):
    show, window = SHOTS[name]
    folder = Path(os.environ.get("AMPARO_SCREENSHOTS", tmp_path))
    drawn, kept = folder / f"{name}.png", KEPT / f"{name}.png"
    show(visit, **window).screenshot(path=drawn, animations="disabled")
    assert size(drawn) == size(kept)
    assert 8_000 < drawn.stat().st_size < LARGEST
    assert 8_000 < kept.stat().st_size < LARGEST


def test_every_picture_is_shown_somewhere_and_none_is_left_over():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    told = "".join(page.read_text() for page in pages)
    assert {picture.stem for picture in KEPT.glob("*.png")} == set(SHOTS)
    assert [name for name in SHOTS if f"images/{name}.png" not in told] == []
