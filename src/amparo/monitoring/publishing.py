"""Everything public about States as open data: CSV files and a Frictionless data package that describes them.

The tables are written row by row from the database; the folder appears whole or not at all.
"""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from amparo.common import clock
from amparo.common.errors import Invalid
from amparo.law.models import Provision
from amparo.methods.disclosure.files import harmless
from amparo.methods.sdmx import series
from amparo.methods.sdmx.writing import as_csv
from amparo.monitoring.exchanging import series_table
from amparo.monitoring.models import Assessment, Entry, Observation, Recommendation, State, TreatyStatus
from amparo.monitoring.rubric.editions import rubric

_SOURCES = "https://specs.frictionlessdata.io/schemas/data-package.json"
# The columns of each table with their Frictionless types, as a path of Django's from the record.
TABLES: dict[str, tuple[Any, dict[str, str]]] = {
    "states": (State.objects.all(), {
        "iso3": "string", "iso2": "string", "m49": "string", "kind": "string", "region": "string",
        "subregion": "string",
        "least_developed": "boolean", "landlocked": "boolean", "small_island": "boolean", "names": "object",
    }),
    "treaty_status": (TreatyStatus.objects.all(), {
        "state_id": "string", "treaty": "string", "status": "string", "signed_on": "date", "bound_on": "date",
        "precision": "string", "act": "string", "in_force_on": "date", "as_of": "string", "source": "string",
        "reservations": "string", "note": "string", "recorded_at": "datetime", "superseded_at": "datetime",
    }),
    "observations": (Observation.objects.all(), {
        "state_id": "string", "series": "string", "year": "year", "age": "string", "sex": "string", "value": "number",
        "text": "string", "nature": "string", "source__title": "string", "source__as_of": "string",
        "recorded_at": "datetime", "superseded_at": "datetime",
    }),
    "recommendations": (Recommendation.objects.all(), {
        "external": "string", "mechanism": "string", "state_id": "string", "made_by_id": "string", "symbol": "string",
        "session": "string", "made_on": "date", "response": "string", "category": "integer", "themes": "array",
        "text": "string", "superseded_at": "datetime",
    }),
    "answers": (Assessment.objects.filter(published_at__isnull=False), {
        "id": "string", "state_id": "string", "rubric": "string", "question": "string", "role": "string",
        "answer": "string", "number": "number", "items": "array", "valid_from": "date", "valid_to": "date",
        "confidence": "string", "rationale": "string", "status": "string", "evidence_on": "date",
        "published_at": "datetime", "superseded_at": "datetime",
    }),
    "law": (Provision.objects.filter(published_at__isnull=False), {
        "id": "string", "state": "string", "offence": "string", "element": "string", "answer": "string",
        "items": "array", "years": "integer", "age": "integer", "least": "integer", "most": "integer",
        "law": "string", "pinpoint": "string", "address": "string", "in_force_on": "date", "repealed_on": "date",
        "external": "string", "published_at": "datetime", "superseded_at": "datetime",
    }),
    "entries": (Entry.objects.filter(published_at__isnull=False), {
        "id": "string", "state_id": "string", "kind": "string", "subject": "string", "role": "string",
        "progress": "string", "title": "string", "text": "string", "lead": "string", "funding": "string",
        "milestones": "array", "themes": "array",
        "replicability": "string", "partners": "array",
        "happened_on": "date", "due_on": "date", "source": "string", "address": "string", "published_at": "datetime",
        "superseded_at": "datetime",
    }),
}  # fmt: skip


def write_package(folder: Path) -> dict[str, int]:
    """Write all tables and `datapackage.json` into a folder that is not there yet; returns how many rows each has.

    Raises `Invalid` for a folder that is there.
    """
    if folder.exists():
        raise Invalid({"folder": f"{folder.name} is there already; name a new folder."})
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    counts, resources = {}, []
    for name, (found, columns) in TABLES.items():
        counts[name] = _write(fresh / f"{name}.csv", found, columns)
        resources.append(_resource(fresh / f"{name}.csv", columns))
    resources += _sdmx(fresh / "series.sdmx.csv")
    about = {
        "$schema": _SOURCES, "name": "amparo-monitor", "title": "Amparo: what States do",
        "created": clock.now().isoformat(), "version": rubric().edition,
        "description": "A row without superseded_at holds now. What has no row is not known, which is not no.",
        "resources": resources,
    }  # fmt: skip
    (fresh / "datapackage.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
    fresh.rename(folder)
    return counts


def _sdmx(file: Path) -> list[dict[str, Any]]:
    """The series once more, as SDMX-CSV 2.0 of the dataflow that the web service describes; none without a source."""
    table = series_table()
    if table is None:
        return []
    file.write_bytes(as_csv(table.rows, series.FLOW, columns=series.COLUMNS))
    columns = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *series.COLUMNS)
    return [_resource(file, dict.fromkeys(columns, "string") | {"TIME_PERIOD": "year", "OBS_VALUE": "number"})]


def _write(file: Path, found: Any, columns: dict[str, str]) -> int:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([_name(column) for column in columns])
        number = 0
        for row in _rows(found, columns):
            writer.writerow(row)
            number += 1
    return number


def _rows(found: Any, columns: dict[str, str]) -> Iterator[list[str]]:
    for row in found.order_by("pk").values_list(*columns).iterator(chunk_size=2000):
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"  # the form of a date-time in Frictionless' table schema
    return harmless(value) if isinstance(value, str) else str(value)


def _resource(file: Path, columns: dict[str, str]) -> dict[str, Any]:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return {
        "name": file.stem.replace(".", "-"), "path": file.name, "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": file.stat().st_size, "hash": f"sha256:{digest}",
        "schema": {"fields": [{"name": _name(column), "type": kind} for column, kind in columns.items()]},
    }  # fmt: skip


def _name(column: str) -> str:
    return column.removesuffix("_id").replace("__", "_")
