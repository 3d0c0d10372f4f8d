"""Cells that tell something although they are not small."""

from collections.abc import Iterable

import numpy as np

from amparo.methods.disclosure.frame import Frame, Key
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.system import Numbers


def dominated(frame: Frame, counts: Numbers, policy: Policy, key: Key) -> bool:
    """Do so few contributors (agencies, places …) have nearly all children of the cell that they see the others?

    The dominance rule (Hundepool et al., *Statistical Disclosure Control*, 2012, 4.2.2). A cell that names a
    contributor is its own, and not judged.
    """
    rule = policy.dominance
    if rule is None:
        return False
    axis = list(frame.variables).index(rule.variable)
    if len(key[axis]) <= rule.largest:
        return False
    cell = counts[np.ix_(*key)]
    each = np.sort(cell.sum(axis=tuple(other for other in range(cell.ndim) if other != axis)))
    return bool(each[-rule.largest :].sum() > rule.share * each.sum() > 0)


def lines_of_one(policy: Policy, counts: Numbers, published: Iterable[Key]) -> set[Key]:
    """The cells that hold all children of a larger one, alike in all variables but one: it tells of each of them."""
    if not policy.group_disclosure:
        return set()
    lines: dict[tuple[int, Key], list[Key]] = {}
    for key in dict.fromkeys(published):
        for axis in range(len(key)):
            lines.setdefault((axis, (*key[:axis], *key[axis + 1 :])), []).append(key)
    return {
        key
        for (axis, _rest), line in lines.items() if len(line) > 1
        for whole in line for key in line
        if set(key[axis]) < set(whole[axis]) and number(counts, key) == number(counts, whole) > 0
    }  # fmt: skip


def number(counts: Numbers, key: Key) -> float:
    """How many children the cell has."""
    return float(counts[np.ix_(*key)].sum())
