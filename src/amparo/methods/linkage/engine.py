# ruff: noqa: S608 - the SQL is put together from our own column names and numbers
"""Blocking, comparison and weighing in bulk: Splink on DuckDB, or on Spark.

Records stream in; what is compared is kept in tables (see `tables`). Pairs are found, compared and weighed a part of
the records at a time, and only those with a chance are kept: memory does not grow with their number, and an
interrupted run goes on where it was. Ours is the sieve, which asks of each pair the same levels in one pass; Splink
compares and weighs what stays in it. The five answers (see `learning`) and the clusters are ours, too.
"""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Self

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.linkage import sieve
from amparo.methods.linkage.comparisons import COMPARISONS
from amparo.methods.linkage.keys import keys
from amparo.methods.linkage.learning import Floats, Levels, Model, learn, loaded
from amparo.methods.linkage.people import Person
from amparo.methods.linkage.rarity import RARE
from amparo.methods.linkage.tables import Duck, Tables

_CHUNK = 20_000
MANY = 60  # records that share a key; a key that more share tells too little to compare them all
_BUDGET = 40  # pairs a record, before those that share several keys are taken once: time stays linear
_AT_ONCE = 5_000_000  # such pairs that are compared together
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
Told = Callable[[str, float], object]


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
    """A folder in which a run is kept, and the files that it is about. `more`: they come to those that it holds."""

    folder: Path
    files: Sequence[Path]
    more: bool = False

    def same(self) -> str:
        """Tells whether the files are still those that the folder was begun with."""
        return repr([(each.name, each.stat().st_size, each.stat().st_mtime_ns) for each in self.files])


