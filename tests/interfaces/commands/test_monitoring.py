"""The monitor from the command line (M1)."""

import json

import pytest
from click.testing import CliRunner

from amparo.config.cli import build
from amparo.monitoring import files
from amparo.monitoring.models import TreatyStatus
from tests.monitoring import build as built

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = "state,treaty,status,signed,bound,act,in_force,as_of,source,reservations,note"


def run(*arguments):
    return CliRunner().invoke(build(), [str(each) for each in arguments])


def test_treaty_prints_a_state_with_its_day_how_exact_it_is_and_who_says_so(db):
    built.treaties()
    told = run("treaty", "opsc", "--state", "Norway")
    assert told.exit_code == 0
    assert "NOR  Norway" in told.output
    assert (
        "party      2001-10-02  day   UN Treaty Collection (copy of March 2015); status: World Politics Data Lab, as of 2022-08"
        in told.output
    )


def test_treaty_counts_and_tells_machines(db):
    built.treaties()
    assert "party 178" in run("treaty", "OPSC").output
    told = json.loads(run("treaty", "OPSC", "--as-of", "2001-10-18", "--json").output)
    assert sum(each["status"] == "party" for each in told["states"]) == 10
    assert (told["in_force"], told["on"]) == ("2002-01-18", "2001-10-18")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("OPSX",), "There is no treaty OPSX"),
        (("OPSC", "--state", "Norwey"), "Did you mean Norway?"),
        (("OPSC", "--as-of", "soon"), "Invalid value"),
    ],
)
def test_treaty_says_what_it_does_not_know(db, arguments, words):
    built.treaties()
    told = run("treaty", *arguments)
    assert told.exit_code != 0
    assert words in told.output


def test_import_names_refused_rows_writes_them_down_and_keeps_nothing(db, tmp_path):
    built.states()
    file, refused = built.write(tmp_path, HEAD, "NOR,OPSC,party,,1999,accession,,2022-08,s,,"), tmp_path / "refused.csv"
    told = run("import", "treaties", file, "--refused", refused)
    assert told.exit_code == 1
    assert "line 2, bound: lies before the treaty existed (2000-05-25)" in told.output
    assert "1 rows: 0 new, 0 changed, 0 as before, 1 refused. Nothing was kept." in told.output
    assert refused.read_text().splitlines() == [
        "line,column,rule",
        "2,bound,lies before the treaty existed (2000-05-25)",
    ]
    assert not TreatyStatus.objects.exists()


def test_import_of_the_same_file_twice_changes_nothing(db):
    built.states()
    file = files.SHIPPED / "treaty_status.csv"
    assert "1327 new, 0 changed, 0 as before" in run("import", "treaties", file).output
    assert "0 new, 0 changed, 1327 as before" in run("import", "treaties", file).output


def test_import_of_series_and_of_recommendations(db, tmp_path):
    built.states()
    series = built.write(tmp_path, "series,m49,year,value", "SP_DYN_MRBF18,562,2022,76.3", name="sdg.csv")
    assert run("import", "sdg", series).exit_code == 2  # it must say as of when
    assert "1 new" in run("import", "sdg", series, "--as-of", "2026-10").output
    assert "703 new" in run("import", "upr", files.SHIPPED / "upr.csv").output
    assert run("import", "uhri", files.SHIPPED / "upr.csv").exit_code == 1


def test_cases_and_states_share_the_word_import():
    told = run("import", "--help").output
    assert all(kind in told for kind in ("htcds", "sdg", "treaties", "uhri", "upr"))
