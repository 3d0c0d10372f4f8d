"""Open data: every public row, described for machines, in a folder that is whole or not there (M6)."""

import csv
import hashlib
import json
import re
from datetime import UTC, date, datetime

import pytest

from amparo.common.errors import Invalid
from amparo.common.types import OPERATOR
from amparo.monitoring import actions, assessing, publishing
from tests.monitoring.build import answered, lumeria, write
from tests.monitoring.test_following import entered

pytestmark = pytest.mark.django_db(databases="__all__")


def rows(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_package_has_every_public_row_and_says_what_each_column_is(house, treaties, tmp_path):
    state, folder = lumeria(), tmp_path / "data"
    answered(house, state, rationale="=made up")
    hidden = assessing.write(
        by=house.actor("monitor_editor", "NORTH"), state=state, question="L02", role="un", answer="not_known",
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    counts = publishing.write_package(folder)
    assert counts["treaty_status"] == len(rows(folder, "treaty_status")) == treaties.made
    (answer,) = rows(folder, "answers")
    assert (answer["state"], answer["question"], answer["rationale"]) == ("XLM", "L01", "'=made up")
    assert str(hidden.id) not in (folder / "answers.csv").read_text()
    assert "written_by" not in answer
    package = json.loads((folder / "datapackage.json").read_text())
    for each in package["resources"]:
        data = (folder / each["path"]).read_bytes()
        assert each["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert [field["name"] for field in each["schema"]["fields"]] == data.decode().splitlines()[0].split(",")


def at(form):
    return lambda cell: datetime.strptime(cell, form).replace(tzinfo=UTC)


# A cell of each type of Frictionless' table schema, in its default form (specs.frictionlessdata.io/table-schema).
READS = {
    "string": str, "integer": int, "number": float, "year": at("%Y"),
    "date": at("%Y-%m-%d"), "boolean": {"true": True, "false": False}.__getitem__,
    "datetime": at("%Y-%m-%dT%H:%M:%SZ"), "array": json.loads, "object": json.loads,
}  # fmt: skip


def test_every_cell_is_of_the_type_that_the_package_says(house, treaties, tmp_path):
    state, folder = lumeria(), tmp_path / "data"
    answered(house, state)
    entered(house, state, themes=["D"], milestones=[{"title": "The law", "due_on": "2027-01-31"}])
    source = write(tmp_path, "series,state,year,value", "CYBERTIPLINE,NOR,2020,31")
    actions.import_series(by=OPERATOR, file=source, source="x", title="A database", as_of="2021")
    publishing.write_package(folder)
    package = json.loads((folder / "datapackage.json").read_text())
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    assert {each["name"] for each in package["resources"]} == {*publishing.TABLES, "series-sdmx"}
    for each in package["resources"]:
        assert (re.fullmatch(r"[a-z0-9._-]+", each["name"]) is not None, each["bytes"] > 0) == (True, True)
        types = {field["name"]: field["type"] for field in each["schema"]["fields"]}
        read = rows(folder, each["path"].removesuffix(".csv"))
        assert read or each["name"] in {"law", "recommendations"}
        for row in read:
            for name, cell in row.items():
                if cell:
                    READS[types[name]](cell)


def test_a_folder_that_is_there_is_left_alone(db, tmp_path):
    (tmp_path / "kept").write_text("mine")
    with pytest.raises(Invalid, match="there already"):
        publishing.write_package(tmp_path)
    assert (tmp_path / "kept").read_text() == "mine"
