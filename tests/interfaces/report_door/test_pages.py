"""The pages of the door, as a child without JavaScript, cookies or an account walks through them (D1, X2)."""

import html
import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from amparo.common import clock
from amparo.intake.postbox import desk, receipts
from amparo.intake.postbox.models import Inbound, Thread
from tests.interfaces.report_door.conftest import FULL, LANGUAGES, Visitor, board

pytestmark = pytest.mark.django_db(databases="__all__")
STEPS = ["start", "tell", "back", "help", "safety"]


def letters(postbox) -> list[dict]:
    return [json.loads(postbox.opened(letter)) for letter in desk.waiting()]


# The first page


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", "/en/"), ("ar", "/ar/"), ("zh-CN,zh;q=0.9", "/zh-hans/"), ("pt, fr;q=0.5", "/fr/"), ("xx", "/en/")],
)
def test_the_door_opens_in_the_language_that_the_browser_asks_for(visitor, asked, given):
    response = visitor.get("/", headers={"accept-language": asked})
    assert (response.status_code, response.headers["Location"]) == (302, given)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", STEPS)
def test_every_page_speaks_the_language_of_its_address_in_its_direction(visitor, language, step):
    assert visitor.press(step, language=language).status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in visitor.page
    assert re.search(r"<h1>(.+?)</h1>", visitor.page)


def test_languages_are_offered_by_their_own_names(visitor):
    visitor.get()
    assert re.findall(r'<a href="/([a-z-]+)/" lang="\1"[^>]*>([^<]+)</a>', visitor.page) == [
        ("ar", "العربية"), ("en", "English"), ("es", "Español"), ("fr", "Français"), ("ru", "Русский"), ("zh-hans", "中文"),
    ]  # fmt: skip


def test_whom_to_call_stands_before_any_form(visitor):
    visitor.get()
    assert visitor.page.index("Are you in danger now?") < visitor.page.index("555 0100") < visitor.page.index("<button")
    assert 'href="tel:555 0100"' in visitor.page


@pytest.mark.parametrize("step", STEPS)
def test_every_page_can_be_left_at_once_and_has_a_title_that_tells_nothing(visitor, step):
    visitor.press(step)
    assert visitor.page.count('href="/x"') == 2
    assert "<title>Information</title>" in visitor.page


@pytest.mark.parametrize("step", STEPS)
def test_a_demonstration_says_so_on_every_page(visitor, settings, step):
    visitor.press(step)
    assert "Demonstration" not in visitor.page
    settings.DEMO = True
    visitor.press(step)
    assert "Demonstration: nobody reads this." in visitor.page


def test_leaving_clears_the_browser_and_goes_elsewhere(visitor, settings):
    settings.DOOR_EXIT = "https://weather.example/"
    response = visitor.get("/x")
    assert (response.status_code, response.headers["Location"]) == (302, "https://weather.example/")
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


# Telling


def test_one_sentence_is_enough(visitor, postbox):
    code = visitor.tell("Something worries me.")
    assert receipts.read(code)
    assert letters(postbox) == [
        {
            "told": "Something worries me.", "who": "", "worries": [], "urgency": "normal", "place": "", "where": "",
            "child_age": None, "channel": "", "contact": "", "safe_time": "", "language": "en", "not_to": [],
            "about_agency": "",
        }
    ]  # fmt: skip


