"""A whole run over a small made-up world: Splink and our own scorer say the same, and the children come out right (S2)."""

from dataclasses import replace

import numpy as np
import pytest
from bench import worlds

from amparo.common.errors import Invalid
from amparo.methods.linkage import engine as engines
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
        rows = engine.tables.db.execute(
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


@pytest.fixture
def file(tmp_path):
    (tmp_path / "one.csv").write_text("record_id\n")
    return tmp_path / "one.csv"


def never():
    raise AssertionError("the records were read again")
    yield


def test_a_finished_run_is_found_again_in_its_folder_and_another_begins_anew(people, file, tmp_path):
    work = Work(tmp_path / "work", [file])
    with Engine(work=work) as engine:
        before = link(people[:300], engine=engine)
    with Engine(work=work) as engine:
        again = link(never(), engine=engine)
        assert again.ids == [one.id for one in people[:300]]
        assert (again.group.tolist(), again.model) == (before.group.tolist(), before.model)
    (tmp_path / "other.csv").write_text("record_id\n\n")
    with Engine(work=Work(tmp_path / "work", [tmp_path / "other.csv"])) as engine:
        engine.take(people[:200])
        assert len(engine.ids) == 200


class Interrupted(Exception):
    """The electricity went off."""


def test_an_interrupted_reading_goes_on_where_it_was(people, file, tmp_path, monkeypatch):
    def half():
        yield from people[:250]
        raise Interrupted

    monkeypatch.setattr(engines, "_CHUNK", 100)
    work = Work(tmp_path / "work", [file])
    with Engine(work=work) as engine, pytest.raises(Interrupted):
        engine.take(half())
    with Engine(work=work) as engine:
        assert engine.taken == 200
        found = link(people[engine.taken :], engine=engine)
    with Engine() as engine:
        assert found.group.tolist() == link(people, engine=engine).group.tolist()


def test_an_interrupted_comparing_goes_on_where_it_was(people, file, run, tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "_AT_ONCE", 5_000)
    work, heard = Work(tmp_path / "work", [file]), []

    def told(what, share):
        heard.append((what, share))
        if what == "Comparing" and share >= 0.5 and len(heard) < 100:
            heard.extend([("", 0.0)] * 100)
            raise Interrupted

    with Engine(work=work, told=told) as engine, pytest.raises(Interrupted):
        link(people, engine=engine)
    done = len(heard)
    with Engine(work=work, told=told) as engine:
        found = link(never(), engine=engine)
    assert min(share for _, share in heard[done:]) >= 0.5
    linked, _ = run
    assert found.group.tolist() == linked.group.tolist()
    assert np.allclose(found.told, linked.told)


def test_new_records_are_linked_with_those_of_the_folder_as_a_full_run_would(people, file, run, tmp_path):
    most = len(people) * 9 // 10
    with Engine(work=Work(tmp_path / "work", [file])) as engine:
        model = link(people[:most], engine=engine).model
    (tmp_path / "new.csv").write_text("record_id\n\n")
    for flow in (people[most:], never()):  # the second time it is only told again
        with Engine(work=Work(tmp_path / "work", [tmp_path / "new.csv"], more=True)) as engine:
            found = link(flow, engine=engine)
            assert found.model == model
            assert engine.ids == [one.id for one in people]
            assert len(found.told) == len(people)
            together = {(one, two) for one, two, *_ in pair_rows(found)}
    with Engine() as engine:
        full = {(one, two) for one, two, *_ in pair_rows(link(people, engine=engine, model=model))}
    assert len(together ^ full) <= 0.005 * len(full)


def test_what_cannot_be_added_is_refused(people, file, tmp_path):
    with pytest.raises(Invalid, match="no finished run"):
        Engine(work=Work(tmp_path / "work", [file], more=True))
    with Engine(work=Work(tmp_path / "work", [file])) as engine:
        link(people[:300], engine=engine)
    (tmp_path / "new.csv").write_text("record_id\n\n")
    more = Work(tmp_path / "work", [tmp_path / "new.csv"], more=True)
    with Engine(work=more) as engine, pytest.raises(Invalid, match="use ids"):
        link(people[299:310], engine=engine)


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
