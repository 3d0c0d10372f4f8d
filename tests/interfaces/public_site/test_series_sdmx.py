"""Series about States by the SDMX web service, read by two libraries that are not ours (M8, X3)."""

import io

import pytest
import sdmx as sdmx1
from django.conf import settings
from django.test import Client
from pysdmx.io import read_sdmx

from amparo.common.types import OPERATOR
from amparo.monitoring import actions
from tests.monitoring.build import states

pytestmark = pytest.mark.django_db(databases="__all__")
ROWS = (
    "series,state,year,age,sex,value,text,nature\n"
    "SP_DYN_MRBF18,NER,2012,20_24,female,76.3,,c\nSP_DYN_MRBF18,NER,2006,20_24,female,74.5,,e\n"
    "CYBERTIPLINE,NOR,2020,,,31,,\nUS_TIP_TIER,NOR,2020,,,,Tier 1,\n"
)


@pytest.fixture
def client(db, tmp_path) -> Client:
    states()
    file = tmp_path / "series.csv"
    file.write_text(ROWS)
    assert actions.import_series(by=OPERATOR, file=file, source="sdg", title="A database", as_of="2021").made == 4
    return Client(headers={"host": settings.PUBLIC_HOST})


def test_numbers_are_told_with_their_codes_and_words_are_not(client):
    lines = client.get("/sdmx/data/DF_STATES", headers={"accept": "text/csv"}).text.splitlines()
    assert lines[0] == "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,SERIES,AGE,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,NATURE,SOURCE"  # fmt: skip
    assert lines[1:] == [
        "dataflow,AMPARO:DF_STATES(1.0),I,A,NER,SP_DYN_MRBF18,Y20T24,F,2006,74.5,PT,E,A database",
        "dataflow,AMPARO:DF_STATES(1.0),I,A,NER,SP_DYN_MRBF18,Y20T24,F,2012,76.3,PT,C,A database",
        "dataflow,AMPARO:DF_STATES(1.0),I,A,NOR,CYBERTIPLINE,_Z,_Z,2020,31,NUMBER,NA,A database",
    ]


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("data/DF_STATES/A.NER...", 2),
        ("data/DF_STATES/A.NER+NOR.CYBERTIPLINE..", 1),
        ("data/DF_STATES/all?startPeriod=2010", 2),
        ("data/dataflow/AMPARO/DF_STATES/1.0/A.NER.*.*.*?c[TIME_PERIOD]=ge:2010", 1),
    ],
)
def test_a_key_and_a_time_choose(client, path, number):
    assert len(client.get(f"/sdmx/{path}", headers={"accept": "text/csv"}).text.splitlines()) == number + 1


def test_another_library_reads_the_structure_and_by_it_the_data(client):
    told = client.get("/sdmx/dataflow/AMPARO/DF_STATES/1.0?references=all")
    structures = sdmx1.read_sdmx(io.BytesIO(told.content))
    structure = structures.structure["STATES"]
    assert [each.id for each in structure.dimensions] == ["FREQ", "REF_AREA", "SERIES", "AGE", "SEX", "TIME_PERIOD"]
    assert str(structures.codelist["CL_STATES_SERIES"]["SP_DYN_MRBF18"].name).startswith("Women aged 20 to 24")
    kind = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
    data = client.get("/sdmx/data/DF_STATES/A.NER...", headers={"accept": kind})
    message = sdmx1.read_sdmx(io.BytesIO(data.content), structure=structure)
    assert {float(each.value) for each in message.data[0].obs} == {76.3, 74.5}


def test_pysdmx_reads_it_back_in_the_form_of_sdmx_3(client):
    kind = "application/vnd.sdmx.data+xml;version=3.0.0"
    told = client.get("/sdmx/data/dataflow/AMPARO/DF_STATES/1.0/A.NOR.*.*.*", headers={"accept": kind})
    data = read_sdmx(told.content.decode()).get_datasets()[0].data
    assert data["OBS_VALUE"].astype(float).tolist() == [31.0]


def test_what_is_available_is_counted(client):
    told = client.get("/sdmx/availableconstraint/DF_STATES").text
    assert ("NER" in told, "NOR" in told, "SWE" in told) == (True, True, False)


@pytest.mark.parametrize(("path", "status"), [("data/DF_STATES/A.SWE...", 404), ("data/DF_STATES/A.NER", 400)])
def test_what_is_not_there_is_said_as_the_standard_says_it(client, path, status):
    answer = client.get(f"/sdmx/{path}")
    assert (answer.status_code, "ErrorMessage" in answer.text) == (status, True)


def test_without_any_source_there_is_nothing(db):
    assert Client(headers={"host": settings.PUBLIC_HOST}).get("/sdmx/data/DF_STATES").status_code == 404
