"""The rubric is data: complete in six languages, stable, and wrong with a file and a line (M2)."""

import shutil

import pytest
from django.utils import translation

from amparo.common.errors import Invalid
from amparo.monitoring.rubric.editions import FOLDER, editions, read, rubric


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(FOLDER / editions()[-1], tmp_path / "x")
    return tmp_path / "x"


IDS = {
    "T": 15, "L": 45, "S": 21, "J": 12, "E": 4, "C": 3, "D": 6, "R": 17, "M": 7, "O": 6, "P": 9,
}  # fmt: skip


def test_every_id_of_the_rubric_is_there_once_answered_by_a_person_or_by_data():
    found = rubric()
    ids = [*found.questions, *(each.id for each in found.known)]
    assert len(ids) == len(set(ids)) == 145
    assert {section: sum(id[0] == section for id in ids) for section in found.sections} == IDS
    for language in ("en", "fr", "es", "ru", "zh-hans", "ar"):
        with translation.override(language):
            assert all(each.text for each in found.known)


def test_nobody_writes_an_answer_to_what_data_answers():
    with pytest.raises(Invalid, match="T02 is answered by data"):
        rubric().question("T02")


def test_the_newest_edition_asks_its_questions_in_six_languages():
    found = rubric()
    assert (found.edition, len(found.questions), list(found.sections)) == ("2026-11", 111, list("LSJECDPTRMO"))
    assert all(len(set(q.words)) == 6 and all(q.words.values()) for q in found.questions.values())
    assert found.checked == ("en",)


def test_every_question_cites_a_paragraph_of_the_report_or_says_that_it_does_not():
    for each in rubric().questions.values():
        parts = [part.strip() for part in each.source.split(";")[0].split(",")]
        assert each.anchored or all(part.split("(")[0].isdigit() and int(part.split("(")[0]) <= 116 for part in parts)


def test_what_caps_the_law_is_that_victims_are_punished_or_must_complain():
    assert [q.id for q in rubric().questions.values() if q.key] == ["L13", "L24"]


def test_an_edition_that_there_is_not_is_named():
    with pytest.raises(Invalid, match="no edition 1999"):
        rubric("1999")
    with pytest.raises(Invalid, match="no question X99"):
        rubric().question("X99")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("id: L02", "id: L01", r"rubric.yaml, line 25: repeats the id L01"),
        ("type: Q4", "type: Q5", r"rubric.yaml, line 21: type is one of Q4"),
        ("nature: structural", "nature: good", r"line 22: nature is one of"),
        ("id: L02", "id: X02", r"line 25: names no section: X02"),
        ('    source: "85"\n', "", r"line 20: needs source"),
        ('    source: "85"', '    sauce: "85"', r"line 20: has no field sauce"),
        ('    source: "85"', '    source: ""', r"line 23: needs words"),
        ("edition: 2026-11\n", "", r"line 1: needs edition"),
        ("questions:", "questions: [", r"this is no YAML"),
        ('  L: "Law"', '  L: "Law"\n  L: "Law"', r"line 9: repeats L"),
        ("{id: T01, kind: treaty, code: CRC", "{id: T01, kind: treaty, code: XYZ", r"needs id, source, a kind of treaty"),
        ("{id: T01,", "{id: T02,", r"repeats an id"),
        ("{id: T01,", "{id: L01,", r"repeats the id L01"),
        ("checked: [en]", "checked: en", r"line 6: needs a list"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_line(copy, before, after, words):
    file = copy / "rubric.yaml"
    file.write_text(file.read_text().replace(before, after, 1))
    with pytest.raises(Invalid, match=words):
        read(copy)


def test_a_language_that_lacks_a_question_is_named(copy):
    file = copy / "fr.yaml"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if "L07" not in line))
    with pytest.raises(Invalid, match=r"fr.yaml: has no words for L07"):
        read(copy)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"- a\n- b\n", b""])
def test_what_is_no_rubric_is_none(copy, content):
    (copy / "rubric.yaml").write_bytes(content)
    with pytest.raises(Invalid, match="line 1"):
        read(copy)
