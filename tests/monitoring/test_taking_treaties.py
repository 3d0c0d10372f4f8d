"""Files of treaties' status are taken whole, or not at all (M1)."""

import pytest

from amparo.common.errors import Invalid
from amparo.common.types import OPERATOR
from amparo.monitoring import actions
from amparo.monitoring.models import TreatyStatus

pytestmark = pytest.mark.django_db(databases="__all__")

HEAD = "state,treaty,status,signed,bound,act,in_force,as_of,source,reservations,note"


def test_a_changed_row_closes_the_one_before_and_both_can_be_read(world, lines):
    actions.import_treaties(by=OPERATOR, file=lines(HEAD, "TON,OPSC,none,,,,,2022-08,a source,,"))
    outcome = actions.import_treaties(
        by=OPERATOR, file=lines(HEAD, "TON,OPSC,party,,2025-03-01,accession,,2026-01,a source,,")
    )
    assert (outcome.made, outcome.changed) == (0, 1)
    before, after = TreatyStatus.objects.order_by("id")
    assert (before.status, before.superseded_at, after.superseded_at) == ("none", after.recorded_at, None)


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        ("Norwey,OPSC,party,,2001-10-02,accession,,2022-08,s,,", "state", "Did you mean Norway"),
        ("NOR,OPSX,party,,2001-10-02,accession,,2022-08,s,,", "treaty", "is one of"),
        ("NOR,OPSC,party,,1999-01-01,accession,,2022-08,s,,", "bound", "before the treaty existed"),
        ("NOR,OPSC,party,,2001-10-02,ratification,,2022-08,s,,", "signed", "without a signature it accedes"),
        ("NOR,OPSC,party,2002-01-01,2001-10-02,ratification,,2022-08,s,,", "bound", "before the signature"),
        ("NOR,OPSC,none,,2001-10-02,,,2022-08,s,,", "bound", "only a party"),
        ("NOR,OPSC,party,,2001-13-02,accession,,2022-08,s,,", "bound", "is a date"),
        ("NOR,OPSC,party,,2001-10-02,accession,,August,s,,", "as_of", "2022-08"),
        ("NOR,OPSC,party,,2001-10-02,accession,,2022-08,,,", "source", "is needed"),
    ],
)
def test_a_bad_row_is_named_by_line_column_and_rule_and_nothing_is_kept(world, lines, row, column, rule):
    outcome = actions.import_treaties(by=OPERATOR, file=lines(HEAD, "USA,OPSC,none,,,,,2022-08,s,,", row))
    (refusal,) = outcome.refusals
    assert (refusal.line, refusal.column, outcome.kept) == (3, column, False)
    assert rule in refusal.rule
    assert TreatyStatus.objects.count() == 0


def test_good_rows_are_kept_when_that_is_asked_and_a_dry_run_keeps_nothing(world, lines):
    file = lines(HEAD, "USA,OPSC,none,,,,,2022-08,s,,", "XXX,OPSC,none,,,,,2022-08,s,,")
    tried = actions.import_treaties(by=OPERATOR, file=file, keep_good=True, dry_run=True)
    assert (tried.made, tried.refused, TreatyStatus.objects.count()) == (1, 1, 0)
    actions.import_treaties(by=OPERATOR, file=file, keep_good=True)
    assert TreatyStatus.objects.count() == 1


def test_a_file_that_says_two_things_of_one_state_is_refused(world, lines):
    rows = ["USA,OPSC,none,,,,,2022-08,s,,", "USA,OPSC,party,,2002-12-23,,,2022-08,s,,"]
    outcome = actions.import_treaties(by=OPERATOR, file=lines(HEAD, *rows))
    assert "repeats what line 2 says" in outcome.refusals[0].rule


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Line 1: no column state"),
        (b"state,treaty\nNOR,OPSC\n", "no column status"),
        (HEAD.encode() + b"\nNOR,OPSC,party,,2001,,,2022-08,\xff,,\n", "Not UTF-8"),
        (b"\x00\x01\x02", "Line 1"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(world, tmp_path, content, words):
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    with pytest.raises(Invalid, match=words):
        actions.import_treaties(by=OPERATOR, file=file)


def test_the_names_of_columns_that_the_treaty_collection_uses_are_understood(world, lines):
    head = "Participant,Treaty,Status,Signature,Ratification,status_as_of,source"
    outcome = actions.import_treaties(
        by=OPERATOR, file=lines(head, "Norvège,OPSC,party,2000-06-13,2001-10-02,2026-01,UNTC")
    )
    assert (outcome.made, TreatyStatus.objects.get().state_id) == (1, "NOR")
