"""A figure as Parquet: codes as text, counts as integers (null: hidden), and its definition in the file's own metadata.

Every row group says by itself where it is from: the key ``amparo`` holds the JSON definition.
"""

import io
import json

from amparo.methods.extra import arrow
from amparo.methods.figure import HIDDEN, SHOWN, Figure
from amparo.methods.formats.told import definition


def as_parquet(figure: Figure) -> bytes:
    """Columns as in the CSV file, the provenance as metadata. Raises `AmparoError` without the extra `statistics`."""
    pyarrow = arrow()
    lines = list(figure.lines())
    name, told = figure.period
    columns: dict[str, list[object]] = {
        "indicator": [figure.about.indicator] * len(lines),
        name: [int(told) if name == "year" else told] * len(lines),
    }
    for place, each in enumerate(figure.dimensions):
        columns[each.code] = [codes[place] for codes, _words, _value in lines]
        columns[f"{each.code}_label"] = [words[place] for _codes, words, _value in lines]
    columns["status"] = [HIDDEN if value is None else SHOWN for _codes, _words, value in lines]
    kinds = {"year": pyarrow.int16()} if name == "year" else {}
    arrays = {name: pyarrow.array(column, kinds.get(name, pyarrow.string())) for name, column in columns.items()}
    arrays["value"] = pyarrow.array([value for *_, value in lines], pyarrow.int64())
    about = json.dumps(definition(figure), ensure_ascii=False)
    into = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(arrays).replace_schema_metadata({"amparo": about}), into)
    return into.getvalue()
