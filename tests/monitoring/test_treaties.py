"""The facts that must come out right, and exactly as far as the sources know them (M1)."""

from datetime import date

import pytest

from amparo.common.types import OPERATOR
from amparo.monitoring import actions, queries, treaties

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
