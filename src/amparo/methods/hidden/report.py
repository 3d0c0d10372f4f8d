"""All methods side by side, what drives them, what to be wary of; and when no estimate is defensible, that."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.hidden.cautions import Caution, caution
from amparo.methods.hidden.drawing import SEED
from amparo.methods.hidden.influence import Influence, influence
from amparo.methods.hidden.lists import Lists, Table
from amparo.methods.hidden.methods import CRITERIA, INTERVALS, LEVEL, METHODS, MOST_TIMES, WHOLE, How, Result, Word, run
from amparo.methods.hidden.unequal import Unequal, unequal
from amparo.methods.hidden.wary import APART, FEW, MOVES, several, wary
from amparo.methods.hidden.weighing import weigh

TIMES = 1000
_THIN = 0.1  # the part of the people that may stand in strata too thin to estimate
_A_DRAW = 100  # resampled tables of each drawing of the links, at least
FACTOR = 2.0  # by how much the untestable interaction of all lists is let raise or lower the hidden number


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
class Report:
    set: str
    lists: tuple[str, ...]
    observed: int
    results: tuple[Result, ...]
    warnings: tuple[Caution, ...]
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
            "warnings": [str(each) for each in self.warnings],
            "cautions": [each.plain() for each in self.warnings],
            "combined": {
                "estimate": _rounded(self.combined.estimate), "low": _rounded(self.combined.low),
                "high": _rounded(self.combined.high), "verdict": str(self.combined.verdict),
            },
            "sensitivity": {
                "factor": FACTOR, "low": _rounded(self.sensitivity[0]), "high": _rounded(self.sensitivity[1]),
            },
            "influence": [each.plain() for each in self.influence],
        }  # fmt: skip
        if self.strata:
            found["strata"] = [
                {"stratum": dict(zip(self.strata_columns, key, strict=True))} | each.plain()
                for key, each in self.strata.items()
            ]
        return found


@dataclass(frozen=True)
class Question:
    """One method asked about one table: the whole, a drawing of its links, or a stratum."""

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
    is their sum; with drawings of uncertain links, about each drawing (of the whole, or of each stratum), and their
    answers are pooled.

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
    boot = how.boot if not table.draws else max(how.boot // len(table.draws), _A_DRAW)
    return [
        Question(method, lists, replace(how, seed=how.seed + part, boot=boot))
        for part, lists in enumerate(each for one in _parts(table) for each in one.every)
        for method in dict.fromkeys(methods)
    ]


def _parts(table: Table) -> list[Table]:
    """The whole, then each stratum."""
    return [table, *(part for _, part in sorted(table.strata.items()))]


def compose(table: Table, methods: Sequence[str], how: How, answers: Sequence[Result]) -> Report:
    """The report, from the answers to `questions`."""
    given, many = iter(answers), len(dict.fromkeys(methods))
    told = []
    for part in _parts(table):
        rows = [tuple(islice(given, many)) for _ in part.every]
        told.append(_one(part, rows[0] if len(rows) == 1 else _pooled(part, rows), how.seed))
    if not table.strata:
        return told[0]
    return _summed(told[0], dict(zip(sorted(table.strata), told[1:], strict=True)), table, how.seed)


def _one(table: Table, results: tuple[Result, ...], seed: int) -> Report:
    lists = table.lists
    if not lists.observed:
        return Report(table.set, lists.names, 0, results, (caution("none"),), _NONE)
    hard = unequal(lists.counts, len(lists.names), weigh(lists.counts, len(lists.names), order=2), seed=seed)
    if hard.suspected:
        results = tuple(replace(each, verdict=Word.LOWER) if each.verdict == Word.OK else each for each in results)
    combined = _combined(results, hard)
    if any(lists.on(each) == lists.observed for each in range(len(lists.names))):
        # Who is on no other list stands on this one all the same: nothing tells whom it misses.
        results, combined = _shaken(results), _NONE
    elif several(lists) < FEW:
        results = _shaken(results)
        combined = replace(_NONE, verdict=_worst(results))
    drives = tuple(influence(lists))
    links = (caution("links", drawings=len(table.draws)),) if table.draws else ()
    found = wary(lists, results, drives, unequal=hard.suspected)
    warnings = (*table.warnings, *links, *found, *_undefended(combined))
    return Report(table.set, lists.names, lists.observed, results, warnings, combined, drives)


_NONE = Combined(None, None, None, Word.NOT)


def _shaken(results: tuple[Result, ...]) -> tuple[Result, ...]:
    return tuple(replace(each, verdict=Word.UNSTABLE) if each.estimate else each for each in results)


def _undefended(combined: Combined) -> Iterator[Caution]:
    if combined.verdict in {Word.NOT, Word.UNSTABLE}:
        yield caution("none")


def _pooled(table: Table, rows: Sequence[tuple[Result, ...]]) -> tuple[Result, ...]:
    """What each method says over all drawings of the links: between them lies what linkage does not know."""
    observed = float(np.mean([each.observed for each in table.draws]))
    return tuple(_over_drawings(each, observed) for each in zip(*rows, strict=True))


def _over_drawings(row: Sequence[Result], observed: float) -> Result:
    stand = [each for each in row if each.estimate is not None]
    seconds = sum(each.seconds for each in row)
    if 2 * len(stand) < len(row):
        return next(replace(each, seconds=seconds) for each in row if each.estimate is None)
    limits = np.sort(np.concatenate([each.limits for each in stand]))[len(stand) // 2 :: len(stand)]
    total = _middle([each.estimate for each in stand if each.estimate is not None])
    low, high = min(float(limits[24]), total), max(float(limits[974]), total)
    verdict = Counter(each.verdict for each in row).most_common(1)[0][0]
    notes = next(each.notes for each in row if each.verdict == verdict)
    end = high if np.isfinite(high) else None
    return Result(
        row[0].method, total, low, end, max(total - observed, 0.0), row[0].terms, verdict, seconds, notes, limits
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
    apart = max(said) / min(said) > APART
    return Word.UNSTABLE if high is None or apart or 2 * lost > len(asked) else Word.OK


def _worst(results: Sequence[Result]) -> Word:
    return Word.UNSTABLE if any(each.verdict == Word.UNSTABLE for each in results) else Word.NOT


def _summed(whole: Report, parts: Mapping[tuple[str, ...], Report], table: Table, seed: int) -> Report:
    """The total as the sum of its strata, method by method; limits are added in random order, as of independent
    strata. Strata too thin to estimate are taken to be as hidden as the others, if they are a small part of the people.
    """
    thin = [key for key, part in sorted(table.strata.items()) if several(part.lists) < FEW]
    alone = sum(table.strata[key].lists.observed for key in thin)
    carried = alone <= _THIN * whole.observed
    summed = [part for key, part in parts.items() if not (carried and key in thin)]
    share = whole.observed / (whole.observed - alone) if carried else 1.0
    draws = np.random.default_rng(seed)
    rows = zip(*(each.results for each in summed), strict=True)
    results = tuple(_sum(list(row), whole.observed, share, draws) for row in rows)
    hard = Unequal(suspected=any(each.combined.verdict == Word.LOWER for each in summed), total=np.inf)
    combined = _combined(results, hard)
    warnings = [each for each in whole.warnings if each.code != "none"]
    warnings += [caution("carried" if carried else "thin", stratum=list(key)) for key in thin]
    for mine, apart in zip(whole.results, results, strict=True):
        if mine.estimate and apart.estimate and not 1 / MOVES < apart.estimate / mine.estimate < MOVES:
            warnings.append(caution("strata", method=mine.method, added=apart.estimate, whole=mine.estimate))
    return replace(
        whole, results=results, combined=combined, warnings=(*warnings, *_undefended(combined)), strata=dict(parts),
        strata_columns=table.strata_columns,
    )  # fmt: skip


def _sum(row: Sequence[Result], observed: int, share: float, draws: np.random.Generator) -> Result:
    seconds = sum(each.seconds for each in row)
    order = [Word.NOT, Word.UNSTABLE, Word.LOWER, Word.OK]
    verdict = min((each.verdict for each in row), key=order.index)
    said = [each.estimate for each in row if each.estimate is not None]
    if len(said) < len(row):
        return Result(row[0].method, None, None, None, None, [], Word.NOT, seconds, (caution("stratum"),))
    totals = np.sort(np.sum([draws.choice(each.limits, 20_000) for each in row], axis=0)) * share
    limits = totals[(np.arange(999) + 1) * 20]
    estimate = float(sum(said)) * share
    low, high = min(float(limits[24]), estimate), max(float(limits[974]), estimate)
    end = high if np.isfinite(high) else None
    return Result(row[0].method, estimate, low, end, estimate - observed, [], verdict, seconds, (), limits)


def _plain(each: Result) -> dict[str, Any]:
    return {
        "method": each.method, "estimate": _rounded(each.estimate), "low": _rounded(each.low),
        "high": _rounded(each.high), "level": each.level, "hidden": _rounded(each.hidden), "terms": each.terms,
        "verdict": str(each.verdict), "seconds": round(each.seconds, 2), "notes": [note.plain() for note in each.notes],
    }  # fmt: skip


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)
