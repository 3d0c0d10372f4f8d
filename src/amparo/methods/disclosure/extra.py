"""HiGHS is an extra: a house that publishes no figures need not install it."""

import os
import sys
from typing import Any

from amparo.common.errors import AmparoError
from amparo.methods.extra import MISSING

_greeted: list[bool] = []


def highs(*, seconds: float | None = None) -> Any:
    """A silent HiGHS of one thread. Raises `AmparoError` when the extra is not installed."""
    solver = _silently_made()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    if seconds is not None:
        solver.setOptionValue("time_limit", seconds)
    return solver


def _silently_made() -> Any:
    """HiGHS greets on the standard output when it is made, past Python: where a command prints what others read."""
    try:
        from highspy import Highs
    except ModuleNotFoundError:
        raise AmparoError(MISSING) from None
    make: Any = Highs
    if _greeted:
        return make()
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        return make()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
        _greeted.append(True)


def integral(solver: Any, *, seconds: float | None = None) -> Any:
    """A new solver with the same programme, in whole numbers: HiGHS mixes the kinds up when one is asked for both."""
    from highspy import HighsVarType

    new = highs(seconds=seconds)
    lp = solver.getLp()
    lp.integrality_ = [HighsVarType.kInteger] * lp.num_col_
    new.setOptionValue("mip_rel_gap", 0.0)
    new.passModel(lp)
    return new
