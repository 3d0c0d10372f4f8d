"""What is compared, on which levels (S2). `test_engine` holds the SQL to the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.methods.linkage.comparisons import COMPARISONS, levels
from amparo.methods.linkage.people import person
from tests.methods.linkage.people import FULL, child


def label(name, one, two):
    each = next(each for each in COMPARISONS if each.name == name)
    level = each.level(one, two)
    return each.labels[level] if level >= 0 else "not known"


def test_what_a_side_does_not_know_says_nothing_rather_than_different():
    empty = person({"record_id": "A2"})
    assert set(levels(child(), empty)) == set(levels(empty, empty)) == {-1}


def test_a_record_is_like_itself():
    assert all(level != 0 for level in levels(child(), child()))


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("given", {"given_name": "Тестина"}, "the same"),
        ("given", {"given_name": "Testyna"}, "another writing"),
        ("given", {"given_name": "Testima"}, "sounds alike"),
        ("given", {"given_name": "Samplova", "family_name": "Testina"}, "given and family name swapped"),
        ("given", {"given_name": "Other", "other_names": "Testina"}, "stands among the other names"),
        ("given", {"given_name": "Gulnara"}, "different"),
        ("given", {"given_name": "unknown"}, "not known"),
        ("family", {"family_name": "Samplov"}, "a part in another writing"),
        ("family", {"family_name": "Examplia"}, "stands at another place"),
        ("birth", {"date_of_birth": "2014-09-03"}, "day and month swapped"),
        ("birth", {"date_of_birth": "2015-03-09"}, "one of year, month and day differs"),
        ("birth", {"date_of_birth": "2014-03"}, "the same month, as far as known"),
        ("birth", {"date_of_birth": "2014-01-01"}, "may be the same, as far as known"),
        ("birth", {"date_of_birth": "2015-01-01"}, "an estimate a year away"),
        ("birth", {"date_of_birth": "2019-11-30"}, "different"),
        ("birth", {"date_of_birth": "", "age_years": "10"}, "may be the same, as far as known"),
        ("father", {"father_name": "", "middle_names": "Samplovna"}, "another writing"),
        ("sex", {"sex": "M"}, "different"),
        ("sex", {"sex": ""}, "not known"),
        ("phone", {"phone": "012345678"}, "the same"),
        ("lives", {"settlement": "Othertown"}, "the same district"),
        ("lives", {"settlement": "Falsegard"}, "a settlement that sounds alike"),
    ],
)
def test_a_pair_is_on_the_closest_level_that_fits(name, other, expected):
    assert label(name, child(), child(**other)) == expected
    assert label(name, child(**other), child()) == expected


def test_a_father_in_the_sons_middle_name_is_no_given_name():
    assert (
        label("given", child(given_name="Samplo"), child(given_name="Gulnar", middle_names="Samplovich")) == "different"
    )


WORDS = st.sampled_from(
    ["", "Testina", "Тестина", "Samplo", "Sasha", "Alexander", "خالد", "Khaled", "Testina Samplo", "unknown"]
)
DATES = st.sampled_from(
    ["", "2014-03-09", "2014-09-03", "2014-01-01", "2014-03", "2014", "2015-03-09", "2013-12-30", "x"]
)
ROWS = st.fixed_dictionaries(
    {
        **dict.fromkeys(("given_name", "middle_names", "family_name", "other_names", "mother_name", "father_name"), WORDS),
        "date_of_birth": DATES, "age_years": st.sampled_from(["", "9", "10"]), "sex": st.sampled_from(["", "F", "M"]),
        "settlement": st.sampled_from(["", "Falsegrad", "Falsegard", "Othertown"]), "district": st.sampled_from(["", "One", "Two"]),
        "phone": st.sampled_from(["", "12345678", "87654321"]), "registered_on": st.just("2024-05-01"),
    }
)  # fmt: skip


@settings(deadline=None)
@given(ROWS, ROWS)
def test_comparing_does_not_depend_on_the_order(one, two):
    assert levels(person(one), person(two)) == levels(person(two), person(one))


def test_two_records_of_the_rows_that_everybody_uses_are_normalised_once():
    assert child() == person(FULL)
