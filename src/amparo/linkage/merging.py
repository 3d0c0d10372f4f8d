"""Two records read as one child: field by field, by a rule that anybody can read. Neither record is changed.

A merge keeps what each field would be and from which record, so it can be undone by forgetting it, and nobody sees more
of a child than before: each agency keeps its own record, and its own case.
"""

from collections.abc import Callable, Sequence
from typing import Any

from amparo.linkage.models import Child

_EXACT = ("day", "month", "year", "estimated")


def _known(records: Sequence[Child], field: str) -> Child:
    """Of the earliest record that knows it: what a child is does not change."""
    return next((each for each in records if _is_known(getattr(each, field))), records[0])


def _latest(records: Sequence[Child], field: str) -> Child:
    """Of the latest record that knows it: how a child lives changes."""
    return _known(records[::-1], field)


def _exact(records: Sequence[Child], _field: str) -> Child:
    """Of the record that knows the birth most exactly, so that year and precision stay together."""

    def vague(each: Child) -> int:
        return _EXACT.index(each.birth_precision) if each.birth_precision in _EXACT else len(_EXACT)

    return min(records, key=vague)


RULES: dict[str, Callable[[Sequence[Child], str], Child]] = {
    "sex": _known, "birth_year": _exact, "birth_precision": _exact, "nationality": _known, "language": _known,
    "migration_status": _latest, "care_status": _latest, "separation": _latest,
}  # fmt: skip


def as_one(one: Child, two: Child) -> dict[str, dict[str, Any]]:
    """For each field the value, the record that it is from, and the rule. What is hard for the child is in both."""
    records = sorted((one, two), key=lambda each: (each.registered_at, each.id))
    read = {}
    for field, rule in RULES.items():
        chosen = rule(records, field)
        read[field] = {"value": getattr(chosen, field), "from": str(chosen.id), "rule": rule.__name__.strip("_")}
    both = {domain: degree for each in records for domain, degree in each.difficulties.items()}
    read["difficulties"] = {"value": both, "from": "", "rule": "both"}
    return read


def _is_known(value: object) -> bool:
    return value not in {None, "", "unknown"}
