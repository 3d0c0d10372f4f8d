"""Records from CSV files of any shape, a row at a time: columns by name, clear words for what cannot be read."""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from amparo.common import clock
from amparo.common.errors import Invalid
from amparo.methods.linkage import encoding
from amparo.methods.linkage.births import day_of
from amparo.methods.linkage.people import FIELDS, Person, person

# Other usual names of the columns; a mapping that is given comes first.
_ALSO = {
    "record_id": ("id", "unique_id", "rec_id"), "agency": ("source", "source_dataset"),
    "registered_on": ("registered", "registration_date", "created"),
    "given_name": ("first_name", "forename", "given", "name"), "family_name": ("surname", "last_name", "family"),
    "middle_names": ("middle_name", "middle"), "other_names": ("alias", "nickname", "known_as"), "sex": ("gender",),
    "date_of_birth": ("dob", "birth_date", "birthdate"), "age_years": ("age",), "mother_name": ("mother",),
    "father_name": ("father",), "place_of_birth": ("birth_place", "birthplace"),
    "settlement": ("town", "city", "village"), "district": ("region",), "nationality": ("country",),
    "phone": ("telephone",), "national_id": ("id_number",),
}  # fmt: skip
_WHO = ("given_name", "middle_names", "family_name", "other_names")


@dataclass
class Reader:
    """Reads files and counts what was odd in them; `told` says it in sentences, without any value."""

    columns: Mapping[str, str] = field(default_factory=dict)
    letters: str = "utf-8"
    key: str = "record_id"
    filled: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    future: int = 0
    nameless: int = 0

    def read(self, path: Path) -> Iterator[dict[str, str]]:
        """The rows of a file, with the columns of `FIELDS` that it has. Raises `Invalid`, naming file and line."""
        today = clock.today()
        with path.open(encoding="utf-8-sig" if self.letters == "utf-8" else self.letters, newline="") as lines:
            reader = csv.reader(self._decoded(lines, path))
            places = self._places(next(reader, []), path)
            for row in reader:
                if not any(map(str.strip, row)):
                    continue
                if len(row) <= max(places.values()):
                    raise _wrong(path, f"line {reader.line_num} has fewer columns than the first line")
                found = {name: row[place].strip() for name, place in places.items()}
                if not found["record_id"]:
                    raise _wrong(path, f"line {reader.line_num} has no id")
                found.setdefault("agency", path.stem)
                self._note(found)
                born = day_of(found.get("date_of_birth", ""))
                self.future += born is not None and born > today
                yield found

    def encoded(self, path: Path) -> Iterator[dict[str, str]]:
        """The rows of an encoded file. Raises `Invalid` where one was encoded with another secret than the first."""
        with path.open(encoding="utf-8", newline="") as lines:
            first = ""
            for row in csv.DictReader(lines):
                first = first or encoding.mark_of(row)
                if encoding.mark_of(row) != first:
                    raise _wrong(path, "its rows were encoded with different secrets")
                self.rows += 1
                yield row

    def told(self) -> Iterator[str]:
        """What a person should know about the files that were read."""
        for name in FIELDS:
            if self.rows and name in self.filled and not self.filled[name]:
                yield f"The column {name} is empty in every row; nothing is compared by it."
        if self.future:
            yield f"{self.future:,} birth dates lie in the future; they are taken as not known."
        if self.nameless:
            yield f"{self.nameless:,} rows have no name at all; they can be met by a number or a phone only."

    def _note(self, row: Mapping[str, str]) -> None:
        self.rows += 1
        for name, value in row.items():
            self.filled[name] = self.filled.get(name, 0) + bool(value)
        self.nameless += not any(row.get(name) for name in _WHO)

    def _places(self, head: Sequence[str], path: Path) -> dict[str, int]:
        names = [name.strip() for name in head]
        twice = next((name for name in names if name and names.count(name) > 1), None)
        if twice:
            raise _wrong(path, f"two columns are named {twice}")
        lower = {name.lower(): place for place, name in enumerate(names)}
        places = {}
        for column in FIELDS:
            given = self.columns.get(column)
            if given is not None and given.lower() not in lower:
                raise _wrong(path, f"there is no column {given}")
            tried = (given,) if given else (self.key if column == "record_id" else column, *_ALSO.get(column, ()))
            found = next((lower[name.lower()] for name in tried if name.lower() in lower), None)
            if found is not None:
                places[column] = found
        if "record_id" not in places:
            raise _wrong(path, f"no column is named {self.key}; say which one is, e.g. --column record_id=NUMBER")
        if not any(name in places for name in _WHO):
            raise _wrong(path, "no column holds a name; say which one does, e.g. --column given_name=FORENAME")
        return places

    def _decoded(self, lines: Iterable[str], path: Path) -> Iterator[str]:
        number = 0
        try:
            for line in lines:
                number += 1
                if "\0" in line:
                    raise _wrong(path, f"line {number} holds a null character: this is no CSV, or of another encoding")
                yield line
        except UnicodeError:
            raise _wrong(
                path, f"after line {number} it is not {self.letters}; save it as UTF-8, or name its --encoding"
            ) from None


