"""The rubric's questions about a State as a spreadsheet with choices, and reading it back when it is filled in.

A sheet a section, a row a question. What must not change lies in hidden columns with a checksum over edition, State,
role and question: it shows a slip or a row that was moved, and is no signature. Whose the answers are is only believed
as far as whoever takes them in believes it: each waits for a second person's review.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.common.errors import Invalid
from amparo.monitoring.documents import extra
from amparo.monitoring.importing.reading import Row
from amparo.monitoring.models import State
from amparo.monitoring.rubric.editions import LISTS, TYPES, Rubric, rubric
from amparo.monitoring.words import answer_word, word
from amparo.monitoring.world import name

LARGEST, UNPACKED = 5_000_000, 50_000_000  # bytes of a file that is read, packed and unpacked
CONFIDENCE = ("low", "medium", "high")
# Column by column: what `importing.assessments` calls it. The first two are hidden.
HIDDEN = ("question", "checksum")
SHOWN = (
    "text", "answer", "number", "items", "valid_from", "valid_to", "confidence", "rationale", "evidence", "pinpoint",
    "in_force", "address",
)  # fmt: skip
COLUMNS = HIDDEN + SHOWN
_DAYS = ("valid_from", "valid_to", "in_force")
_ABOUT, _WORDS = "_about", "_words"
_FIRST = 2  # the row of the first question
_WIDTHS = {"text": 60, "answer": 18, "rationale": 40, "evidence": 40, "items": 30, "address": 30}


@dataclass(frozen=True)
class About:
    """What a questionnaire is about, from its hidden sheet."""

    edition: str
    state: str
    role: str
    language: str


def made(state: State, role: str) -> bytes:
    """The questionnaire of the newest edition in the reader's language. Raises `AmparoError` without the extra."""
    library, asked = extra.openpyxl(), rubric()
    book = library.Workbook()
    about = About(asked.edition, state.iso3, role, get_language() or "en")
    first = book.active
    first.title = _ABOUT
    for row in (("edition", about.edition), ("state", about.state), ("role", about.role), ("language", about.language)):
        first.append(row)
    lists = _word_lists(book)
    for section in _sections(asked):
        _sheet(book, asked, section, about, lists)
    first.sheet_state = book[_WORDS].sheet_state = "hidden"
    book.active = 2
    book.properties.title = f"{name(state)} – {word(role)}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(file: Path) -> Iterator[Row]:
    """The answered rows by the names of `importing.assessments`; a row's line is its place among all questions.

    Raises `Invalid` for what is no questionnaire of ours, or one whose hidden cells were changed, with sheet and cell.
    """
    book = _opened(file)
    about = _about(book)
    asked = rubric(about.edition)
    with translation.override(about.language):
        codes = _codes(asked)
    left = set(asked.questions)
    for section in _sections(asked):
        if section not in book.sheetnames:
            raise _changed(section, "A1")
        for at, cells in enumerate(book[section].iter_rows(min_row=_FIRST, max_col=len(COLUMNS)), _FIRST):
            found = dict(zip(COLUMNS, cells, strict=True))
            if all(cell.value is None for cell in cells):
                continue
            _check_hidden(section, at, found, about, asked, left)
            if any(found[column].value is not None for column in SHOWN[1:]):
                yield Row(_line(section, at), _told(found, about, codes))
    if left:
        raise Invalid({"file": _("The rows of these questions are gone: {ids}. Export the questionnaire again.").format(
            ids=", ".join(sorted(left)[:10]))})  # fmt: skip


def place(line: int, column: str) -> str:
    """Sheet and cell of a refused row, for whoever filled it in."""
    letter = chr(ord("A") + COLUMNS.index(column)) if column in COLUMNS else ""
    return f"{chr(line // _SHEET)}!{letter}{line % _SHEET}"


_SHEET = 100_000  # a row's line holds its sheet too: the section's letter, then the row


def _sections(asked: Rubric) -> list[str]:
    """Those in which a person answers something."""
    return [code for code in asked.sections if any(each.section == code for each in asked.questions.values())]


def _line(section: str, at: int) -> int:
    return ord(section) * _SHEET + at


def _sheet(book: Any, asked: Rubric, section: str, about: About, lists: dict[str, str]) -> None:
    sheet = book.create_sheet(section)
    sheet.append([*HIDDEN, *(str(_heading(column)) for column in SHOWN)])
    questions = [each for each in asked.questions.values() if each.section == section]
    for each in questions:
        hint = " / ".join(word(item) for item in LISTS.get(each.type, ()))
        said = f"{each.id} {each.text}" + (f" [{hint}]" if hint else "")
        sheet.append([each.id, _checksum(about, each.id), said])
    for column in "AB":
        sheet.column_dimensions[column].hidden = True
    for at, column in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + at)].width = _WIDTHS.get(column, 14)
    sheet.freeze_panes = f"D{_FIRST}"
    sheet.sheet_view.rightToLeft = translation.get_language_bidi()
    for at, each in enumerate(questions, _FIRST):
        _choose(sheet, f"D{at}", lists[each.type])
        _choose(sheet, f"I{at}", lists["confidence"])
        for column in _DAYS:
            sheet.cell(at, COLUMNS.index(column) + 1).number_format = "yyyy-mm-dd"
    _wrap(sheet)


