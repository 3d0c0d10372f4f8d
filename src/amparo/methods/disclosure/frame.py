"""What can be counted: variables with their finest codes, and groups of codes; cells are products of sets of codes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from amparo.common.errors import Invalid

TOTAL = "Total"
Part = tuple[int, ...]  # a set of finest codes of one variable, by their place, in order
Key = tuple[Part, ...]  # one part a variable: what a cell counts, whatever the tables call it


@dataclass(frozen=True)
class Frame:
    """Variables and groups. Raises `Invalid` for a code that stands twice, or a group with a hole.

    `apart`: a variable whose codes are different populations; over it nothing adds up, and there is no total.
    """

    variables: Mapping[str, Sequence[str]]
    groups: Mapping[str, Mapping[str, Sequence[str]]]
    apart: str = ""
    _parts: dict[tuple[str, str], Part] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name, codes in self.variables.items():
            if isinstance(codes, str) or not codes or len(set(codes)) < len(codes) or TOTAL in codes:
                raise Invalid({name: f"A variable needs codes, each of them once, and none of them {TOTAL}."})
            places = {code: (place,) for place, code in enumerate(codes)}
            self._parts.update({(name, code): part for code, part in places.items()})
            self._parts[name, TOTAL] = tuple(range(len(codes)))
        for name, groups in self.groups.items():
            if name not in self.variables:
                raise Invalid({"groups": f"There is no variable {name}."})
            if not isinstance(groups, Mapping) or any(isinstance(codes, str) for codes in groups.values()):
                raise Invalid({name: "Groups are names, each with a list of codes."})
            for group in groups:
                self._part_of_group(name, group, ())

    def _part_of_group(self, name: str, code: str, above: tuple[str, ...]) -> Part:
        """A group may hold groups. Raises `Invalid` for one that holds itself, or a code that is not there."""
        groups = self.groups.get(name, {})
        if code not in groups:
            if (name, code) not in self._parts:
                raise Invalid({name: f"The group {above[-1]} holds {code}, which is no code and no group."})
            return self._parts[name, code]
        if code in above:
            raise Invalid({name: f"The group {code} holds itself: {' > '.join((*above, code))}."})
        if code in self.variables[name] or code == TOTAL:
            raise Invalid({name: f"{code} is a code and a group at once."})
        held = [each for child in groups[code] for each in self._part_of_group(name, child, (*above, code))]
        if not held or len(set(held)) < len(held):
            raise Invalid({name: f"The group {code} is empty, or holds a code twice."})
        self._parts[name, code] = tuple(sorted(held))
        return self._parts[name, code]

    def part(self, name: str, code: str) -> Part:
        """The finest codes that a code, a group or the total stands for. Raises `Invalid`."""
        if (name, code) not in self._parts:
            raise Invalid({name: f"There is no code and no group {code}."})
        return self._parts[name, code]

    def key(self, cell: Mapping[str, str], where: Mapping[str, Part] | None = None) -> Key:
        """What a cell counts; a variable that it does not name is not limited. Raises `Invalid`."""
        if unknown := sorted(set(cell) - set(self.variables)):
            raise Invalid({unknown[0]: f"There is no variable {unknown[0]}."})
        limits = where or {}
        parts = []
        for name in self.variables:
            part = self.part(name, cell.get(name, TOTAL))
            parts.append(tuple(each for each in part if each in limits[name]) if name in limits else part)
        return tuple(parts)


@dataclass(frozen=True)
class Request:
    """A table that somebody wants published: codes of some variables, margins as codes too, of those in `where`."""

    id: str
    axes: tuple[tuple[str, tuple[str, ...]], ...]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def cells(self, frame: Frame) -> Iterator[tuple[dict[str, str], Key]]:
        """Every cell in the table's order, as it is named and as what it counts."""
        limits = {
            name: tuple(sorted({each for code in codes for each in frame.part(name, code)}))
            for name, codes in self.where.items()
        }
        names = [name for name, _codes in self.axes]
        for codes in product(*(codes for _name, codes in self.axes)):
            cell = dict(zip(names, codes, strict=True))
            yield cell, frame.key(cell, limits)


def limit_name(frame: Frame, name: str, codes: Sequence[str]) -> str:
    """The one code, group or total that these codes are together, or their names joined."""
    part = tuple(sorted({place for code in codes for place in frame.part(name, code)}))
    known = [*frame.variables[name], TOTAL, *frame.groups.get(name, {})]
    return next((each for each in known if frame.part(name, each) == part), "+".join(codes))


def named_limits(frame: Frame, request: Request) -> dict[str, str]:
    """What a table is limited to, as each of its cells says it."""
    return {name: limit_name(frame, name, codes) for name, codes in request.where.items()}


def where_of(request: Request) -> dict[str, dict[str, list[str]]]:
    """… and as the table says it."""
    return {"where": {name: list(codes) for name, codes in request.where.items()}} if request.where else {}


@dataclass(frozen=True)
class Relation:
    """What `more` counts together is at least what `less` counts together: for every code of the variables `each`."""

    more: tuple[Key, ...]
    less: tuple[Key, ...]
    each: frozenset[str]