def everybody(
    paths: Sequence[Path], reader: Reader, *, prefix: bool = False, encoded: Collection[Path] = ()
) -> Iterator[dict[str, str]]:
    """The rows of all files. Raises `Invalid` where two rows have one id: nobody could tell them apart afterwards."""
    seen: dict[str, int] = {}
    for number, path in enumerate(paths):
        for row in reader.encoded(path) if path in encoded else reader.read(path):
            if prefix:
                row["record_id"] = f"{path.stem}:{row['record_id']}"
            before = seen.setdefault(row["record_id"], number)
            if before != number:
                raise Invalid(
                    {"files": f"{paths[before].name} and {path.name} use the same ids; --prefix-ids tells them apart."}
                )
            if len(seen) != reader.rows:
                raise _wrong(path, f"an id stands in two rows (row {reader.rows:,} of all)")
            yield row


def people(
    paths: Sequence[Path], reader: Reader, *, secret: Path | None = None, prefix: bool = False, skip: int = 0
) -> Iterator[Person]:
    """The records of all files, clear or encoded. Raises `Invalid` for what cannot be linked with each other.

    The first `skip` rows are looked at, as any, and passed over: an interrupted run has them already.

    Clear and encoded files meet only when the secret is given: the clear ones are then encoded in memory. A file that
    was encoded with another secret is refused; its records would all look like strangers.
    """
    marks = {path: mark for path in paths if (mark := _mark(path))}
    key = encoding.secret(secret.read_bytes()) if secret else None
    _one_secret(marks, key, len(paths))
    for row in islice(everybody(paths, reader, prefix=prefix, encoded=set(marks)), skip, None):
        if "encoding" in row:
            yield encoding.read(row)
        else:
            found = person(row)
            yield encoding.encoded(found, key, stays=True) if key else found


def _mark(path: Path) -> str:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        reader = csv.DictReader(lines)
        first = next(reader, None) if "encoding" in (reader.fieldnames or ()) else None
    return encoding.mark_of(first) if first else ""


def _one_secret(marks: Mapping[Path, str], key: bytes | None, files: int) -> None:
    if len(set(marks.values())) > 1:
        raise Invalid({"files": "These files were encoded with different secrets; they cannot be linked."})
    if key and marks and encoding.mark(key) not in marks.values():
        raise Invalid(
            {"secret-file": "The encoded files were made with another secret; they cannot be linked with this one."}
        )
    if marks and len(marks) < files and not key:
        raise Invalid(
            {"files": "Some files are encoded and some are clear; give --secret-file, or encode all of them."}
        )


def truth(path: Path) -> dict[str, dict[str, str]]:
    """Known truth: `record_id`, `person_id` and, where they are known, household, twins, culture, script, minimal."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if not {"record_id", "person_id"} <= set(reader.fieldnames or ()):
            raise _wrong(path, "it needs the columns record_id and person_id")
        return {row["record_id"]: row for row in reader}


def _wrong(path: Path, words: str) -> Invalid:
    return Invalid({"file": f"{path.name}: {words}."})
