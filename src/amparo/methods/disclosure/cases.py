"""Cases and releases as JSON: what is to be published and the truth, and what was published without it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.disclosure.frame import Frame, Request
from amparo.methods.disclosure.policy import Policy, policy_of
from amparo.methods.disclosure.system import Numbers

LARGEST = 5_000_000  # finest cells of all variables together


@dataclass(frozen=True)
class Case:
    """`steps`: sets of tables, each protected together and after the ones before it.

    `keys`: of each finest cell the sum of its records' keys, where noise must be that of the records themselves.
    """

    frame: Frame
    counts: Numbers
    policy: Policy
    steps: Sequence[Sequence[Request]]
    keys: Numbers | None = None


def read_case(given: Any) -> Case:
    """A case as it stands in `docs/reference/protect.md`. Raises `Invalid` saying what is wrong with it, and where."""
    if not isinstance(given, dict) or not isinstance(given.get("variables"), dict):
        raise Invalid({"case": "A case is a JSON object with variables, truth, policy, and publish or publish_seq."})
    frame = Frame(given["variables"], given.get("groups") or {})
    counts = _counts(frame, given.get("truth") or [])
    steps = list(_steps(given))
    for request in (each for step in steps for each in step):
        for _cell in request.cells(frame):
            break
    case = Case(frame, counts, policy_of(given.get("policy") or {}), steps)
    _adds_up(case, given.get("totals") or [])
    return case


def _counts(frame: Frame, truth: list[dict[str, Any]]) -> Numbers:
    if not isinstance(truth, list) or not all(isinstance(line, dict) for line in truth):
        raise Invalid({"truth": "The truth is a list of lines, each with a code of every variable and a count."})
    sizes = [len(codes) for codes in frame.variables.values()]
    if np.prod(sizes, dtype=float) > LARGEST:
        raise Invalid({"variables": f"There are more than {LARGEST:,} finest cells; leave a variable out."})
    counts, seen = np.zeros(sizes), set()
    for number, line in enumerate(truth, start=1):
        place = _place(frame, line, number)
        if place in seen:
            raise Invalid({"truth": f"Line {number} gives a cell that was given before: {_words(frame, line)}."})
        seen.add(place)
        counts[place] = _count(line, number)
    return counts


def _place(frame: Frame, line: Mapping[str, Any], number: int) -> tuple[int, ...]:
    place = []
    for name, codes in frame.variables.items():
        if line.get(name) not in codes:
            raise Invalid({"truth": f"Line {number}: {line.get(name)!r} is no finest code of {name}."})
        place.append(frame.part(name, line[name])[0])
    return tuple(place)


def _count(line: Mapping[str, Any], number: int) -> float:
    count = line.get("count")
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        raise Invalid({"truth": f"Line {number}: a count is a whole number, 0 or more."})
    return float(count)


def _words(frame: Frame, line: Mapping[str, Any]) -> str:
    return ", ".join(str(line.get(name)) for name in frame.variables)


def _steps(given: dict[str, Any]) -> Iterator[list[Request]]:
    if given.get("publish"):
        yield [_request(f"t{number}", table) for number, table in enumerate(given["publish"], start=1)]
    for number, step in enumerate(given.get("publish_seq") or [], start=1):
        if not isinstance(step, dict) or not (tables := step.get("tables") or [*filter(None, [step.get("table")])]):
            raise Invalid({"publish_seq": f"Step {number} has no table: give table, or tables."})
        where = {name: tuple(codes) for name, codes in (step.get("where") or {}).items()}
        yield [_request(f"r{number}/t{place}", table, where) for place, table in enumerate(tables, start=1)]
    if not given.get("publish") and not given.get("publish_seq"):
        raise Invalid({"publish": "There is nothing to publish: give publish or publish_seq."})


def _request(id: str, axes: Any, where: Mapping[str, tuple[str, ...]] | None = None) -> Request:
    try:
        request = Request(id, tuple((name, tuple(codes)) for name, codes in axes), where or {})
    except (TypeError, ValueError):
        raise Invalid({"publish": f"{id}: a table is a list of pairs, a variable and its codes."}) from None
    names = [name for name, _codes in request.axes]
    if len(set(names)) < len(names) or any(len(set(codes)) < len(codes) for _name, codes in request.axes):
        raise Invalid({"publish": f"{id} names a variable or a code twice."})
    return request


def _adds_up(case: Case, totals: list[dict[str, Any]]) -> None:
    """Totals that somebody gave beside the truth must be its sums."""
    for number, line in enumerate(totals, start=1):
        key = case.frame.key({name: code for name, code in line.items() if name != "count"})
        found = int(case.counts[np.ix_(*key)].sum())
        if line.get("count") != found:
            raise Invalid({"totals": f"Line {number} says {line.get('count')}, but the cells add up to {found}."})
