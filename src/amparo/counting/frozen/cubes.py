"""The maintained cubes of a snapshot: counted when it is taken, and again when somebody asks for it."""

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common.types import Actor
from amparo.counting.frozen.actions import keep, reading, unsealed
from amparo.counting.frozen.models import Frozen
from amparo.methods.tabulation.arrays import Arrays
from amparo.methods.tabulation.asking import Question, plan
from amparo.methods.tabulation.cube import CUBES, Cube, unpacked
from amparo.methods.tabulation.indicators import catalogue

_NAME = "cube:{}"


@gated
def rebuild(*, by: Actor, frozen: Frozen) -> dict[str, int]:
    """Count every cube of a snapshot again. Returns the cells of each.

    Raises `Conflict` when the snapshot has ended, `AmparoError` when it was altered.
    """
    rule = allow(by, Permission.SNAPSHOT_TAKE)
    engine = Arrays(reading(frozen))
    sizes = {}
    try:
        for indicator, axes in CUBES.items():
            cube = engine.cube(plan(Question(indicator, axes), catalogue()))
            keep(frozen, _NAME.format(indicator), cube.packed())
            sizes[indicator] = cube.cells
    finally:
        engine.close()
    record(by, "cubes:rebuilt", "frozen", frozen.id, rule=rule, detail={"cells": sum(sizes.values())})
    return sizes


def cube_of(frozen: Frozen, indicator: str) -> Cube | None:
    """A maintained cube, for looks that ask; None where there is none. Raises `AmparoError` when it was altered."""
    part = frozen.parts.filter(name=_NAME.format(indicator)).first() if indicator in CUBES else None
    return unpacked(unsealed(frozen, part)) if part else None
