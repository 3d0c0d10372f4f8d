# ruff: noqa: S608 - the SQL is put together from our own column names and numbers
"""The sieve: which pairs are compared at all, and in one pass their levels and weight. SQL for DuckDB and Spark alike.

A pair is compared when it shares a key. Where it shares few keys, and these with many records, it must not contradict
itself in birth and sex. The limits were chosen on a made-up world of a million records (`python -m bench.size`).
"""

from amparo.methods.linkage.comparisons import BIRTH, COMPARISONS
from amparo.methods.linkage.learning import Model

NAMES = ", ".join(each.name for each in COMPARISONS)
_LEVELS = ", ".join(f"{each.sql} {each.name}" for each in COMPARISONS)
_COMPATIBLE = f"{BIRTH.sql} <> 0 and (l.sex = '' or r.sex = '' or l.sex = r.sex)"
_FEW, _OFTEN = 2, 6


def met(which: str, *, contradictory: bool = False) -> str:
    """The pairs of `shared` keys, each once; `which` records `a` and `b`. With the `contradictory` for learning."""
    kept = "true" if contradictory else f"m.many > {_FEW} or m.fewest <= {_OFTEN} or ({_COMPATIBLE})"
    return (
        "select m.join_key_l, m.join_key_r, m.match_key from "
        "(select a.rid join_key_l, b.rid join_key_r, '0' match_key, count(*) many, min(a.n) fewest "
        f"from shared a join shared b on a.key = b.key and a.rid < b.rid where {which} group by 1, 2) m "
        "join people l on l.rid = m.join_key_l join people r on r.rid = m.join_key_r "
        f"where {kept}"
    )


def levels(pairs: str) -> str:
    """These pairs with the level of each comparison."""
    return (
        f"select p.*, {_LEVELS} from ({pairs}) p "
        "join people l on l.rid = p.join_key_l join people r on r.rid = p.join_key_r"
    )


def weight(model: Model) -> str:
    """The match weight in bits of a pair whose levels are known."""
    prior = repr(model.match_weight([-1] * len(COMPARISONS)))
    return f"({' + '.join([prior, *(_weight(model, place) for place in range(len(COMPARISONS)))])})"


def _weight(model: Model, place: int) -> str:
    each = COMPARISONS[place]
    cases = " ".join(f"when {level} then {model.weight(place, level)!r}" for level in range(len(each.labels)))
    return f"case {each.name} {cases} else 0 end"
