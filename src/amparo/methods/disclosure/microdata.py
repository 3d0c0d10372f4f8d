"""Records, a line a child, counted into a case. Read line by line: ten million lines take no more memory than one."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.disclosure.cases import LARGEST, Case
from amparo.methods.disclosure.frame import TOTAL, Frame, Request
from amparo.methods.disclosure.policy import policy_of

UNKNOWN = "unknown"  # an empty field is a code of its own, so that totals are true
_OURS = ("codes", "hierarchies", "tables", "key")


def case_of_records(file: Path, by: Sequence[str], given: Any) -> Case:
    """Count a CSV file by these columns. Raises `Invalid` naming the line; nothing is kept of the lines before it.

    `given` is the policy file: the policy's own numbers, `hierarchies`, `codes` that a column may hold, the `tables`
    (lists of columns; all of them together when not said), the column of the `key` that no two lines may share.
    """
    if not isinstance(given, Mapping):
        raise Invalid({"policy": "A policy file is a list of names and values."})
    counted = Counter(records(file, by, given))
    if not counted:
        raise Invalid({"file": "There are no records in this file."})
    frame = Frame(variables(by, counted, given.get("codes") or {}), given.get("hierarchies") or {})
    _no_holes(frame)
    if np.prod([len(each) for each in frame.variables.values()], dtype=float) > LARGEST:
        raise Invalid({"by": f"There are more than {LARGEST:,} finest cells; leave a column out."})
    counts = np.zeros([len(codes) for codes in frame.variables.values()])
    for codes, number in counted.items():
        counts[tuple(frame.part(name, code)[0] for name, code in zip(by, codes, strict=True))] = number
    tables = [[str(name) for name in table] for table in given.get("tables") or [by]]
    if wrong := sorted({name for table in tables for name in table} - set(by)):
        raise Invalid({"tables": f"{', '.join(wrong)}: not among the columns of --by."})
    policy = policy_of({name: value for name, value in given.items() if name not in _OURS})
    return Case(frame, counts, policy, [[_request(frame, table, number) for number, table in enumerate(tables, 1)]])


def records(file: Path, by: Sequence[str], given: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The codes of each line. Raises `Invalid` naming the first line that is wrong, and never its words."""
    allowed = {name: {*map(str, codes)} for name, codes in (given.get("codes") or {}).items()}
    key, seen = given.get("key"), set()
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            header = next(reader, [])
            if missing := [name for name in [*by, *([key] if key else [])] if name not in header]:
                raise Invalid({"file": f"The first line names no column {', '.join(missing)}."})
            places = [header.index(name) for name in by]
            for number, line in enumerate(reader, start=2):
                if len(line) != len(header):
                    raise Invalid({"file": f"Line {number} has {len(line)} fields; the first line has {len(header)}."})
                if key:
                    mark = hash(line[header.index(key)])
                    if mark in seen:
                        raise Invalid({"file": f"Line {number} has a key that stood before."})
                    seen.add(mark)
                codes = tuple(line[place].strip() or UNKNOWN for place in places)
                for name, code in zip(by, codes, strict=True):
                    if code == TOTAL or (name in allowed and code not in allowed[name] | {UNKNOWN}):
                        raise Invalid({"file": f"Line {number}: this is no code of {name}."})
                yield codes
    except UnicodeDecodeError:
        raise Invalid({"file": "This file is not UTF-8."}) from None
    except csv.Error as wrong:
        raise Invalid({"file": f"Line {reader.line_num}: {wrong}."}) from None


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
