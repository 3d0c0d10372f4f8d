"""The optimizer is an extra: a house that publishes no figures need not install it."""

from types import ModuleType

from amparo.common.errors import AmparoError


def optimizer() -> ModuleType:
    """`scipy.optimize`, with HiGHS inside. Raises `AmparoError` when the extra is not installed."""
    try:
        from scipy import optimize
    except ModuleNotFoundError:
        raise AmparoError("Figures need the extra `statistics`: install amparo[statistics].") from None
    loaded: ModuleType = optimize
    return loaded
