"""SciPy, DuckDB and Arrow are an extra: a house without figures need not install it, no desk waits for it to begin."""

from typing import Any

from amparo.common.errors import AmparoError

MISSING = "Figures and estimates need the extra `statistics`: install amparo[statistics]."


def optimizer() -> Any:
    """`scipy.optimize`, with HiGHS inside. Raises `AmparoError` when the extra is not installed."""
    try:
        from scipy import optimize
    except ModuleNotFoundError:
        raise AmparoError(MISSING) from None
    return optimize


def special() -> Any:
    """`scipy.special`. Raises `AmparoError` when the extra is not installed."""
    try:
        from scipy import special as functions
    except ModuleNotFoundError:
        raise AmparoError(MISSING) from None
    return functions


def duckdb() -> Any:
    """DuckDB. Raises `AmparoError` when the extra is not installed."""
    try:
        import duckdb as engine
    except ModuleNotFoundError:
        raise AmparoError(MISSING) from None
    return engine


def arrow() -> Any:
    """`pyarrow`, with its Parquet. Raises `AmparoError` when the extra is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ModuleNotFoundError:
        raise AmparoError(MISSING) from None
    assert pyarrow.parquet
    return pa


def computing() -> Any:
    """`pyarrow.compute`. Raises `AmparoError` when the extra is not installed."""
    try:
        import pyarrow.compute as pc
    except ModuleNotFoundError:
        raise AmparoError(MISSING) from None
    return pc


def sdmx() -> Any:
    """`pysdmx` with its models, writers and datasets. Raises `AmparoError` when the extra is not installed."""
    try:
        import pysdmx.io.pd
        import pysdmx.io.writer
        import pysdmx.model
    except (ImportError, ModuleNotFoundError):
        raise AmparoError(MISSING) from None
    return pysdmx
