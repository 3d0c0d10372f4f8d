"""Each method by its name: what it says of one table, with an interval and a verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import process_time

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.hidden import classics, decomposable, latent
from amparo.methods.hidden.cautions import Caution, caution
from amparo.methods.hidden.choosing import main_effects, stepwise
from amparo.methods.hidden.drawing import SEED, resampled
from amparo.methods.hidden.fitting import saturated
from amparo.methods.hidden.lists import Lists
from amparo.methods.hidden.profiling import drawn, profile
from amparo.methods.hidden.resampling import Estimator, spread
from amparo.methods.hidden.searching import Downhill
from amparo.methods.hidden.terms import Model, interactions, spelled
from amparo.methods.hidden.types import Floats
from amparo.methods.hidden.weighing import ALL_UP_TO, Best, weigh

LEVEL = 0.95
INTERVALS = ("usual", "bca", "parametric", "profile")
CRITERIA = ("bic", "aic")
MOST_TIMES = 100_000
_PARTS = (np.arange(999) + 1) / 1000  # the grid on which each method tells its uncertainty
_WIDE = 10.0  # an upper end so many times the lower one says nothing
_FAILED = 0.05  # the part of resampled tables that may be without an estimate
_NO_END = 0.001  # the chance that a posterior may leave at the far end of its range


class Word(StrEnum):
    OK = "ok"
    LOWER = "lower bound only"
    NOT = "not identifiable"
    UNSTABLE = "unstable"


@dataclass(frozen=True)
class Result:
    """What one method says. Without an estimate all numbers are None; `high` alone is None when there is no upper
    end.
    """

    method: str
    estimate: float | None
    low: float | None
    high: float | None
    hidden: float | None
    terms: list[str]
    verdict: Word
    seconds: float
    notes: tuple[Caution, ...] = ()  # what else a reader should know
    limits: Floats = field(default_factory=lambda: np.empty(0))  # its confidence limits at 0.001 … 0.999, for pooling

    @property
    def level(self) -> float:
        return LEVEL


@dataclass(frozen=True)
class How:
    """How a method is asked: tables resampled from the data with the choice of the model in each (`bca`, as others
    publish them), drawn from the fitted model (`parametric`), or the profile of the likelihood, the model taken as
    given (`profile`; the models of dependent lists only). `usual`: `bca`, but that how many people are observed is
    chance, too; for `main`, whose model nobody chose, the profile. `criterion`: by what the method `bic` weighs its
    models.
    """

    boot: int = 1000
    seed: int = SEED
    interval: str = "usual"
    criterion: str = "bic"


def run(method: str, lists: Lists, how: How) -> Result:
    """Ask one method. Raises `Invalid` for a name that is none."""
    if method not in METHODS:
        raise Invalid({"method": f"There is no method {method}; there are {', '.join(METHODS)}."})
    start = process_time()
    answer = METHODS[method](lists, how) if lists.observed else _NOTHING
    return _result(method, lists, answer, process_time() - start)


@dataclass(frozen=True)
class _Answer:
    estimate: float
    limits: Floats
    terms: Sequence[str] = ()
    verdict: Word = Word.OK
    notes: tuple[Caution, ...] = ()
    interval: tuple[float, float] | None = None


_NOTHING = _Answer(np.inf, np.empty(0))


def _result(method: str, lists: Lists, answer: _Answer, seconds: float) -> Result:
    if not np.isfinite(answer.estimate):
        return Result(
            method, None, None, None, None, [], Word.NOT, seconds, answer.notes or (caution("absent"),)
        )  # fmt: skip
    low, high = answer.interval or (float(answer.limits[24]), float(answer.limits[974]))
    low, high = max(min(low, answer.estimate), lists.observed), max(high, answer.estimate)
    verdict, notes = answer.verdict, answer.notes
    if verdict == Word.OK and (not np.isfinite(high) or high / low > _WIDE):
        verdict, notes = Word.UNSTABLE, (*notes, caution("wide"))
    hidden = answer.estimate - lists.observed
    end = high if np.isfinite(high) else None
    return Result(method, answer.estimate, low, end, hidden, list(answer.terms), verdict, seconds, notes, answer.limits)


def _resampled(
    lists: Lists, estimator: Estimator, how: How, *, model: Model | None = None, notes: tuple[Caution, ...] = ()
) -> _Answer:  # fmt: skip
    """`model` is what the estimator chose; those without one are always resampled from the data."""
    if not np.isfinite(estimator(lists.counts[None])[0]):
        return _NOTHING
    terms = spelled(model or (), lists.names)
    if how.interval == "profile" and model is not None:
        found = profile(lists.counts, len(lists.names), model)
        return _Answer(found.estimate, found.at(_PARTS), terms, notes=notes, interval=found.interval(LEVEL))
    parametric = how.interval == "parametric" and model is not None
    tables = (
        drawn(lists.counts, len(lists.names), model or (), times=how.boot, seed=how.seed)
        if parametric
        else resampled(lists.counts, how.boot, how.seed, lists.order)
    )
    spread_ = spread(lists.counts, estimator, tables, seed=how.seed if how.interval == "usual" else None)
    failed = spread_.failed > _FAILED
    notes += (caution("failed", part=spread_.failed),) if failed else ()
    verdict = Word.UNSTABLE if failed else Word.OK
    return _Answer(spread_.estimate, spread_.at(_PARTS), terms, verdict, notes, spread_.interval(LEVEL))


def _main(lists: Lists, how: How) -> _Answer:
    many = len(lists.names)
    notes: tuple[Caution, ...] = ()
    if many == 2:  # noqa: PLR2004
        notes = (caution("chapman", total=classics.chapman(lists.on(0), lists.on(1), lists.on(0, 1))),)
    if how.interval == "usual":
        how = replace(how, interval="profile")
    return _resampled(lists, lambda counts: main_effects(counts, many).totals, how, model=(), notes=notes)


def _stepwise(lists: Lists, how: How) -> _Answer:
    many = len(lists.names)
    chosen = stepwise(lists.counts[None], many).pairs[0]
    model = tuple(pair for pair, taken in zip(interactions(many, 2), chosen, strict=False) if taken)
    return _resampled(lists, lambda counts: stepwise(counts, many).totals, how, model=model)


def _bic(lists: Lists, how: How) -> _Answer:
    many = len(lists.names)
    weighed = weigh(lists.counts, many, criterion=how.criterion)
    if not weighed.models:
        return _NOTHING
    best = Best(weighed, many, how.criterion) if many <= ALL_UP_TO else Downhill(many, how.criterion)
    notes = (caution("mean", total=weighed.mean),)
    found = _resampled(lists, best, how, model=weighed.models[0], notes=notes)
    if saturated(lists.counts, many, weighed.models[0]):
        return replace(found, verdict=Word.UNSTABLE, notes=(caution("saturated"), *notes))
    return found


def _dga(lists: Lists, how: How) -> _Answer:  # noqa: ARG001 - every method is asked alike
    if len(lists.names) > decomposable.MOST_LISTS:
        return replace(_NOTHING, notes=(caution("graphs", lists=decomposable.MOST_LISTS),))
    found = decomposable.average(lists.counts, len(lists.names))
    terms = ["".join(f"[{','.join(lists.names[each] for each in clique)}]" for clique in found.best)]
    endless = found.beyond > _NO_END
    verdict, notes = (Word.UNSTABLE, (caution("endless"),)) if endless else (Word.OK, ())
    middle = lists.observed + float(found.at(0.5))
    return _Answer(middle, lists.observed + found.at(_PARTS), terms, verdict, notes, _ends(lists, found.at))


def _lcmcr(lists: Lists, how: How) -> _Answer:
    if len(lists.names) == 2:  # noqa: PLR2004
        return replace(_NOTHING, notes=(caution("classes"),))
    chains = latent.sample(lists.counts, len(lists.names), np.random.default_rng(how.seed))
    notes: tuple[Caution, ...] = (caution("chains", r_hat=chains.r_hat, worth=chains.effective),)
    if not chains.agree:
        notes = (caution("disagree", r_hat=chains.r_hat),)
    verdict = Word.OK if chains.agree else Word.UNSTABLE
    low, high = chains.at(np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    return _Answer(float(chains.at(0.5)), chains.at(_PARTS), (), verdict, notes, (float(low), float(high)))


def _chao(lists: Lists, how: How) -> _Answer:
    many = len(lists.names)
    found = _resampled(lists, lambda counts: classics.chao(counts, many), how)
    return _Answer(found.estimate, found.limits, (), Word.LOWER, found.notes, found.interval)


def _sample_coverage(lists: Lists, how: How) -> _Answer:
    many = len(lists.names)
    if many < 3:  # noqa: PLR2004
        return replace(_NOTHING, notes=(caution("three"),))
    return _resampled(lists, lambda counts: classics.sample_coverage(counts, many), how)


def _ends(lists: Lists, at: Callable[[Floats], Floats]) -> tuple[float, float]:
    low, high = lists.observed + at(np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    return float(low), float(high)


METHODS: dict[str, Callable[[Lists, How], _Answer]] = {
    "main": _main,
    "stepwise": _stepwise,
    "bic": _bic,
    "dga": _dga,
    "lcmcr": _lcmcr,
    "chao": _chao,
    "sample-coverage": _sample_coverage,
}
WHOLE = ("stepwise", "bic", "dga", "lcmcr")  # those that allow for lists that depend on each other
