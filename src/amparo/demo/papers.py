"""What of the demonstration is kept in files of the data folder and in no database: the answer key, and receipts."""

import csv
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO
from uuid import UUID

from amparo.demo.people import Known

ANSWER_KEY, RECEIPTS, TRUTH = "answer-key.csv", "receipts.txt", "truth.json"
_COLUMNS = ("record", "agency", "child", "family", "written")


def keep_answer_key(folder: Path, records: Mapping[UUID, Known]) -> None:
    """Write which records are one child: `child` is the same number for them, `family` for brothers and sisters.

    `record` is the identifier of the record, `written` the way in which the name is written. No name stands in it.
    """
    lines = sorted(
        (str(record), known.agency, known.child.number, known.child.family, known.way)
        for record, known in records.items()
    )
    with _for_the_owner(folder / ANSWER_KEY) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(lines)


def keep_truth(folder: Path, *, met: int, hidden: int) -> None:
    """Write how many children there are in Lumeria: those whom an agency met, and those whom none did."""
    with _for_the_owner(folder / TRUTH) as file:
        json.dump({"met": met, "hidden": hidden, "children": met + hidden}, file)


def keep_receipts(folder: Path, receipts: Iterable[tuple[str, str]]) -> None:
    """Write the codes of some open threads, each with what is behind it: made-up reporters have no memory."""
    with _for_the_owner(folder / RECEIPTS) as file:
        file.writelines(f"{code}\t{about}\n" for code, about in receipts)


def receipts(folder: Path) -> list[tuple[str, str]]:
    """The codes that were kept, and what is behind each; none where nothing was built."""
    file = folder / RECEIPTS
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [(code, about) for code, _, about in (line.partition("\t") for line in lines)]


def _for_the_owner(path: Path) -> TextIO:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(descriptor, "w", encoding="utf-8", newline="")
