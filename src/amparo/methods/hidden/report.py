"""All methods side by side, what drives them, what to be wary of; and when no estimate is defensible, that."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.hidden.choosing import stepwise
from amparo.methods.hidden.drawing import SEED
from amparo.methods.hidden.lists import Lists, Table
from amparo.methods.hidden.methods import CRITERIA, INTERVALS, LEVEL, METHODS, MOST_TIMES, WHOLE, How, Result, Word, run
from amparo.methods.hidden.unequal import Unequal, unequal
from amparo.methods.hidden.weighing import weigh

TIMES = 1000
_APART = 2.5  # methods that differ by more than this factor leave no single number
_MOVES = 1.5  # a list that moves the estimate by more than this factor drives it
_FEW = 10  # people on more than one list; fewer say nearly nothing
_A_DRAW = 100  # resampled tables of each drawing of the links, at least
FACTOR = 2.0  # by how much the untestable interaction of all lists is let raise or lower the hidden number
_INSIDE = 0.8  # the part of a list that lies inside another when one may be fed by the other


@dataclass(frozen=True)
class Combined:
    """The pool of the methods that stand: their confidence limits, one set as heavy as the other, read off together.

    With the verdict "lower bound only" it is the range of the bound, stretched to what a model of unequal people
    guesses.
    """

    estimate: float | None
    low: float | None
    high: float | None
    verdict: Word


@dataclass(frozen=True)
class Influence:
    """The stepwise estimate without a list, or with two taken as one; None where it does not exist."""

    change: str
    estimate: float | None


@dataclass(frozen=True)
class Report:
    set: str
    lists: tuple[str, ...]
    observed: int
    results: tuple[Result, ...]
    warnings: tuple[str, ...]
    combined: Combined
    influence: tuple[Influence, ...] = ()
    strata: Mapping[tuple[str, ...], "Report"] = field(default_factory=dict)
    strata_columns: tuple[str, ...] = ()

    @property
    def sensitivity(self) -> tuple[float | None, float | None]:
        """The ends if the interaction of all lists, which no data can test, multiplied the hidden number by `FACTOR`,
        or divided it: of what nobody has seen, the models only suppose that this interaction is not there.
        """
        low, high = self.combined.low, self.combined.high
        return (
            None if low is None else self.observed + max(low - self.observed, 0) / FACTOR,
            None if high is None else self.observed + max(high - self.observed, 0) * FACTOR,
        )

    def plain(self) -> dict[str, Any]:
        """As JSON has it. Numbers to one decimal; what does not exist is null, never NaN."""
        found: dict[str, Any] = {"set": self.set} if self.set else {}
        found |= {
            "observed": self.observed,
            "lists": list(self.lists),
            "results": [_plain(each) for each in self.results],
            "warnings": list(self.warnings),
            "combined": {
                "estimate": _rounded(self.combined.estimate), "low": _rounded(self.combined.low),
                "high": _rounded(self.combined.high), "verdict": str(self.combined.verdict),
            },
            "sensitivity": {
                "factor": FACTOR, "low": _rounded(self.sensitivity[0]), "high": _rounded(self.sensitivity[1]),
            },
            "influence": [{"change": each.change, "estimate": _rounded(each.estimate)} for each in self.influence],
        }  # fmt: skip
        if self.strata:
            found["strata"] = [
                {"stratum": dict(zip(self.strata_columns, key, strict=True))} | each.plain()
                for key, each in self.strata.items()
            ]
        return found


@dataclass(frozen=True)
class Question:
    """One method asked about one table: the whole (`part` 0), a drawing of its links, or a stratum."""

    part: int
    method: str
    lists: Lists
    how: How

    def answer(self) -> Result:
        return run(self.method, self.lists, self.how)


def estimate(
    table: Table, *, methods: Sequence[str] = tuple(METHODS), boot: int = TIMES, seed: int = SEED,
    interval: str = INTERVALS[0], criterion: str = CRITERIA[0], jobs: int = 1,
) -> Report:  # fmt: skip
    """Ask the methods about a table, in `jobs` processes. With strata, each is asked about each stratum and the total
    is their sum; with drawings of uncertain links, about each drawing, and their answers are pooled.

    Raises `Invalid` for a method that does not exist or a number of resampled tables that makes no sense.
    """
    how = How(boot, seed, interval, criterion)
    asked = questions(table, methods, how)
    if jobs == 1:
        return compose(table, methods, how, [each.answer() for each in asked])
    with ProcessPoolExecutor(jobs) as pool:
        return compose(table, methods, how, list(pool.map(Question.answer, asked)))


def questions(table: Table, methods: Sequence[str], how: How) -> list[Question]:
    """All that must be asked, in an order that `compose` knows; each can be answered by itself. Raises `Invalid`."""
    if not 20 <= how.boot <= MOST_TIMES:  # noqa: PLR2004 - fewer draw no interval at all
        raise Invalid({"boot": f"An interval needs 20 to {MOST_TIMES:,} resampled tables; 1,000 are usual."})
    if not 0 <= how.seed < 2**31:
        raise Invalid({"seed": "A seed is a whole number from 0 to 2,147,483,647."})
    for method in methods:
        if method not in METHODS:
            raise Invalid({"method": f"There is no method {method}; there are {', '.join(METHODS)}."})
    for name, given, known in (("interval", how.interval, INTERVALS), ("criterion", how.criterion, CRITERIA)):
        if given not in known:
            raise Invalid({name: f"There is none such; there are {', '.join(known)}."})
    each_boot = how.boot if not table.draws else max(how.boot // len(table.draws), _A_DRAW)
    parts = table.draws or (table.lists, *(lists for _, lists in sorted(table.strata.items())))
    return [
        Question(part, method, lists, replace(how, seed=how.seed + max(part - 1, 0), boot=each_boot))
        for part, lists in enumerate(parts)
        for method in dict.fromkeys(methods)
    ]


def compose(table: Table, methods: Sequence[str], how: How, answers: Sequence[Result]) -> Report:
    """The report, from the answers to `questions`."""
    many = len(dict.fromkeys(methods))
    rows = [tuple(answers[at : at + many]) for at in range(0, len(answers), many)]
    if table.draws:
        pooled = tuple(_pooled(list(each), table.draws) for each in zip(*rows, strict=True))
        told = f"The links are uncertain: {len(table.draws)} drawings of them were estimated and their answers pooled."
        return _one(table.lists, replace(table, warnings=(*table.warnings, told)), pooled, how.seed)
    whole = _one(table.lists, table, rows[0], how.seed)
    if not table.strata:
        return whole
    bare = replace(table, warnings=())
    parts = {
        key: _one(lists, bare, row, how.seed)
        for (key, lists), row in zip(sorted(table.strata.items()), rows[1:], strict=True)
    }
    return _summed(whole, parts, table, how.seed)


def _one(lists: Lists, table: Table, results: tuple[Result, ...], seed: int) -> Report:
    hard = unequal(lists.counts, len(lists.names), weigh(lists.counts, len(lists.names), order=2), seed=seed)
    if hard.suspected:
        results = tuple(replace(each, verdict=Word.LOWER) if each.verdict == Word.OK else each for each in results)
    combined = _combined(results, hard)
    if any(lists.on(each) == lists.observed for each in range(len(lists.names))):
        # Who is on no other list stands on this one all the same: nothing tells whom it misses.
        results = tuple(replace(each, verdict=Word.UNSTABLE) if each.estimate else each for each in results)
        combined = Combined(None, None, None, Word.NOT)
    drives = tuple(_influence(lists))
    warnings = (*table.warnings, *_warnings(lists, results, combined, hard, drives))
    return Report(table.set, lists.names, lists.observed, results, warnings, combined, drives)


def _pooled(row: Sequence[Result], draws: Sequence[Lists]) -> Result:
    """What one method says over all drawings of the links: between them lies what linkage does not know."""
    stand = [each for each in row if each.estimate is not None]
    seconds = sum(each.seconds for each in row)
    if 2 * len(stand) < len(row):
        return replace(row[0], seconds=seconds)
    limits = np.sort(np.concatenate([each.limits for each in stand]))[len(stand) // 2 :: len(stand)]
    total = _middle([each.estimate for each in stand if each.estimate is not None])
    low, high = min(float(limits[24]), total), max(float(limits[974]), total)
    observed = float(np.mean([each.observed for each in draws]))
    verdict = Counter(each.verdict for each in row).most_common(1)[0][0]
    end = high if np.isfinite(high) else None
    return Result(
        row[0].method, total, low, end, max(total - observed, 0.0), row[0].terms, verdict, seconds, "", limits
    )


def _combined(results: Sequence[Result], hard: Unequal) -> Combined:
    usable = [each for each in results if each.verdict in {Word.OK, Word.LOWER} and each.method in WHOLE]
    usable = usable or [each for each in results if each.verdict == Word.OK]
    if not usable:
        bounds = [each for each in results if each.verdict == Word.LOWER]
        if bounds:
            return Combined(None, bounds[0].low, None, Word.LOWER)
        return Combined(None, None, None, _worst(results))
    pool = np.sort(np.concatenate([each.limits for each in usable]))
    middle = _middle([each.estimate for each in usable if each.estimate is not None])
    start, end = (float(pool[round(part * (len(pool) + 1)) - 1]) for part in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    low, high = min(start, middle), max(end, middle) if np.isfinite(end) else None
    if hard.suspected:
        guess = max(hard.total, middle) if np.isfinite(hard.total) else middle
        return Combined(guess, low, None if high is None else max(high, guess), Word.LOWER)
    return Combined(middle, low, high, _verdict(results, usable, high))


def _middle(totals: Sequence[float]) -> float:
    """The geometric mean: methods differ by factors."""
    return float(np.exp(np.log(totals).mean()))


def _verdict(results: Sequence[Result], usable: Sequence[Result], high: float | None) -> Word:
    asked = [each for each in results if each.method in WHOLE]
    lost = sum(each.verdict in {Word.UNSTABLE, Word.NOT} for each in asked)
    said = [each.estimate for each in usable if each.estimate]
    apart = max(said) / min(said) > _APART
    return Word.UNSTABLE if high is None or apart or 2 * lost > len(asked) else Word.OK


def _worst(results: Sequence[Result]) -> Word:
    return Word.UNSTABLE if any(each.verdict == Word.UNSTABLE for each in results) else Word.NOT


def _influence(lists: Lists) -> Iterator[Influence]:
    if len(lists.names) < 3:  # noqa: PLR2004 - nothing is left to estimate from
        return
    for place, name in enumerate(lists.names):
        yield Influence(f"without {name}", _quick(lists.without(place)))
    for one, other in combinations(range(len(lists.names)), 2):
        yield Influence(f"{lists.names[one]} and {lists.names[other]} as one", _quick(lists.merged(one, other)))


def _quick(lists: Lists) -> float | None:
    if not lists.observed or any(not lists.on(each) for each in range(len(lists.names))):
        return None
    found = float(stepwise(lists.counts[None], len(lists.names)).totals[0])
    return found if np.isfinite(found) else None


def _warnings(
    lists: Lists, results: Sequence[Result], combined: Combined, hard: Unequal, drives: Sequence[Influence]
) -> Iterator[str]:  # fmt: skip
    yield from _of_overlaps(lists)
    for each in results:
        if each.told and each.method in WHOLE and each.verdict in {Word.UNSTABLE, Word.NOT}:
            yield f"{each.method}: {each.told}"
    if len(lists.names) == 2:  # noqa: PLR2004
        yield "With two lists nothing tells whether one depends on the other: the estimate supposes that it does not."
    if hard.suspected:
        yield (
            "Some people may be much harder to find than others, on every list. Models of dependent lists cannot "
            "exclude it on these data: every estimate is a lower bound only."
        )
    yield from _of_spread(results)
    yield from _of_drives(lists, drives)
    if combined.verdict in {Word.NOT, Word.UNSTABLE}:
        yield (
            "No estimate is defensible on these data: the methods' estimates do not exist, do not settle or contradict "
            "each other."
        )


def _of_overlaps(lists: Lists) -> Iterator[str]:
    several = int(lists.counts[np.bitwise_count(lists.histories) > 1].sum())
    if several < _FEW:
        yield f"Only {several} of {lists.observed:,} people are on more than one list: too few to lean on."
    never = [(a, b) for a, b in combinations(range(len(lists.names)), 2) if not lists.on(a, b)]
    if never:
        named = ", ".join(f"{lists.names[a]} and {lists.names[b]}" for a, b in never)
        yield f"Lists that never meet: {named}. They may work in different places, or exclude each other."
    for one, other in combinations(range(len(lists.names)), 2):
        both, small, large = lists.on(one, other), *sorted((one, other), key=lists.on)
        if both and both >= _INSIDE * lists.on(small) and lists.on(small) < lists.observed > lists.on(large):
            yield (
                f"{both / lists.on(small):.0%} of list {lists.names[small]} is on list {lists.names[large]}: one may "
                f"be filled from the other, by referral; think of taking the two as one."
            )


def _of_spread(results: Sequence[Result]) -> Iterator[str]:
    said = {each.method: each.estimate for each in results if each.estimate and each.method in WHOLE}
    if said and max(said.values()) > _APART * min(said.values()):
        least, most = min(said, key=said.__getitem__), max(said, key=said.__getitem__)
        yield f"The methods differ by a factor of {said[most] / said[least]:.1f} ({least} to {most}): show them all."
    for each in results:
        if each.hidden is not None and each.hidden < 1:
            yield f"{each.method}: the estimate lies at the edge, nobody hidden; that is rarely true."


def _of_drives(lists: Lists, drives: Sequence[Influence]) -> Iterator[str]:
    base = _quick(lists)
    for each in drives:
        if base and each.change.startswith("without"):
            if each.estimate is None:
                yield f"There is no estimate {each.change}: everything rests on this list."
            elif not 1 / _MOVES < each.estimate / base < _MOVES:
                yield f"The stepwise estimate {each.change} is {each.estimate:,.0f} instead of {base:,.0f}."


def _summed(whole: Report, parts: Mapping[tuple[str, ...], Report], table: Table, seed: int) -> Report:
    """The total as the sum of its strata, method by method; limits are added in random order, as of independent
    strata.
    """
    draws = np.random.default_rng(seed)
    rows = zip(*(each.results for each in parts.values()), strict=True)
    results = tuple(_sum(list(row), whole.observed, draws) for row in rows)
    hard = Unequal(suspected=any(each.combined.verdict == Word.LOWER for each in parts.values()), total=np.inf)
    combined = _combined(results, hard)
    warnings = list(whole.warnings)
    for mine, apart in zip(whole.results, results, strict=True):
        if mine.estimate and apart.estimate and not 1 / _MOVES < apart.estimate / mine.estimate < _MOVES:
            warnings.append(
                f"{mine.method}: the strata add up to {apart.estimate:,.0f}; without strata it would be "
                f"{mine.estimate:,.0f}."
            )
    return replace(
        whole, results=results, combined=combined, warnings=tuple(warnings), strata=dict(parts),
        strata_columns=table.strata_columns,
    )  # fmt: skip


def _sum(row: Sequence[Result], observed: int, draws: np.random.Generator) -> Result:
    seconds = sum(each.seconds for each in row)
    order = [Word.NOT, Word.UNSTABLE, Word.LOWER, Word.OK]
    verdict = min((each.verdict for each in row), key=order.index)
    said = [each.estimate for each in row if each.estimate is not None]
    if len(said) < len(row):
        return Result(row[0].method, None, None, None, None, [], Word.NOT, seconds, "A stratum has no estimate.")
    totals = np.sort(np.sum([draws.choice(each.limits, 20_000) for each in row], axis=0))
    limits = totals[(np.arange(999) + 1) * 20]
    estimate = float(sum(said))
    low, high = min(float(limits[24]), estimate), max(float(limits[974]), estimate)
    end = high if np.isfinite(high) else None
    return Result(row[0].method, estimate, low, end, estimate - observed, [], verdict, seconds, "", limits)


def _plain(each: Result) -> dict[str, Any]:
    return {
        "method": each.method, "estimate": _rounded(each.estimate), "low": _rounded(each.low),
        "high": _rounded(each.high), "level": each.level, "hidden": _rounded(each.hidden), "terms": each.terms,
        "verdict": str(each.verdict), "seconds": round(each.seconds, 2),
    }  # fmt: skip


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)
