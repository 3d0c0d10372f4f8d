"""All coded facts frozen: no name in them, the same number tomorrow, refused when a byte changed (S1)."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from amparo.audit.models import Event
from amparo.cases import actions as cases
from amparo.common import clock
from amparo.common.errors import AmparoError, Conflict, Refused
from amparo.common.types import IMPORTER, OPERATOR, WORKER
from amparo.counting.frozen import actions
from amparo.counting.frozen.models import Frozen, Part
from amparo.counting.overlaps.actions import take_links
from amparo.methods.tabulation.asking import Question, plan
from amparo.methods.tabulation.duck import Duck
from amparo.methods.tabulation.indicators import catalogue
from amparo.methods.tabulation.schema import TABLES
from tests.counting.build import NAME, identify

pytestmark = pytest.mark.django_db(databases="__all__")


def count(tables, indicator, *by):
    engine = Duck(tables, threads=1)
    try:
        return engine.count(plan(Question(indicator, by), catalogue()))
    finally:
        engine.close()


def frozen_tables():
    return actions.opened(by=OPERATOR, frozen=actions.take(by=OPERATOR))


def test_children_are_counted_where_their_first_case_was(house):
    identify(house, "NORTH", age=7)
    identify(house, "NORTH", age=16, sex="male")
    identify(house, "SOUTH", year=2024, age=None)
    identify(house, "SOUTH", age=30)
    found = count(frozen_tables(), "children_identified", "region", "age_group")
    assert {place: cell.number for place, cell in found.cells.items()} == {
        ("LM-NORTH", "Y5T9"): 1, ("LM-NORTH", "Y15T17"): 1, ("LM-SOUTH", "unknown"): 1,
        ("LM-NORTH", "_T"): 2, ("LM-SOUTH", "_T"): 1, ("_T", "Y5T9"): 1, ("_T", "Y15T17"): 1, ("_T", "unknown"): 1,
        ("_T", "_T"): 3,
    }  # fmt: skip


def test_records_of_one_child_are_one_child_with_what_any_of_them_knows(house):
    first, second = identify(house, "NORTH", month=2, sex="unknown"), identify(house, "SOUTH", month=3, sex="male")
    take_links(by=IMPORTER, drawings=[dict.fromkeys([first.child_id, second.child_id], uuid4())])
    found = count(frozen_tables(), "children_identified", "sex", "region")
    assert set(found.cells) == {(sex, region) for sex in ("male", "_T") for region in ("LM-NORTH", "_T")}
    assert found.total == 1


def test_the_same_number_tomorrow_whatever_happened_since(house):
    case = identify(house, "NORTH")
    frozen = actions.take(by=OPERATOR)
    identify(house, "NORTH")
    cases.close(by=IMPORTER, case=case, reason="goals_reached")
    kept = actions.opened(by=OPERATOR, frozen=Frozen.objects.get())
    assert count(kept, "children_identified").total == 1
    assert count(kept, "children_recovered").total == 0
    later = actions.opened(by=OPERATOR, frozen=actions.take(by=OPERATOR))
    assert count(later, "children_recovered").total == 1
    assert frozen.about["tables"]["child"]["rows"] == 1


def test_the_same_child_has_the_same_record_key_in_every_snapshot_and_another_number(house):
    for _ in range(12):
        identify(house, "NORTH")
    one, other = frozen_tables()["child"], frozen_tables()["child"]
    assert sorted(one["key"].to_pylist()) == sorted(other["key"].to_pylist())
    assert one["key"].to_pylist() != other["key"].to_pylist()


def test_no_name_no_identifier_and_no_day_is_in_it(house):
    case = identify(house, "NORTH")
    tables = frozen_tables()
    said = json.dumps({name: table.to_pylist() for name, table in tables.items()})
    assert tables["case"].num_rows == 1
    for secret in (NAME, *NAME.split(), str(case.id), str(case.child_id), "2025-05-09"):
        assert secret not in said
    assert set(tables) == set(TABLES)


def test_it_says_what_it_was_made_of(house):
    about = actions.take(by=OPERATOR).about
    assert about["indicators"] == catalogue().edition
    assert about["lists"]["sex"] == "2026-11"
    assert about["rules"]
    assert set(about["tables"]) == set(TABLES)


@pytest.mark.parametrize("part", ["child", "case"])
def test_a_byte_that_was_altered_is_found(house, part):
    identify(house, "NORTH")
    frozen = actions.take(by=OPERATOR)
    row = Part.objects.get(name=part)
    sealed = bytearray(row.sealed)
    sealed[len(sealed) // 2] ^= 1
    Part.objects.filter(id=row.id).update(sealed=bytes(sealed))
    with pytest.raises(AmparoError, match="altered"):
        actions.opened(by=OPERATOR, frozen=frozen)
    with pytest.raises(AmparoError, match="altered"):
        actions.reading(frozen)(part, "key")
    with pytest.raises(AmparoError, match="altered"):
        actions.exported(by=OPERATOR, frozen=frozen, table=part)


def test_a_table_of_another_moment_a_missing_one_and_another_story_are_found(house):
    identify(house, "NORTH")
    frozen = actions.take(by=OPERATOR)
    actions.keep(frozen, "child", actions.unsealed(frozen, frozen.parts.get(name="case")))
    with pytest.raises(AmparoError, match="altered"):
        actions.tables_of(frozen)
    frozen.parts.filter(name="child").delete()
    with pytest.raises(AmparoError, match="altered"):
        actions.tables_of(frozen)
    frozen.about["indicators"] = "2020-01"
    with pytest.raises(AmparoError, match="altered"):
        actions.tables_of(frozen)


def test_it_ends_and_is_wiped(house):
    with clock.stopped(clock.now() - actions.KEEP - timedelta(days=1)):
        frozen = actions.take(by=OPERATOR)
    with pytest.raises(Conflict, match="ended"):
        actions.opened(by=OPERATOR, frozen=frozen)
    assert actions.wipe_ended(by=WORKER) == 1
    assert not Part.objects.exists()
    assert Frozen.objects.get().content_hash == frozen.content_hash
    assert actions.wipe_ended(by=WORKER) == 0


def test_only_a_statistician_takes_and_opens_one_and_each_opening_is_recorded(house):
    frozen = actions.take(by=house.actor("statistician", "NORTH"))
    for role in ("reviewer", "supervisor", "case_worker"):
        with pytest.raises(Refused):
            actions.take(by=house.actor(role, "NORTH"))
        with pytest.raises(Refused):
            actions.opened(by=house.actor(role, "NORTH"), frozen=frozen)
        with pytest.raises(Refused):
            actions.exported(by=house.actor(role, "NORTH"), frozen=frozen, table="child")
    actions.opened(by=house.actor("statistician", "SOUTH"), frozen=frozen)
    assert Event.objects.filter(verb="frozen:opened", record=frozen.id).count() == 1
