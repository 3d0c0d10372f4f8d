# ruff: noqa: S608 - the SQL is put together from our own column names and numbers
"""Blocking, comparison and weighing in bulk: Splink on DuckDB.

Records stream in; what is compared is kept in DuckDB, on disk when it grows. Splink compares the pairs and weighs them
with the trained model; the five answers (see `learning`) and the clusters are ours.
"""

import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Self

import numpy as np

from amparo.common.errors import AmparoError, Invalid
from amparo.methods.linkage.comparisons import COMPARISONS
from amparo.methods.linkage.keys import keys
from amparo.methods.linkage.learning import Floats, Levels, Model, learn
from amparo.methods.linkage.people import Person
from amparo.methods.linkage.rarity import RARE

_CHUNK = 20_000
MANY = 60  # records that share a key; a key that more share tells too little to compare them all
_BUDGET = 60  # pairs a record, before those that share several keys are taken once: time stays linear
_RANDOM = 600_000
_TRAIN = 2_000_000
_FAINT = -7.0  # bits: a pair below has less than one chance in a hundred
_RARE = {
    "given": "given_keys",
    "family": "family_keys",
    "mother": "mother_keys",
    "father": "father_keys",
    "settlement": "",
}


@dataclass(frozen=True)
class Pairs:
    """The pairs worth a look: record numbers, levels, Splink's weight in bits and the five answers, a row a pair."""

    left: "np.ndarray[Any, np.dtype[np.int64]]"
    right: "np.ndarray[Any, np.dtype[np.int64]]"
    levels: Levels
    weight: Floats
    answers: Floats


@dataclass(frozen=True)
class Work:
    """A folder in which a long run is kept, and the files that it is about."""

    folder: Path
    files: Sequence[Path]

    def same(self) -> str:
        """Tells whether the files are still those that the folder was begun with."""
        return repr([(each.name, each.stat().st_size, each.stat().st_mtime_ns) for each in self.files])


