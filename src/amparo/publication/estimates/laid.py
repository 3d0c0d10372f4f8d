"""An estimate laid out for reading, in the reader's language: rounded, as the public sees it."""

from dataclasses import dataclass
from typing import Any

from amparo.publication.estimates import words
from amparo.publication.estimates.cautions import change, sentence, together
from amparo.publication.estimates.models import Estimate


@dataclass(frozen=True)
class Line:
    """A method, or a part of the children, and its numbers; None where there is none."""

    label: str
    code: str  # of the verdict
    verdict: str
    total: int | None
    low: int | None
    high: int | None
    children: int | None = None
    told: str = ""


@dataclass(frozen=True)
class Laid:
    """The estimate for a page."""

    sentence: str
    verdict: str
    lists: list[str]
    methods: list[Line]
    strata: list[Line]
    cautions: list[str]
    supposed: list[tuple[str, str, str]]  # code of the answer, the supposition, the answer
    method: str
    years: str


def lay_out(estimate: Estimate) -> Laid:
    """The words are those of the language that is active."""
    parts = estimate.parts or {"methods": [], "strata": [], "cautions": []}
    names = words.list_words(estimate.grouping, estimate.lists)
    return Laid(
        sentence=words.told(estimate.verdict, estimate.total, estimate.low, estimate.high) if estimate.verdict else "",
        verdict=str(words.VERDICTS.get(estimate.verdict, "")),
        lists=list(names.values()),
        methods=[_line(str(words.METHODS[each["method"]]), each) for each in parts["methods"]],
        strata=[_line(words.stratum_words(estimate.strata, each["stratum"]), each) for each in parts["strata"]],
        cautions=[sentence(each, names, estimate.strata) for each in parts["cautions"]],
        supposed=[
            (answer, str(words.SUPPOSED[code]), str(words.HOLDS[answer])) for code, answer in estimate.supposed.items()
        ],
        method=str(words.METHOD).format(boot=estimate.boot, seed=estimate.seed),
        years=years(estimate),
    )


@dataclass(frozen=True)
class Desk:
    """What only the desk sees: exact numbers, all that there is to be wary of, and what drives the estimate."""

    together: str
    cautions: list[str]
    notes: list[str]
    influence: list[tuple[str, float | None]]


def for_the_desk(estimate: Estimate) -> Desk | None:
    """None before the worker is done. The words are those of the language that is active."""
    told = estimate.told
    if told is None:
        return None
    names = words.list_words(estimate.grouping, estimate.lists)
    notes = [{**note, "method": each["method"]} for each in told["results"] for note in each["notes"]]
    return Desk(
        together=together(told),
        cautions=[sentence(each, names, estimate.strata) for each in told["cautions"]],
        notes=[sentence(each, names, estimate.strata) for each in notes],
        influence=[(change(each["lists"], names), each["estimate"]) for each in told["influence"]],
    )


def years(estimate: Estimate) -> str:
    """2023, or 2021–2023."""
    first, last = estimate.first_year, estimate.last_year
    return str(last) if first == last else f"{first}–{last}"


def _line(label: str, told: dict[str, Any]) -> Line:
    verdict, total, low, high = (told[name] for name in ("verdict", "total", "low", "high"))
    said, code = words.told(verdict, total, low, high), verdict.replace(" ", "_")
    return Line(label, code, str(words.VERDICTS[verdict]), total, low, high, told.get("children"), said)