def test_everything_that_is_told_reaches_the_desk(visitor, postbox):
    visitor.press("tell", language="zh-hans")
    visitor.press(
        "send", language="zh-hans", told="需要帮助。", danger="now", who="teacher", worries=["hurts", "missing"],
        place="LM-AL", where="Near the old mill", child_age="٩", channel="phone", contact="555 0199",
        safe_time="After school", not_to=["MIN", "BARN"], about_agency="BARN",
    )  # fmt: skip
    assert letters(postbox) == [
        {
            "told": "需要帮助。", "who": "teacher", "worries": ["hurts", "missing"], "urgency": "danger_now",
            "place": "LM-AL", "where": "Near the old mill", "child_age": 9, "channel": "phone", "contact": "555 0199",
            "safe_time": "After school", "language": "zh", "not_to": ["MIN", "BARN"], "about_agency": "BARN",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("danger", "urgency", "read_within"),
    [("now", "danger_now", "one hour"), ("soon", "urgent", "24 hours"), ("unsure", "urgent", "24 hours"),
     ("no", "normal", "72 hours"), ("", "normal", "72 hours")],
)  # fmt: skip
def test_danger_sets_the_urgency_and_who_reads_it_when(visitor, postbox, danger, urgency, read_within):
    visitor.tell(danger=danger)
    assert letters(postbox)[0]["urgency"] == urgency
    assert f"A person reads it within {read_within}." in visitor.page
    assert ("Please call." in visitor.page) is (danger == "now")


def test_lists_are_shown_in_the_readers_language(visitor):
    visitor.press("tell", language="ru")
    assert "Ребёнок пропал" in visitor.page
    assert "Учитель или школа" in visitor.page


def test_without_a_sentence_nothing_is_sent_and_nothing_typed_is_lost(visitor):
    visitor.press("tell")
    response = visitor.press(
        "send", told="  ", danger="soon", worries=["hurts"], where='By the "mill"', contact="555 0199", not_to=["MIN"]
    )
    assert response.status_code == 422
    assert "Please write one sentence." in visitor.page
    for kept in ('value="soon" checked', 'value="hurts" checked', 'value="MIN" checked', 'value="555 0199"'):
        assert kept in visitor.page
    assert 'value="By the &quot;mill&quot;"' in visitor.page
    assert Thread.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("child_age", "18", "0 to 17"), ("child_age", "-1", "0 to 17"), ("child_age", "nine", "0 to 17"),
     ("place", "XX", "choose again"), ("worries", "nonsense", "choose again"), ("not_to", "XX", "choose again"),
     ("where", "x" * 301, "shorter"), ("told", "word " * 2001, "too long")],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_plain_words(visitor, field, value, told):
    visitor.press("tell")
    response = visitor.press("send", **({"told": "One sentence."} | {field: value}))
    assert response.status_code == 422
    assert told in visitor.page
    assert Thread.objects.count() == 0


def test_ten_thousand_letters_of_any_script_are_taken(visitor, postbox):
    text = "每" * 9_999 + "🌱"
    assert visitor.tell(text)
    assert letters(postbox)[0]["told"] == text


def test_the_same_sheet_sent_twice_shows_the_same_code_and_is_kept_once(visitor):
    visitor.press("tell")
    sheet = visitor.page
    visitor.press("send", told="One sentence.")
    first, visitor.page = visitor.code(), sheet
    visitor.press("send", told="One sentence.")
    assert visitor.code() == first
    assert (Thread.objects.count(), Inbound.objects.count()) == (1, 1)


def test_after_some_minutes_the_same_sheet_shows_no_code_any_more(visitor):
    visitor.press("tell")
    sheet = visitor.page
    visitor.press("send", told="One sentence.")
    visitor.page = sheet
    with clock.stopped(clock.now() + timedelta(minutes=4)):
        visitor.press("send", told="One sentence.")
    assert "We had this message already." in visitor.page
    assert visitor.code() == ""
    assert Thread.objects.count() == 1


def test_a_sheet_that_lay_open_too_long_keeps_its_words_and_is_taken_at_the_second_press(visitor):
    visitor.press("tell")
    with clock.stopped(clock.now() + timedelta(minutes=31)):
        assert visitor.press("send", told="Slowly written.").status_code == 422
        assert "Slowly written." in visitor.page
        visitor.press("send", told="Slowly written.")
        assert visitor.code()


