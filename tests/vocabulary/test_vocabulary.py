"""The same word means the same thing everywhere (W1)."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import amparo
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import OPERATOR
from amparo.vocabulary import actions, crosswalks, files, queries
from amparo.vocabulary.classification import rules
from amparo.vocabulary.files import LANGUAGES
from amparo.vocabulary.models import Crosswalk, Edition, Term

pytestmark = pytest.mark.django_db(databases="__all__")
SHIPPED = files.own()
SRC = Path(next(iter(amparo.__path__)))
AVOID = ["child pornography", "child porn", "child prostitut", "sex tourism", "sex worker", "sex tourist"]
HEADER = ",".join(files.HEADER)


@pytest.fixture(autouse=True)
def _fresh_cache():
    queries.forget()
    yield
    queries.forget()


def write(tmp_path, *lines: str, name: str = "colour"):
    file = tmp_path / f"{name}.csv"
    file.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return files.read(file, edition="2026-11", title="Colour", source="made up")


RED = "red,,1,Red.,made up,Red,Rouge,Rojo,أحمر,Красный,红"
BLUE = "blue,,2,Blue.,made up,Blue,Bleu,Azul,أزرق,Синий,蓝"


@pytest.mark.parametrize("code_list", SHIPPED, ids=lambda each: each.scheme)
def test_every_shipped_code_has_a_label_in_six_languages(code_list):
    assert [row["code"] for row in code_list.rows if not all(row[language] for language in files.LANGUAGES)] == []


@pytest.mark.parametrize("code_list", SHIPPED, ids=lambda each: each.scheme)
def test_no_shipped_label_uses_a_word_to_avoid(code_list):
    text = " ".join(row["en"].lower() for row in code_list.rows if row["status"] != "legal_only")  # a title, quoted
    assert [word for word in AVOID if word in text] == []


# In these a word is its own definition: a name, a number of years, a degree.
NAMES = {
    "age_group", "birth_precision", "country", "difficulty", "language", "place_level", "release_reason", "risk_level",
    "sex",
}  # fmt: skip


@pytest.mark.parametrize(
    "code_list", [each for each in SHIPPED if each.scheme not in NAMES], ids=lambda each: each.scheme
)
def test_every_term_is_defined_in_other_words_than_its_own(code_list):
    said = [row["definition_en"].strip(".").casefold() for row in code_list.rows]
    own = [row["en"].casefold() for row in code_list.rows]
    assert [one for one, other in zip(said, own, strict=True) if one == other or not one] == []
    assert [one for one in said if one.startswith(("a/hrc", "opsc art", "palermo art", "lanzarote art"))] == []


def test_every_set_of_rules_is_called_as_its_file_calls_it_and_in_every_language():
    (found,) = (each for each in SHIPPED if each.scheme == "rule_set")
    assert {row["code"]: row["en"] for row in found.rows} == {
        code: each.title for code, each in rules.shipped().items()
    }
    assert all(row[language] for row in found.rows for language in LANGUAGES)


def test_every_file_that_is_shipped_has_its_edition():
    assert {each.scheme for each in SHIPPED} == {path.stem for path in files.SHIPPED.glob("*.csv")}


def test_unknown_not_asked_and_refused_are_three_answers():
    for scheme in ("sex", "care_status", "migration_status", "setting"):
        codes = {row["code"] for each in SHIPPED if each.scheme == scheme for row in each.rows}
        assert {"unknown", "not_asked", "refused"} <= codes, scheme


def test_the_same_edition_twice_changes_nothing(tmp_path):
    actions.load(by=OPERATOR, code_list=write(tmp_path, RED))
    actions.load(by=OPERATOR, code_list=write(tmp_path, RED))
    assert Term.objects.filter(edition__scheme="colour").count() == 1


def test_other_content_under_the_same_edition_is_refused(tmp_path):
    actions.load(by=OPERATOR, code_list=write(tmp_path, RED))
    with pytest.raises(Conflict, match="give a new edition"):
        actions.load(by=OPERATOR, code_list=write(tmp_path, RED, BLUE))
    assert queries.codes("colour") == {"red"}


def test_a_code_that_a_new_edition_dropped_keeps_its_words_and_is_chosen_no_more(tmp_path):
    actions.load(by=OPERATOR, code_list=write(tmp_path, RED, BLUE))
    newer = replace(write(tmp_path, RED), edition="2027-01")
    actions.load(by=OPERATOR, code_list=newer)
    assert queries.label("colour", "blue", "fr") == "Bleu"
    assert queries.codes("colour") == {"red"}


def test_a_code_is_needed_and_labelled_in_the_language_asked(tmp_path):
    actions.load(by=OPERATOR, code_list=write(tmp_path, RED, BLUE))
    assert queries.need("colour", "red") == "red"
    assert [queries.label("colour", "blue", language) for language in ("fr", "zh-hans", "xx")] == ["Bleu", "蓝", "Blue"]
    assert queries.choices("colour", "es") == [("red", "Rojo"), ("blue", "Azul")]
    with pytest.raises(Invalid):
        queries.need("colour", "green")
    with pytest.raises(Invalid, match="not loaded"):
        queries.need("shape", "round")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("red,,1,Red.,made up,Red", "line 2: has 6 cells"),
        (RED.replace("red,", ",", 1), "line 2: needs a code"),
        (RED.replace(",1,", ",first,"), "line 2: needs a whole number"),
        (f"{RED}\n{RED}", "line 3: repeats the code red"),
        (RED.replace("red,,", "red,crimson,"), "line 2: names a parent that is not there: crimson"),
    ],
)
def test_a_broken_list_is_refused_with_its_line(tmp_path, line, told):
    with pytest.raises(Invalid, match=told):
        write(tmp_path, line)


def test_another_header_or_encoding_is_refused(tmp_path):
    file = tmp_path / "colour.csv"
    file.write_text("code,label\nred,Red\n")
    with pytest.raises(Invalid, match="line 1: needs the header"):
        files.read(file, edition="1", title="", source="")
    file.write_bytes(HEADER.encode() + b"\nrouge\xe9\n")
    with pytest.raises(Invalid, match="line 2: is not UTF-8"):
        files.read(file, edition="1", title="", source="")


def test_those_who_do_not_run_the_house_load_no_lists(house, tmp_path):
    with pytest.raises(Refused):
        actions.load(by=house.actor("case_worker", "NORTH"), code_list=write(tmp_path, RED))
    assert not Edition.objects.filter(scheme="colour").exists()


def test_a_made_up_icvac_of_three_levels_is_taken_without_new_code(tmp_path):
    """The old edition stays, records keep their code, and both can be reported (standards, acceptance check 8)."""
    actions.load_shipped(by=OPERATOR)
    rows = [
        "3,,1,Made up.,made up,Level one,,,,,",
        "301,3,2,Made up.,made up,Level two,,,,,",
        "30101,301,3,Made up.,made up,Level three,,,,,",
    ]
    file = tmp_path / "icvac.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    actions.load(by=OPERATOR, code_list=files.read(file, edition="2099", title="Made up", source="made up"))
    assert queries.codes("icvac") == {"3", "301", "30101"}
    assert queries.label("icvac", "5") == "Neglect of a child"
    assert set(Edition.objects.filter(scheme="icvac").values_list("edition", flat=True)) == {"2023", "2099"}


def test_the_official_wording_stands_apart_from_the_preferred_one(tmp_path):
    actions.load_shipped(by=OPERATOR)
    term = Term.objects.get(edition__scheme="iccs", code="030221")
    assert (queries.label("iccs", "030221"), term.status) == ("Child sexual abuse material", "legal_only")
    assert term.official != queries.label("iccs", "030221")


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("status", "fine", "needs a status"),
        ("verified", "perhaps", "neither true nor false"),
        ("valid_from", "01/02/2026", "needs a date"),
        ("checked", "fr xx", "has no language xx"),
        ("colour", "red", "needs the header"),
    ],
)
def test_a_wrong_cell_of_what_may_be_said_besides_is_named_with_its_line(tmp_path, column, cell, words):
    file = tmp_path / "colour.csv"
    file.write_text(f"{HEADER},{column}\n{RED},{cell}\n", encoding="utf-8")
    with pytest.raises(Invalid, match=words):
        files.read(file, edition="1", title="Colour", source="made up")


def test_a_code_is_called_something_elsewhere_or_honestly_nothing():
    actions.load_shipped(by=OPERATOR)
    assert queries.elsewhere("form", "grooming", "iccs") == ["030223"]
    assert queries.elsewhere("form", "sport", "iccs") == []
    with pytest.raises(Invalid, match="No crosswalk says"):
        queries.elsewhere("form", "grooming", "nowhere")


def test_every_form_is_said_in_each_of_the_seven_standards_or_said_to_have_no_equivalent():
    actions.load_shipped(by=OPERATOR)
    others = ["icvac", "iccs", "htcds_exploitation", "sdg_series", "mrm_violation", "gbvims_type", "opsc_offence"]
    for code in queries.codes("form"):
        for other in others:
            assert all(queries.known(other, target) for target in queries.elsewhere("form", code, other))


def test_an_official_export_refuses_a_code_that_was_never_confirmed():
    actions.load_shipped(by=OPERATOR)
    assert queries.official("iccs", "030223") == "030223"
    with pytest.raises(Invalid, match="The code 020291 of iccs is not confirmed"):
        queries.official("iccs", "020291")


def test_a_crosswalk_to_a_code_that_never_was_is_refused_whole(tmp_path):
    actions.load_shipped(by=OPERATOR)
    file = tmp_path / "form.csv"
    file.write_text("code,scheme,target,note\ngrooming,iccs,030223,\ngrooming,icvac,77,\n", encoding="utf-8")
    with pytest.raises(Invalid, match=r"form.csv, line 3: icvac has no code 77"):
        actions.load_crosswalk(by=OPERATOR, walk=crosswalks.read(file, edition="9", source="made up"))
    assert not Crosswalk.objects.filter(edition="9").exists()


@pytest.mark.parametrize("walk", crosswalks.shipped(), ids=lambda each: each.scheme)
def test_a_crosswalk_comes_back_from_the_database_as_its_file_says(walk):
    actions.load_shipped(by=OPERATOR)
    kept = [(each.code, each.scheme, each.target, each.note) for each in queries.equivalents(walk.scheme)]
    assert kept == [(row.code, row.scheme, row.target, row.note) for row in walk.rows]


def test_nobody_but_the_vocabulary_touches_its_tables():
    used = re.compile(r"\b(Edition|Term|Crosswalk|Equivalent)\.objects\b")
    elsewhere = [path for path in SRC.rglob("*.py") if "vocabulary" not in path.relative_to(SRC).parts[0]]
    assert [path.name for path in elsewhere if used.search(path.read_text(encoding="utf-8"))] == []
