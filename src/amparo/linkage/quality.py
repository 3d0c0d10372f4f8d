"""How good the linkage is, by agency, from the pairs that people judged; and what changed since the run before (S2)."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common.types import Actor
from amparo.linkage.models import Pair, Weights
from amparo.methods.linkage.labelled import Labelled, estimated
from amparo.organisation.models import Agency


@dataclass(frozen=True)
class Line:
    """An agency's links (`agency` None: all agencies): how many, and how good by what people judged."""

    agency: Agency | None
    links: int
    undecided: int
    labelled: Labelled


@dataclass(frozen=True)
class Report:
    """The edition of the weights in use (None before the first run), the lines, and what drifted."""

    weights: Weights | None
    lines: list[Line]
    drift: list[dict[str, Any]]


@gated
def report(*, by: Actor) -> Report:
    """All agencies together, then each. Three statements and the audit row's."""
    rule = allow(by, Permission.LINKAGE_QUALITY)
    record(by, "linkage:quality_read", "links", rule=rule)
    newest = Weights.objects.order_by("-number").first()
    if newest is None:
        return Report(None, [], [])
    judged = _judged()
    agencies = {str(each.id): each for each in Agency.objects.filter(id__in=[each for each in newest.bands if each])}
    names = ["", *sorted(agencies, key=lambda each: agencies[each].name)]
    lines = [_line(agencies.get(each), newest.bands[each], judged[each]) for each in names if each in newest.bands]
    return Report(newest, lines, newest.drift)


def _line(agency: Agency | None, sizes: Mapping[str, int], judged: Mapping[str, Counter[bool]]) -> Line:
    counted = {band: (found[True], found.total()) for band, found in judged.items()}
    links = sizes.get("sure", 0) + sizes.get("linked", 0)
    return Line(agency, links, sizes.get("doubt", 0), estimated(sizes, counted))


def _judged() -> dict[str, dict[str, Counter[bool]]]:
    """By agency ("" for all) and band: how many judged pairs are of one child (True), and of two."""
    found: dict[str, dict[str, Counter[bool]]] = defaultdict(lambda: defaultdict(Counter))
    done = Pair.objects.filter(status__in=["decided", "merged", "parted"]).exclude(opinions__verdict="cannot_tell")
    for band, status, one, two in done.values_list("band", "status", "one__agency", "two__agency"):
        for whose in {"", str(one), str(two)}:
            found[whose][band][status == "merged"] += 1
    return found
