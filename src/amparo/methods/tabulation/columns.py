"""Tables of a snapshot as Arrow columns and as Parquet; a column that does not fit the schema is refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from amparo.common.errors import AmparoError
from amparo.methods.extra import arrow
from amparo.methods.tabulation.schema import CODE, CODES, EDITION, MONTH, columns


def shape(table: str) -> Any:
    """The Arrow schema of a table; its edition travels with it."""
    pa = arrow()
    kinds = {CODE: pa.string(), MONTH: pa.int32(), CODES: pa.list_(pa.field("element", pa.string()))}
    fields = [pa.field(name, kinds.get(kind, pa.int64())) for name, kind in columns(table).items()]
    return pa.schema(fields, {"table": table, "edition": str(EDITION)})


def as_table(name: str, rows: Iterable[Mapping[str, Any]]) -> Any:
    """Rows as an Arrow table."""
    return arrow().Table.from_pylist(list(rows), schema=shape(name))


def to_parquet(table: Any) -> bytes:
    """The same table is the same bytes, whenever it is written (by one edition of Arrow)."""
    out = arrow().BufferOutputStream()
    arrow().parquet.write_table(table, out, compression="zstd")
    return bytes(out.getvalue())


def from_parquet(name: str, written: bytes) -> Any:
    """Raises `AmparoError` for bytes that are no such table, or of another edition of the schema."""
    try:
        found = arrow().parquet.read_table(arrow().BufferReader(written))
    except arrow().ArrowInvalid:
        raise AmparoError(f"The table {name} of this snapshot cannot be read.") from None
    if not found.schema.equals(shape(name), check_metadata=True):
        raise AmparoError(f"The table {name} of this snapshot is of another edition of the schema than {EDITION}.")
    return found