def _wrap(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font

    for row in sheet.iter_rows(max_col=len(COLUMNS)):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)


def _choose(sheet: Any, cell: str, among: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=among, allow_blank=True, showErrorMessage=True)
    sheet.add_data_validation(choice)
    choice.add(cell)


def _word_lists(book: Any) -> dict[str, str]:
    """The words of each type of question in a hidden sheet, and where they stand there."""
    sheet, found = book.create_sheet(_WORDS), {}
    told = {kind: [answer_word(code) for code in codes] for kind, codes in TYPES.items()}
    told["confidence"] = [word(code) for code in CONFIDENCE]
    for at, (kind, words) in enumerate(told.items(), 1):
        letter = chr(ord("A") + at - 1)
        for row, said in enumerate(words, 1):
            sheet.cell(row, at, said)
        found[kind] = f"{_WORDS}!${letter}$1:${letter}${len(words)}"
    return found


def _heading(column: str) -> Any:
    return {
        "text": _("Question"), "answer": _("Answer"), "number": _("Number"), "items": _("Which of these"),
        "valid_from": _("So since"), "valid_to": _("So until"), "confidence": _("Confidence"), "rationale": _("Why"),
        "evidence": _("Evidence: law, report or page"), "pinpoint": _("Place in it"), "in_force": _("In force since"),
        "address": _("Address"),
    }[column]  # fmt: skip


def _checksum(about: About, question: str) -> str:
    return sha256(f"{about.edition}|{about.state}|{about.role}|{question}".encode()).hexdigest()[:16]


def _opened(file: Path) -> Any:
    library = extra.openpyxl()
    try:
        if file.stat().st_size > LARGEST or sum(each.file_size for each in zipfile.ZipFile(file).infolist()) > UNPACKED:
            raise Invalid({"file": _("This file is too large for a questionnaire.")})
        return library.load_workbook(file, keep_links=False)
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - the library raises whatever its parsers raise on bytes that are no spreadsheet
        raise Invalid({"file": _("This is no spreadsheet (XLSX).")}) from None


def _about(book: Any) -> About:
    if _ABOUT not in book.sheetnames:
        raise Invalid({"file": _("This is no questionnaire of Amparo: it has no sheet {sheet}.").format(sheet=_ABOUT)})
    told = {str(key): str(value) for key, value in book[_ABOUT].iter_rows(max_col=2, max_row=4, values_only=True)}
    if set(told) != {"edition", "state", "role", "language"} or told["language"] not in dict(settings.LANGUAGES):
        raise _changed(_ABOUT, "A1")
    return About(**told)


def _changed(sheet: str, cell: str) -> Invalid:
    return Invalid({"file": _("Sheet {sheet}, cell {cell}: what must not change was changed. "
                              "Export the questionnaire again.").format(sheet=sheet, cell=cell)})  # fmt: skip


def _check_hidden(section: str, at: int, found: Any, about: About, asked: Rubric, left: set[str]) -> None:
    id = str(found["question"].value)
    if id not in left or asked.questions[id].section != section:
        raise _changed(section, f"A{at}")
    if str(found["checksum"].value) != _checksum(about, id):
        raise _changed(section, f"B{at}")
    left.discard(id)


def _codes(asked: Rubric) -> dict[str, str]:
    """Each word of the file's language that may stand in an answer, a list or a confidence, and each code itself."""
    answers = {code for each in asked.questions.values() for code in TYPES[each.type]}
    items = {code for codes in LISTS.values() for code in codes}
    told = {answer_word(code): code for code in answers} | {word(code): code for code in (*items, *CONFIDENCE)}
    return {said.casefold(): code for said, code in told.items()} | {code: code for code in (*answers, *items)}


def _told(found: Any, about: About, codes: dict[str, str]) -> dict[str, str]:
    told = {column: _cell(found[column].value) for column in COLUMNS}
    for column in ("answer", "confidence"):
        told[column] = codes.get(told[column].casefold(), told[column])
    told["items"] = " ".join(
        codes.get(part.strip().casefold(), part.strip().replace(" ", "_"))
        for part in told["items"].replace(";", ",").replace("،", ",").split(",") if part.strip()
    )  # fmt: skip
    return told | {"state": about.state, "role": about.role, "edition": about.edition}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (datetime, date)):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).strip()
