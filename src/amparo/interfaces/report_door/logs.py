"""An error of the door is logged by its kind and place, never by its words: those may be a child's."""

import logging
import traceback
from types import TracebackType


class Wordless(logging.Formatter):
    """Day, level, logger, HTTP status, and the class and lines of an exception. The message itself is left out."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        status = getattr(record, "status_code", "")
        place = places(record.exc_info[2]) if record.exc_info else ""
        return f"{self.formatTime(record, '%Y-%m-%d')} {record.levelname} {record.name} {status} {kind} {place}".strip()


def places(trace: TracebackType | None) -> str:
    """The functions and lines through which an exception came, the last one last."""
    return " > ".join(f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(trace))
