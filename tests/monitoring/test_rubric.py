"""The rubric is data: complete in six languages, stable, and wrong with a file and a line (M2)."""

import shutil

import pytest

from amparo.common.errors import Invalid
from amparo.monitoring.rubric.editions import FOLDER, editions, read, rubric


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(FOLDER / editions()[-1], tmp_path / "x")
    return tmp_path / "x"


def test_the_newest_edition_asks_a_hundred_questions_in_six_languages():
    found = rubric()
    assert (found.edition, len(found.questions), list(found.sections)) == ("2026-11", 100, list("LSJECDP"))
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
        ("id: L02", "id: L01", r"rubric.yaml, line 21: repeats the id L01"),
        ("type: Q4", "type: Q5", r"rubric.yaml, line 17: type is one of Q4"),
        ("nature: structural", "nature: good", r"line 18: nature is one of"),
        ("id: L02", "id: X02", r"line 21: names no section: X02"),
        ('    source: "85"\n', "", r"line 16: needs source"),
        ('    source: "85"', '    sauce: "85"', r"line 16: has no field sauce"),
        ('    source: "85"', '    source: ""', r"line 19: needs words"),
        ("edition: 2026-11\n", "", r"line 1: needs edition"),
        ("questions:", "questions: [", r"this is no YAML"),
        ('  L: "Law"', '  L: "Law"\n  L: "Law"', r"line 9: repeats L"),
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