class Engine:
    """One run over one set of records. A context manager; with a `work` folder an interrupted run goes on there.

    `tables`: where it is kept, DuckDB by default. `told` hears what is being done and which share of it is done.
    """

    def __init__(
        self, *, memory: str = "2GB", work: Work | None = None, tables: Tables | None = None,
        told: Told = lambda _what, _share: None,
    ) -> None:  # fmt: skip
        self.tables: Tables = tables or Duck(memory=memory, folder=work.folder if work else None)
        self._told = told
        self.ids: list[str] = []
        self.agencies: list[str] = []
        self._begin(work.same() if work else "", more=bool(work and work.more))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.tables.close()

    @property
    def taken(self) -> int:
        """How many records of these files are here already: a reader may pass over them."""
        return len(self.ids) - self._before

    def rare(self, id: str) -> tuple[int, ...]:
        """How rare the names of a record are (`Person.rare`). Raises `Invalid` for an id that is not here."""
        if id not in self.ids:
            raise Invalid({"explain": f"There is no record {id}."})
        names = ", ".join(f"{name}_rare" for name in _RARE)
        found = self.tables.read(f"select {names} from people where rid = {self.ids.index(id)}")
        return tuple(int(column[0]) for column in found.values())

    def _begin(self, files: str, *, more: bool) -> None:
        """Go on with what was begun with these files; else begin anew, or add to what is there."""
        notes = self.tables.noted()
        if more and "weighed" not in notes:
            raise Invalid({"work": "This folder holds no finished run to which records could be added."})
        if more and notes.get("more") != files:
            self.tables.note(more=files, before=self._rows("people"), read="", weighed="", shared="")
        elif not more and (notes.get("more") or notes.get("files") != files or not files):
            self.tables.drop("records", "people", "keys", "near", "bits")
            self.tables.note(
                files=files, more="", before="0", read="", weighed="", shared="", model="", most="", part="0"
            )
        self._before = int(self.tables.noted()["before"])
        for name in ("people", "records"):
            if self.tables.has(name):
                rows = self.tables.read(f"select id, agency from {name} order by rid")
                self.ids += rows["id"].tolist()
                self.agencies += map(sys.intern, rows["agency"].tolist())

    def _rows(self, name: str) -> str:
        return str(self.tables.read(f"select count(*) n from {name}")["n"][0])

    def take(self, people: Iterable[Person]) -> None:
        """Read the records in, a chunk at a time; `people` without the first `taken`. Raises `Invalid` for no records.

        What was done before is kept.
        """
        if self.tables.noted()["read"]:
            return
        flow = iter(people)
        with _no_collecting():
            while chunk := list(islice(flow, _CHUNK)):
                self._insert(chunk)
        if not self.ids:
            raise Invalid({"files": "There are no records in these files."})
        with self.tables.whole():
            self._apart()
            self._rarity()
            self.tables.note(read="yes")

    def _apart(self) -> None:
        """Records that are added must not use the ids of those that are here."""
        if self._before and self.tables.has("records"):
            met = self.tables.read("select r.id from records r join people p on r.id = p.id limit 1")["id"]
            if len(met):
                raise Invalid({"files": "These files use ids that the folder holds already; --prefix-ids may help."})

    def train(self) -> Model:
        """Weights from these records alone (see `learning.learn`), once for a folder."""
        kept = self.tables.noted()["model"]
        model = loaded(kept) if kept else self._trained()
        self.tables.note(model=model.saved())
        return model

    def _trained(self) -> Model:
        self._told("Learning", 0.0)
        count, total = len(self.ids), self._share()
        drawn = np.random.default_rng(1).integers(0, count, (_RANDOM, 2))
        drawn.sort(axis=1)
        self._blocked("drawn", np.unique(drawn[drawn[:, 0] < drawn[:, 1]], axis=0))
        random = self._patterns("drawn")
        parts = max(1, round(total / _TRAIN))
        self.tables.make("chosen", sieve.met(f"a.rid % {parts} = 0", contradictory=True))
        seen, counts = self._patterns("chosen")
        self.tables.drop("drawn", "chosen")
        return learn(*random, seen, counts * parts, records=count)

    def weigh(self, model: Model) -> Pairs:
        """Every pair that shares a key and has at least one chance in a hundred."""
        by = sha256(model.saved().encode()).hexdigest()
        if self.tables.noted()["weighed"] != by:
            self._weigh(model, by)
        rows = self.tables.read("select * from near order by rid_l, rid_r")
        left, right, weight, *levels = rows.values()
        table = np.column_stack(levels).astype(np.int8)
        answers = model.answers(table) if len(table) else np.zeros((0, 5))
        return Pairs(left.astype(np.int64), right.astype(np.int64), table, weight.astype(np.float64), answers)

    def told(self, model: Model) -> Floats:  # noqa: ARG002 - they were weighed with it
        """How much each record tells, in bits: the weight of the record with itself. Few bits can meet nobody."""
        return np.asarray(self.tables.read("select bits from bits order by rid")["bits"], np.float64)

    def _insert(self, chunk: list[Person]) -> None:
        import pyarrow as pa

        start = len(self.ids)
        self.ids += [each.id for each in chunk]
        self.agencies += [sys.intern(each.agency) for each in chunk]
        met = [keys(each) for each in chunk]
        sizes = np.fromiter(map(len, met), int, len(met))
        flat = np.fromiter((key for each in met for key in each), np.int64, int(sizes.sum()))
        with self.tables.whole():
            self.tables.put("records", pa.table(dict(_columns(chunk, start))))
            numbers = np.repeat(np.arange(start, start + len(chunk)), sizes)
            self.tables.put("keys", pa.table({"key": flat, "rid": numbers}))

    def _rarity(self) -> None:
        """A number from 0 (common) to 3 (very rare) for each name, by how many of the first records have it."""
        count = len(self.ids)
        if not self._before:
            for name, column in _RARE.items():
                key, steps = _first(name, column), " + ".join(f"cast(n < {share * count} as int)" for share in RARE)
                self.tables.make(
                    f"rare_{name}",
                    f"select k, cast({steps} as tinyint) r from "
                    f"(select {key} k, count(*) n from records where {name} <> '' group by 1)",
                )
        new = sum(share * count > 1 for share in RARE)  # a name that nobody had
        rare = ", ".join(
            f"cast(case when p.{name} = '' then 0 else coalesce({name}.r, {new}) end as tinyint) {name}_rare"
            for name in _RARE
        )
        joins = " ".join(
            f"left join rare_{name} {name} on {name}.k = {_first(f'p.{name}', f'p.{column}' if column else '')}"
            for name, column in _RARE.items()
        )
        self.tables.add("people", f"select p.*, {rare} from records p {joins}")
        self.tables.drop("records")

    def _share(self) -> float:
        """Keep the keys that not too many records share (see `_most`); how many pairs they make, some twice."""
        if kept := self.tables.noted()["shared"]:
            return float(kept)
        new = f"where rid >= {self._before} " if self._before else ""
        self.tables.make("fresh", f"select distinct key from keys {new}")
        self.tables.make(
            "sizes",
            f"select key, count(*) n from keys join fresh using (key) group by 1 having count(*) between 2 and {MANY}",
        )
        made = self.tables.read("select n, count(*) * n * (n - 1) / 2 pairs from sizes group by n order by n")
        most = int(self.tables.noted()["most"] or self._most(made["n"].tolist(), made["pairs"].tolist()))
        self.tables.make("shared", f"select key, rid, n from keys join sizes using (key) where n <= {most}")
        self.tables.drop("fresh", "sizes")
        found = float(made["pairs"][made["n"] <= most].sum())
        self.tables.note(most=str(most), shared=str(found))
        return found

    def _most(self, sizes: list[int], pairs: list[float]) -> int:
        """Up to how many records a key may have: `MANY`, or fewer where pairs would be too many (`_BUDGET`)."""
        total, most = 0.0, 2
        for size, made in zip(sizes, pairs, strict=True):
            total += made
            if total > _BUDGET * len(self.ids):
                break
            most = size
        return most

    def _weigh(self, model: Model, by: str) -> None:
        """A part of the records after the other; each is kept as soon as it is done."""
        notes = self.tables.noted()
        parts = max(1, round(self._share() / _AT_ONCE))
        if self._before and notes["by"] != by:
            raise Invalid({"model": "The folder was linked with other weights; link all of it anew to use these."})
        if notes.get("weighing") != by:
            if not self._before:
                self.tables.drop("near", "bits")
            self.tables.note(weighing=by, part="0")
        for part in range(int(self.tables.noted()["part"]), parts):
            self._told("Comparing", part / parts)
            with self.tables.whole():
                self._near(f"a.rid % {parts} = {part}", f"rid % {parts} = {part} and rid >= {self._before}", model)
                self.tables.note(part=str(part + 1))
        self.tables.drop("shared")
        self.tables.note(weighed=by, by=by, weighing="", shared="")

    def _near(self, pairs: str, alone: str, model: Model) -> None:
        """Weigh some pairs and keep the near ones with their levels; weigh some records with themselves."""
        new = f" and b.rid >= {self._before}" if self._before else ""
        self.tables.make(
            "chosen",
            f"select * from ({sieve.levels(sieve.met(pairs + new))}) s where {sieve.weight(model)} >= {_FAINT}",
        )
        weights = self.tables.predicted("chosen", settings(model))
        self.tables.add(
            "near",
            f"select rid_l, rid_r, match_weight, {sieve.NAMES} from {weights} join chosen "
            "on rid_l = join_key_l and rid_r = join_key_r",
        )
        itself = sieve.levels(f"select rid join_key_l, rid join_key_r, '0' match_key from people where {alone}")
        self.tables.add("bits", f"select join_key_l rid, {sieve.weight(model)} bits from ({itself}) s")
        self.tables.drop("chosen", weights)

    def _blocked(self, name: str, pairs: "np.ndarray[Any, np.dtype[np.int64]]") -> None:
        import pyarrow as pa

        self.tables.drop(name)
        match = pa.array(["0"] * len(pairs))
        self.tables.put(name, pa.table({"join_key_l": pairs[:, 0], "join_key_r": pairs[:, 1], "match_key": match}))

    def _patterns(self, pairs: str) -> tuple[Levels, Floats]:
        """The levels of these pairs: a row a pattern, and how many pairs have it."""
        found = sieve.levels(f"select * from {pairs}")
        rows = self.tables.read(f"select {sieve.NAMES}, count(*) n from ({found}) s group by all order by all")
        *levels, counts = rows.values()
        return np.column_stack(levels).astype(np.int8), counts.astype(np.float64)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Records hold no circles; looking for some among millions of them takes a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _first(name: str, column: str) -> str:
    """What a name is counted by: its first reading, or itself."""
    return f"{column}[1]" if column else name


def settings(model: Model) -> dict[str, Any]:
    """The model as Splink reads it."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "rid",
        "probability_two_random_records_match": model.same,
        "blocking_rules_to_generate_predictions": ["l.rid = r.rid"],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "comparisons": [_comparison(place, model) for place in range(len(COMPARISONS))],
    }


def _comparison(place: int, model: Model) -> dict[str, Any]:
    each = COMPARISONS[place]
    unknown = {"sql_condition": each.unknown.sql, "label_for_charts": each.unknown.label, "is_null_level": True}
    conditions = ["ELSE", *(level.sql for level in reversed(each.levels))]
    levels = [
        {
            "sql_condition": conditions[number], "label_for_charts": each.labels[number],
            "m_probability": model.m[place][number], "u_probability": model.u[place][number],
        }
        for number in reversed(range(len(conditions)))
    ]  # fmt: skip
    return {"output_column_name": each.name, "comparison_levels": [unknown, *levels]}


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