@pytest.mark.parametrize("sheet", ["", "nonsense", "é" * 40, "AAAA" * 20])
def test_a_form_without_our_sheet_is_not_taken(visitor, sheet):
    assert visitor.press("send", told="One sentence.", sheet=sheet).status_code == 422
    assert Thread.objects.count() == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_not_taken(visitor, site):
    visitor.press("tell")
    response = visitor.press("send", told="One sentence.", headers={"sec-fetch-site": site})
    assert response.status_code == 403
    assert Thread.objects.count() == 0
    assert "555 0100" in visitor.page


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_form_from_here_is_taken(visitor, site):
    visitor.press("tell")
    visitor.press("send", told="One sentence.", headers={"sec-fetch-site": site})
    assert visitor.code()


# Coming back


def test_the_answer_is_read_with_the_code(visitor):
    code = visitor.tell()
    thread = desk.waiting()[0].thread
    desk.push(thread, uuid4(), "Thank you.\nWe <b>are</b> here.")
    desk.set_status(thread, "answered")
    visitor.come_back(code.replace(" ", "-"))
    assert "There is an answer for you." in visitor.page
    assert "<p>Thank you.<br>We &lt;b&gt;are&lt;/b&gt; here.</p>" in visitor.page


@pytest.mark.parametrize(
    ("status", "words"),
    [("received", "Nobody has read it yet."), ("being_read", "A person is reading"), ("accepted", "working on it"),
     ("forwarded", "people who can help better"), ("closed", "You can still write.")],
)  # fmt: skip
def test_what_became_of_it_is_said_in_a_childs_words(visitor, status, words):
    code = visitor.tell()
    desk.set_status(desk.waiting()[0].thread, status)
    visitor.come_back(code)
    assert words in visitor.page


def test_a_wrong_code_is_told_kindly_and_without_a_hint(visitor):
    code = visitor.tell()
    receipt = receipts.read(code)
    near = receipts.Receipt(receipt.locator, receipt.secret[::-1]).text
    far = receipts.Receipt("000000", receipt.secret).text
    pages = []
    for typed in (near, far, "1234"):
        assert visitor.come_back(typed).status_code == 422
        pages.append(re.sub(r'value="[^"]*"', "", visitor.page).strip())
    assert len(set(pages)) == 1
    assert "This code does not open anything." in visitor.page


def test_after_five_wrong_codes_even_the_right_one_waits_an_hour(visitor):
    code = visitor.tell()
    receipt = receipts.read(code)
    wrong = receipts.Receipt(receipt.locator, receipt.secret[::-1]).text
    for _ in range(5):
        visitor.come_back(wrong)
    for typed in (wrong, code):
        assert visitor.come_back(typed).status_code == 429
        assert "Please try again in an hour." in visitor.page
        assert "555 0100" in visitor.page


def test_more_is_written_without_typing_the_code_again(visitor, postbox):
    code = visitor.tell()
    visitor.come_back(code)
    assert code not in visitor.page
    visitor.press("write", told="One more thing.")
    assert "We have your message." in visitor.page
    assert letters(postbox)[1] == {"told": "One more thing."}


def test_more_that_is_sent_twice_is_kept_once(visitor, postbox):
    visitor.come_back(visitor.tell())
    sheet = visitor.page
    for _ in range(2):
        visitor.page = sheet
        visitor.press("write", told="One more thing.")
        assert "We have your message." in visitor.page
    assert len(letters(postbox)) == 2


@pytest.mark.parametrize(("typed", "told"), [("", "one sentence"), ("word " * 2001, "too long")])
def test_more_that_does_not_fit_is_shown_again(visitor, typed, told):
    visitor.come_back(visitor.tell())
    assert visitor.press("write", told=typed).status_code == 422
    assert told in visitor.page


def test_a_message_with_its_own_code_is_given_back(visitor, postbox):
    code = visitor.tell()
    visitor.come_back(code)
    assert visitor.press("write", told=f"Keep {code} for me.").status_code == 422
    assert "Your code is in this text." in visitor.page
    assert len(letters(postbox)) == 1


