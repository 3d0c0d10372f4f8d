"""The matching compartment: keyed hashes of name skeletons, never a readable name, never shown.

Two kinds of tokens. Under the national key, every pair of parts of the name with a birth year, each part in each of its
readings and, for a pet name, by its formal name (`methods.linkage.names`): "have we met this child?" meets on two
parts, or on one when only one is given, and looks a year to either side, because a birth year is often an estimate.
Under a key of the agency, every skeleton alone, and without each of its letters: by these a worker finds their own
cases, one typing error in a part of the name forgiven.
"""

from collections.abc import Iterable
from itertools import combinations, product
from uuid import UUID

from amparo.linkage import names
from amparo.linkage.models import Child
from amparo.vault import lookups

_NATIONAL = "national"
_ENOUGH = 20
_MANY = 1000
# A shorter skeleton without one of its letters fits almost any name.
_LONG_ENOUGH = 4


def remember(child: Child, written: list[str]) -> None:
    """Let a child be met again by the parts of the name, and found by its own agency."""
    remember_many([(child, written)])


def remember_many(many: Iterable[tuple[Child, list[str]]]) -> None:
    """Let each child be met again by the parts of its name, and found by its own agency."""
    lookups.remember_many({child.id: _all_tokens(child, written) for child, written in many})


def _all_tokens(child: Child, written: list[str]) -> list[int]:
    mine = [token for group in _named(written, child.agency_id) for token in group]
    return [*_tokens(written, [child.birth_year]), *mine]


def candidates(written: list[str], birth_year: int | None) -> list[Child]:
    """Children that may be the same, at most twenty; walled ones are left out by the caller's rules."""
    years = [birth_year] if birth_year is None else [birth_year - 1, birth_year, birth_year + 1, None]
    subjects: dict[object, None] = {}
    for year in years:
        for each in lookups.having_any(_tokens(written, [year]), limit=_ENOUGH):
            subjects[each] = None
    return list(Child.objects.filter(id__in=list(subjects)).select_related("agency")[:_ENOUGH])


def named(written: str, agency: UUID, *, every_part: bool) -> list[UUID]:
    """Children of an agency with every part of the name (or, looser, with any of them), the closest first."""
    groups = _named([written], agency)
    if not every_part:
        groups = [[token for group in groups for token in group]] if groups else []
    return lookups.having_each(groups, limit=_MANY)


def _tokens(written: list[str], years: list[int | None]) -> list[int]:
    parts = names.readings(*written)
    pairs = {"+".join(sorted(pair)) for one, two in combinations(parts, 2) for pair in product(one, two)}
    keys = sorted(pairs) or [reading for each in parts for reading in each]
    return [lookups.token("child", _NATIONAL, f"{key} {year or ''}") for key in keys for year in years]


def _named(written: list[str], agency: UUID) -> list[list[int]]:
    """For each part of a name its tokens: the skeleton, and the skeleton without each of its letters."""
    return [
        [lookups.token("name", str(agency), spelling) for spelling in _spellings(part)]
        for part in names.skeletons(*written)
    ]


def _spellings(part: str) -> list[str]:
    if len(part) < _LONG_ENOUGH:
        return [part]
    return [part, *sorted({part[:at] + part[at + 1 :] for at in range(len(part))})]
