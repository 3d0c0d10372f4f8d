"""Estimates from the command line (S4, X4)."""

import json

import pytest
from click.testing import CliRunner

from amparo.config.cli import build
from tests.methods.hidden.data import FOLDER


def run(*arguments: str):
    return CliRunner().invoke(build(), ["estimate", *arguments])


def test_a_table_is_estimated_and_told_in_words():
    shown = run(str(FOLDER / "neworleans_5.csv"), "--method", "stepwise", "--interval", "bca")
    assert shown.exit_code == 0
    assert shown.output.startswith("185 people on 5 lists: A, BEFG, C, D, H.\n")
    assert "stepwise               1,034   589 – 1,704                      849   ok" in shown.output
    assert "Taken together: about 1,034, 589 to 1,704." in shown.output


def test_methods_are_named_with_commas_or_again_and_json_is_json():
    shown = run("--json", "--boot", "50", "--method", "main,chao", "--method", "dga", str(FOLDER / "korea_3.csv"))
    assert [each["method"] for each in json.loads(shown.output)["results"]] == ["main", "chao", "dga"]


def test_each_set_of_a_file_is_a_line_of_json(tmp_path):
    drawn = run("simulate", "independent", "--people", "3000", "--lists", "3", "--sets", "2", "--seed", "5")
    assert drawn.output.startswith("set,A,B,C,count\nindependent_0,")
    file = tmp_path / "lists.csv"
    file.write_text(drawn.output)
    shown = run(str(file), "--json", "--method", "main", "--boot", "50")
    assert [json.loads(line)["set"] for line in shown.output.splitlines()] == ["independent_0", "independent_1"]


def test_a_plot_and_a_page_are_written(tmp_path):
    plot, page = tmp_path / "plot.svg", tmp_path / "page.html"
    more = [("--plot", tmp_path / "plot.png", b"\x89PNG"), ("--report", tmp_path / "page.pdf", b"%PDF-")]
    shown = run(
        str(FOLDER / "korea_3.csv"), "--method", "main", "--boot", "50", "--plot", str(plot), "--report", str(page)
    )
    assert shown.exit_code == 0, shown.output
    assert plot.read_text().startswith("<svg")
    assert page.read_text().startswith("<!doctype html>")
    for option, file, first in more:
        shown = run(str(FOLDER / "korea_3.csv"), "--method", "main", "--boot", "50", option, str(file))
        assert (shown.exit_code, file.read_bytes()[: len(first)]) == (0, first)
    assert {each.name for each in tmp_path.iterdir()} == {"plot.svg", "page.html", "plot.png", "page.pdf"}


def test_the_internal_check_tells_what_is_known():
    told = json.loads(
        run(str(FOLDER / "hiv_rome_4.csv"), "--json", "--method", "main", "--boot", "50", "--internal-check").output
    )
    assert {(each["list"], each["truth"]) for each in told["internal_check"]} == {
        ("c1", 466),
        ("c2", 630),
        ("c3", 693),
        ("c4", 236),
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--method", "magic"], "There is no method magic"),
        (["--boot", "3"], "An interval needs 20 to 100,000"),
        (["--plot", "x.gif"], "must end in .svg or .png"),
        (["--report", "x.doc"], "must end in .html or .pdf"),
        (["--strata", "sex"], "Line 1 names no column sex"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(arguments, said):
    shown = run(str(FOLDER / "korea_3.csv"), *arguments)
    assert shown.exit_code == 1
    assert said in shown.output
    assert "Traceback" not in shown.output


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("A,B,count\n0,0,3\n1,0,1\n", "Line 2: this person is on no list"),
        ("A,B,count\n1,0,-3\n", "a count is a whole number, 0 or more"),
        ("A,B,count\n1,0,2.5\n", "a count is a whole number, 0 or more"),
        ("A,count\n1,3\n", "At least two lists are needed"),
        (f"{','.join(f'L{n}' for n in range(25))}\n{','.join('1' * 25)}\n", "25 lists are too many"),
        ("A,B,count\n1,0,0\n0,1,0\n", "There are no people"),
        ("A,B,count\n1,yes,2\n", "is neither 0 nor 1"),
        ("A,B,C,count\n1,0,0,4\n1,1,0,2\n", "Nobody is on list C"),
        ("", "each column needs a name"),
    ],
)
def test_lists_that_cannot_be_are_refused_in_a_sentence(tmp_path, written, said):
    file = tmp_path / "lists.csv"
    file.write_text(written)
    shown = run(str(file), "--json")
    assert shown.exit_code == 1
    assert said in shown.output
    assert "NaN" not in shown.output
    assert "Traceback" not in shown.output


def test_a_list_of_everybody_and_combinations_told_twice_are_warned_of(tmp_path):
    file = tmp_path / "lists.csv"
    file.write_text("A,B,C,count\n1,0,0,30\n1,1,0,8\n1,1,0,4\n1,0,1,9\n1,1,1,3\n")
    told = json.loads(run(str(file), "--json", "--method", "main", "--boot", "30").output)
    assert [each["code"] for each in told["cautions"]][:2] == ["everybody", "added"]
    assert (told["combined"]["verdict"], told["combined"]["low"]) == ("not identifiable", None)


def test_a_file_that_is_no_text_is_told(tmp_path):
    file = tmp_path / "lists.csv"
    file.write_bytes(b"A,B,count\n\xff,0,1\n")
    assert "This file is not UTF-8 (byte 10)." in run(str(file)).output
