"""What an incident is in law, and the better word while somebody types: tried in six languages, looked at in pictures."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from amparo.vocabulary import files
from tests.browser import PHONE, examine, name_of
from tests.journeys.walking import fill, send

pytestmark = pytest.mark.browser
WORKER = name_of("case_worker", "MIN")
SPOKEN = {"en": "en", "fr": "fr", "es": "es", "ar": "ar", "ru": "ru", "zh": "zh-CN"}
LISTS = {each.scheme: {row["code"]: row for row in each.rows} for each in files.own()}


def picture(page, tmp_path, name: str) -> None:
    """Kept where `AMPARO_SCREENSHOTS_OF_WORDS` says, to be looked at."""
    folder = Path(os.environ.get("AMPARO_SCREENSHOTS_OF_WORDS", tmp_path))
    page.screenshot(path=folder / f"{name}.png", animations="disabled")


def incident(visit, locale: str, **window: object):
    """The page of the elements of an incident that was just recorded, in a language."""
    page = visit("office", "/cases/?status=open&whose=mine", as_=WORKER, locale=locale, **window)
    page.locator("tbody a").first.click()
    page.wait_for_url("**/cases/*-*/")
    page.locator("main a[href$='/incidents/']").first.click()
    how, consideration = ["deception"], ["money", "promise"]
    fill(page, form="sale", setting="home", relationship="stranger", age=9, how=how, consideration=consideration)
    send(page)
    page.locator("main a[href$='/elements/']").first.click()
    page.wait_for_url("**/elements/")
    return page


@pytest.mark.parametrize(("language", "locale"), SPOKEN.items())
def test_the_questions_are_asked_and_answered_at_once_in_every_language(visit, tmp_path, language, locale):
    page = incident(visit, locale)
    assert page.evaluate("document.documentElement.lang").startswith(language)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    form = page.locator("form[data-live]")
    unsaid = page.locator("section[aria-labelledby=state-open] > details")
    expect(unsaid).not_to_have_attribute("open", "")
    unsaid.locator("> summary").click()
    for name in ("transferred", "consideration_given", "for_transfer"):
        assert LISTS["element"][name][language] in form.inner_text()
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            form.locator(f"[name={name}]").select_option("yes")
    met = page.locator("section[aria-labelledby=state-met]")
    expect(met).to_contain_text(LISTS["offence"]["REPORT-SALE"][language])
    expect(unsaid).to_have_attribute("open", "")  # what one unfolded stays so while one answers
    assert examine(page) == []
    picture(page, tmp_path, f"elements-{language}")
    page.reload()
    expect(met).to_contain_text(LISTS["offence"]["REPORT-SALE"][language])


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_questions_fit_a_phone(visit, tmp_path, locale):
    page = incident(visit, locale, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert examine(page) == []
    picture(page, tmp_path, f"elements-phone-{locale}")


def test_without_a_script_the_questions_are_answered_by_a_button(visit):
    page = incident(visit, "en", java_script_enabled=False)
    for name in ("transferred", "consideration_given", "for_transfer"):
        page.locator(f"form[data-live] [name={name}]").select_option("yes")
    with page.expect_navigation():
        page.locator("form[data-live] button").click()
    expect(page.locator("section[aria-labelledby=state-met]")).to_contain_text("Sale of a child")


@pytest.mark.parametrize(
    ("locale", "written", "better"),
    [
        ("en", "A synthetic sentence about a client.", "perpetrator / offender"),
        ("fr", "Une phrase inventée : enfant prostitué.", "enfant victime d’exploitation dans la prostitution"),
        ("ar", "جملة مصطنعة عن دعارة الأطفال.", "استغلال الأطفال في البغاء"),
        ("zh-CN", "虚构的句子：儿童性旅游。", "旅行和旅游中对儿童的性剥削"),
    ],
)
def test_a_better_word_is_said_while_somebody_types_and_nothing_is_changed(visit, locale, written, better):
    page = visit("office", "/cases/?status=open&whose=mine", as_=WORKER, locale=locale)
    page.locator("tbody a").first.click()
    page.wait_for_url("**/cases/*-*/")
    page.goto(f"{page.url}care/assess/")
    field = page.locator("textarea[data-words]").first
    field.fill(written)
    expect(page.locator(".better").first).to_contain_text(better)
    assert field.input_value() == written
    assert examine(page) == []
    field.fill("")
    expect(page.locator(".better").first).to_be_empty()
