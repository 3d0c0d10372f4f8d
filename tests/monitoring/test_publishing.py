"""Open data: every public row, described for machines, in a folder that is whole or not there (M6)."""

import csv
import hashlib
import json
from datetime import date

import pytest

from amparo.common.errors import Invalid
from amparo.monitoring import assessing, publishing
from tests.monitoring.build import answered, lumeria

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


def test_a_folder_that_is_there_is_left_alone(db, tmp_path):
    (tmp_path / "kept").write_text("mine")
    with pytest.raises(Invalid, match="there already"):
        publishing.write_package(tmp_path)
    assert (tmp_path / "kept").read_text() == "mine"
