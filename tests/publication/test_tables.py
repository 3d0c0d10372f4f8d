"""Any indicator is published by any dimension that it may have, and never against what is public already (S3)."""

import numpy as np
import pytest
from django.db import connection

from amparo.audit.models import Event
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.common.types import OPERATOR
from amparo.counting.frozen.actions import take
from amparo.methods.disclosure import TOTAL
from amparo.methods.disclosure.reader import Reader
from amparo.publication import actions, queries
from amparo.publication.figures import figure_of
from amparo.publication.kin import Asked, Kin
from amparo.publication.ledger import Books
from amparo.publication.models import Release
from amparo.publication.sheets import Sheet, sheets_of
from amparo.publication.summary import sentences
from tests.counting.build import NAME, identify, identify_table
from tests.publication.build import publish

pytestmark = pytest.mark.django_db(databases="__all__")
T = TOTAL
CHILDREN = {(2, "NORTH"): 2, (7, "NORTH"): 9, (2, "SOUTH"): 6, (7, "SOUTH"): 8}


def draft(house, tables, *, indicator="children_identified", first=2025, last=2025, frozen=None, agency="NORTH"):
    return actions.draft_tables(
        by=house.actor("statistician", agency), frozen=frozen or take(by=OPERATOR), indicator=indicator, first=first,
        last=last, tables=tables,
    )  # fmt: skip


def counts(release, number=0):
    return dict(sheets_of(release)[number].cells)


def test_several_tables_of_one_release_are_protected_together(house):
    identify_table(house, CHILDREN)
    for _ in range(7):
        identify(house, "NORTH", sex="male")
    release = draft(house, [["region", "age_group"], ["sex"]])
    one, two = counts(release), counts(release, 1)
    assert one["LM-NORTH", "Y0T4"] is None
    assert (one[T, T], two[("male",)], two[("female",)], two[(T,)]) == (32, 7, 25, 32)
    assert sum(value is None for value in one.values()) == 4
    assert NAME not in str(list(Release.objects.values()))


def test_the_same_children_by_another_dimension_do_not_open_what_was_hidden(house):
    """Two children are hidden by region; a table by sex and region must not say that they are the only boys."""
    identify_table(house, {(7, "NORTH"): 9, (7, "SOUTH"): 9, (16, "SOUTH"): 9, (16, "NORTH"): 7})
    for _ in range(2):
        identify(house, "NORTH", age=2, sex="male")
    frozen = take(by=OPERATOR)
    publish(house, draft(house, [["region", "age_group"]], frozen=frozen))
    second = draft(house, [["age_group", "sex"]], frozen=frozen)
    table = counts(second)
    assert table["Y0T4", "male"] is None
    assert table["Y0T4", T] is None  # it was hidden before, and stays hidden


def test_years_that_are_published_again_together_are_attacked_with_each(house):
    identify_table(house, {(7, "NORTH"): 9, (16, "SOUTH"): 9}, year=2024)
    identify_table(house, {(7, "NORTH"): 9, (16, "SOUTH"): 9, (2, "SOUTH"): 2})
    frozen = take(by=OPERATOR)
    publish(house, draft(house, [["region", "age_group"]], first=2024, last=2024, frozen=frozen))
    both = draft(house, [["age_group", "year"]], first=2024, last=2025, frozen=frozen)
    table = counts(both)
    assert table["Y0T4", "2025"] is None
    assert table["Y0T4", "2024"] == 0
    assert table["Y0T4", T] is None  # the two years less the one that is public would be the other
    assert both.years == "2024–2025"


