"""`amparo vocabulary` (W1)."""

import pytest
from click.testing import CliRunner

from amparo.cases import actions as cases
from amparo.cases.actions import IncidentFacts
from amparo.common.types import IMPORTER
from amparo.config.cli import Group
from amparo.interfaces.commands.vocabulary import vocabulary
from amparo.vocabulary import files, queries
from tests.cases.build import open_case

pytestmark = pytest.mark.django_db(databases="__all__")
CLI = Group("amparo", {"vocabulary": vocabulary})


def run(*arguments: str, told: str = ""):
    return CliRunner().invoke(CLI, ["vocabulary", *arguments], input=told)


@pytest.fixture
def colour(tmp_path):
    file = tmp_path / "colour.csv"
    file.write_text(f"{','.join(files.HEADER)},verified\nred,,1,Red.,made up,Red,Rouge,,,,,false\n", encoding="utf-8")
    yield file
    queries.forget()


def test_an_edition_is_taken_and_shown(colour):
    loaded = run("load", str(colour), "--edition", "2027", "--title", "Colour", "--source", "made up")
    assert loaded.output == "colour 2027: 1 codes.\n"
    assert "Rouge  (not confirmed in its source)" in run("show", "colour", "--lang", "fr").output
    assert "colour                      2027      Colour" in run("show").output


def test_a_scheme_that_is_not_there_is_one_clear_line():
    answer = run("show", "nowhere")
    assert (answer.exit_code, answer.output) == (1, "Error: scheme: There is no list nowhere.\n")


def test_a_broken_file_takes_nothing(colour):
    colour.write_text("code\nred\n", encoding="utf-8")
    answer = run("load", str(colour), "--edition", "2027", "--title", "Colour", "--source", "made up")
    assert answer.exit_code == 1
    assert "colour.csv, line 1: needs the header" in answer.output
    assert run("show", "colour").exit_code == 1


def test_a_text_is_checked_and_never_changed():
    answer = run("check", "-", told="First line.\nThis is child pornography.\n")
    assert answer.exit_code == 1
    assert "line 2: child pornography (legal_only): better child sexual abuse material" in answer.output
    assert run("check", "-", told="Child sexual abuse material.").exit_code == 0


ICVAC = """3,,1,Made up.,made up,Level one,,,,,
301,3,2,Made up.,made up,Level two,,,,,
30101,301,3,Made up.,made up,Level three,,,,,
"""


@pytest.fixture
def icvac(tmp_path):
    """A made-up edition of three levels, and what two of our forms are called in it."""
    (tmp_path / "icvac.csv").write_text(f"{','.join(files.HEADER)}\n{ICVAC}", encoding="utf-8")
    (tmp_path / "form.csv").write_text("code,scheme,target,note\ngrooming,icvac,30101,\nsport,icvac,,\n")
    (tmp_path / "counts.csv").write_text("form,children\ngrooming,7\nsport,12\n", encoding="utf-8")
    yield tmp_path
    queries.forget()


def test_an_icvac_of_three_levels_is_taken_by_command_and_both_editions_are_reported(house, icvac):
    case = open_case(house, "NORTH")
    incident = cases.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="grooming"))
    told = ("--edition", "2099", "--title", "Made up", "--source", "made up")
    assert run("load", str(icvac / "icvac.csv"), *told).output == "icvac 2099: 3 codes.\n"
    taken = run("load-crosswalk", str(icvac / "form.csv"), "--edition", "2099", "--source", "made up")
    assert taken.output == "form 2099: 2 equivalents.\n"
    asked = ("convert", str(icvac / "counts.csv"), "--column", "form", "--scheme", "form", "--to", "icvac")
    assert run(*asked).output == "form,children,icvac 2099\ngrooming,7,30101\nsport,12,\n"
    old = run(*asked, "--edition", "2023").output.splitlines()
    assert old[:2] == ["form,children,icvac 2023", "grooming,7,3"]
    assert "301" in run("show", "icvac").output
    assert "Neglect of a child" in run("show", "icvac", "--edition", "2023").output
    incident.refresh_from_db()
    assert incident.form == "grooming"


def test_a_code_that_was_never_confirmed_leaves_in_no_export_and_its_line_is_named(icvac):
    file = icvac / "counts.csv"
    file.write_text("form,children\ngrooming,7\nillegal_adoption,3\n", encoding="utf-8")
    out = icvac / "out.csv"
    asked = ("convert", str(file), "--column", "form", "--scheme", "form", "--to", "iccs", "--out", str(out))
    answer = run(*asked)
    assert answer.exit_code == 1
    assert "line 3: The code 020291 of iccs" in answer.output
    assert "is not confirmed in its source" in answer.output
    assert sorted(each.name for each in icvac.iterdir()) == ["counts.csv", "form.csv", "icvac.csv"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--column", "kind", "--scheme", "form", "--to", "iccs"), "no column kind"),
        (("--column", "form", "--scheme", "form", "--to", "nowhere"), "There is no list nowhere"),
        (("--column", "form", "--scheme", "form", "--to", "icvac", "--edition", "1999"), "no list icvac of 1999"),
        (("--column", "children", "--scheme", "form", "--to", "icvac"), "line 2: No crosswalk says what 7 is called"),
    ],
)
def test_what_cannot_be_converted_is_one_clear_line(icvac, asked, words):
    answer = run("convert", str(icvac / "counts.csv"), *asked)
    assert (answer.exit_code, words in answer.output) == (1, True), answer.output
