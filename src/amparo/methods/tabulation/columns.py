"""Tables of a snapshot as Arrow columns and as Parquet; a column that does not fit the schema is refused."""

from collections.abc import Iterable, Iterator, Mapping
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


class Written:
    """A table as it was written, of which single columns are read. Raises as `from_parquet` does."""

    def __init__(self, name: str, written: bytes) -> None:
        codes = [column for column, kind in columns(name).items() if kind == CODE]
        buffer, parquet = arrow().BufferReader(written), arrow().parquet
        try:
            _check(name, parquet.read_schema(buffer))
            self.file = parquet.ParquetFile(buffer, read_dictionary=codes)
        except arrow().ArrowInvalid:
            raise _unreadable(name) from None

    def column(self, name: str) -> Any:
        """A column of codes as a dictionary and places in it."""
        return self.file.read([name], use_threads=False).column(name)

    @property
    def rows(self) -> int:
        return int(self.file.metadata.num_rows)

    @property
    def schema(self) -> Any:
        """Of `lines`."""
        whole = self.file.schema_arrow
        return whole.remove(whole.get_field_index("key"))

    def lines(self, most: int) -> Iterator[Any]:
        """All columns but the record keys, so many rows at a time."""
        yield from self.file.iter_batches(most, columns=self.schema.names, use_threads=False)


def from_parquet(name: str, written: bytes) -> Any:
    """Raises `AmparoError` for bytes that are no such table, or of another edition of the schema."""
    try:
        found = arrow().parquet.read_table(arrow().BufferReader(written))
    except arrow().ArrowInvalid:
        raise _unreadable(name) from None
    _check(name, found.schema)
    return found


def _check(name: str, found: Any) -> None:
    if not found.equals(shape(name), check_metadata=True):
        raise AmparoError(f"The table {name} of this snapshot is of another edition of the schema than {EDITION}.")


def _unreadable(name: str) -> AmparoError:
    return AmparoError(f"The table {name} of this snapshot cannot be read.")
