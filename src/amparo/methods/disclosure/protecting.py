"""From a case to a release: each step protected together with all before it, attacked, and written with its proof."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from amparo.common.errors import Conflict, Invalid
from amparo.methods.disclosure.acceptance import Opened, accept
from amparo.methods.disclosure.alternatives import INTERVAL, PERTURB, ROUND, changed, loss_of, with_intervals
from amparo.methods.disclosure.blocks import solve
from amparo.methods.disclosure.cases import Case
from amparo.methods.disclosure.frame import Frame, Key, Request, limit_name, named_limits, where_of
from amparo.methods.disclosure.grow import Unprotectable
from amparo.methods.disclosure.reader import Contradiction, facts_of, named
from amparo.methods.disclosure.risks import number as count_of
from amparo.methods.disclosure.suppress import Problem, Suppression, keys_of

_NAMED = 20  # cells in an error
ATTACKED = 1500  # up to so many cells the release is attacked once more by the reader's own programme


def protect_case(
    case: Case, *, seconds: float = 30.0, former: Sequence[Mapping[str, Any]] = (), kind: str = "exact",
    secret: bytes = b"", size: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The release of a case, without its truth. `former`: releases of the same children that are public already.

    `kind`: exact (cells are hidden), interval (their intervals are told), round, or perturb: the last two by a `secret`
    that must stay the same for good, and a `size`. Raises `Conflict` naming the cells when the policy cannot be met.
    """
    frame = _with_groups(case)
    if kind in {ROUND, PERTURB}:
        if former:
            raise Invalid({"kind": "Former releases are exact: publish the new tables exactly as well."})
        tables = changed(case, frame, kind, secret=secret, size=size)
        release = {**_told(frame), "tables": tables, "method": {"name": kind}}
        release["information_loss"] = loss_of(tables, frame, case)
        return {**release, "certificate": certify(release, case, [])}
    release, told = _suppressed(case, frame, former, seconds)
    proof = certify(release, case, told, former)
    if kind == INTERVAL:
        release["tables"] = with_intervals(release, frame)
    return {**release, "certificate": proof}


def _suppressed(
    case: Case, frame: Frame, former: Sequence[Mapping[str, Any]], seconds: float
) -> tuple[dict[str, Any], list[Suppression]]:
    before, shown = _published(former, frame, case)
    tables, told, lost, mine = [], [], [], dict[Key, None]()
    for step in case.steps:
        wanted = keys_of(case.frame, step)
        new = [key for key in wanted if key not in before]
        found = protect_step(case, new, before, frozenset(shown), seconds=seconds)
        shown |= set(new) - found.hidden
        before |= set(wanted)
        mine |= dict.fromkeys(wanted)
        told.append(found)
        tables += [_table(request, case, shown) for request in step]
        lost.append(loss(case, wanted, shown))
    release = {
        **_told(frame), "tables": tables, "method": _method(told),
        "information_loss": lost[0] if len(lost) == 1 else {"steps": lost, **loss(case, list(mine), shown)},
    }  # fmt: skip
    return release, told


def _published(former: Sequence[Mapping[str, Any]], frame: Frame, case: Case) -> tuple[set[Key], set[Key]]:
    """What former releases asked and showed. Raises `Conflict` where they are not of this truth."""
    before, shown = set[Key](), set[Key]()
    for number, release in enumerate(former, 1):
        for fact in facts_of(release, frame, f"former release {number}"):
            if not fact.low <= count_of(case.counts, fact.key) <= fact.high:
                raise Conflict(f"{fact.name} is not what the records say: they were corrected since.")
            before.add(fact.key)
            if fact.low == fact.high:
                shown.add(fact.key)
    return before, shown


def _told(frame: Frame) -> dict[str, Any]:
    return {
        "variables": {name: list(codes) for name, codes in frame.variables.items()},
        "groups": {name: {e: list(codes) for e, codes in found.items()} for name, found in frame.groups.items()},
    }


def protect_step(
    case: Case, new: Sequence[Key], before: set[Key], shown: frozenset[Key], *, seconds: float,
    also: frozenset[Key] = frozenset(),
) -> Suppression:  # fmt: skip
    """What to hide of new cells; `also`: of them, although they are not small. Raises `Conflict`."""
    problem = Problem(case.frame, case.counts, case.policy, new, before, shown, seconds, also)
    try:
        return solve(problem)
    except Unprotectable:
        cells = [named(case.frame, key) for key in problem.hopeless()]
    told = "; ".join(cells[:_NAMED]) + (" …" if len(cells) > _NAMED else "")
    raise Conflict(f"The policy cannot be met: {told} can be computed whatever else is hidden.")


