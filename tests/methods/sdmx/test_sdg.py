"""SDG 16.2.2 in the global structure: read back the same, suppressed without a value, and nothing wrong leaves (S5)."""

import csv
import io

import pytest
from click.testing import CliRunner
from pysdmx.io import read_sdmx

from amparo.common.errors import Invalid
from amparo.interfaces.commands.exchanging import sdmx
from amparo.methods.sdmx.sdg.series import KEY, as_csv

LINES = [
    {"year": "2025", "region": region, "age_group": age, "sex": sex, "status": "hidden" if value == "" else "shown", "value": value}
    for region in ("_T", "LM-NORTH")
    for sex in ("female", "male", "unknown", "_T")
    for age, value in (("Y0T4", ""), ("Y15T17", "12"), ("unknown", "0"), ("_T", "17"))
]  # fmt: skip


def test_it_is_read_back_the_same_and_children_are_under_eighteen():
    rows = read_sdmx(as_csv(LINES, series="VC_HTF_DETV", area="404").decode()).data[0].data.to_dict("records")
    found = {(row["SEX"], row["AGE"]): (row["OBS_VALUE"], row["OBS_STATUS"]) for row in rows}
    assert len(rows) == len(found) == 16
    assert found["F", "Y0T17"] == ("17", "A")
    assert found["_T", "Y0T4"] == ("", "Q")
    assert found["_U", "_U"] == ("0", "A")
    assert {row["REF_AREA"] for row in rows} == {"404"}
    assert all(row[name] for row in rows for name in KEY)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"age_group": "Y0T8"}, "AGE has no code Y0T8"),
        ({"sex": "girl"}, "SEX has no code girl"),
        ({"value": "1.5", "status": "shown"}, "no whole number"),
        ({"value": "", "status": "shown"}, "there is no value"),
        ({"year": "25"}, "TIME_PERIOD is no period"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(change, said):
    with pytest.raises(Invalid, match=said):
        as_csv([LINES[0] | change], series="VC_HTF_DETV", area="404")


def test_only_series_of_detected_victims_and_known_areas_are_taken():
    with pytest.raises(Invalid, match="SERIES has no code"):
        as_csv(LINES, series="SP_DYN_MRBF18", area="404")
    with pytest.raises(Invalid, match="REF_AREA has no code"):
        as_csv(LINES, series="VC_HTF_DETV", area="0404")
    with pytest.raises(Invalid, match="no observation"):
        as_csv([], series="VC_HTF_DETV", area="404")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.csv"
    with path.open("w", newline="") as into:
        writer = csv.DictWriter(into, LINES[0])
        writer.writeheader()
        writer.writerows(LINES)
    return path


def test_the_command_writes_what_the_other_finds_without_a_fault(table, tmp_path):
    out = tmp_path / "sdg.csv"
    made = CliRunner().invoke(sdmx, ["sdg", str(table), "--area", "404", "-o", str(out)])
    assert made.exit_code == 0, made.output
    assert "16 observations, no fault." in CliRunner().invoke(sdmx, ["check", str(out), "--area", "404"]).output
    spoilt = out.read_text().replace(",F,", ",GIRL,")
    out.write_text(spoilt)
    wrong = CliRunner().invoke(sdmx, ["check", str(out), "--area", "4"])
    assert wrong.exit_code == 1
    assert "SEX has no code GIRL" in wrong.output
    assert "REF_AREA is 404" in wrong.output


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a,b\n1,2,3\n", b"", b"x"])
def test_a_file_that_is_none_is_refused_in_words(tmp_path, content):
    path = tmp_path / "broken.csv"
    path.write_bytes(content)
    for command in (["sdg", str(path), "--area", "404"], ["check", str(path)]):
        result = CliRunner().invoke(sdmx, command)
        assert result.exit_code != 0
        assert result.exception is not None


def test_every_code_in_the_file_is_there_once():
    told = io.StringIO(as_csv(LINES, series="VC_HTF_DETVSX", area="4").decode())
    assert {row["STRUCTURE_ID"] for row in csv.DictReader(told)} == {"IAEG-SDGs:DF_SDG_GLC(1.4)"}
