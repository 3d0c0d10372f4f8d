"""The formats in which every published table can be taken along: their endings, types and writers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from amparo.methods.figure import Figure
from amparo.methods.formats.columns import as_parquet
from amparo.methods.formats.flat import as_csv, as_hxl
from amparo.methods.formats.paper import as_pdf
from amparo.methods.formats.told import as_json
from amparo.methods.formats.workbook import as_xlsx
from amparo.methods.sdmx import figures as sdmx

Words = Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """`title` is the format's own name, the same in every language; `says` tells what a reader uses it for."""

    title: str
    media_type: str
    write: Callable[[Figure, Words], bytes]
    says: str


FORMS: dict[str, Form] = {
    "csv": Form("CSV", "text/csv; charset=utf-8", lambda figure, _words: as_csv(figure),
                "A line a cell, codes with their words beside them: any spreadsheet or program."),
    "xlsx": Form("Excel (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                 lambda figure, _words: as_xlsx(figure),
                 "Four sheets: the table, the data, the codes, what it is."),
    "json": Form("JSON", "application/json; charset=utf-8", lambda figure, _words: as_json(figure),
                 "Definition, codes, cells and provenance in one document."),
    "parquet": Form("Parquet", "application/vnd.apache.parquet", lambda figure, _words: as_parquet(figure),
                    "Typed columns for DuckDB, Spark, R or Python; the definition is in its metadata."),
    "hxl.csv": Form("HXL", "text/csv; charset=utf-8", lambda figure, _words: as_hxl(figure),
                    "The CSV with the row of hashtags of the Humanitarian Exchange Language."),
    "sdmx.csv": Form("SDMX-CSV 2.0", "application/vnd.sdmx.data+csv; version=2.0.0",
                     lambda figure, _words: sdmx.as_csv(figure),
                     "Official statistics, as a table; a hidden count is OBS_STATUS Q without a value."),
    "sdmx21.xml": Form("SDMX-ML 2.1", "application/vnd.sdmx.structurespecificdata+xml; version=2.1",
                       lambda figure, _words: sdmx.as_ml21(figure), "Official statistics, as XML of edition 2.1."),
    "sdmx30.xml": Form("SDMX-ML 3.0", "application/vnd.sdmx.data+xml; version=3.0.0",
                       lambda figure, _words: sdmx.as_ml30(figure), "Official statistics, as XML of edition 3.0."),
    "pdf": Form("PDF", "application/pdf", lambda figure, words: as_pdf(figure, dict(words)),
                "To print or to hand in."),
}  # fmt: skip