class Engine:
    """One run over one set of records. A context manager; with a `work` folder an interrupted run goes on there."""

    def __init__(self, *, memory: str = "2GB", work: Work | None = None) -> None:
        self._duckdb, self._splink = _extras()
        if work:
            work.folder.mkdir(parents=True, exist_ok=True)
        self.db = self._duckdb.connect(str(work.folder / "linkage.duckdb") if work else ":memory:")
        self.db.execute(f"set memory_limit = '{memory}'")
        self.db.execute("set preserve_insertion_order = false")
        if work:
            self.db.execute(f"set temp_directory = '{work.folder / 'spill'}'")
        self._same = work.same() if work else ""
        self.ids: list[str] = []
        self.agencies: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def take(self, people: Iterable[Person]) -> None:
        """Read the records in, a chunk at a time, and find which pairs share a key. What was done before is kept."""
        if self._done():
            rows = self.db.execute("select id, agency from people order by rid").fetchnumpy()
            self.ids, self.agencies = rows["id"].tolist(), rows["agency"].tolist()
            return
        for (table,) in self.db.execute("select table_name from duckdb_tables()").fetchall():
            self.db.execute(f'drop table "{table}"')
        flow = iter(people)
        while chunk := list(islice(flow, _CHUNK)):
            self._insert(chunk)
        if not self.ids:
            raise Invalid({"files": "There are no records in these files."})
        self._rarity()
        self._pairs()
        self.db.execute("create table done as select ? files", [self._same])

    def _done(self) -> bool:
        made = self.db.execute("select count(*) from duckdb_tables() where table_name = 'done'").fetchone()[0]
        return bool(self._same and made and self.db.execute("select files from done").fetchone()[0] == self._same)

    def train(self) -> Model:
        """Weights from these records alone (see `learning.learn`)."""
        count = len(self.ids)
        self.db.execute(
            "create or replace table random_pairs as "
            "select distinct least(l, r) join_key_l, greatest(l, r) join_key_r, '0' match_key "
            f"from (select (hash(i, 1) % {count})::bigint l, (hash(i, 2) % {count})::bigint r "
            f"from range({_RANDOM}) t(i)) where l <> r"
        )
        random = self._patterns("random_pairs")
        share = self.db.execute("select count(*) from pairs").fetchone()[0] / _TRAIN
        where = f" where hash(join_key_l, join_key_r) % 1000 < {1000 / share:.0f}" if share > 1 else ""
        self.db.execute(f"create or replace table train_pairs as select * from pairs{where}")
        seen, counts = self._patterns("train_pairs")
        return learn(*random, seen, counts * max(share, 1.0), records=count)

    def weigh(self, model: Model) -> Pairs:
        """Every pair that shares a key and has at least one chance in a hundred."""
        self.db.execute("drop table if exists near_pairs")
        found = self._predicted("pairs", settings(model), threshold=_FAINT)
        self.db.execute(
            "create table near_pairs as select rid_l join_key_l, rid_r join_key_r, '0' match_key, match_weight "
            f"from {found} order by 1, 2"
        )
        self.db.execute(f"drop table {found}")
        found = self._predicted("near_pairs", settings(None))
        rows = self.db.execute(
            f"select rid_l, rid_r, near_pairs.match_weight, {_NUMBERS} from {found} join near_pairs "
            "on rid_l = join_key_l and rid_r = join_key_r order by 1, 2"
        ).fetchnumpy()
        self.db.execute(f"drop table {found}")
        left, right, weight, *levels = rows.values()
        table = np.column_stack(levels).astype(np.int8)
        answers = model.answers(table) if len(table) else np.zeros((0, 5))
        return Pairs(left.astype(np.int64), right.astype(np.int64), table, weight.astype(np.float64), answers)

    def told(self, model: Model) -> Floats:
        """How much each record tells, in bits: the weight of the record with itself. Few bits can meet nobody."""
        self.db.execute(
            "create or replace table alone as select rid join_key_l, rid join_key_r, '0' match_key from people"
        )
        found = self._predicted("alone", settings(model))
        rows = self.db.execute(f"select match_weight from {found} order by rid_l").fetchnumpy()
        self.db.execute(f"drop table {found}")
        return np.asarray(rows["match_weight"], np.float64)

    def _insert(self, chunk: list[Person]) -> None:
        import pyarrow as pa

        start = len(self.ids)
        self.ids += [each.id for each in chunk]
        self.agencies += [sys.intern(each.agency) for each in chunk]
        rows = pa.table(dict(_columns(chunk, start)))  # noqa: F841 - DuckDB reads it by its name
        met = [keys(each) for each in chunk]
        sizes = np.fromiter(map(len, met), int, len(met))
        flat = np.fromiter((key for each in met for key in each), np.int64, int(sizes.sum()))
        keyed = pa.table({"key": flat, "rid": np.repeat(np.arange(start, start + len(chunk)), sizes)})  # noqa: F841
        make = "create table {0} as" if start == 0 else "insert into {0}"
        self.db.execute(f"{make.format('people')} select * from rows")
        self.db.execute(f"{make.format('keys')} select * from keyed")

    def _rarity(self) -> None:
        """A number from 0 (common) to 3 (very rare) for each name, by how many records have it."""
        count = max(len(self.ids), 1)
        for name, column in _RARE.items():
            key = f"{column}[1]" if column else name
            steps = " + ".join(f"(n < {share * count})::int" for share in RARE)
            self.db.execute(
                f"create or replace table rare as select k, ({steps})::tinyint r from "
                f"(select {key} k, count(*) n from people where {name} <> '' group by 1)"
            )
            self.db.execute(f"alter table people add column {name}_rare tinyint default 0")
            self.db.execute(f"update people set {name}_rare = rare.r from rare where rare.k = people.{key}")

    def _pairs(self) -> None:
        most = self._most()
        self.db.execute(
            "create table pairs as select distinct a.rid join_key_l, b.rid join_key_r, '0' match_key "
            f"from keys a join keys b on a.key = b.key and a.rid < b.rid "
            f"semi join (select key from keys group by key having count(*) between 2 and {most}) k on k.key = a.key"
        )
        self.db.execute("drop table keys")

    def _most(self) -> int:
        """Up to how many records a key may have: `MANY`, or fewer where pairs would be too many (`_BUDGET`)."""
        sizes = self.db.execute(
            "select n, count(*) * n * (n - 1) // 2 from "
            f"(select count(*) n from keys group by key having n between 2 and {MANY}) group by n order by n"
        ).fetchall()
        total, most = 0, 2
        for size, pairs in sizes:
            total += pairs
            if total > _BUDGET * len(self.ids):
                break
            most = size
        return most

    def _patterns(self, pairs: str) -> tuple[Levels, Floats]:
        """The levels of these pairs: a row a pattern, and how many pairs have it."""
        found = self._predicted(pairs, settings(None))
        rows = self.db.execute(f"select {_NUMBERS}, count(*) n from {found} group by all order by all").fetchnumpy()
        *levels, counts = rows.values()
        self.db.execute(f"drop table {found}")
        return np.column_stack(levels).astype(np.int8), counts.astype(np.float64)

    def _predicted(self, pairs: str, model: dict[str, Any], *, threshold: float | None = None) -> str:
        """Splink's table of these pairs, compared and weighed."""
        from splink.backends.duckdb import DuckDBAPI

        api = DuckDBAPI(self.db)
        linker = self._splink.Linker(api.register("people"), model)
        logging.getLogger("splink").setLevel(logging.ERROR)
        linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
        found = linker.inference.predict(threshold_match_weight=threshold, warning_mode="never")
        return str(found.physical_name)


