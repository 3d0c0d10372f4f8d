"""A whole run over a small made-up world: Splink and our own scorer say the same, and the children come out right (S2)."""

from dataclasses import replace

import numpy as np
import pytest
from bench import worlds

from amparo.common.errors import Invalid
from amparo.methods.linkage import reading
from amparo.methods.linkage.comparisons import levels
from amparo.methods.linkage.engine import Engine, Work
from amparo.methods.linkage.index import Index
from amparo.methods.linkage.learning import loaded
from amparo.methods.linkage.linking import cluster_rows, doubt_rows, link, pair_rows, waterfall
from amparo.methods.linkage.quality import judge
from tests.methods.linkage.people import child


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    worlds.build(folder, host="cyrillic", children=700, seed=23, queries=80)
    return folder


@pytest.fixture(scope="module")
def people(world):
    return list(reading.people([world / "records.csv"], reading.Reader()))


@pytest.fixture(scope="module")
def run(people):
    with Engine() as engine:
        linked = link(people, engine=engine)
        rows = engine.db.execute(
            "select given_rare, family_rare, mother_rare, father_rare, settlement_rare from people order by rid"
        ).fetchall()
    return linked, [replace(one, rare=rare) for one, rare in zip(people, rows, strict=True)]


def test_our_scorer_gives_splinks_weights_and_levels(run):
    linked, rare = run
    pairs = linked.pairs
    assert len(pairs.left) > 500
    for left, right, found, weight in zip(pairs.left, pairs.right, pairs.levels, pairs.weight, strict=True):
        mine = levels(rare[left], rare[right])
        assert mine == tuple(found.tolist())
        assert abs(linked.model.match_weight(mine) - weight) < 1e-9


def test_the_children_come_out_right(run, world):
    linked, _ = run
    found = judge(linked.ids, linked.group.tolist(), reading.truth(world / "truth.csv"))
    assert found.f1 > 0.9
    assert found.precision > 0.96
    assert found.siblings_merged < 0.007
    assert found.cross_script_recall > 0.8
    assert abs(found.count_error) < 0.08


def test_the_intake_check_knows_as_much_about_rare_names(run, people):
    _, rare = run
    index = Index()
    index.add(people)
    assert [index._rare(replace(one)).rare for one in people] == [one.rare for one in rare]


def test_the_sure_groups_lie_within_the_groups(run):
    linked, _ = run
    assert len(set(zip(linked.group.tolist(), linked.sure.tolist(), strict=True))) == len(set(linked.sure.tolist()))


def test_pairs_and_groups_tell_the_same(run):
    linked, _ = run
    child_of = {row[0]: row[1] for row in cluster_rows(linked)}
    together = {(one, two) for one, two, *_ in pair_rows(linked)}
    assert all(child_of[one] == child_of[two] for one, two in together)
    assert len(together) == sum(size * (size - 1) // 2 for size in np.bincount(linked.group).tolist())
    assert all(float(row[2]) >= linked.threshold for row in pair_rows(linked))
    assert not any(child_of[row[0]] == child_of[row[1]] for row in doubt_rows(linked))


def test_a_saved_model_links_the_same_again(run, people):
    linked, _ = run
    with Engine() as engine:
        again = link(people, engine=engine, model=loaded(linked.model.saved()))
    assert again.group.tolist() == linked.group.tolist()
    assert again.pairs.weight.tolist() == linked.pairs.weight.tolist()


def test_an_interrupted_run_goes_on_in_its_folder(people, world, tmp_path):
    def never():
        raise AssertionError("the records were read again")
        yield

    work = Work(tmp_path / "work", [world / "records.csv"])
    with Engine(work=work) as engine:
        engine.take(people[:300])
    with Engine(work=work) as engine:
        engine.take(never())
        assert engine.ids == [one.id for one in people[:300]]
    (world / "other.csv").write_text("record_id\n")
    with Engine(work=Work(tmp_path / "work", [world / "other.csv"])) as engine:
        engine.take(people[:200])
        assert len(engine.ids) == 200


def test_no_records_are_refused():
    with Engine() as engine, pytest.raises(Invalid):
        engine.take([])


def test_two_records_that_meet_nobody_are_two_children():
    with Engine() as engine:
        linked = link([child(record_id="A1"), child(record_id="A2", given_name="Gulnar", family_name="Otherov",
                       date_of_birth="2001-02-03", mother_name="", father_name="", district="", settlement="",
                       place_of_birth="", phone="")], engine=engine)  # fmt: skip
    assert linked.group.tolist() == [0, 1]
    assert list(pair_rows(linked)) == []


def test_a_waterfall_adds_up(run):
    linked, rare = run
    left, right = int(linked.pairs.left[0]), int(linked.pairs.right[0])
    lines = list(waterfall(rare[left], rare[right], linked.model))
    bits = [float(line[58:65]) for line in lines[1:15]]
    assert abs(sum(bits[:-1]) - bits[-1]) < 0.1
    assert bits[-1] == round(float(linked.pairs.weight[0]), 2)
    assert lines[-5].startswith("the same child")


def test_an_unregistered_twin_is_no_known_child(run, people):
    linked, _ = run
    index = Index()
    index.add([*people, child(record_id="A1")])
    (same, *_) = index.met(child(record_id="Q1"), linked.model)
    assert (same.id, same.answer) == ("A1", "same")
    (twin, *_) = index.met(child(record_id="Q2", given_name="Gulnara"), linked.model)
    assert twin.id == "A1"
    assert twin.answer == "twin"
    assert twin.score < 0.5


def test_an_index_in_a_file_is_found_again(people, tmp_path, run):
    linked, _ = run
    Index(tmp_path / "index.sqlite").add(people[:50])
    again = Index(tmp_path / "index.sqlite")
    assert again.records == 50
    assert again.met(people[7], linked.model)[0].id == people[7].id
    with pytest.raises(Invalid):
        Index(tmp_path / "index.sqlite", of="other records")
    (tmp_path / "no.sqlite").write_text("This is no database, whatever its name says. " * 40)
    with pytest.raises(Invalid):
        Index(tmp_path / "no.sqlite")
