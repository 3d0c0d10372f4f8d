"""The facts that must come out right, and exactly as far as the sources know them (M1)."""

from datetime import date

import pytest

from amparo.common.errors import Invalid
from amparo.common.types import OPERATOR
from amparo.monitoring import actions, queries, treaties
from amparo.monitoring.models import TreatyStatus

pytestmark = pytest.mark.django_db(databases="__all__")


def opsc(day=None):
    return queries.standings(treaties.treaty("OPSC"), day)


def of(iso3, day=None):
    return next(each for each in opsc(day) if each.state.iso3 == iso3)


def test_178_are_party_to_the_protocol_on_the_sale_of_children(treaties):
    for day in (date(2022, 8, 31), None):
        assert sum(each.status == "party" for each in opsc(day)) == 178


@pytest.mark.parametrize(("iso3", "bound"), [("NOR", "2001-10-02"), ("USA", "2002-12-23")])
def test_the_day_of_a_ratification_is_the_depositarys(treaties, iso3, bound):
    found = of(iso3)
    assert (found.date, found.row.precision, found.row.act, found.row.as_of) == (
        bound,
        "day",
        "ratification",
        "2022-08",
    )
    assert of(iso3, date.fromisoformat(bound)).status == "party"
    assert of(iso3, date(2001, 6, 1)).status == "signatory"


def test_three_months_after_the_tenth_party_it_was_in_force(treaties):
    found = queries.treaties.treaty("OPSC")
    days = sorted(each.row.bound_on for each in opsc() if each.status == "party" and each.row.precision == "day")
    tenth = days[found.first_parties - 1]
    assert tenth == date(2001, 10, 18)
    month = tenth.month + found.months
    assert found.in_force == date(tenth.year + (month - 1) // 12, (month - 1) % 12 + 1, tenth.day) == date(2002, 1, 18)


def test_other_protocols_count_as_many_as_the_sources_say(treaties):
    counts = {
        code: sum(each.status == "party" for each in queries.standings(found))
        for code, found in queries.treaties.treaties().items()
    }
    assert counts == {
        "CRC": 196, "OPSC": 178, "OPAC": 172, "OPIC": 47, "PALERMO": 159, "UNTOC": 179, "HAGUE": 99, "LANZAROTE": 48,
        "BUDAPEST": 48,
    }  # fmt: skip


def test_a_state_of_which_no_source_speaks_is_not_known_which_is_not_no(treaties):
    hague = {each.state.iso3: each.status for each in queries.standings(queries.treaties.treaty("HAGUE"))}
    assert (hague["JPN"], hague["NOR"]) == ("not_known", "party")
    assert "none" not in hague.values()


def test_within_the_year_of_which_only_the_year_is_known_nothing_is_claimed(treaties):
    row = next(
        each.row for each in opsc() if each.row and each.row.precision == "year" and each.row.bound_on.year < 2022
    )
    year = row.bound_on.year
    on = [treaties_status(row, date(year - 1, 12, 31)), treaties_status(row, date(year, 6, 1))]
    assert on == ["signatory" if row.signed_on else "none", "not_known"]
    assert treaties_status(row, date(year, 12, 31)) == "party"
    assert of(row.state_id).date == str(year)


def treaties_status(row, day):
    return queries.treaties.status_on(row, day)


def test_a_party_of_which_no_day_is_known_is_one_from_the_day_of_the_source_on(treaties):
    assert (of("PSE").date, of("PSE").status, of("PSE", date(2015, 1, 1)).status) == ("", "party", "not_known")


def test_the_shipped_file_has_no_bad_row_and_is_taken_once(treaties):
    assert (treaties.refused, treaties.made) == (0, treaties.read)
    from amparo.monitoring import files

    again = actions.import_treaties(by=OPERATOR, file=files.SHIPPED / "treaty_status.csv")
    assert (again.same, again.made, again.changed) == (treaties.read, 0, 0)


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
