"""Where children are lost between identification and recovery, with delays: cohorts and competing reasons (S7).

A child goes from step to step, is lost for a reason, or is still on the way when the snapshot is taken. Shares "by so
many months" are Aalen-Johansen estimates of the cumulative incidence (Aalen and Johansen 1978): whoever is still on
the way counts as at risk for as long as was seen, and a reason of loss competes with the next step. Without anybody on
the way they are plain shares; with one cause only they are one minus Kaplan and Meier.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from amparo.common.errors import Invalid
from amparo.methods.tabulation.duck import Duck

NEXT: Final = "next"
HORIZONS: Final = (3, 6, 12, 24)  # months
# Children of fewer are told of no delays: a share of three children is a story, not a rate.
ENOUGH: Final = 10


@dataclass(frozen=True)
class Course:
    """Its steps in order, the SQL that gives each child's first month of each, and the month and reason of a loss."""

    steps: tuple[str, ...]
    sql: str
    lists: str  # the code list of the reasons


COURSES: Final[Mapping[str, Course]] = {
    # Lost: every proceeding of the child ended without a conviction.
    "justice": Course(
        ("identified", "opened", "investigated", "prosecuted", "decided", "repaired"),
        """SELECT child, MIN(opened) AS opened, MIN(investigated) AS investigated, MIN(prosecuted) AS prosecuted,
                  MIN(decided) AS decided, MIN(repaired) AS repaired,
                  CASE WHEN COUNT(lost) = COUNT(*) THEN MAX(lost) END AS lost, ARG_MAX(reason, lost) AS reason
           FROM t_proceeding GROUP BY child""",
        "proceeding_reason",
    ),
    # Lost: every case of the child was closed, none of them because the child had recovered.
    "care": Course(
        ("identified", "planned", "served", "recovered"),
        """SELECT child, MIN(planned) AS planned, MIN(served) AS served, MIN(recovered) AS recovered,
                  CASE WHEN COUNT(closed) = COUNT(opened) THEN MAX(closed) END AS lost,
                  ARG_MAX(reason, closed) AS reason
           FROM (
             SELECT child, NULL AS planned, NULL AS served, opened,
                    CASE WHEN close_reason IN ('goals_reached', 'safe_and_stable') THEN closed END AS recovered,
                    closed, CAST(close_reason AS VARCHAR) AS reason FROM t_case
             UNION ALL
             SELECT child, made, NULL, NULL, NULL, NULL, NULL FROM t_plan WHERE status IN ('active', 'closed')
             UNION ALL
             SELECT child, NULL, ended, NULL, NULL, NULL, NULL FROM t_referral WHERE status = 'delivered'
           ) GROUP BY child""",
        "case_close_reason",
    ),
}
GROUPS: Final = ("sex", "age_group", "region", "separation", "disability", "migration_status", "nationality")


@dataclass(frozen=True)
class Journey:
    """Months (as whole numbers that can be subtracted) at which a child reached each step; None: not reached."""

    reached: tuple[int | None, ...]
    lost: int | None
    reason: str
    group: str = ""


@dataclass(frozen=True)
class Passage:
    """From one step to the next. `by`: for each horizon the share of each cause; `middle`: months until half of them
    went on, None where half never did.
    """

    step: str
    children: int
    on: int
    lost: Mapping[str, int]
    waiting: int
    by: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    middle: int | None = None


def journeys(engine: Duck, course: str, *, first: int, last: int, group: str = "") -> list[Journey]:
    """Of the children identified in the years from `first` to `last`. Raises `Invalid` for what there is not."""
    if course not in COURSES or (group and group not in GROUPS):
        raise Invalid({"course": f"There are {', '.join(COURSES)}, by {', '.join(GROUPS)}."})
    told = COURSES[course]
    steps = ", ".join(f"s.{step}" for step in told.steps[1:])
    chosen = f"CAST(c.{group} AS VARCHAR)" if group else "''"
    rows = engine.database.cursor().execute(
        f"SELECT c.identified, {steps}, s.lost, CAST(s.reason AS VARCHAR), {chosen} FROM t_child c "  # noqa: S608 - our own names
        f"LEFT JOIN ({told.sql}) s ON s.child = c.child "
        "WHERE c.adult = 'no' AND c.identified // 100 BETWEEN ? AND ?",
        [first, last],
    )
    return [_journey(row) for row in rows.fetchall()]


def funnel(told: Sequence[Journey], steps: Sequence[str], *, seen_until: int) -> list[Passage]:
    """One passage for each step but the last. `seen_until`: the month of the snapshot, as `months` counts."""
    return [_passage(told, place, step, seen_until) for place, step in enumerate(steps[:-1])]


def grouped(told: Iterable[Journey]) -> dict[str, list[Journey]]:
    """By the code of their group."""
    found: dict[str, list[Journey]] = defaultdict(list)
    for each in told:
        found[each.group].append(each)
    return {name: found[name] for name in sorted(found)}


def aalen_johansen(ends: Iterable[tuple[int, str]]) -> dict[str, list[tuple[int, float]]]:
    """The cumulative incidence of each cause as steps (time, share). A cause "": still on the way at that time."""
    at: dict[int, Counter[str]] = defaultdict(Counter)
    for time, cause in ends:
        at[time][cause] += 1
    risk = sum(each.total() for each in at.values())
    free, found = 1.0, defaultdict[str, list[tuple[int, float]]](list)
    for time in sorted(at):
        gone = 0
        for cause, number in sorted(at[time].items()):
            if cause:
                before = found[cause][-1][1] if found[cause] else 0.0
                found[cause].append((time, before + free * number / risk))
                gone += number
        free *= 1 - gone / risk
        risk -= at[time].total()
    return dict(found)


def months(month: int) -> int:
    """202507 as a number of months, so that two can be subtracted."""
    return month // 100 * 12 + month % 100 - 1


def _journey(row: tuple[Any, ...]) -> Journey:
    *reached, lost, reason, group = row
    steps = [None if each is None else months(each) for each in reached]
    for place in range(len(steps) - 2, -1, -1):  # whoever came to a later step had passed this one by then
        later = steps[place + 1]
        if later is not None:
            steps[place] = later if steps[place] is None else min(steps[place], later)  # type: ignore[type-var]
    return Journey(tuple(steps), None if lost is None else months(lost), reason or "unknown", group)


def _passage(told: Sequence[Journey], place: int, step: str, seen_until: int) -> Passage:
    here = [each for each in told if each.reached[place] is not None]
    ends = [_end(each, place, seen_until) for each in here]
    causes = Counter(cause for _time, cause in ends)
    on, waiting = causes.pop(NEXT, 0), causes.pop("", 0)
    counted = Passage(step, len(here), on, dict(sorted(causes.items())), waiting)
    if len(here) < ENOUGH:
        return counted
    curves = aalen_johansen(ends)
    by = {horizon: {cause: _until(curve, horizon) for cause, curve in curves.items()} for horizon in HORIZONS}
    middle = next((time for time, share in curves.get(NEXT, []) if share >= 0.5), None)  # noqa: PLR2004 - half
    return Passage(step, len(here), on, counted.lost, waiting, by, middle)


def _end(each: Journey, place: int, seen_until: int) -> tuple[int, str]:
    began, after = each.reached[place], each.reached[place + 1]
    assert began is not None
    if after is not None:
        return after - began, NEXT
    if each.lost is not None:
        return max(each.lost - began, 0), each.reason
    return max(seen_until - began, 0), ""


def _until(curve: Sequence[tuple[int, float]], horizon: int) -> float:
    return max((share for time, share in curve if time <= horizon), default=0.0)
