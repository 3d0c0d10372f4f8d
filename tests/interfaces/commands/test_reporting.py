"""A State's report, its questionnaire and others' law from the command line (J2, M2, M6)."""

import pytest
from click.testing import CliRunner

from amparo.config.cli import build
from amparo.law.models import Provision
from amparo.monitoring.models import Assessment
from tests.monitoring import build as built

pytestmark = pytest.mark.django_db(databases="__all__")
openpyxl = pytest.importorskip("openpyxl")
HEAD = "state,offence,element,answer,years,law,pinpoint,in_force,external"
ROW = "XLM,sale,limitation,from_act,10,A made-up act,section 1,2010-01-01,A made-up compilation"


@pytest.fixture(autouse=True)
def state(house):
    return built.lumeria()


def run(*arguments):
    return CliRunner().invoke(build(), [str(each) for each in arguments])


@pytest.mark.parametrize(("name", "begin"), [("x.pdf", b"%PDF"), ("x.docx", b"PK")])
def test_a_report_is_written_in_a_language(tmp_path, name, begin):
    made = run("export", "state-report", "--state", "Lumeria", "--language", "ar", "-o", tmp_path / name)
    assert made.exit_code == 0, made.output
    assert (tmp_path / name).read_bytes().startswith(begin)
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("state-report", "--state", "Lumerya", "-o", "x.pdf"), "Did you mean Lumeria?"),
        (("state-report", "--state", "XLM", "-o", "x.odt"), "ends in .pdf or .docx"),
        (("state-report", "--state", "XLM", "--language", "tlh", "-o", "x.pdf"), "Invalid value"),
        (("questionnaire", "--state", "XLM", "--role", "nobody", "-o", "x.xlsx"), "Invalid value"),
    ],
)
def test_what_cannot_be_written_is_said_and_no_file_begun(tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    told = run("export", *arguments)
    assert told.exit_code != 0
    assert words in told.output
    assert not list(tmp_path.iterdir())


def test_a_questionnaire_goes_out_is_tried_and_comes_in(tmp_path):
    file = tmp_path / "q.xlsx"
    assert run("export", "questionnaire", "--state", "XLM", "--role", "nhri", "-o", file).exit_code == 0
    book = openpyxl.load_workbook(file)
    for column, value in {"D": "met", "G": "2022-01-01", "K": "A made-up plan"}.items():
        book["E"][f"{column}2"] = value
    book.save(file)
    assert "1 new" in run("import", "questionnaire", file, "--dry-run").output
    assert not Assessment.objects.exists()
    assert "1 new" in run("import", "questionnaire", file).output
    assert Assessment.objects.get().status == "submitted"
    book["E"]["D3"], book["E"]["G3"], book["E"]["K3"] = "splendid", "2022-01-01", "A made-up plan"
    book.save(file)
    told = run("import", "questionnaire", file)
    assert (told.exit_code, "E!D3: answer Choose one of" in told.output) == (1, True)
    book["E"]["A3"] = "E9"
    book.save(file)
    assert "Sheet E, cell A3" in run("import", "questionnaire", file).output


def test_law_of_others_is_taken_with_its_label_and_waits(tmp_path):
    file = built.write(tmp_path, HEAD, ROW)
    assert "1 new" in run("import", "law", file).output
    found = Provision.objects.get()
    assert (found.external, found.status, found.years) == ("A made-up compilation", "submitted", 10)
    assert "1 as before" in run("import", "law", file).output


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("A made-up compilation", "", "line 2, external: is needed"),
        ("XLM", "Lumerya", "line 2, state: There is no State Lumerya. Did you mean Lumeria?"),
        ("sale", "nonsense", "line 2, offence: Choose one of the list."),
        (",10,", ",ten,", "line 2, years: is a whole number"),
        ("from_act", "given", "line 2, answer: Choose one of"),
        ("2010-01-01", "soon", "line 2, in_force: is a date"),
    ],
)
def test_a_wrong_row_of_law_is_named_and_nothing_is_kept(tmp_path, before, after, words):
    told = run("import", "law", built.write(tmp_path, HEAD, ROW.replace(before, after)))
    assert told.exit_code == 1
    assert words in told.output
    assert not Provision.objects.exists()
