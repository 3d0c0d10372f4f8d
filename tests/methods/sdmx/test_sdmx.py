"""Figures in SDMX, read back by two readers that are not ours, and our own look at codes (standards: SDMX 2.1, 3.0)."""

import io

import pytest
import sdmx as sdmx1
from pysdmx.io import read_sdmx

from amparo.common.errors import Conflict
from amparo.methods.formats.forms import FORMS
from amparo.methods.sdmx import checking, structures, writing
from amparo.methods.sdmx.figures import checked, moment
from amparo.methods.sdmx.rows import KEY, observations
from tests.methods.formats.build import HIDDEN, SHOWN, WORDS, figure

THEIRS = {"unknown": "_U"}
SDMX_FORMS = ("sdmx.csv", "sdmx21.xml", "sdmx30.xml")


def key(codes) -> tuple[str, str]:
    return tuple(THEIRS.get(code, code) for code in codes)


def both(rows) -> tuple[dict, set]:
    shown, hidden = {}, set()
    for row in rows:
        codes = (row["REGION"], row["AGE"])
        if row["OBS_STATUS"] == "Q":
            assert row["OBS_VALUE"] in ("", None)
            hidden.add(codes)
        else:
            shown[codes] = int(float(row["OBS_VALUE"]))
    return shown, hidden


EXPECTED = ({key(codes): value for codes, value in SHOWN.items()}, {key(codes) for codes in HIDDEN})


def written(form: str) -> str:
    return FORMS[form].write(figure(), WORDS).decode()


@pytest.mark.parametrize("form", SDMX_FORMS)
def test_pysdmx_reads_the_same_values_and_no_value_where_it_is_suppressed(form):
    message = read_sdmx(written(form), validate=True)
    assert both(message.data[0].data.to_dict("records")) == EXPECTED
    first = message.data[0].data.to_dict("records")[0]
    assert (first["INDICATOR"], first["SEX"], first["FORM"]) == ("CHILDREN_IDENTIFIED", "_T", "_T")
    assert (first["FREQ"], first["TIME_PERIOD"], first["RELEASE"]) == ("A", "2025", "F-7K2M-94QX")
    assert message.data[0].short_urn.endswith("AMPARO:DF_CHILDREN_IDENTIFIED(1.0)")


def test_sdmx1_reads_the_same_with_the_structures():
    lists = structures.Lists.of([figure()])
    told = writing.structures_as_ml(
        structures.artefacts(lists, [figure()]), form=writing.STRUCTURE21, prepared=moment(figure()), test=True
    )
    found = sdmx1.read_sdmx(io.BytesIO(told))
    dsd = found.structure["CHILDREN"]
    assert [each.id for each in dsd.dimensions] == [*KEY, "TIME_PERIOD"]
    assert found.codelist["CL_AGE"]["Y0T4"].name["en"] == "0 to 4 years"
    assert found.codelist["CL_OBS_STATUS"]["Q"].name["en"] == "Missing value; suppressed"
    message = sdmx1.read_sdmx(io.BytesIO(written("sdmx21.xml").encode()), structure=dsd)
    rows = [
        {"REGION": str(o.key["REGION"].value), "AGE": str(o.key["AGE"].value), "OBS_VALUE": o.value,
         "OBS_STATUS": str(o.attrib["OBS_STATUS"].value)}
        for o in message.data[0].obs
    ]  # fmt: skip
    assert both(rows) == EXPECTED


@pytest.mark.parametrize("form", [writing.STRUCTURE21, writing.STRUCTURE30])
def test_the_structures_are_valid_and_every_code_of_the_data_is_in_them(form):
    lists = structures.Lists.of([figure()])
    made = structures.artefacts(lists, [figure()])
    told = writing.structures_as_ml(made, form=form, prepared=moment(figure()), test=True)
    read = read_sdmx(told.decode(), validate=True)
    codes = {each.id.removeprefix("CL_"): {code.id for code in each.items} for each in read.get_codelists()}
    assert checking.faults(observations(figure()), codes) == []
    assert [each.id for each in read.get_dataflows()] == ["DF_CHILDREN_IDENTIFIED"]


def test_a_demonstration_says_in_its_header_that_it_is_a_test():
    assert ">true<" in written("sdmx21.xml").partition("Test")[2][:20]


CODES = structures.Lists.of([figure()]).codes


@pytest.mark.parametrize(
    ("place", "change", "said"),
    [
        (0, {"OBS_VALUE": 3}, "OBS_STATUS is Q, and there is a value"),
        (0, {"OBS_STATUS": "A"}, "OBS_STATUS is A, and there is no value"),
        (3, {"OBS_VALUE": None}, "OBS_STATUS is A, and there is no value"),
        (3, {"OBS_VALUE": -1}, "no whole number"),
        (3, {"OBS_VALUE": 1.5}, "no whole number"),
        (3, {"AGE": "Y0T3"}, "AGE has no code Y0T3"),
        (3, {"SEX": "GIRL"}, "SEX has no code GIRL"),
        (3, {"SEX": ""}, "SEX is missing"),
        (3, {"TIME_PERIOD": "2025-13"}, "TIME_PERIOD is no period"),
        (3, {"TIME_PERIOD": ""}, "TIME_PERIOD is missing"),
        (3, {"UNIT_MEASURE": None}, "UNIT_MEASURE is missing"),
        (3, {"REF_AREA": "404"}, "REF_AREA is 404, and the sender's is 4"),
        (3, {"AGE": "Y0T4"}, "2 observations of one key"),
        (2, {"OBS_VALUE": 2}, ""),
        (15, {"OBS_VALUE": 24}, "do not add up"),
    ],
)
def test_what_is_not_as_promised_is_found_and_named(place, change, said):
    rows = observations(figure())
    rows[place] = rows[place] | change
    if "REF_AREA" in change:
        rows = [{"REF_AREA": "4"} | row for row in rows]
    area = "4" if "REF_AREA" in change else ""
    found = " ".join(checking.faults(rows, CODES, area=area, adds_up=["REGION", "AGE"]))
    assert said in found if said else "do not add up" in found


def test_what_is_as_promised_has_no_fault():
    assert checking.faults(observations(figure()), CODES, adds_up=["REGION", "AGE"]) == []


def test_nothing_wrong_leaves():
    wrong = figure()
    cells = dict(wrong.cells) | {("_T", "_T"): 26}
    with pytest.raises(Conflict, match="do not add up"):
        checked([type(wrong)(wrong.about, wrong.dimensions, cells)])
