"""Observations and structures as files: SDMX-CSV 2.0, SDMX-ML 2.1 and 3.0."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from amparo.methods.extra import sdmx
from amparo.methods.sdmx.rows import AGENCY, ATTRIBUTES, VERSION, Row

CSV_TYPE = "application/vnd.sdmx.data+csv;version=2.0.0"
ML21, GENERIC21, ML30 = "DATA_SDMX_ML_2_1_STR", "DATA_SDMX_ML_2_1_GEN", "DATA_SDMX_ML_3_0"
STRUCTURE21, STRUCTURE30 = "STRUCTURE_SDMX_ML_2_1", "STRUCTURE_SDMX_ML_3_0"


def columns(key: Sequence[str]) -> tuple[str, ...]:
    """The components of our structures, in the order of a file."""
    return (*key, "TIME_PERIOD", "OBS_VALUE", *ATTRIBUTES)


def as_csv(
    rows: Sequence[Row], flow: str, *, columns: Sequence[str], agency: str = AGENCY, version: str = VERSION
) -> bytes:
    """SDMX-CSV 2.0: what the observation belongs to, then its components; a suppressed value is an empty field."""
    into = io.StringIO(newline="")
    writer = csv.writer(into)
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *columns])
    for row in rows:
        cells = ["" if row[name] is None else str(row[name]) for name in columns]
        writer.writerow(["dataflow", f"{agency}:{flow}({version})", "I", *cells])
    return into.getvalue().encode()


def as_ml(
    rows: Sequence[Row], flow: str, components: Any, *, form: str, prepared: datetime, test: bool,
    agency: str = AGENCY, version: str = VERSION,
) -> bytes:  # fmt: skip
    """SDMX-ML data. A suppressed observation has its status and no value; `test` says that all in it is made up."""
    import pandas as pd

    kit = sdmx()
    schema = kit.model.Schema("dataflow", agency, flow, components, version)
    told = [{name: None if value is None else str(value) for name, value in row.items()} for row in rows]
    columns = [each.id for each in components]
    dataset = kit.io.pd.PandasDataset(structure=schema, data=pd.DataFrame(told, columns=columns, dtype="string"))
    sent = _header(f"{flow}-{prepared:%Y%m%d}", prepared, test=test)
    return str(kit.io.writer.write_sdmx([dataset], _format(form), header=sent)).encode()


def structures_as_ml(artefacts: Sequence[Any], *, form: str, prepared: datetime, test: bool) -> bytes:
    """SDMX-ML structures."""
    sent = _header(f"STRUCTURES-{prepared:%Y%m%d}", prepared, test=test)
    return str(sdmx().io.writer.write_sdmx(list(artefacts), _format(form), header=sent)).encode()


def _format(name: str) -> Any:
    return sdmx().io.format.Format[name]


def _header(id: str, prepared: datetime, *, test: bool) -> Any:
    kit = sdmx()
    from pysdmx.model.message import Header

    return Header(id=id, test=test, prepared=prepared, sender=kit.model.Organisation(id=AGENCY))
