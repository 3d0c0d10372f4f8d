"""`amparo link`: files in, files out, clear words for what cannot be."""

import csv
import json

import pytest
from bench import worlds
from click.testing import CliRunner

from amparo.config.cli import build


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    worlds.build(folder, host="latin", children=400, seed=41, queries=60)
    return folder


def amparo(*words):
    return CliRunner().invoke(build(), ["link", *map(str, words)])


def rows(path):
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def linked(world):
    told = amparo(
        world / "records.csv", "-o", world / "pairs.csv", "--clusters", world / "clusters.csv", "--truth",
        world / "truth.csv", "--undecided", world / "undecided.csv", "--save-model", world / "model.json",
        "--explain", "W0000000", "W0000001",
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    return told


def test_a_file_of_the_known_shape_needs_no_option(linked, world):
    pairs, clusters = rows(world / "pairs.csv"), rows(world / "clusters.csv")
    assert list(pairs[0]) == ["record_id_l", "record_id_r", "score", "weight", "answer"]
    assert len(clusters) == len(rows(world / "records.csv"))
    child = {row["record_id"]: row["cluster_id"] for row in clusters}
    assert all(child[row["record_id_l"]] == child[row["record_id_r"]] for row in pairs)


def test_quality_is_printed_when_the_truth_is_given(linked):
    line = next(line for line in linked.output.splitlines() if line.startswith("pairs: F1 "))
    assert float(line.split()[-1]) > 0.85
    assert "twins merged" in linked.output
    assert "worst gap between cultures" in linked.output


def test_a_pair_is_explained(linked):
    assert "W0000000 and W0000001" in linked.output
    assert "the match weight, as Splink has it" in linked.output


def test_a_count_with_its_interval_and_its_histories(linked, world):
    told = amparo("count", world / "clusters.csv", "--json")
    found = json.loads(told.output)
    assert found["children"]["low"] <= 400 <= found["children"]["high"]
    assert {each["name"] for each in found["agencies"]} == {row["agency"] for row in rows(world / "clusters.csv")}
    assert "95 % interval" in amparo("count", world / "clusters.csv").output
    lines = amparo("count", world / "clusters.csv", "--histories").output.splitlines()
    assert lines[0].endswith(",count")
    grouped = len({row["cluster_id"] for row in rows(world / "clusters.csv")})
    assert sum(int(line.rpartition(",")[2]) for line in lines[1:]) == grouped
    drawn = amparo("count", world / "clusters.csv", "--histories", "--draws", "3").output.splitlines()
    assert {line.split(",")[0] for line in drawn[1:]} == {"draw_1", "draw_2", "draw_3"}


def test_the_intake_check_writes_up_to_ten_ranks_with_their_time(linked, world):
    told = amparo(
        "check",
        world / "records.csv",
        world / "queries.csv",
        "-o",
        world / "results.csv",
        "--model",
        world / "model.json",
    )
    assert told.exit_code == 0, told.output
    found = rows(world / "results.csv")
    assert list(found[0]) == ["query_id", "rank", "record_id", "score", "latency_ms", "answer"]
    for asked in {row["query_id"] for row in found}:
        ranks = [int(row["rank"]) for row in found if row["query_id"] == asked]
        assert ranks == list(range(1, len(ranks) + 1))
        assert len(ranks) <= 10
    assert all(float(row["latency_ms"]) > 0 for row in found)
    truth = {row["query_id"]: row for row in rows(world / "queries_truth.csv") if row["kind"] == "existing"}
    person = {row["record_id"]: row["person_id"] for row in rows(world / "truth.csv")}
    met = {
        row["query_id"]
        for row in found
        if row["query_id"] in truth and person[row["record_id"]] == truth[row["query_id"]]["person_id"]
    }
    assert len(met) / len(truth) > 0.85


def test_an_agency_takes_part_without_names(linked, world):
    (world / "secret").write_text("0123456789abcdef" * 4)
    told = amparo(
        "encode",
        world / "records.csv",
        "--agency",
        "shelter",
        "--secret-file",
        world / "secret",
        "-o",
        world / "encoded.csv",
    )
    assert told.exit_code == 0, told.output
    told = amparo(world / "encoded.csv", "--truth", world / "truth.csv", "--clusters", world / "encoded-clusters.csv")
    assert told.exit_code == 0, told.output
    line = next(line for line in told.output.splitlines() if line.startswith("pairs: F1 "))
    assert float(line.split()[-1]) > 0.8


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("{w}/records.csv", "--column", "colour=C"), "must be FIELD=NAME"),
        (("{w}/records.csv", "--model", "{w}/records.csv"), "This is no model"),
        (("{w}/records.csv", "--truth", "{w}/records.csv"), "it needs the columns record_id and person_id"),
        (("{w}/records.csv", "{w}/records.csv"), "use the same ids"),
        (("count", "{w}/records.csv"), "is no file of clusters"),
        (("encode", "{w}/records.csv", "--agency", "a", "--secret-file", "{w}/weak", "-o", "{w}/no.csv"), "A secret has 32"),
        (("{w}/records.csv", "--engine", "spark", "--work", "{w}/none", "--add"), "is not kept"),
        (("{w}/records.csv", "--add"), "--work which folder"),
        (("{w}/records.csv", "--work", "{w}/nothing", "--add"), "no finished run"),
        (("{w}/missing.csv",), "does not exist"),
    ],
)  # fmt: skip
def test_bad_input_ends_with_a_sentence_and_writes_nothing(world, words, expected):
    (world / "weak").write_text("secret")
    told = amparo(*(word.format(w=world) for word in words))
    assert told.exit_code != 0
    assert expected in told.output
    assert not (world / "no.csv").exists()
    assert "Traceback" not in told.output
