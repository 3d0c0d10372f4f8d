"""Coded facts of every step as the tables of a snapshot.

Records of one child, as linkage says, are one row: its facts are the first known of its records, in the order in which
they were met. Rows are numbered at random, for their order would tell who came first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np

from amparo.care import facts as care
from amparo.cases import facts as cases
from amparo.common.facts import Facts
from amparo.counting.overlaps.models import SameChild
from amparo.counting.positions import age_group
from amparo.intake import facts as intake
from amparo.justice import facts as justice
from amparo.linkage import facts as linkage
from amparo.methods.disclosure.cellkey import record_keys
from amparo.methods.extra import arrow
from amparo.methods.tabulation.columns import as_table
from amparo.methods.tabulation.schema import CODE, MONTH, NOT_RECORDED, TABLES
from amparo.organisation.facts import agencies, region_of

_BATCH = 5000
_SILENT = frozenset({"", "unknown", "not_asked", "refused", "not_applicable"})
_ATTRIBUTES = ("sex", "birth_year", "nationality", "migration_status", "care_status", "separation")
# The module's own cut-off: a lot of difficulty, or none at all possible, in at least one domain.
_DISABLED = frozenset({"a_lot", "cannot"})
_REACHED = {"investigation": "investigated", "prosecution": "prosecuted"}
_REPAIRED = frozenset({"reparation_ordered", "reparation_paid"})


class Drawing:
    """One walk through the facts. `secret`: of the record keys, the same in every snapshot."""

    def __init__(self, secret: bytes) -> None:
        self.secret, self.random = secret, np.random.default_rng()
        self.agencies = agencies()
        self.same = {
            str(record): str(child)
            for record, child in SameChild.objects.filter(drawing=0).values_list("record", "child").iterator()
        }
        self.children = self._children()
        order = self.random.permutation(len(self.children)).tolist()
        self.numbers = dict(zip(self.children, order, strict=True))

    def tables(self) -> dict[str, Any]:
        """Every table as Arrow columns."""
        return {
            "child": self._table("child", self.children.values()),
            "case": self._table("case", map(self._at_agency, cases.cases())),
            "incident": self._table("incident", map(self._incident, cases.incidents())),
            "report": self._table("report", map(self._report, intake.reports())),
            "referral": self._table("referral", map(self._referral, care.referrals())),
            "plan": self._table("plan", map(self._plan, care.plans())),
            "view": self._table("view", map(self._at_agency, care.views())),
            "proceeding": self._table("proceeding", self._proceedings()),
            "sanction": self._table("sanction", map(self._sanction, justice.sanctions())),
            "load": self._table("load", map(self._load, enumerate(cases.loads()))),
        }

    def who(self, record: object) -> str:
        """The child whose record this is."""
        return self.same.get(str(record), str(record))

    def _children(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        met: dict[str, Facts] = {}
        for row in cases.meetings():
            met.setdefault(self.who(row["child"]), row)
        for row in linkage.children():
            child = self.who(row["child"])
            there = found.setdefault(child, {"child": child, "registered": row["registered"], "degrees": set()})
            for name in _ATTRIBUTES:
                if there.get(name) is None or there[name] in _SILENT:
                    there[name] = row[name]
            there["degrees"] |= set(row["difficulties"])  # type: ignore[arg-type]
            there.setdefault("agency", row["agency"])
        return {child: self._child(row, met.get(child)) for child, row in found.items()}

    def _child(self, row: dict[str, Any], first: Facts | None) -> dict[str, Any]:
        kind, path = self.agencies[row["agency"]]
        identified = str(first["opened"]) if first else None
        year = int((identified or row["registered"])[:4])
        band, born = age_group(year, row["birth_year"]), row["birth_year"]
        age = "unknown" if band == "unknown" else str(min(year - born, 17)) if band else "adult"
        return row | {
            "identified": identified, "adult": "no" if band else "yes", "age": age, "age_group": band or "adult",
            "disability": _disability(row["degrees"]), "agency_kind": str(first["kind"]) if first else kind,
            "region": region_of(str(first["region"]) if first else path),
        }  # fmt: skip

    def _at_agency(self, row: Facts) -> dict[str, Any]:
        """With region and kind of the agency that has the record."""
        kind, path = self.agencies.get(str(row["agency"]), (NOT_RECORDED, ""))
        return {**row, "region": region_of(path), "agency_kind": kind}

    def _incident(self, row: Facts) -> dict[str, Any]:
        here = self._at_agency(row)
        age = "unknown" if row["age"] is None else str(row["age"])
        return here | {"age_then": age, "region": region_of(str(row["region"])) if row["region"] else here["region"]}

    def _report(self, row: Facts) -> dict[str, Any]:
        lists = {"worry": _codes(row["worries"]), "reported_form": _codes(row["forms"])}
        return self._at_agency(row) | lists

    def _referral(self, row: Facts) -> dict[str, Any]:
        return self._at_agency({**row, "agency": row["provider"]})

    def _plan(self, row: Facts) -> dict[str, Any]:
        return self._at_agency(row) | {"child_named_a_goal": bool(row["goals_said_by_child"])}

    def _sanction(self, row: Facts) -> dict[str, Any]:
        return self._at_agency(row) | {"sanction": row["record"], "done": row["sanction"]}

    def _load(self, numbered: tuple[int, Facts]) -> dict[str, Any]:
        number, row = numbered
        return self._at_agency(row) | {"load": f"{row['agency']} {number}"}

    def _proceedings(self) -> Iterator[dict[str, Any]]:
        stages: dict[str, list[Facts]] = defaultdict(list)
        for stage in justice.stages():
            stages[str(stage["proceeding"])].append(stage)
        for row in justice.proceedings():
            yield self._at_agency(row) | _course(row, stages[str(row["proceeding"])])

    def _table(self, name: str, rows: Iterable[Mapping[str, Any]]) -> Any:
        """Batch by batch into columns; then numbered and ordered at random."""
        walk = iter(rows)
        batches = []
        while batch := list(islice(walk, _BATCH)):
            batches.append(as_table(name, self._finished(name, batch)))
        whole = arrow().concat_tables(batches) if batches else as_table(name, [])
        numbers = (
            [self.numbers[child] for child in self.children] if name == "child" else self.random.permutation(len(whole))
        )
        whole = whole.set_column(0, name, arrow().array(numbers, arrow().int64()))
        return whole.sort_by(name).combine_chunks()

    def _finished(self, name: str, rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
        names = [str(row[name]) for row in rows]
        keys = record_keys(names, self.secret).tolist()
        return [
            {
                "key": key,
                **({"child": self.numbers[self.who(row["child"])]} if "child" in row and name != "child" else {}),
                **{column: _value(row.get(column), kind) for column, kind in TABLES[name].items()},
            }
            for key, row in zip(keys, rows, strict=True)
        ]


def _value(value: Any, kind: str) -> Any:
    if kind == CODE:
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value or NOT_RECORDED
    return int(value.replace("-", "")) if kind == MONTH and value else value or (0 if value == 0 else None)


def _codes(joined: object) -> list[str]:
    return [code for code in str(joined).split(",") if code]


def _disability(degrees: set[str]) -> str:
    if degrees & _DISABLED:
        return "yes"
    return "no" if degrees - _SILENT else "unknown"


def _course(row: Facts, stages: list[Facts]) -> dict[str, Any]:
    """The months in which a proceeding came to where it came; the last judgment decides, for an appeal may turn it."""
    course: dict[str, Any] = {}
    for stage in stages:
        if name := _REACHED.get(str(stage["stage"])):
            course.setdefault(name, stage["began"])
        elif stage["stage"] == "judgment" and stage["ended"]:
            course.setdefault("decided", stage["ended"])
            course["convicted"] = stage["ended"] if stage["outcome"] == "convicted" else None
        elif stage["stage"] == "reparation" and stage["outcome"] in _REPAIRED:
            course["repaired"] = stage["ended"]
    lost = row["status"] == "ended" and not course.get("convicted") and row["outcome"] != "transferred"
    return course | {"lost": row["ended"] if lost else None}
