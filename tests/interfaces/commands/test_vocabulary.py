"""`amparo vocabulary` (W1)."""

import pytest
from click.testing import CliRunner

from amparo.config.cli import Group
from amparo.interfaces.commands.vocabulary import vocabulary
from amparo.vocabulary import files, queries

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