def test_a_child_in_two_cells_is_once_in_the_total(house):
    identify_table(house, {(7, "NORTH"): 9, (7, "SOUTH"): 8})
    release = draft(house, [["form"]])
    table = counts(release)
    assert table[("not_recorded",)] == table[(T,)] == 17
    assert "One may stand in several" not in "".join(sentences(release))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"tables": []}, "one to 4"),
        ({"tables": [["sex"]] * 2}, "one to 4"),
        ({"tables": [["sex", "sex"]]}, "different dimensions"),
        ({"tables": [["age", "age_group"]]}, "say the same"),
        ({"tables": [["service"]]}, "not by service"),
        ({"tables": [["sex"]], "indicator": "nonsense"}, "no indicator"),
        ({"tables": [["sex"]], "indicator": "case_days"}, "only counts"),
        ({"tables": [["sex"]], "first": 2025, "last": 2024}, "after the last"),
        ({"tables": [["age", "month", "region"]], "first": 2023}, "more than"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_and_nothing_is_kept(house, asked, words):
    identify_table(house, {(7, "NORTH"): 9})
    with pytest.raises(Invalid, match=words):
        draft(house, **asked)
    assert not Release.objects.exists()


def test_a_year_that_is_not_over_is_not_published(house):
    identify_table(house, {(7, "NORTH"): 9})
    with pytest.raises(Conflict, match="were over"):
        draft(house, [["sex"]], last=2026)


@pytest.mark.parametrize("role", ["case_worker", "supervisor", "reviewer", "administrator", "police"])
def test_only_a_statistician_drafts(house, role):
    frozen = take(by=OPERATOR)
    by = house.actor(role, "SOUTH")
    with pytest.raises(Refused):
        actions.draft_tables(
            by=by, frozen=frozen, indicator="children_identified", first=2025, last=2025, tables=[["sex"]]
        )
    with pytest.raises(Refused):
        queries.sources(by=by)


def test_a_release_has_the_tables_that_it_has(house):
    identify_table(house, {(7, "NORTH"): 9})
    release = publish(house, draft(house, [["sex"], ["region"]]))
    with pytest.raises(NotFound):
        figure_of(release, address="", terms=str, table=2)
    assert figure_of(release, address="", terms=str, table=1).dimensions[0].code == "region"


# -- what hangs together: children served by two agencies, beside the services that were delivered


def served(indicator="children_served", first=2025, last=2025, by=("region",), codes=(("N", "S", T),)):
    return Asked(indicator, first, last, (Sheet(by, codes),))


def told(numbers):
    """Counts by an engine that is not there: (indicator, what is asked) to a number."""

    def count(indicator, by, where):
        region = where.get("region", ("",))[0]
        return {("N",) * len(by): numbers[indicator, region]} if not by or by == ("region",) else {}

    return count


def test_children_served_are_at_most_the_services_and_each_region_is_a_population():
    numbers = {("children_served", "N"): 7, ("children_served", "S"): 6, ("children_served", ""): 9}
    kin = Kin([served()], told(numbers))
    assert len(kin.populations) == 3
    assert len(kin.relations) == 3  # each region within all; both together leave nobody out
    sheet = kin.asked[0].sheets[0]
    keys = kin.keys(kin.asked[0], sheet)
    assert {place: kin.truth[np.ix_(*key)].sum() for place, key in keys.items()} == {("N",): 7, ("S",): 6, (T,): 9}


def test_the_attacker_uses_that_a_total_is_between_the_largest_part_and_the_sum():
    numbers = {("children_served", "N"): 7, ("children_served", "S"): 6, ("children_served", ""): 9}
    kin = Kin([served()], told(numbers))
    keys = kin.keys(kin.asked[0], kin.asked[0].sheets[0])
    from amparo.methods.disclosure.reader import Fact

    facts = [Fact(keys[(T,)], "all", 9, 9), Fact(keys[("N",)], "N", 7, 7)]
    assert Reader(kin.frame, facts, relations=kin.relations).bounds(keys[("S",)]) == (2, 9)
    assert Reader(kin.frame, facts).bounds(keys[("S",)]) == (0, np.inf)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_while_tables_are_protected_nobody_waits_with_what_they_write(house, monkeypatch):
    identify_table(house, CHILDREN)
    frozen, within, protected = take(by=OPERATOR), [], Books.protected
    monkeypatch.setattr(
        Books, "protected",
        lambda books, policy: within.append(connection.in_atomic_block) or protected(books, policy),
    )  # fmt: skip
    draft(house, [["region", "age_group"]], frozen=frozen)
    assert within == [False]
    assert Event.objects.filter(verb="frozen:opened").exists()
