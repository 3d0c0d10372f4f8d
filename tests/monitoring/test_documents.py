"""A State's report to take along, and the questionnaire that comes back filled in (M2, M6, X2, X3)."""

import io
import zipfile
from datetime import date

import pytest
from django.utils import translation

from amparo.common.errors import AmparoError, Invalid
from amparo.common.types import OPERATOR
from amparo.law import actions as law
from amparo.monitoring.documents import extra, questionnaire
from amparo.monitoring.documents.content import report
from amparo.monitoring.documents.incoming import import_questionnaire
from amparo.monitoring.documents.pdf import pdf
from amparo.monitoring.documents.word import docx
from amparo.monitoring.models import Assessment
from amparo.monitoring.profile import profile
from amparo.monitoring.rubric.editions import rubric
from tests.monitoring.build import answered, lumeria

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2026, 11, 24)
openpyxl = pytest.importorskip("openpyxl")
library = pytest.importorskip("docx")


@pytest.fixture
def state(house):
    found = lumeria()
    answered(house, found, "L01", "met")
    answered(house, found, "L01", "not_met", role="civil_society")
    answered(house, found, "L02", "met", since=date(2021, 1, 1))
    made = law.write(
        by=OPERATOR, state="XLM", element="limitation", answer="from_act", years=10, law="A made-up act",
        pinpoint="section 7", in_force_on=date(2010, 1, 1),
    )  # fmt: skip
    law.review(by=house.actor("reviewer", "SOUTH"), id=made.id, agree=True)
    return found


def text_of(blocks) -> str:
    return "\n".join([each.text for each in blocks] + [cell for each in blocks for row in each.rows for cell in row])


def test_the_report_tells_treaties_law_answers_and_what_to_ask(state):
    blocks = report(profile(state, TODAY))
    told = text_of(blocks)
    assert "A made-up act, section 7" in told
    assert "national human rights institution: met (2020-01-01)" in told
    asked = next(rows for each, rows in zip(blocks, [each.rows for each in blocks], strict=True) if each is blocks[-1])
    why = {row[0].split()[0]: row[1] for row in asked}
    assert why["L01"] == "the roles differ"
    assert why["L03"] == "nobody has answered"
    assert why["L02"] == "the evidence is older than two years"  # in force in 2019
    assert "does not exist" in told


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "ru", "zh-hans"])
def test_it_is_set_in_each_language(state, language):
    with translation.override(language):
        blocks = report(profile(state, TODAY))
        made, written = pdf(blocks), docx(blocks)
    assert made.startswith(b"%PDF")
    body = zipfile.ZipFile(io.BytesIO(written)).read("word/document.xml").decode()
    assert ("bidiVisual" in body, "<w:rtl/>" in body, "<w:bidi/>" in body) == ((language == "ar",) * 3)
    assert blocks[0].text in "\n".join(each.text for each in library.Document(io.BytesIO(written)).paragraphs)


def test_among_arabic_words_a_date_keeps_its_order(state):
    with translation.override("ar"):
        told = text_of(report(profile(state, TODAY)))
    assert "\u20662026-11-24\u2069" in told
    assert "2026-11-24" in text_of(report(profile(state, TODAY)))
    assert "\u2066" not in text_of(report(profile(state, TODAY)))


def test_arabic_without_its_font_is_refused_in_words(state, monkeypatch, tmp_path):
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)
    monkeypatch.setattr(extra, "DEBIAN", dict.fromkeys(extra.DEBIAN, tmp_path))
    assert extra.fonts("fr") == []
    with translation.override("ar"), pytest.raises(AmparoError, match=r"amparo\[documents\]"):
        pdf(report(profile(state, TODAY)))


def test_letters_that_debian_packages_go_before_those_of_the_extra(monkeypatch, tmp_path):
    monkeypatch.setattr(extra, "DEBIAN", dict.fromkeys(extra.DEBIAN, tmp_path))
    assert str(tmp_path) not in extra.fonts("zh")
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    assert extra.fonts("zh")[-1] == str(tmp_path)


def filled(tmp_path, state, change=None, language="en", role="nhri", name="filled.xlsx"):
    with translation.override(language):
        book = openpyxl.load_workbook(io.BytesIO(questionnaire.made(state, role)))
    (change or (lambda _book: None))(book)
    file = tmp_path / name
    book.save(file)
    return file


def answer(sheet, row, word="met", since=date(2022, 1, 1), evidence="A made-up act", **more):
    for column, value in {"answer": word, "valid_from": since, "evidence": evidence, **more}.items():
        sheet.cell(row, questionnaire.COLUMNS.index(column) + 1, value)


def take(file, **how):
    return import_questionnaire(by=OPERATOR, file=file, **how)


def told(outcome):
    return [(each.column, each.rule) for each in outcome.refusals]