# Splink returns weights, not levels; by `settings(None)` the weight of a level is its number + 1, and 0 is "not known".
_NUMBERS = ", ".join(f"(round(mw_{each.name}) - 1)::tinyint {each.name}" for each in COMPARISONS)


def settings(model: Model | None) -> dict[str, Any]:
    """The model as Splink reads it; without one, weights that only number the levels."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "rid",
        "probability_two_random_records_match": model.same if model else 0.5,
        "blocking_rules_to_generate_predictions": ["l.rid = r.rid"],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "comparisons": [_comparison(place, model) for place in range(len(COMPARISONS))],
    }


def _comparison(place: int, model: Model | None) -> dict[str, Any]:
    each = COMPARISONS[place]
    levels: list[dict[str, Any]] = [
        {"sql_condition": each.unknown.sql, "label_for_charts": each.unknown.label, "is_null_level": True}
    ]
    conditions = ["ELSE", *(level.sql for level in reversed(each.levels))]
    for number in reversed(range(len(conditions))):
        m, u = (model.m[place][number], model.u[place][number]) if model else (2.0 ** (number + 1 - 20), 2.0**-20)
        levels.append(
            {
                "sql_condition": conditions[number], "label_for_charts": each.labels[number],
                "m_probability": m, "u_probability": u,
            }
        )  # fmt: skip
    return {"output_column_name": each.name, "comparison_levels": levels}


_TEXTS = ("given", "given_sound", "family", "family_sound", "sex", "mother", "mother_sound", "father", "father_sound",
          "birthplace", "district", "settlement", "nationality", "phone", "national_id")  # fmt: skip
_LISTS = ("given_keys", "more_keys", "stem_keys", "family_keys", "mother_keys", "father_keys", "parents_keys")


def _columns(chunk: list[Person], start: int) -> Iterator[tuple[str, Any]]:
    import pyarrow as pa

    yield "rid", np.arange(start, start + len(chunk))
    for name in ("id", "agency"):
        yield name, pa.array([getattr(each, name) for each in chunk], pa.string())
    for name in _TEXTS:
        yield name, pa.array([getattr(each, name) for each in chunk], pa.string())
    for name in _LISTS:
        yield name, pa.array([getattr(each, name) for each in chunk], pa.list_(pa.string()))
    for name in ("day", "swapped", "first", "last"):
        yield f"birth_{name}", pa.array([getattr(each.birth, name) for each in chunk], pa.int32())
    for place, name in enumerate(("ym", "yd", "md")):
        pairs = [each.birth.pairs[place] if each.birth.pairs else None for each in chunk]
        yield f"birth_{name}", pa.array(pairs, pa.int32())


def _extras() -> tuple[Any, Any]:
    try:
        import duckdb
        import splink
    except ModuleNotFoundError:
        raise AmparoError("Linkage in bulk needs the extra `linkage`: install amparo[linkage].") from None
    return duckdb, splink
