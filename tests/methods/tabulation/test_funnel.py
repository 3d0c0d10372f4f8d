"""Where children are lost on the way, with what delay, and what competes with going on (S7)."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.common.errors import Invalid
from amparo.methods.tabulation.columns import as_table
from amparo.methods.tabulation.duck import Duck
from amparo.methods.tabulation.funnel import COURSES, Journey, aalen_johansen, funnel, grouped, journeys, months
from amparo.methods.tabulation.schema import CODE, CODES, TABLES, columns

ENDS = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["next", "withdrawn", ""])), min_size=1, max_size=25)


def redistributed(ends):
    """Efron's way, which shares no step with the product of the estimator: who is lost from sight leaves an equal part
    of the weight to each who was seen longer; of those seen equally long, the ones with an event come first.
    """
    order = sorted(ends, key=lambda end: (end[0], end[1] == ""))
    weight = [1 / len(order)] * len(order)
    found = Counter()
    for place, (time, cause) in enumerate(order):
        later = range(place + 1, len(order))
        if cause:
            found[time, cause] += weight[place]
        elif later:
            for each in later:
                weight[each] += weight[place] / len(later)
    return found


@settings(max_examples=60, deadline=None)
@given(ENDS)
def test_the_estimate_is_that_of_giving_the_weight_of_the_unseen_to_the_seen(ends):
    found, weights = aalen_johansen(ends), redistributed(ends)
    for cause in ("next", "withdrawn"):
        for time in range(7):
            estimate = max((share for at, share in found.get(cause, []) if at <= time), default=0.0)
            assert estimate == pytest.approx(
                sum(share for (at, each), share in weights.items() if each == cause and at <= time)
            )


def test_without_anybody_on_the_way_it_is_a_plain_share():
    found = aalen_johansen([(1, "next"), (2, "next"), (2, "withdrawn"), (5, "next")])
    assert found["next"][-1] == (5, pytest.approx(0.75))
    assert found["withdrawn"] == [(2, pytest.approx(0.25))]


def test_a_funnel_counts_who_went_on_who_was_lost_and_who_waits():
    told = (
        [Journey((0, 2), None, "")] * 6 + [Journey((0, None), 4, "withdrawn")] * 3 + [Journey((0, None), None, "")] * 3
    )
    [passage] = funnel(told, ("identified", "opened"), seen_until=12)
    assert (passage.children, passage.on, passage.lost, passage.waiting) == (12, 6, {"withdrawn": 3}, 3)
    assert passage.middle == 2
    assert passage.by[3] == {"next": 0.5, "withdrawn": 0.0}
    assert passage.by[6] == {"next": 0.5, "withdrawn": 0.25}


def test_of_few_children_no_delay_is_told():
    [passage] = funnel([Journey((0, 2), None, "")] * 9, ("identified", "opened"), seen_until=12)
    assert (passage.children, passage.on, passage.by, passage.middle) == (9, 9, {}, None)


def row(table, number, **facts):
    empty = {CODE: "not_recorded", CODES: []}
    return {table: number, "key": 0, **{name: empty.get(kind) for name, kind in TABLES[table].items()}, **facts}


def test_journeys_come_from_the_snapshot_and_a_later_step_means_the_earlier_ones():
    rows = {name: [] for name in TABLES}
    rows["child"] = [row("child", n, identified=202501, adult="no", sex="female" if n else "male") for n in range(3)]
    rows["child"].append(row("child", 3, identified=202501, adult="yes"))
    rows["proceeding"] = [
        row("proceeding", 0, child=0, opened=202502, prosecuted=202506),
        row("proceeding", 1, child=1, opened=202503, lost=202509, reason="withdrawn"),
    ]
    rows["case"] = [
        row("case", 0, child=0, opened=202501, closed=202504, close_reason="goals_reached"),
        row("case", 1, child=1, opened=202501, closed=202503, close_reason="lost_contact"),
        row("case", 2, child=2, opened=202501),
    ]
    assert set(columns("case")) >= set(rows["case"][0])
    engine = Duck({name: as_table(name, each) for name, each in rows.items()}, threads=1)
    start = months(202501)
    told = journeys(engine, "justice", first=2025, last=2025, group="sex")
    assert sorted((each.group, each.reached, each.reason, each.lost) for each in told if each.group == "male") == [
        ("male", (start, start + 1, start + 5, start + 5, None, None), "unknown", None)
    ]
    assert sorted(each.lost is not None for each in grouped(told)["female"]) == [False, True]
    care = journeys(engine, "care", first=2025, last=2025)
    passages = funnel(care, COURSES["care"].steps, seen_until=months(202512))
    assert [(each.children, each.on, each.lost, each.waiting) for each in passages] == [
        (3, 1, {"lost_contact": 1}, 1), (1, 1, {}, 0), (1, 1, {}, 0),
    ]  # fmt: skip
    with pytest.raises(Invalid):
        journeys(engine, "nowhere", first=2025, last=2025)
    engine.close()
