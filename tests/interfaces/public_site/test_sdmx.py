"""The SDMX web service, asked by two clients that are not ours, over a socket of this process (S5, X3)."""

import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import sdmx as sdmx1
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client
from pysdmx.api.qb.availability import AvailabilityFormat, AvailabilityQuery
from pysdmx.api.qb.data import DataContext, DataFormat, DataQuery
from pysdmx.api.qb.service import RestService
from pysdmx.api.qb.structure import StructureFormat, StructureQuery, StructureReference, StructureType
from pysdmx.api.qb.util import ApiVersion
from pysdmx.io import read_sdmx

from tests.publication.build import standing

FLOW = "DF_CHILDREN_IDENTIFIED"
SHOWN = {("_T", "_T"): 25, ("LM-NORTH", "_T"): 11, ("LM-SOUTH", "_T"): 14, ("_T", "Y0T4"): 8, ("_T", "Y5T9"): 17}
ROOT = "/sdmx"


@pytest.fixture
def release(db):
    return standing()


class Silent(WSGIRequestHandler):
    def log_message(self, *_args):
        """Nothing: a test prints nothing."""


@pytest.fixture
def service(release, monkeypatch):
    """The address of the web service: the whole desk, on a free port of this machine."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["127.0.0.1"])
    monkeypatch.setattr(settings, "PUBLIC_HOST", "127.0.0.1")
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{ROOT}"
    server.shutdown()
    server.server_close()
    thread.join()


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


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_sdmx1_finds_the_flow_its_structure_and_its_data(service):
    sdmx1.add_source({"id": "AMPARO", "url": service, "name": "Amparo"}, override=True)
    client = sdmx1.Client("AMPARO")
    assert set(client.dataflow().dataflow) == {FLOW}
    structure = client.datastructure("CHILDREN", params={"references": "all"})
    dsd = structure.structure["CHILDREN"]
    assert "Y0T4" in structure.codelist["CL_AGE"]
    message = client.data(FLOW, key=f"A.CHILDREN_IDENTIFIED.{'.'.join([''] * 4)}", dsd=dsd)
    rows = [
        {"REGION": o.key["REGION"].value, "AGE": o.key["AGE"].value, "OBS_VALUE": o.value,
         "OBS_STATUS": o.attrib["OBS_STATUS"].value}
        for o in message.data[0].obs
    ]  # fmt: skip
    shown, hidden = both([{name: each if each is None else str(each) for name, each in row.items()} for row in rows])
    assert SHOWN.items() <= shown.items()
    assert len(hidden) == 4


@pytest.mark.django_db(databases="__all__", transaction=True)
@pytest.mark.parametrize(
    ("version", "form"),
    [(ApiVersion.V2_0_0, DataFormat.SDMX_ML_3_0), (ApiVersion.V2_0_0, DataFormat.SDMX_CSV_2_0_0),
     (ApiVersion.V1_5_0, DataFormat.SDMX_ML_2_1_STR)],
)  # fmt: skip
def test_pysdmx_finds_data_structure_and_what_is_available(service, version, form):
    structures = StructureFormat.SDMX_ML_3_0 if version >= ApiVersion.V2_0_0 else StructureFormat.SDMX_ML_2_1
    available = AvailabilityFormat(structures.value)
    rest = RestService(
        service, version, data_format=form, structure_format=structures, avail_format=available, timeout=60
    )
    flow = (DataContext.DATAFLOW, "AMPARO", FLOW, "1.0")
    message = read_sdmx(rest.data(DataQuery(*flow, key="*.*.*.*.*.*")).decode())
    shown, hidden = both(message.data[0].data.to_dict("records"))
    assert SHOWN.items() <= shown.items()
    assert len(hidden) == 4
    asked = StructureQuery(StructureType.DATAFLOW, "AMPARO", FLOW, references=StructureReference.DESCENDANTS)
    found = read_sdmx(rest.structure(asked).decode(), validate=True)
    assert [each.id for each in found.get_data_structure_definitions()] == ["CHILDREN"]
    there = read_sdmx(rest.availability(AvailabilityQuery(*flow)).decode()).structures[0]
    regions = next(each for each in there.cube_region.key_values if each.id == "REGION")
    assert [each.value for each in regions.values] == ["LM-NORTH", "LM-SOUTH", "_T", "_U"]
    assert there.obs_count == 24


def ask(path: str, **headers):
    return Client(headers={"host": settings.PUBLIC_HOST, **headers}).get(f"{ROOT}/{path}")


CSV = {"accept": "application/vnd.sdmx.data+csv; version=2.0.0"}


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(
    ("path", "lines"),
    [
        (f"data/{FLOW}/A.CHILDREN_IDENTIFIED.LM-NORTH+LM-SOUTH._T..", 2),
        (f"data/AMPARO,{FLOW},1.0/A..LM-NORTH...", 6),
        (f"data/{FLOW}/all?startPeriod=2025&endPeriod=2025", 24),
        (f"data/AMPARO,{FLOW}/all?startPeriod=2020-Q1", 24),
        (f"data/dataflow/AMPARO/{FLOW}/1.0/A.CHILDREN_IDENTIFIED.LM-NORTH._T._T._T", 1),
        (f"data/dataflow/AMPARO/{FLOW}/~/*?c[REGION]=LM-NORTH,LM-SOUTH&c[AGE]=_T", 2),
        (f"data/dataflow/AMPARO/{FLOW}?c[TIME_PERIOD]=ge:2024%2Ble:2026", 24),
        (f"data/dataflow/*/{FLOW}/*/*?c[TIME_PERIOD]=2025", 24),
    ],
)
def test_a_question_is_answered_with_what_it_asks_for(release, path, lines):
    answer = ask(path, **CSV)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"].startswith("application/vnd.sdmx.data+csv")
    assert len(answer.content.decode().splitlines()) == 1 + lines
    assert not answer.cookies


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"data/{FLOW}/all?startPeriod=2026", 404),
        ("data/DF_ELSEWHERE/all", 404),
        (f"data/ESTAT,{FLOW},1.0/all", 404),
        (f"data/{FLOW}/A.B", 400),
        (f"data/{FLOW}/{'A+' * 2000}", 400),
        (f"data/{FLOW}/all?startPeriod=then", 400),
        ("data/<x>/all", 400),
        ("data", 404),
        ("schema/dataflow/AMPARO", 404),
        ("codelist/AMPARO/CL_NONE/1.0", 404),
        ("structure/metadataflow/AMPARO", 404),
        (f"data/provisionagreement/AMPARO/{FLOW}/1.0/*", 404),
    ],
)
def test_what_is_not_there_or_no_question_is_said_in_the_words_of_the_standard(release, path, status):
    answer = ask(path)
    assert answer.status_code == status, answer.content
    assert b"ErrorMessage" in answer.content
    assert b"<x>" not in answer.content


@pytest.mark.django_db(databases="__all__")
def test_nothing_published_is_no_result_and_a_withdrawn_table_is_gone(release):
    assert ask("codelist/AMPARO/CL_AGE/1.0").status_code == 200
    columns = {
        "status": "withdrawn",
        "reason": "wrong_counts",
        "withdrawn_by": release.id,
        "withdrawn_at": release.published_at,
    }
    type(release).objects.filter(pk=release.pk).update(**columns)
    assert ask("codelist/AMPARO/CL_AGE/1.0").status_code == 404
    assert ask(f"data/{FLOW}/all").status_code == 404


@pytest.mark.django_db(databases="__all__")
def test_the_service_asks_the_database_little(release, django_assert_max_num_queries):
    ask(f"data/{FLOW}/all", **CSV)
    with django_assert_max_num_queries(3):
        ask(f"data/{FLOW}/all", **CSV)
