"""A code to show to whoever makes one show a code: it opens numbers to call, and nothing tells it from any other (T6)."""

import re
from uuid import uuid4

import pytest

from amparo.common import clock
from amparo.intake.postbox import desk, door, receipts
from amparo.intake.postbox.models import DoorEvent, Inbound, Outbound, Thread
from tests.interfaces.report_door.conftest import LANGUAGES

pytestmark = pytest.mark.django_db(databases="__all__")
VALUES = re.compile(r'value="[^"]*"')
TEXT = re.compile(r">[^<]+<")


def codes(page: str) -> list[str]:
    groups = re.findall(r"<b>(\d{4})</b>", page)
    return [" ".join(groups[at : at + 5]) for at in range(0, len(groups), 5)]


def skeleton(page: str) -> str:
    """A page without its words and values: what it is made of."""
    return TEXT.sub("><", VALUES.sub("", page)).strip()


def two_codes(visitor, language: str = "en") -> tuple[str, str]:
    """A report's own code, and the second one that was asked for after it."""
    visitor.press("tell", language=language)
    visitor.press("send", language=language, told="A child I know needs somebody to talk to.")
    visitor.press("keep", language=language)
    own, second = codes(visitor.page)
    return own, second


def answered() -> None:
    """The desk answers the only report, in as many paragraphs as the numbers have."""
    thread = desk.waiting()[0].thread
    desk.push(thread, uuid4(), "We read it.\n\nWe are here.\n\nYou can write.")
    desk.set_status(thread, "answered")


def test_after_a_report_both_codes_stand_on_one_page(visitor):
    own, second = two_codes(visitor)
    assert own != second
    assert visitor.come_back(own).status_code == 200
    assert "Nobody has read it yet." in visitor.page
    assert visitor.come_back(second).status_code == 200
    assert "You asked whom you can call." in visitor.page
    assert "555 0100" in visitor.page
    assert "A child I know" not in visitor.page


def test_a_second_code_asked_for_twice_is_the_same_one(visitor):
    visitor.tell()
    receipt = visitor.page
    visitor.press("keep")
    first, visitor.page = codes(visitor.page), receipt
    visitor.press("keep")
    assert codes(visitor.page) == first
    assert Thread.objects.count() == 2


def test_anybody_may_ask_for_such_a_code_without_telling_anything(visitor):
    visitor.press("help")
    visitor.press("keep")
    (code,) = codes(visitor.page)
    visitor.come_back(code)
    assert "555 0101" in visitor.page
    assert not Inbound.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_page_is_made_of_the_same_as_that_of_an_answered_report_and_as_long(visitor, language):
    own, second = two_codes(visitor, language)
    answered()
    pages = []
    for code in (own, second):
        visitor.press("back", language=language)
        response = visitor.press("open", language=language, code=code)
        pages.append((skeleton(visitor.page), len(response.content), re.search("<h1>.*</h1>", visitor.page)[0],
                      tuple(response.headers.items())))  # fmt: skip
    assert pages[0] == pages[1]


def test_what_is_kept_of_it_is_what_is_kept_when_nobody_told_anything(visitor):
    """Nothing in the database joins the two codes, or tells after which of them a report came."""
    two_codes(visitor)
    visitor.press("help")
    visitor.press("keep")
    second, alone = Thread.objects.filter(letters=0)
    kept = [
        (row.status, row.letters, row.created_on, row.withdrawn_on, len(row.salt), len(row.wrapped_key),
         [len(each.sealed) for each in row.outbound.all()])
        for row in (second, alone)
    ]  # fmt: skip
    assert kept[0] == kept[1]
    told = DoorEvent.objects.filter(verb="answer:pushed").values_list("actor_kind", "outcome", "count")
    assert len(set(told)) == 1
    assert Outbound.objects.count() == 2


def test_what_is_first_written_with_it_is_a_report_like_any_other(visitor, postbox):
    visitor.press("help", language="fr")
    visitor.press("keep", language="fr")
    (code,) = codes(visitor.page)
    visitor.press("back", language="fr")
    visitor.press("open", language="fr", code=code)
    visitor.press("write", language="fr", told="One more sentence.")
    (letter,) = desk.waiting()
    assert (letter.first, letter.seq) == (True, 1)
    assert postbox.opened(letter) == b'{"told": "One more sentence.", "urgency": "normal", "language": "fr"}'
    door.write(code, "And another one.", form=uuid4().hex)
    assert postbox.opened(desk.waiting()[1]) == b'{"told": "And another one."}'


def test_stopping_it_tells_the_desk_nothing(visitor):
    _own, second = two_codes(visitor)
    waiting = len(desk.waiting())
    visitor.come_back(second)
    visitor.press("stop")
    assert "You asked us to stop." in visitor.page
    assert len(desk.waiting()) == waiting


def test_it_rests_after_five_wrong_tries_as_every_code_does(visitor):
    _own, second = two_codes(visitor)
    receipt = receipts.read(second)
    wrong = receipts.Receipt(receipt.locator, receipt.secret[::-1]).text
    for _ in range(5):
        visitor.come_back(wrong)
    assert visitor.come_back(second).status_code == 429


def test_no_form_of_another_site_makes_one(visitor):
    assert visitor.press("keep", sheet="nonsense").status_code == 422
    assert not Thread.objects.exists()


def test_a_program_gets_one_too(visitor):
    response = visitor.call("/api/help-codes", "{}")
    assert response.status_code == 201
    opened = visitor.call("/api/threads", f'{{"code": "{response.json()["receipt"]}"}}').json()
    assert opened["status"] == "answered"
    assert opened["answers"][0]["on"] == clock.today().isoformat()
    assert visitor.call("/api/help-codes", '{"more": "1"}').status_code == 422
