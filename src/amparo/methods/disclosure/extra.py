"""The optimizer is an extra: a house that publishes no figures need not install it."""

from types import ModuleType
from typing import Any

from amparo.common.errors import AmparoError

_MISSING = "Figures need the extra `statistics`: install amparo[statistics]."


def optimizer() -> ModuleType:
    """`scipy.optimize`, with HiGHS inside. Raises `AmparoError` when the extra is not installed."""
    try:
        from scipy import optimize
    except ModuleNotFoundError:
        raise AmparoError(_MISSING) from None
    loaded: ModuleType = optimize
    return loaded


def highs(*, seconds: float | None = None) -> Any:
    """A silent HiGHS of one thread. Raises `AmparoError` when the extra is not installed."""
    try:
        from highspy import Highs
    except ModuleNotFoundError:
        raise AmparoError(_MISSING) from None
    solver = Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    if seconds is not None:
        solver.setOptionValue("time_limit", seconds)
    return solver


def integral(solver: Any, *, seconds: float | None = None) -> Any:
    """A new solver with the same programme, in whole numbers: HiGHS mixes the kinds up when one is asked for both."""
    from highspy import HighsVarType

    new = highs(seconds=seconds)
    lp = solver.getLp()
    lp.integrality_ = [HighsVarType.kInteger] * lp.num_col_
    new.setOptionValue("mip_rel_gap", 0.0)
    new.passModel(lp)
    return new
