"""How good a linkage is where the truth is known: pairs, groups, twins, siblings, the count; by script and culture."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Truth = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Quality:
    """Shares from 0 to 1; None where there was nothing to judge by."""

    precision: float | None
    recall: float | None
    f1: float | None
    linkable_f1: float | None
    twins_merged: float | None
    siblings_merged: float | None
    over_merged: float | None
    children: int
    counted: int
    count_error: float
    cross_script_recall: float | None
    culture_gap: float | None
    by_culture: dict[str, float]


def judge(ids: Sequence[str], group: Sequence[int], truth: Truth) -> Quality:
    """Judge groups against the truth: by record its `person_id`, and where they are known its `household_id`,
    `twin_set_id`, `culture`, `script` and whether it is `minimal` (1: almost empty).
    """
    known = [place for place, each in enumerate(ids) if each in truth]
    person = {place: truth[ids[place]]["person_id"] for place in known}
    true, made = set(_pairs(known, person)), set(_pairs(known, {place: group[place] for place in known}))
    hit = true & made
    full = {place for place in known if truth[ids[place]].get("minimal") != "1"}
    twins, siblings = _households(known, ids, truth)
    culture = {place: truth[ids[place]].get("culture", "") for place in known}
    script = {place: truth[ids[place]].get("script", "") for place in known}
    crossed = {pair for pair in true if script[pair[0]] != script[pair[1]]}
    by_culture = {
        name: _f1(
            {pair for pair in true if culture[pair[0]] == name},
            {pair for pair in made if name in (culture[pair[0]], culture[pair[1]])},
        )
        for name in sorted(set(culture.values()))
        if name
    }
    recalls = [value for value in by_culture.values() if value is not None]
    children, counted = len(set(person.values())), len({group[place] for place in known})
    return Quality(
        _share(len(hit), len(made)), _share(len(hit), len(true)), _f1(true, made),
        _f1(_within(true, full), _within(made, full)),
        _merged(twins, known, person, group), _merged(siblings, known, person, group), _over(known, person, group),
        children, counted, counted / children - 1 if children else 0.0,
        _share(len(crossed & made), len(crossed)), max(recalls) - min(recalls) if len(recalls) > 1 else None,
        {name: value for name, value in by_culture.items() if value is not None},
    )  # fmt: skip


def _pairs(places: Iterable[int], of: Mapping[int, object]) -> Iterable[tuple[int, int]]:
    inside: dict[object, list[int]] = {}
    for place in places:
        inside.setdefault(of[place], []).append(place)
    for each in inside.values():
        yield from combinations(each, 2)


def _within(pairs: set[tuple[int, int]], kept: set[int]) -> set[tuple[int, int]]:
    return {pair for pair in pairs if pair[0] in kept and pair[1] in kept}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(true: set[tuple[int, int]], made: set[tuple[int, int]]) -> float | None:
    return 2 * len(true & made) / (len(true) + len(made)) if true or made else None


def _households(
    known: list[int], ids: Sequence[str], truth: Truth
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs of persons who are twins, and who are other brothers and sisters."""
    home: dict[str, dict[str, str]] = {}
    for place in known:
        row = truth[ids[place]]
        if row.get("household_id"):
            home.setdefault(row["household_id"], {})[row["person_id"]] = row.get("twin_set_id", "")
    twins: set[tuple[str, str]] = set()
    siblings: set[tuple[str, str]] = set()
    for inside in home.values():
        for (one, a), (two, b) in combinations(sorted(inside.items()), 2):
            (twins if a and a == b else siblings).add((one, two))
    return twins, siblings


def _merged(
    couples: set[tuple[str, str]], known: list[int], person: Mapping[int, str], group: Sequence[int]
) -> float | None:
    """The share of these pairs of persons of whom any two records stand in one group."""
    inside: dict[int, set[str]] = {}
    for place in known:
        inside.setdefault(group[place], set()).add(person[place])
    joined = {pair for each in inside.values() for pair in combinations(sorted(each), 2)}
    return _share(len(couples & joined), len(couples))


def _over(known: list[int], person: Mapping[int, str], group: Sequence[int]) -> float | None:
    """The share of persons who stand in a group with somebody else."""
    inside: dict[int, set[str]] = {}
    for place in known:
        inside.setdefault(group[place], set()).add(person[place])
    mixed = {each for names in inside.values() if len(names) > 1 for each in names}
    return _share(len(mixed), len(set(person.values())))


def sizes(group: Iterable[int]) -> Counter[int]:
    """How many groups have how many records."""
    return Counter(Counter(group).values())
