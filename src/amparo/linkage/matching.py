"""The matching compartment: keyed hashes of name skeletons with a birth year, never a readable name, never shown.

Every pair of (skeleton, birth year) becomes a token under the national matching key. A search meets on two skeletons,
or on one when only one is given, and looks a year to either side, because a birth year is often an estimate.
"""

from collections.abc import Iterable
from itertools import combinations

from amparo.linkage import names
from amparo.linkage.models import Child
from amparo.vault import lookups

_NATIONAL = "national"
_ENOUGH = 20


def remember(child: Child, written: list[str]) -> None:
    """Let a child be met again by the parts of the name."""
    remember_many([(child, written)])


def remember_many(many: Iterable[tuple[Child, list[str]]]) -> None:
    """Let each child be met again by the parts of its name."""
    lookups.remember_many({child.id: _tokens(written, [child.birth_year]) for child, written in many})


def candidates(written: list[str], birth_year: int | None) -> list[Child]:
    """Children that may be the same, at most twenty; walled ones are left out by the caller's rules."""
    years = [birth_year] if birth_year is None else [birth_year - 1, birth_year, birth_year + 1, None]
    subjects: dict[object, None] = {}
    for year in years:
        for each in lookups.having_any(_tokens(written, [year]), limit=_ENOUGH):
            subjects[each] = None
    return list(Child.objects.filter(id__in=list(subjects)).select_related("agency")[:_ENOUGH])


def _tokens(written: list[str], years: list[int | None]) -> list[int]:
    parts = names.skeletons(*written)
    keys = ["+".join(pair) for pair in combinations(parts, 2)] or parts
    return [lookups.token("child", _NATIONAL, f"{key} {year or ''}") for key in keys for year in years]
