"""Which counts are of the same records, and how they hang together: what an attacker may lay side by side.

Counts are *kin* when they look at the rows of one table of the snapshot by the same moment: children identified by sex
or by age, services delivered and children served, whatever the year. Of these everything follows from definitions:

* a dimension of which each unit has one code adds up, and is a variable; so does a year of which each unit has one;
* over any other (a child has several services, or is served in several years) each code is a *population* of its own.
  A population that asks more is part of one that asks less; parts that leave nobody out make up the whole at least;
* no more children than rows: children served are at most the services delivered.

Counts by different moments (registered and identified) are not kin: a child of the one year need not be of the other,
and nothing follows for sure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations

import numpy as np
from django.utils.translation import gettext as _

from amparo.common.errors import Conflict, Invalid
from amparo.counting.positions import BANDS
from amparo.methods.disclosure import TOTAL
from amparo.methods.disclosure.frame import Frame, Key, Relation
from amparo.methods.disclosure.system import Numbers
from amparo.methods.tabulation.asking import MOST
from amparo.methods.tabulation.indicators import CHILD, MOMENT, OWN, Indicator, catalogue
from amparo.publication.sheets import REST, Codes, Sheet

POPULATION, TIME = "population", "time"
Counts = Callable[[str, tuple[str, ...], Mapping[str, tuple[str, ...]]], Mapping[Codes, int] | None]
_ALL: frozenset[str] = frozenset({"*"})  # what is not limited is part of no limit
Limits = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True)
class Asked:
    """What one release publishes of an indicator: the first and the last year, and its tables."""

    indicator: str
    first: int
    last: int
    sheets: tuple[Sheet, ...]

    @property
    def of(self) -> Indicator:
        return catalogue().indicator(self.indicator)

    @property
    def family(self) -> tuple[str, str]:
        return self.of.source, self.of.moment


@dataclass(frozen=True)
class Population:
    """The units with these codes: `where` by the indicator's definition, `several` by dimensions that do not add up."""

    unit: str
    where: Limits
    several: Limits

    @property
    def limits(self) -> dict[str, frozenset[str]]:
        return dict((*self.where, *self.several))

    def asks_all_of(self, other: "Population") -> bool:
        """Does whoever belongs here belong there, by the conditions of the other one's definition?"""
        mine = self.limits
        return all(axis in mine and mine[axis] <= codes for axis, codes in other.where)


def axis_of(indicator: Indicator, dimension: str) -> str:
    """The column that a dimension reads; single years and bands of age are one, and so are years and months."""
    found = catalogue().dimensions[dimension]
    if found.of == MOMENT:
        return TIME
    column = "age" if found.column == "age_group" else found.column
    return f"{indicator.source if found.of == OWN else found.of}.{column}"


def single(indicator: Indicator, dimension: str) -> bool:
    """Has each unit at most one code of it?"""
    return indicator.single(catalogue().dimensions[dimension])


def periods(kind: str, first: int, last: int) -> list[str]:
    """The codes of time from one year to another."""
    ends = {"year": [""], "quarter": [f"-Q{n}" for n in range(1, 5)], "month": [f"-{n:02}" for n in range(1, 13)]}
    return [f"{year}{end}" for year in range(first, last + 1) for end in ends[kind]]