def _with_groups(case: Case) -> Frame:
    """The frame with a name for every set of codes that a table is limited to."""
    groups = {name: dict(found) for name, found in case.frame.groups.items()}
    for request in (each for step in case.steps for each in step):
        for name, codes in request.where.items():
            if limit_name(case.frame, name, codes) not in {*case.frame.variables[name], *groups.get(name, {}), "Total"}:
                groups.setdefault(name, {})["+".join(codes)] = codes
    return Frame(case.frame.variables, groups)


def _table(request: Request, case: Case, shown: set[Key]) -> dict[str, Any]:
    cells = [
        {
            **named_limits(case.frame, request),
            **cell,
            "value": int(count_of(case.counts, key)) if key in shown else None,
        }
        for cell, key in request.cells(case.frame)
    ]
    return {"id": request.id, "kind": "exact", **where_of(request), "cells": cells}


def loss(case: Case, wanted: Sequence[Key], shown: set[Key]) -> dict[str, Any]:
    """How much is hidden, and how much of that could have been shown if it stood alone."""
    counts = {key: float(case.counts[np.ix_(*key)].sum()) for key in wanted}
    hidden = [key for key in wanted if key not in shown]
    small = [key for key in hidden if case.policy.sensitive(counts[key])]
    harmless = [key for key in wanted if not case.policy.sensitive(counts[key])]
    return {
        "cells": len(wanted), "hidden": len(hidden), "small": len(small), "hidden_for_others": len(hidden) - len(small),
        "hidden_sum": int(sum(counts[key] for key in hidden)),
        "harmless_shown": round(sum(key in shown for key in harmless) / max(1, len(harmless)), 4),
    }  # fmt: skip


def _method(told: Sequence[Suppression]) -> dict[str, Any]:
    proven = all(each.bound is not None and each.bound >= len(each.hidden) for each in told)
    return {
        "name": "suppression", "search": "exact" if proven else "heuristic",
        "fewest_hidden_proven": proven, "steps": [each.method for each in told],
    }  # fmt: skip


def certify(
    release: dict[str, Any], case: Case, told: Sequence[Suppression], former: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Attack what is to be released with the truth at hand. Raises `Conflict` when it is open. No count is told."""
    digest = hashlib.sha256(json.dumps(release["tables"], sort_keys=True).encode()).hexdigest()
    policy = {name: value for name, value in asdict(case.policy).items() if value not in (None, ())}
    proof = {"sha256": digest, "policy": policy, "targets": sum(each.targets for each in told)}
    if sum(len(table["cells"]) for table in release["tables"]) > ATTACKED:
        words = "a witness table for every small count, each way; too large to be attacked once more here"
        return {**proof, "safe": True, "attacked": False, "proof": words}
    names = ["this release", *(f"former release {number}" for number in range(1, len(former) + 1))]
    opened, tried = attack_releases([release, *former], case, names=names)
    if opened:
        raise Conflict("This release is not safe, and was kept back: " + "; ".join(each.words for each in opened[:10]))
    words = "linear programmes of the separate attacker"
    return {**proof, "safe": True, "attacked": True, "proof": words, "tried": tried}


def attack_releases(
    releases: Sequence[Mapping[str, Any]], case: Case, *, names: Sequence[str], whole: bool = False
) -> tuple[list[Opened], int]:
    """All releases together against the truth of the case, and against each insider of its policy."""
    frame = _with_groups(case)
    facts = [fact for release, name in zip(releases, names, strict=True) for fact in facts_of(release, frame, name)]
    try:
        opened, tried = accept(frame, facts, case.policy, truth=case.counts, whole=whole)
        for insider in case.policy.insiders:
            more, times = accept(frame, facts, case.policy, truth=case.counts, whole=whole, insider=insider)
            opened, tried = [*opened, *more], tried + times
    except Contradiction:
        raise Conflict("The releases contradict each other, or the truth.") from None
    return opened, tried


def tables_of(release: Mapping[str, Any]) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Each table as lines of a file: its id, its header, its cells; a hidden count has no value and is `hidden`."""
    for table in release["tables"]:
        names = [name for name in release["variables"] if any(name in cell for cell in table["cells"])]
        lines = [
            [*(cell.get(name, "Total") for name in names), "" if cell["value"] is None else str(cell["value"]),
             "hidden" if cell["value"] is None else "shown"]
            for cell in table["cells"]
        ]  # fmt: skip
        yield table["id"], [*names, "value", "status"], lines
