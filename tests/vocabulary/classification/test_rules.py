"""Rule files are read strictly: what is wrong is named with its file and line (W2)."""

import pytest

from amparo.common.errors import Invalid
from amparo.vocabulary import files
from amparo.vocabulary.classification import elements, readings, rules
from amparo.vocabulary.classification.rules import Asking

ABOUT = '[about]\ncode = "x"\nedition = "1"\ntitle = "X"\nsource = "made up"\n'
OFFENCE = '[[offence]]\ncode = "X-1"\nlabel = "X"\npinpoint = "1"\nneeds = ["moved"]\n'


def write(tmp_path, text: str):
    file = tmp_path / "made_up.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_rule_set_of_a_state_is_read_from_a_file(tmp_path):
    found = rules.read(write(tmp_path, ABOUT + OFFENCE))
    assert [offence.code for offence in found.offences] == ["X-1"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ABOUT + OFFENCE.replace("moved", "mooved"), "made_up.toml, line 10: there is no element mooved"),
        (ABOUT + '[define.a]\nany = ["b"]\n[define.b]\nall = ["a"]\n' + OFFENCE.replace("moved", "a"), "a needs b needs a: a circle"),
        (ABOUT + '[define.a]\nsome = ["moved"]\n' + OFFENCE.replace("moved", "a"), "line 6: the definition of a needs either any or all"),
        (ABOUT + OFFENCE + OFFENCE, "the code X-1 stands twice"),
        (ABOUT + OFFENCE + 'when.elsewhere = ["moved"]\n', "there is no setting elsewhere"),
        (ABOUT, r"there is no \[\[offence\]\]"),
        (OFFENCE, "line 1: about lacks code, edition, source, title"),
        (ABOUT + "colour = 1\n" + OFFENCE, "line 6: about knows no colour"),
        (ABOUT + OFFENCE.replace("pinpoint", "pin"), "line 7: X-1 lacks pinpoint"),
        (ABOUT + OFFENCE + "pin = 1\n", "line 11: X-1 knows no pin"),
        ("this is no toml", "made_up.toml"),
        (ABOUT.replace('"x"', '"../x"') + OFFENCE, "line 2: code has letters, digits, hyphens, points only"),
        (ABOUT + OFFENCE.replace('["moved"]', '"moved"'), "line 10: needs is a list of texts in brackets"),
        (ABOUT + OFFENCE.replace('["moved"]', "[]"), "line 10: needs is a list of texts in brackets, one or more"),
        (ABOUT + OFFENCE.replace('["moved"]', "[1]"), "line 10: needs is a list of texts in brackets, one or more"),
        (ABOUT + OFFENCE.replace('label = "X"', 'label = ""'), "line 8: label is a text in quotation marks"),
        (ABOUT + "[setting]\nfast = 1\n" + OFFENCE, "line 7: fast is true or false"),
        (ABOUT + 'in_force = "May"\n' + OFFENCE, "line 6: in_force is a day, such as 2026-01-31, without"),
        (ABOUT + "# mooved\n" + OFFENCE.replace("moved", "mooved"), "line 11: there is no element mooved"),
        (ABOUT + "[others]\nx = 1\n" + OFFENCE, "line 6: there is no table others"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line(tmp_path, text, words):
    with pytest.raises(Invalid, match=words):
        rules.read(write(tmp_path, text))


def test_a_file_that_is_no_text_is_named_with_its_line(tmp_path):
    file = write(tmp_path, ABOUT)
    file.write_bytes(ABOUT.encode() + b"\xff\n")
    with pytest.raises(Invalid, match=r"made_up\.toml, line 6: is not UTF-8"):
        rules.read(file)


def test_a_need_is_explained_as_it_is_written_and_not_as_it_is_worked_out(tmp_path):
    text = ABOUT + '[define.gain]\nany = ["to_child", "to_family"]\n[define.sale]\nall = ["moved", "gain"]\n'
    text += OFFENCE.replace('["moved"]', '["sale | not union | gain", "moved"]')
    (offence,) = rules.read(write(tmp_path, text)).offences
    gain = (Asking("yes", "to_child"), Asking("yes", "to_family"))
    sale = Asking("all", parts=(Asking("yes", "moved"), Asking("any", parts=gain)))
    assert offence.asks == {
        "sale | not union | gain": Asking("any", parts=(sale, Asking("no", "union"), *gain)),
        "moved": Asking("yes", "moved"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"armed_use": "yes"}, "met"),
        ({"transferred": "yes", "consideration_given": "yes", "for_transfer": "yes"}, "met"),
        ({"transferred": "yes", "consideration_given": "yes"}, "open"),
        (dict.fromkeys(("labour_bondage", "labour_forced", "purpose_servitude", "armed_use", "transferred"), "no"), "not_met"),
    ],
)  # fmt: skip
def test_the_state_of_a_need_is_that_of_all_that_it_asks_for(facts, state):
    slavery = readings.reading("ilo182").results({"age": 9} | facts)[0]
    assert [each for _asking, each in slavery.explained] == ["met", state]


def test_every_shipped_set_says_since_when_it_holds_and_where_that_was_read():
    for each in rules.shipped().values():
        assert bool(each.in_force) == bool(each.in_force_source)


def test_every_shipped_set_says_where_each_offence_stands():
    for each in rules.shipped().values():
        assert each.source
        assert all(offence.pinpoint for offence in each.offences)


def test_every_element_is_asked_in_six_languages_and_used_or_kept_for_a_reason():
    (code_list,) = [each for each in files.shipped() if each.scheme == "element"]
    assert all(row[language] for row in code_list.rows for language in files.LANGUAGES)
    used = 0
    for each in rules.shipped().values():
        for offence in each.offences:
            for need in offence.needs + tuple(more for extra in offence.when.values() for more in extra):
                used |= need.yes | need.no
    unused = {name for name in elements.names() if not used & elements.bit(name)}
    # Recorded though no offence needs them: means are irrelevant for a child, material may be simulated, what is done
    # for profit was done, whoever receives a consideration it is one, and whether another child was responsible decides
    # how that child is treated.
    received = {"to_child", "to_family", "to_third"}
    assert unused == {"means_deception", "simulated", "organ_removed", "child_responsible"} | received
