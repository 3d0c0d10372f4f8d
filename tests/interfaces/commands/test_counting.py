"""`amparo snapshot`, `cubes`, `indicators`, `table`: an operator freezes and counts (S1)."""

import csv

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from amparo.audit.models import Event
from amparo.config.cli import build
from amparo.counting.frozen import queries
from amparo.counting.frozen.models import Frozen, Part
from tests.counting.build import identify_table

pytestmark = pytest.mark.django_db(databases="__all__")
CHILDREN = {(2, "NORTH"): 2, (7, "SOUTH"): 3}
EXPORTED = {
    "csv": lambda path: list(csv.DictReader(path.read_text().splitlines())),
    "parquet": lambda path: pq.read_table(path).to_pylist(),
    "xlsx": lambda path: sheet_of(load_workbook(path).active),
}


def sheet_of(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def run(*words):
    return CliRunner().invoke(build(), list(words))


@pytest.fixture
def taken(house):
    queries.forget()
    identify_table(house, CHILDREN)
    assert run("snapshot", "take").exit_code == 0
    yield Frozen.objects.get()
    queries.forget()


def test_a_snapshot_is_taken_listed_and_verified(taken):
    assert taken.reference in run("snapshot", "list").stdout
    verified = run("snapshot", "verify")
    assert verified.exit_code == 0
    assert f"{taken.reference} is what was taken" in verified.stdout
    Part.objects.filter(name="child").update(sealed=b"0" * 60)
    altered = run("snapshot", "verify", taken.reference)
    assert altered.exit_code == 1
    assert "altered" in altered.stderr


def test_a_table_is_the_same_from_every_engine_and_each_look_is_recorded(taken, tmp_path):
    asked = ("table", "children_identified", "--by", "age_group,region")
    from_cube = run(*asked)
    assert from_cube.stdout == (
        "age_group,region,number\nY0T4,LM-NORTH,2\nY0T4,_T,2\nY5T9,LM-SOUTH,3\nY5T9,_T,3\n_T,LM-NORTH,2\n_T,LM-SOUTH,3\n_T,_T,5\n"
    )
    for engine in ("arrays", "duckdb", "python"):
        assert run(*asked, "--engine", engine).stdout == from_cube.stdout
    out = tmp_path / "out.csv"
    assert run(*asked, "--out", str(out)).exit_code == 0
    assert out.read_text() == from_cube.stdout
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
    assert Event.objects.filter(verb="figures:seen_exact").count() == 5


def test_a_filter_keeps_whom_it_names(taken):
    shown = run("table", "children_identified", "--where", "region=LM-SOUTH,LM-NORTH", "--where", "age=7")
    assert shown.stdout == "number\n3\n"


def test_with_noise_nobody_reads_one_or_two(taken):
    shown = run("table", "children_identified", "--by", "region", "--noise")
    assert "noise of up to 5" in shown.stderr
    assert not any(line.endswith((",1", ",2")) for line in shown.stdout.splitlines())


def test_the_funnel_counts_who_waits_and_the_look_is_recorded(taken):
    shown = run("funnel", "care", "--first", "2025", "--last", "2025", "--by", "region")
    assert shown.exit_code == 0
    lines = [line.split() for line in shown.stdout.splitlines()]
    assert lines[0] == ["region", "LM-NORTH"]
    assert lines[1] == ["identified", "2", "on", "0,", "waiting", "2,", "lost:", "none"]
    assert Event.objects.filter(verb="funnel:seen_exact").count() == 1


def test_trends_look_at_what_is_many_enough_and_say_when_nothing_stands_out(taken):
    shown = run("trends", "children_identified", "--by", "region")
    assert shown.stdout == "No change stands out.\n"
    assert run("trends", "worker_load", "--by", "region").exit_code == 1


def test_cubes_are_named_and_counted_again(taken):
    assert "children_identified" in run("cubes", "list").stdout
    assert "cells" in run("cubes", "rebuild", taken.reference).stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("table", "nonsense"), "There is no indicator nonsense"),
        (("table", "reports_received", "--by", "sex"), "not by sex"),
        (("table", "reports_received", "--where", "urgency"), "Write DIMENSION=CODE"),
        (("table", "reports_received", "--snapshot", "Z-0000-0000"), "There is no such snapshot"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(taken, words, why):
    told = run(*words)
    assert told.exit_code == 1
    assert why in told.stderr


def test_without_a_snapshot_the_way_to_one_is_said(house):
    assert "amparo snapshot take" in run("table", "children_identified").stderr


def test_every_indicator_is_named_with_what_it_may_be_broken_down_by():
    shown = run("indicators")
    assert "children_treated_as_offenders" in shown.stdout
    assert "by sanction, sex" in shown.stdout


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_the_rows_of_a_snapshot_are_exported_without_their_keys_and_that_is_recorded(taken, tmp_path, kind):
    out = tmp_path / f"children.{kind}"
    told = run("snapshot", "export", "--out", str(out))
    assert (told.exit_code, told.stderr) == (0, f"5 rows of child are in {out}: personal data.\n")
    rows = EXPORTED[kind](out)
    assert sorted(row["age_group"] for row in rows) == ["Y0T4"] * 2 + ["Y5T9"] * 3
    assert "key" not in rows[0]
    assert out.stat().st_mode & 0o077 == 0
    event = Event.objects.get(verb="frozen:exported")
    assert event.detail == {"table": "child", "rows": 5}


def test_an_export_that_cannot_be_leaves_nothing(taken, tmp_path, monkeypatch):
    refused = run("snapshot", "export", "--out", str(tmp_path / "children.doc"))
    assert (refused.exit_code, "ends in .csv, .parquet or .xlsx" in refused.stderr) == (1, True)

    def full(*_given):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("amparo.interfaces.commands.counting.lines.as_csv", full)
    out = tmp_path / "children.csv"
    out.write_text("what was there before")
    told = run("snapshot", "export", "--out", str(out))
    assert told.exit_code == 1
    assert "No space left on device. Nothing was kept." in told.stderr
    assert out.read_text() == "what was there before"
    assert [each.name for each in tmp_path.iterdir()] == ["children.csv"]
    assert run("snapshot", "export", "--out", str(tmp_path / "no" / "children.csv")).exit_code == 1


def test_a_table_of_six_dimensions_is_written_as_parquet(taken, tmp_path):
    out = tmp_path / "cube.parquet"
    by = "form,age_group,sex,region,year,agency_kind"
    assert run("table", "children_identified", "--by", by, "--no-totals", "--out", str(out)).exit_code == 0
    rows = pq.read_table(out).to_pylist()
    assert sum(row["number"] for row in rows) == 5
    assert list(rows[0]) == [*by.split(","), "number"]
