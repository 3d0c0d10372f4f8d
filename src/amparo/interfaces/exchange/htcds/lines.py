"""The bytes of a file as lines of text, one at a time: UTF-8 or a clear no that names line and byte."""

from collections.abc import Iterator
from typing import BinaryIO

from amparo.interfaces.exchange.htcds.problems import FileRefused, Problem
from amparo.interfaces.exchange.htcds.safety import begins_like_a_file

LONGEST_LINE = 4 * 1024 * 1024  # bytes; 84 cells of the greatest length in four-byte letters stay below
_MARK = b"\xef\xbb\xbf"
_OTHER_UNICODE = (b"\xff\xfe", b"\xfe\xff")


def decoded(stream: BinaryIO) -> Iterator[str]:
    """The lines of a UTF-8 file with their ends, without its byte order mark.

    Raises `FileRefused`: `not_a_text_file`, `line_too_long`, `wrong_encoding` (line; byte from the start).
    """
    number, offset = 0, 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            _look_at_start(raw)
        if len(raw) > LONGEST_LINE:
            raise FileRefused(Problem(number, "", "line_too_long", "This line is too long to be a row of cases."))
        yield _text(raw, number, offset)
        offset += len(raw)


def _look_at_start(raw: bytes) -> None:
    if raw.startswith(_OTHER_UNICODE):
        raise FileRefused(Problem(1, "", "wrong_encoding", "Byte 1: the file is in UTF-16. Save it as CSV in UTF-8."))
    if begins_like_a_file(raw):
        words = "This is a picture, a document or a spreadsheet and not a CSV file. Nothing of it was read."
        raise FileRefused(Problem(1, "", "not_a_text_file", words))


def _text(raw: bytes, number: int, offset: int) -> str:
    skipped = len(_MARK) if number == 1 and raw.startswith(_MARK) else 0
    try:
        return raw[skipped:].decode("utf-8")
    except UnicodeDecodeError as error:
        byte = offset + skipped + error.start + 1
        words = f"Byte {byte} of the file is not UTF-8. Save the file as CSV in UTF-8 and send it again."
        raise FileRefused(Problem(number, "", "wrong_encoding", words)) from None