@dataclass
class Kin:
    """Releases that are kin, and the counts of the newest snapshot. Raises `Conflict` when they are too many to attack.

    `dimensions`: of each axis the finest dimension that anybody asked.
    """

    asked: Sequence[Asked]
    counts: Counts
    dimensions: dict[str, str] = field(init=False)
    largest: int = 60_000  # unknowns of the attack

    def __post_init__(self) -> None:
        self.dimensions = {}
        for asked, sheet in self._sheets():
            axes = [axis_of(asked.of, dimension) for dimension in sheet.by]
            if len(set(axes)) < len(axes):
                raise Invalid({"by": _("Two dimensions of one table say the same.")})
            for axis, dimension in zip(axes, sheet.by, strict=True):
                self.dimensions[axis] = _finer(dimension, self.dimensions.get(axis, dimension))
        if any(asked.of.moment for asked in self.asked):
            self.dimensions.setdefault(TIME, "year")

    def _sheets(self) -> Iterator[tuple[Asked, Sheet]]:
        return ((asked, sheet) for asked in self.asked for sheet in asked.sheets)

    @cached_property
    def axes(self) -> list[str]:
        """The variables: what adds up for one of the units at least."""
        every = {asked.indicator: asked.of for asked in self.asked}.values()
        return [axis for axis in self.dimensions if any(self._adds_up(of, axis) for of in every)]

    @cached_property
    def populations(self) -> dict[Population, Indicator]:
        """Each with an indicator that counts it."""
        return {
            self._population(asked, sheet, place): asked.of
            for asked in self.asked for sheet in asked.sheets for place in sheet.places
        }  # fmt: skip

    @cached_property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """Of each variable: what a table names, and what the records have besides."""
        found: dict[str, dict[str, None]] = {axis: {} for axis in self.axes}
        for asked, sheet in self._sheets():
            for dimension, listed in zip(sheet.by, sheet.codes, strict=True):
                axis = axis_of(asked.of, dimension)
                if axis in found and axis != TIME:
                    named = (self._finest(axis, dimension, code) for code in listed if code not in {TOTAL, REST})
                    found[axis] |= dict.fromkeys(code for codes in named for code in sorted(codes))
        for counted, _number in (cell for cells in self._counted.values() for cell in cells or ()):
            for axis, code in counted.items():
                found[axis].setdefault(code)
        if TIME in found:
            years = [year for asked in self.asked for year in (asked.first, asked.last)]
            found[TIME] = dict.fromkeys(periods(self.dimensions[TIME], min(years), max(years)))
        return {axis: tuple(codes) for axis, codes in found.items()}

    @cached_property
    def frame(self) -> Frame:
        """The populations apart, and every code of the variables."""
        names = (self._label(each, of) for each, of in self.populations.items())
        size = len(self.populations) * np.prod([len(codes) for codes in self.codes.values()], dtype=float)
        if size > self.largest:
            raise Conflict(_("Too much about the same records is public to attack this table together with all of it."))
        return Frame({POPULATION: tuple(names), **self.codes}, {}, POPULATION)

    @cached_property
    def truth(self) -> Numbers:
        """The counts of every population by all variables; not a number, where this snapshot cannot tell."""
        numbers = np.zeros([len(codes) for codes in self.frame.variables.values()])
        for at, cells in enumerate(self._counted.values()):
            if cells is None:
                numbers[at] = np.nan
            for place, count in cells or ():
                numbers[(at, *(codes.index(place.get(axis, codes[0])) for axis, codes in self.codes.items()))] += count
        return numbers

    def keys(self, asked: Asked, sheet: Sheet) -> dict[Codes, Key]:
        """What each cell of a table counts."""
        numbers = {each: number for number, each in enumerate(self.populations)}
        return {
            place: self._key(
                numbers[self._population(asked, sheet, place)], dict(self._limits(asked, sheet, place, adding=True))
            )
            for place in sheet.places
        }  # fmt: skip

    def _population(self, asked: Asked, sheet: Sheet, place: Codes) -> Population:
        source = asked.of.source
        where = tuple(
            (column if "." in column else f"{source}.{column}", frozenset(codes))
            for column, codes in sorted(asked.of.where.items())
        )  # fmt: skip
        return Population(asked.of.unit, where, tuple(sorted(self._limits(asked, sheet, place, adding=False))))

    def _limits(
        self, asked: Asked, sheet: Sheet, place: Codes, *, adding: bool
    ) -> Iterator[tuple[str, frozenset[str]]]:  # fmt: skip
        """What a cell asks of the axes that add up, or of those that do not."""
        span = frozenset(periods(self.dimensions[TIME], asked.first, asked.last)) if asked.of.moment else None
        for dimension, code, listed in zip(sheet.by, place, sheet.codes, strict=True):
            axis = axis_of(asked.of, dimension)
            if code == TOTAL or single(asked.of, dimension) != adding:
                continue
            limited = self._rest(axis, dimension, listed) if code == REST else self._finest(axis, dimension, code)
            if axis == TIME:
                span = limited
            else:
                yield axis, limited
        if span is not None and self._adds_up(asked.of, TIME) == adding:
            yield TIME, span

    def _finest(self, axis: str, dimension: str, code: str) -> frozenset[str]:
        finest = self.dimensions[axis]
        if dimension == finest:
            return frozenset({code})
        if axis == TIME:
            year = int(code[:4])
            return frozenset(each for each in periods(finest, year, year) if _within(each, code))
        first, last = BANDS.get(code, (0, -1))
        return frozenset(str(age) for age in range(first, min(last, 17) + 1)) or frozenset({code})

    def _rest(self, axis: str, dimension: str, listed: Codes) -> frozenset[str]:
        named = (self._finest(axis, dimension, code) for code in listed if code not in {TOTAL, REST})
        return frozenset(self.codes[axis]).difference(*named)

    def _key(self, population: int, limits: Mapping[str, frozenset[str]]) -> Key:
        return ((population,), *(
            tuple(at for at, code in enumerate(codes) if axis not in limits or code in limits[axis])
            for axis, codes in self.codes.items()
        ))  # fmt: skip

    def _adds_up(self, of: Indicator, axis: str) -> bool:
        dimension = self.dimensions[axis]
        return dimension in of.dimensions and axis_of(of, dimension) == axis and single(of, dimension)

    @cached_property
    def _counted(self) -> dict[Population, list[tuple[dict[str, str], int]] | None]:
        """Of each population its cells, by the variables that its unit has; None: this snapshot cannot tell."""
        return {each: self._count(each, of) for each, of in self.populations.items()}

    def _count(self, population: Population, of: Indicator) -> list[tuple[dict[str, str], int]] | None:
        axes = [axis for axis in self.axes if self._adds_up(of, axis)]
        if len(axes) > MOST:
            raise Conflict(_("Too much about the same records is public to attack this table together with all of it."))
        where = {self.dimensions[axis]: tuple(sorted(codes)) for axis, codes in population.several}
        if TIME in axes:
            years = [year for asked in self.asked for year in (asked.first, asked.last)]
            where["year"] = tuple(periods("year", min(years), max(years)))
        cells = self.counts(of.code, tuple(self.dimensions[axis] for axis in axes), where)
        return None if cells is None else [(dict(zip(axes, place, strict=True)), n) for place, n in cells.items()]

    @cached_property
    def relations(self) -> list[Relation]:
        """All that hold by definition, and in the records at hand."""
        included = [each for each in self._inclusions() if self._holds(each, unknown=True)]
        return included + [each for each in self._covers() if self._holds(each, unknown=False)]

    def _inclusions(self) -> Iterator[Relation]:
        """Whoever belongs to the one belongs to the other."""
        for (a, (small, of)), (b, (large, whole)) in permutations(enumerate(self.populations.items()), 2):
            alike = small.unit == large.unit or (small.unit == CHILD and large.unit == whole.source)
            mine = small.limits
            if alike and small.asks_all_of(large) and all(mine.get(x, _ALL) <= codes for x, codes in large.several):
                shared = {x for x in self.axes if self._adds_up(of, x) and self._adds_up(whole, x)}
                limits = {x: mine[x] for x in self.axes if x in mine and x not in shared and self._adds_up(whole, x)}
                yield Relation((self._key(b, limits),), (self._key(a, {}),), frozenset(shared))

    def _covers(self) -> Iterator[Relation]:
        """Parts that leave nobody out make up the whole at least."""
        numbers = {each: number for number, each in enumerate(self.populations)}
        parts: dict[tuple[Population, str], list[int]] = {}
        for each, number in numbers.items():
            for axis, _limit in each.several:
                parts.setdefault((self._without(each, axis), axis), []).append(number)
        for (base, axis), found in parts.items():
            for whole in (each for each in numbers if self._without(each, axis) == base):
                limit = dict(whole.several).get(axis)
                inside = [at for at in found if self._smaller(list(numbers)[at], axis, limit)]
                if inside:
                    of = self.populations[whole]
                    shared = frozenset(x for x in self.axes if self._adds_up(of, x))
                    yield Relation(tuple(self._key(at, {}) for at in inside), (self._key(numbers[whole], {}),), shared)

    @staticmethod
    def _without(population: Population, axis: str) -> Population:
        rest = tuple(each for each in population.several if each[0] != axis)
        return Population(population.unit, population.where, rest)

    @staticmethod
    def _smaller(population: Population, axis: str, limit: frozenset[str] | None) -> bool:
        return limit is None or dict(population.several)[axis] < limit

    def _holds(self, relation: Relation, *, unknown: bool) -> bool:
        """Do the records say so too? `unknown`: what of one that they cannot judge."""
        summed = tuple(place for place, name in enumerate(self.frame.variables) if name not in relation.each)
        more, less = (sum(self._margin(key, summed) for key in keys) for keys in (relation.more, relation.less))
        left = np.asarray(more - less)
        return unknown if np.isnan(left).any() else bool((left >= 0).all())

    def _margin(self, key: Key, summed: tuple[int, ...]) -> Numbers:
        return np.asarray(self.truth[np.ix_(*key)].sum(axis=summed))

    def _label(self, population: Population, of: Indicator) -> str:
        return " ".join((of.code, *("+".join(sorted(codes)) for _axis, codes in population.several)))


def _finer(one: str, other: str) -> str:
    """Of two dimensions of one axis."""
    order = ("month", "quarter", "year", "age", "age_group")
    return min((one, other), key=lambda each: order.index(each) if each in order else -1)


def _within(period: str, code: str) -> bool:
    """Is a month in a quarter, or anything in its year?"""
    if "-Q" in code and "-Q" not in period:
        return (int(period[-2:]) + 2) // 3 == int(code[-1])
    return period.startswith(code)
