"""What the desk writes into its log of an error: its kind and its place, never its words, which may hold a name."""

import logging
from types import TracebackType

from amparo.interfaces.report_door.logs import places


class Placed(logging.Formatter):
    """The line as it is; of an exception the class, and the functions and lines through which it came."""

    def formatException(  # noqa: N802 - the library's name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, _error, trace = ei
        return f"{kind.__name__} {places(trace)}" if kind else ""
