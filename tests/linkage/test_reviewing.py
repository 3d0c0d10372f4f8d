"""People judge two records that may be of one child: blind, two for a merge, every merge undone (S2)."""

import json

import pytest

from amparo.access.models import Wall
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.common.ids import new_reference
from amparo.common.types import IMPORTER, OPERATOR
from amparo.linkage import reviewing, weighing
from amparo.linkage.actions import ChildFacts
from amparo.linkage.models import Child, Merge, Opinion, Pair, Weights
from amparo.methods.linkage.comparisons import COMPARISONS
from amparo.organisation import actions as organisation
from amparo.organisation.queries import actor_of, notices_for
from tests.linkage.test_meeting import register

pytestmark = pytest.mark.django_db(databases="__all__")


def pair_of(one: Child, two: Child, *, score: float = 0.5) -> Pair:
    weights = Weights.objects.first() or Weights.objects.create(
        number=1, origin="shipped", model=json.loads(weighing.first().saved()), records=2, made_at=clock.now()
    )
    low, high = sorted((one, two), key=lambda each: each.id)
    return Pair.objects.create(
        reference=new_reference("L"), one=low, two=high, weights=weights, score=score, may_be="same",
        levels=[1] * len(COMPARISONS), band="doubt", found_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def pair(house) -> Pair:
    return pair_of(register(house, "NORTH", "Quillonia"), register(house, "SOUTH", "Quillonija"))


def supervisor(house, agency: str):
    return house.actor("supervisor", agency)


def judge(house, pair: Pair, agency: str, verdict: str) -> Pair:
    return reviewing.judge(by=supervisor(house, agency), pair=Pair.objects.get(id=pair.id), verdict=verdict)


def another(house, agency: str, username: str):
    person = organisation.add_person(by=OPERATOR, username=username, name=f"Demo {username}")
    organisation.give_post(
        by=OPERATOR, person=person, role="supervisor", agency=house.agencies[agency], team=house.teams[agency]
    )
    return actor_of(person)


def test_each_side_opens_its_own_record_only_and_leaves_an_audit_row(house, pair):
    seen = reviewing.sides(by=supervisor(house, "NORTH"), id=pair.id)
    ours, theirs = (seen.one, seen.two) if pair.one.agency.code == "NORTH" else (seen.two, seen.one)
    assert ours["given"] == "Quillonia"
    assert theirs is None
    assert list(Event.objects.order_by("seq").values_list("verb", flat=True))[-2:] == [
        "pair:read", "vault:identity_revealed",
    ]  # fmt: skip


def test_who_judges_sees_neither_the_weights_nor_another_opinion_before(house, pair):
    judge(house, pair, "SOUTH", "same_child")
    before = reviewing.sides(by=supervisor(house, "NORTH"), id=pair.id)
    assert before.mine == ""
    assert {step.bits for step in before.steps} == {0.0}
    judge(house, pair, "NORTH", "cannot_tell")
    after = reviewing.sides(by=supervisor(house, "NORTH"), id=pair.id)
    assert after.mine == "cannot_tell"
    assert any(step.bits for step in after.steps)


def test_two_people_of_both_agencies_merge_and_one_does_not(house, pair):
    assert judge(house, pair, "NORTH", "same_child").status == "open"
    assert Merge.objects.count() == 0
    assert judge(house, pair, "SOUTH", "same_child").status == "merged"
    merge = Merge.objects.get()
    assert {merge.first, merge.second} == {supervisor(house, each).id for each in ("NORTH", "SOUTH")}
    assert reviewing.decided() == {(pair.one_id, pair.two_id): True}


def test_two_people_of_one_agency_do_not_merge_another_agencys_record(house, pair):
    judge(house, pair, "NORTH", "same_child")
    found = reviewing.judge(by=another(house, "NORTH", "second"), pair=Pair.objects.get(), verdict="same_child")
    assert (found.status, Merge.objects.count()) == ("open", 0)


def test_nobody_judges_twice(house, pair):
    judge(house, pair, "NORTH", "same_child")
    with pytest.raises(Conflict, match="another person"):
        judge(house, pair, "NORTH", "same_child")
    assert Opinion.objects.count() == 1


def test_where_two_disagree_a_third_decides(house, pair):
    judge(house, pair, "NORTH", "same_child")
    assert judge(house, pair, "SOUTH", "twin").status == "disputed"
    found = reviewing.judge(by=another(house, "SOUTH", "third"), pair=Pair.objects.get(), verdict="twin")
    assert (found.status, Merge.objects.count()) == ("decided", 0)
    assert reviewing.decided() == {(pair.one_id, pair.two_id): False}


def test_a_merge_says_which_record_each_field_is_read_from_and_changes_neither(house):
    facts = ChildFacts(sex="unknown", birth_year=2013, birth_precision="estimated", difficulties={"seeing": "some"})
    old = register(house, "NORTH", "Quillonia", facts=facts)
    new = register(house, "SOUTH", "Quillonia")
    before = list(Child.objects.order_by("id").values())
    pair = pair_of(old, new)
    for agency in ("NORTH", "SOUTH"):
        judge(house, pair, agency, "same_child")
    read = Merge.objects.get().fields
    assert read["sex"] == {"value": "female", "from": str(new.id), "rule": "known"}
    assert (read["birth_year"]["value"], read["birth_precision"]["value"]) == (2014, "day")
    assert read["difficulties"]["value"] == {"seeing": "some"}
    assert list(Child.objects.order_by("id").values()) == before


def test_a_parted_merge_is_of_two_children_again_and_both_agencies_are_told(house, pair):
    for agency in ("NORTH", "SOUTH"):
        judge(house, pair, agency, "same_child")
    by = supervisor(house, "SOUTH")
    with pytest.raises(Invalid):
        reviewing.part(by=by, pair=Pair.objects.get(), reason="made up")
    merge = reviewing.part(by=by, pair=Pair.objects.get(), reason="wrong_merge")
    assert (merge.parted_by, merge.parted_why) == (by.id, "wrong_merge")
    assert reviewing.decided() == {(pair.one_id, pair.two_id): False}
    assert "records_parted" in [each.code for each in notices_for(supervisor(house, "NORTH"))]
    with pytest.raises(Conflict, match="parted"):
        reviewing.part(by=by, pair=Pair.objects.get(), reason="wrong_merge")


def test_a_record_behind_a_wall_is_neither_shown_nor_merged(house, pair):
    judge(house, pair, "NORTH", "same_child")
    Wall.objects.create(
        against_kind="person", against=supervisor(house, "NORTH").id, record=pair.one_id, reason="threat",
        raised_at=clock.now(), raised_by=IMPORTER.id,
    )  # fmt: skip
    assert reviewing.waiting(by=supervisor(house, "NORTH")) == []
    with pytest.raises(Refused) as refused:
        reviewing.sides(by=supervisor(house, "NORTH"), id=pair.id)
    assert not refused.value.visible
    with pytest.raises(Conflict, match="wall"):
        judge(house, pair, "SOUTH", "same_child")
    assert (Merge.objects.count(), Opinion.objects.count()) == (0, 1)


@pytest.mark.parametrize("role", ["case_worker", "intake_officer", "auditor", "police", "administrator"])
def test_only_supervisors_of_the_agencies_judge(house, pair, role):
    with pytest.raises(Refused):
        reviewing.judge(by=house.actor(role, "NORTH"), pair=pair, verdict="same_child")
    with pytest.raises(Refused):
        reviewing.sides(by=house.actor(role, "NORTH"), id=pair.id)


def test_a_decided_pair_opens_no_record(house, pair):
    for agency in ("NORTH", "SOUTH"):
        judge(house, pair, agency, "other_child")
    seen = reviewing.sides(by=supervisor(house, "NORTH"), id=pair.id)
    assert (seen.one, seen.two) == (None, None)


def test_the_most_doubtful_pair_comes_first_and_what_one_judged_is_gone(house, pair):
    surer = pair_of(register(house, "NORTH", "Brunhilda"), register(house, "SOUTH", "Brunhild"), score=0.9)
    by = supervisor(house, "NORTH")
    assert [each.id for each in reviewing.waiting(by=by)] == [pair.id, surer.id]
    judge(house, pair, "NORTH", "cannot_tell")
    assert [each.id for each in reviewing.waiting(by=by)] == [surer.id]


def test_what_does_not_exist_is_not_found(house):
    with pytest.raises(NotFound):
        reviewing.sides(by=supervisor(house, "NORTH"), id=house.agencies["NORTH"].id)