def test_it_has_every_question_with_choices_and_hidden_ids(tmp_path, state):
    book = openpyxl.load_workbook(filled(tmp_path, state))
    asked = rubric()
    assert book.sheetnames == ["_about", "_words", *questionnaire._sections(asked)]
    ids = [book[s].cell(row, 1).value for s in questionnaire._sections(asked) for row in range(2, book[s].max_row + 1)]
    assert ids == list(asked.questions)
    law_sheet = book["L"]
    assert law_sheet.column_dimensions["A"].hidden and law_sheet.column_dimensions["B"].hidden
    assert book["_about"].sheet_state == "hidden"
    assert any(
        str(each.sqref) == "D2" and "_words" in each.formula1 for each in law_sheet.data_validations.dataValidation
    )


@pytest.mark.parametrize("language", ["en", "fr", "ar", "zh-hans"])
def test_what_is_filled_in_comes_back_and_waits_for_a_second_person(tmp_path, state, language):
    with translation.override(language):
        word = questionnaire.answer_word("partly")
    file = filled(tmp_path, state, lambda book: answer(book["S"], 2, word, pinpoint="p. 3"), language, "un")
    outcome = take(file)
    assert (outcome.read, outcome.made, outcome.kept) == (1, 1, True)
    found = Assessment.objects.get(role="un")
    assert (found.question, found.answer, found.status) == ("S01", "partly", "submitted")
    assert found.evidence.get().pinpoint == "p. 3"
    assert take(file).same == 1


def test_an_empty_one_says_nothing(tmp_path, state):
    assert take(filled(tmp_path, state)).read == 0


def test_a_dry_run_keeps_nothing(tmp_path, state):
    before = Assessment.objects.count()
    outcome = take(filled(tmp_path, state, lambda book: answer(book["S"], 2)), dry_run=True)
    assert (outcome.made, outcome.kept, Assessment.objects.count()) == (1, False, before)


@pytest.mark.parametrize(
    ("more", "cell", "words"),
    [
        ({"word": "splendid"}, "S!D3", "Choose one of"),
        ({"word": "=1+1"}, "S!D3", "Choose one of"),
        ({"since": None}, "S!G3", "is needed"),
        ({"since": "yesterday"}, "S!G3", "is a date"),
        ({"since": date(2999, 1, 1)}, "S!G3", "It began by today"),
        ({"evidence": None}, "S!K3", "something that it rests on"),
        ({"number": "many"}, "S!E3", "is a number"),
    ],
)
def test_a_wrong_row_is_named_by_sheet_and_cell_and_nothing_is_half_loaded(tmp_path, state, more, cell, words):
    def change(book):
        answer(book["S"], 2)
        answer(book["S"], 3, **more)

    before = Assessment.objects.count()
    outcome = take(filled(tmp_path, state, change))
    assert [(at, words in rule) for at, rule in told(outcome)] == [(cell, True)]
    assert (outcome.kept, Assessment.objects.count()) == (False, before)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda book: book["L"].__setitem__("A3", "L99"), "Sheet L, cell A3"),
        (lambda book: book["L"].__setitem__("A3", "L02x"), "Sheet L, cell A3"),
        (lambda book: book["L"].__setitem__("B4", "0" * 16), "Sheet L, cell B4"),
        (lambda book: book["L"].__setitem__("A4", "L02"), "Sheet L, cell A4"),
        (lambda book: book["_about"].__setitem__("B2", "NOR"), "Sheet L, cell B2"),
        (lambda book: book["_about"].__setitem__("B4", "xx"), "Sheet _about"),
        (lambda book: book["S"].delete_rows(4), "S03"),
        (lambda book: book.remove(book["C"]), "Sheet C, cell A1"),
        (lambda book: book.remove(book["_about"]), "no questionnaire of Amparo"),
        (lambda book: book["_about"].__setitem__("B1", "1999-01"), "There is no edition"),
    ],
)
def test_a_changed_hidden_cell_refuses_the_whole_file(tmp_path, state, change, words):
    def both(book):
        answer(book["S"], 2)
        change(book)

    before = Assessment.objects.count()
    with pytest.raises(Invalid) as wrong:
        take(filled(tmp_path, state, both))
    assert words in str(wrong.value.fields)
    assert Assessment.objects.count() == before


def test_what_is_no_spreadsheet_or_too_large_is_refused(tmp_path, state, monkeypatch):
    file = tmp_path / "no.xlsx"
    file.write_bytes(b"PK\x03\x04 not one")
    with pytest.raises(Invalid, match="no spreadsheet"):
        take(file)
    monkeypatch.setattr(questionnaire, "LARGEST", 10)
    with pytest.raises(Invalid, match="too large"):
        take(filled(tmp_path, state))
