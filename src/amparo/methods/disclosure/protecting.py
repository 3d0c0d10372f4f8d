"""From a case to a release: each step protected together with all before it, attacked, and written with its proof."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from amparo.common.errors import Conflict
from amparo.methods.disclosure.acceptance import Opened, accept
from amparo.methods.disclosure.blocks import solve
from amparo.methods.disclosure.cases import Case
from amparo.methods.disclosure.frame import Frame, Key, Request
from amparo.methods.disclosure.grow import Unprotectable
from amparo.methods.disclosure.reader import Contradiction, facts_of, named
from amparo.methods.disclosure.suppress import Problem, Suppression, keys_of

ATTACKED = 1500  # up to so many cells the release is attacked once more by the reader's own programme


def protect_case(case: Case, *, seconds: float = 30.0) -> dict[str, Any]:
    """The release of a case, without its truth. Raises `Conflict` naming the cells when the policy cannot be met."""
    shown: set[Key] = set()
    before: set[Key] = set()
    tables, told, lost, frame = [], [], [], _with_groups(case)
    for step in case.steps:
        wanted = keys_of(case.frame, step)
        new = [key for key in wanted if key not in shown]
        found = protect_step(case, new, before, frozenset(shown), seconds=seconds)
        shown |= set(new) - found.hidden
        before |= set(wanted)
        told.append(found)
        tables += [_table(request, frame, case, shown) for request in step]
        lost.append(loss(case, wanted, shown))
    release = {
        "variables": {name: list(codes) for name, codes in frame.variables.items()},
        "groups": {
            name: {each: list(codes) for each, codes in found.items()} for name, found in frame.groups.items()
        },
        "tables": tables,
        "method": _method(told),
        "information_loss": lost[0] if len(lost) == 1 else {"steps": lost, **loss(case, list(before), shown)},
    }  # fmt: skip
    return {**release, "certificate": certify(release, case, told)}


def protect_step(
    case: Case, new: Sequence[Key], before: set[Key], shown: frozenset[Key], *, seconds: float
) -> Suppression:
    """What to hide of new cells. Raises `Conflict`."""
    try:
        problem = Problem(case.frame, case.counts, case.policy, new, before, shown, seconds)
        return solve(problem)
    except Unprotectable as wrong:
        keys = list(problem.system.columns) if "problem" in locals() else []
        name = named(case.frame, keys[wrong.column]) if keys else "a cell shown before"
        raise Conflict(f"The policy cannot be met: {name} can be computed whatever else is hidden.") from None


def _with_groups(case: Case) -> Frame:
    """The frame with a name for every set of codes that a table is limited to."""
    groups = {name: dict(found) for name, found in case.frame.groups.items()}
    for request in (each for step in case.steps for each in step):
        for name, codes in request.where.items():
            if limit_name(case.frame, name, codes) not in {*case.frame.variables[name], *groups.get(name, {}), "Total"}:
                groups.setdefault(name, {})["+".join(codes)] = codes
    return Frame(case.frame.variables, groups)


def limit_name(frame: Frame, name: str, codes: Sequence[str]) -> str:
    """The one code, group or total that these codes are together, or their names joined."""
    part = tuple(sorted({place for code in codes for place in frame.part(name, code)}))
    known = [*frame.variables[name], "Total", *frame.groups.get(name, {})]
    return next((each for each in known if frame.part(name, each) == part), "+".join(codes))


def _table(request: Request, frame: Frame, case: Case, shown: set[Key]) -> dict[str, Any]:
    limits = {name: limit_name(frame, name, codes) for name, codes in request.where.items()}
    cells = [
        {**limits, **cell, "value": int(case.counts[np.ix_(*key)].sum()) if key in shown else None}
        for cell, key in request.cells(frame)
    ]
    table: dict[str, Any] = {"id": request.id, "kind": "exact"}
    if request.where:
        table["where"] = {name: list(codes) for name, codes in request.where.items()}
    return {**table, "cells": cells}


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


def certify(release: dict[str, Any], case: Case, told: Sequence[Suppression]) -> dict[str, Any]:
    """Attack what is to be released with the truth at hand. Raises `Conflict` when it is open. No count is told."""
    digest = hashlib.sha256(json.dumps(release["tables"], sort_keys=True).encode()).hexdigest()
    policy = {name: value for name, value in asdict(case.policy).items() if value not in (None, ())}
    proof = {"sha256": digest, "policy": policy, "targets": sum(each.targets for each in told)}
    if sum(len(table["cells"]) for table in release["tables"]) > ATTACKED:
        words = "a witness table for every small count, each way; too large to be attacked once more here"
        return {**proof, "safe": True, "attacked": False, "proof": words}
    opened, tried = attack_releases([release], case, names=["this release"])
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
