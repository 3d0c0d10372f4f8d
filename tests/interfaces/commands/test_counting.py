"""`amparo snapshot`, `cubes`, `indicators`, `table`: an operator freezes and counts (S1)."""

import pytest
from click.testing import CliRunner

from amparo.audit.models import Event
from amparo.config.cli import build
from amparo.counting.frozen import queries
from amparo.counting.frozen.models import Frozen, Part
from tests.counting.build import identify_table

pytestmark = pytest.mark.django_db(databases="__all__")
CHILDREN = {(2, "NORTH"): 2, (7, "SOUTH"): 3}


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
    for engine in ("duckdb", "python"):
        assert run(*asked, "--engine", engine).stdout == from_cube.stdout
    out = tmp_path / "out.csv"
    assert run(*asked, "--out", str(out)).exit_code == 0
    assert out.read_text() == from_cube.stdout
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
    assert Event.objects.filter(verb="figures:seen_exact").count() == 4


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