def test_an_opened_thread_closes_after_thirty_minutes_and_keeps_the_words(visitor):
    code = visitor.tell()
    visitor.come_back(code)
    with clock.stopped(clock.now() + timedelta(minutes=31)):
        assert visitor.press("write", told="Slowly written.").status_code == 422
        visitor.press("open", code=code, told="Slowly written.")
        assert ">Slowly written.</textarea>" in visitor.page


def test_a_child_may_ask_us_to_stop(visitor, postbox):
    code = visitor.tell()
    visitor.come_back(code)
    visitor.press("stop")
    assert "You asked us to stop." in visitor.page
    assert letters(postbox)[1] == {"withdraw": True}


def test_the_sheet_of_an_opened_thread_is_no_sheet_of_another(visitor):
    visitor.press("back")
    assert visitor.press("write", told="One sentence.").status_code == 422
    assert visitor.press("stop").status_code == 422
    assert Thread.objects.count() == 0


# When nobody reads, and other weather


@pytest.mark.parametrize("go", ["tell", "send", "write", "stop"])
def test_where_nobody_reads_this_is_said_and_nothing_is_taken(visitor, postbox, go):
    visitor.press("tell")
    desk.publish_board(board(postbox.public, **FULL, open=False))
    assert visitor.press(go, told="One sentence.").status_code == 503
    assert "Nobody reads messages here now." in visitor.page
    assert "555 0100" in visitor.page
    assert Thread.objects.count() == 0


def test_a_closed_door_says_so_on_its_first_page_and_offers_no_form(visitor, postbox):
    desk.publish_board(board(postbox.public, **FULL, open=False))
    visitor.get()
    assert "Nobody reads messages here now." in visitor.page
    assert 'value="tell"' not in visitor.page


def test_without_a_board_the_emergency_number_is_named(db, at_the_door):
    visitor = Visitor()
    for step in ("start", "help", "tell"):
        visitor.press(step)
        assert "Call the emergency number of your country." in visitor.page
    assert visitor.press("send", told="One sentence.").status_code == 503


def test_a_full_disk_is_said_before_anything_is_taken(visitor, settings):
    visitor.press("tell")
    settings.DOOR_ROOM = 2**62
    assert visitor.press("send", told="One sentence.").status_code == 503
    assert "555 0100" in visitor.page
    assert Thread.objects.count() == 0


def test_a_database_that_fails_gives_the_numbers_it_can_and_no_trace(visitor, monkeypatch):
    from django.db import OperationalError

    from amparo.intake.postbox import door

    def full(*_arguments, **_more):
        raise OperationalError("database or disk is full")

    visitor.press("tell")
    monkeypatch.setattr(door, "tell", full)
    assert visitor.press("send", told="One sentence.").status_code == 503
    assert "555 0100" in visitor.page
    monkeypatch.setattr(door, "board", full)
    assert visitor.press("start").status_code == 200
    assert "Call the emergency number" in visitor.page


def test_an_unexpected_error_is_a_page_too(visitor, monkeypatch):
    from amparo.intake.postbox import door

    visitor.press("tell")
    monkeypatch.setattr(door, "tell", lambda *_: 1 / 0)
    assert visitor.press("send", told="One sentence.").status_code == 500
    assert "It is not your fault." in visitor.page
    assert "555 0100" in visitor.page


@pytest.mark.parametrize("path", ["/nope", "/pt/", "/en/tell/", "/admin/", "/api/", "/en", "/favicon.ico"])
def test_what_is_not_there_is_a_page_that_still_helps(visitor, path):
    assert visitor.get(path).status_code == 404
    assert "555 0100" in html.unescape(visitor.page)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(visitor, method):
    response = visitor._seen(visitor.client.generic(method, "/en/"))
    assert response.status_code == 405


def test_another_host_is_refused(at_the_door, postbox):
    from django.test import Client

    for host in ("office.localhost", "localhost", "evil.example"):
        assert Client(headers={"host": host}, raise_request_exception=False).get("/en/").status_code == 400
