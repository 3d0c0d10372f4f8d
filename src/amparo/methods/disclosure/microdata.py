"""Records, a line a child, counted into a case. Read line by line: ten million lines take no more memory than one."""

import csv
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.disclosure.cases import LARGEST, Case
from amparo.methods.disclosure.cellkey import record_keys
from amparo.methods.disclosure.frame import TOTAL, Frame, Request
from amparo.methods.disclosure.policy import policy_of
from amparo.methods.disclosure.system import Numbers

UNKNOWN = "unknown"  # an empty field is a code of its own, so that totals are true
_OURS = ("codes", "hierarchies", "tables", "key")


def case_of_records(
    file: Path, by: Sequence[str], given: Any, *, count: str | None = None, secret: bytes = b""
) -> Case:
    """Count a CSV file by these columns. Raises `Invalid` naming the line; nothing is kept of the lines before it.

    `given` is the policy file: the policy's own numbers, `hierarchies`, `codes` that a column may hold, the `tables`
    (lists of columns; all of them together when not said), the column of the `key` that no two lines may share.
    `count`: the column that says how many children a line stands for; else it is one. With a `secret` the records'
    keys are summed up for noise (`cellkey`): by their `key`, or by what they are where there is none.
    """
    if not isinstance(given, Mapping):
        raise Invalid({"policy": "A policy file is a list of names and values."})
    counted: Counter[tuple[str, ...]] = Counter()
    keys: Counter[tuple[str, ...]] = Counter()
    for codes, number, mark in records(file, by, given, count=count):
        if secret and mark is not None:
            keys[codes] += int(record_keys([mark], secret)[0])
        counted[codes] += number
    if not counted:
        raise Invalid({"file": "There are no records in this file."})
    frame = Frame(variables(by, counted, given.get("codes") or {}), given.get("hierarchies") or {})
    _no_holes(frame)
    tables = [[str(name) for name in table] for table in given.get("tables") or [by]]
    if wrong := sorted({name for table in tables for name in table} - set(by)):
        raise Invalid({"tables": f"{', '.join(wrong)}: not among the columns of --by."})
    policy = policy_of({name: value for name, value in given.items() if name not in _OURS})
    requests = [_request(frame, table, number) for number, table in enumerate(tables, 1)]
    return Case(frame, _laid(frame, counted), policy, [requests], _laid(frame, keys) if keys else None)


def _laid(frame: Frame, counted: Mapping[tuple[str, ...], int]) -> Numbers:
    """The numbers in their places, one axis a variable."""
    sizes = [len(codes) for codes in frame.variables.values()]
    if np.prod(sizes, dtype=float) > LARGEST:
        raise Invalid({"by": f"There are more than {LARGEST:,} finest cells; leave a column out."})
    found = np.zeros(sizes)
    for codes, number in counted.items():
        found[tuple(frame.part(name, code)[0] for name, code in zip(frame.variables, codes, strict=True))] = number
    return found


def records(
    file: Path, by: Sequence[str], given: Mapping[str, Any], *, count: str | None = None
) -> Iterator[tuple[tuple[str, ...], int, str | None]]:
    """Of each line its codes, for how many children it stands, and its key.

    Raises `Invalid` naming the first line that is wrong, and never its words.
    """
    allowed = {name: {*map(str, codes)} for name, codes in (given.get("codes") or {}).items()}
    key, seen = given.get("key"), array("q")
    for line, fields in _lines(file, [*by, *([key] if key else []), *([count] if count else [])]):
        codes = tuple(field.strip() or UNKNOWN for field in fields[: len(by)])
        for name, code in zip(by, codes, strict=True):
            if code == TOTAL or (name in allowed and code not in allowed[name] | {UNKNOWN}):
                raise Invalid({"file": f"Line {line}: this is no code of {name}."})
        mark = fields[len(by)] if key else None
        if mark is not None:
            seen.append(hash(mark))
        yield codes, _number(fields[-1], line) if count else 1, mark
    if key:
        _once(file, key, seen)


def _lines(file: Path, names: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The fields with these names, line by line."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            header = next(reader, [])
            if missing := [name for name in names if name not in header]:
                raise Invalid({"file": f"The first line names no column {', '.join(missing)}."})
            places = [header.index(name) for name in names]
            for number, line in enumerate(reader, start=2):
                if len(line) != len(header):
                    raise Invalid({"file": f"Line {number} has {len(line)} fields; the first line has {len(header)}."})
                yield number, [line[place] for place in places]
    except UnicodeDecodeError:
        raise Invalid({"file": "This file is not UTF-8."}) from None
    except csv.Error as wrong:
        raise Invalid({"file": f"Line {reader.line_num}: {wrong}."}) from None


def _number(text: str, line: int) -> int:
    if not (text.strip().isascii() and text.strip().isdigit()):
        raise Invalid({"file": f"Line {line}: a count is a whole number, 0 or more."})
    return int(text)


def _once(file: Path, key: str, seen: "array[int]") -> None:
    """Eight bytes a line; only when two marks are alike are the keys themselves looked at."""
    marks = np.sort(np.frombuffer(seen, dtype=np.int64)) if seen else np.zeros(0, dtype=np.int64)
    twice = set(marks[1:][marks[1:] == marks[:-1]].tolist())
    known: set[str] = set()
    for line, (field,) in _lines(file, [key]) if twice else ():
        if hash(field) in twice:
            if field in known:
                raise Invalid({"file": f"Line {line} has a key that stood before."})
            known.add(field)


def variables(by: Sequence[str], counted: Counter[tuple[str, ...]], codes: Mapping[str, Any]) -> dict[str, list[str]]:
    found = {}
    for place, name in enumerate(by):
        seen = sorted({each[place] for each in counted})
        given = [str(code) for code in codes.get(name, [])]
        found[name] = [*given, *(code for code in seen if code not in given)]
    return found


def _no_holes(frame: Frame) -> None:
    """In a hierarchy each code has a place, or a table would not add up for its readers."""
    for name, groups in frame.groups.items():
        held = {place for group in groups for place in frame.part(name, group)}
        left = [code for place, code in enumerate(frame.variables[name]) if place not in held and code != UNKNOWN]
        if groups and left:
            raise Invalid({"hierarchies": f"{name} has codes in no group: {', '.join(left[:5])}."})


def _request(frame: Frame, table: Sequence[str], number: int) -> Request:
    axes = tuple((name, (*frame.variables[name], *frame.groups.get(name, {}), TOTAL)) for name in table)
    return Request(f"t{number}", axes)
