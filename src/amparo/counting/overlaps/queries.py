"""How the lists of agencies overlap: which children are on which of them. Exact, and so for statisticians only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.gate import allow, look, looking
from amparo.access.permissions import Permission
from amparo.cases.facts import meetings
from amparo.common.errors import Invalid
from amparo.common.facts import Facts
from amparo.common.types import Actor
from amparo.counting.overlaps.models import SameChild
from amparo.counting.positions import age_group
from amparo.organisation.facts import region_of

GROUPINGS = ("kind", "agency")
STRATA = ("", "sex", "age_group", "region")
MOST_LISTS = 8


@dataclass(frozen=True)
class Choice:
    """The years (both included), whether a list is a kind of agency or a single agency, and what divides the
    children.
    """

    first: int
    last: int
    grouping: str = "kind"
    strata: str = ""

    def __post_init__(self) -> None:
        if not 1990 <= self.first <= self.last <= 2200:  # noqa: PLR2004 - years
            raise Invalid({"last": _("The last year is before the first.")})
        if self.grouping not in GROUPINGS or self.strata not in STRATA:
            raise Invalid({"grouping": _("Choose from the list.")})


@dataclass(frozen=True)
class Overlap:
    """For each drawing of the links and each stratum ("" without), how many children have which history: bit j is set
    for who is on `lists[j]`.
    """

    lists: tuple[str, ...]
    drawings: tuple[Mapping[str, Mapping[int, int]], ...] = field(default_factory=tuple)

    @property
    def histories(self) -> Counter[int]:
        """Of the first drawing, strata together."""
        found: Counter[int] = Counter()
        for each in self.drawings[0].values():
            found.update(each)
        return found

    @property
    def children(self) -> int:
        return self.histories.total()

    def size(self, place: int) -> int:
        """How many are on one list."""
        return sum(number for history, number in self.histories.items() if history >> place & 1)


@looking
def lists(*, by: Actor, choice: Choice) -> dict[str, int]:
    """The lists that there are, by code, with how many children are on each; the largest first."""
    rule = allow(by, Permission.SNAPSHOT_OPEN)
    rows, same = list(_rows(choice)), _drawings()[0]
    on: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        on[str(row[choice.grouping])].add(_child(row, same))
    look(by, "overlaps:lists", "counts", rule=rule, detail={"first": choice.first, "last": choice.last})
    return {code: len(on[code]) for code in sorted(on, key=lambda code: (-len(on[code]), code))}


@looking
def overlap(*, by: Actor, choice: Choice, chosen: Sequence[str]) -> Overlap:
    """How the chosen lists overlap. Raises `Invalid` for fewer than two, too many, or one twice."""
    rule = allow(by, Permission.SNAPSHOT_OPEN)
    if not 2 <= len(chosen) <= MOST_LISTS or len(set(chosen)) < len(chosen):  # noqa: PLR2004 - two can overlap
        raise Invalid({"lists": _("Choose 2 to {most} lists.").format(most=MOST_LISTS)})
    rows = list(_rows(choice))
    found = Overlap(tuple(chosen), tuple(_histories(rows, choice, chosen, same) for same in _drawings()))
    look(by, "overlaps:read", "counts", rule=rule, detail={"first": choice.first, "last": choice.last})
    return found


def _rows(choice: Choice) -> Iterator[Facts]:
    for row in meetings():
        year = int(str(row["opened"])[:4])
        if choice.first <= year <= choice.last and age_group(year, row["birth_year"]):
            yield row


def _drawings() -> list[dict[UUID, UUID]]:
    """Record to child, a mapping for each drawing; a single empty one where linkage has said nothing."""
    found: dict[int, dict[UUID, UUID]] = defaultdict(dict)
    for drawing, each, child in SameChild.objects.values_list("drawing", "record", "child").iterator(chunk_size=5000):
        found[drawing][each] = child
    return [found[number] for number in sorted(found)] or [{}]


def _histories(
    rows: Iterable[Facts], choice: Choice, chosen: Sequence[str], same: Mapping[UUID, UUID]
) -> dict[str, Counter[int]]:
    """A child stands in the stratum of the first record that tells it."""
    bit = {code: 1 << place for place, code in enumerate(chosen)}
    history: Counter[UUID] = Counter()
    stratum: dict[UUID, str] = {}
    for row in rows:
        if here := bit.get(str(row[choice.grouping])):
            child = _child(row, same)
            history[child] |= here
            if stratum.get(child, "unknown") == "unknown":
                stratum[child] = _stratum(row, choice.strata)
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for child, each in history.items():
        found[stratum[child]][each] += 1
    return {name: found[name] for name in sorted(found)}


def _child(row: Facts, same: Mapping[UUID, UUID]) -> UUID:
    record = UUID(str(row["child"]))
    return same.get(record, record)


def _stratum(row: Facts, strata: str) -> str:
    if strata == "age_group":
        return age_group(int(str(row["opened"])[:4]), row["birth_year"])
    if strata == "region":
        return region_of(str(row["region"]))
    return str(row["sex"]) if strata == "sex" else ""
