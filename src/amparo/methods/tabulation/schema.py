"""What a snapshot holds: a few tables of coded facts. Every row has a random number, and no table has a name in it.

`child` is the key of a child wherever it stands (a record of one agency, or a cluster of them that linkage says are one
child). `key` is the record key of the cell-key method: 32 bits drawn from a secret, which the record has in every
snapshot. Months are numbers, 202507; None: has not happened, or is not known.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Raised when a column changes its name or its meaning; a reader refuses what it does not know.
EDITION: Final = 1

CODE, MONTH, NUMBER, CODES = "code", "month", "number", "codes"
NOT_RECORDED: Final = "not_recorded"

# `codes` columns hold several codes a row. The first column of a table is its own number.
TABLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "child": {
            "registered": MONTH, "identified": MONTH, "adult": CODE, "sex": CODE, "age": CODE, "age_group": CODE,
            "nationality": CODE, "migration_status": CODE, "care_status": CODE, "separation": CODE, "disability": CODE,
            "region": CODE, "agency_kind": CODE,
        },
        "case": {
            "opened": MONTH, "closed": MONTH, "status": CODE, "risk": CODE, "close_reason": CODE, "missing": CODE,
            "region": CODE, "agency_kind": CODE, "days": NUMBER,
        },
        "incident": {
            "recorded": MONTH, "happened": MONTH, "form": CODE, "setting": CODE, "relationship": CODE,
            "by_a_child": CODE, "how": CODES, "consideration": CODES, "age_then": CODE, "region": CODE,
            "agency_kind": CODE,
        },
        "report": {
            "received": MONTH, "status": CODE, "urgency": CODE, "reporter_kind": CODE, "channel": CODE, "worry": CODES,
            "reported_form": CODES, "outcome": CODE, "close_reason": CODE, "rose": CODE, "region": CODE,
            "agency_kind": CODE, "hours_to_claim": NUMBER, "hours_to_answer": NUMBER,
        },
        "referral": {
            "offered": MONTH, "ended": MONTH, "service": CODE, "status": CODE, "decline_reason": CODE, "outcome": CODE,
            "region": CODE, "agency_kind": CODE, "days": NUMBER,
        },
        "plan": {
            "made": MONTH, "closed": MONTH, "status": CODE, "child_named_a_goal": CODE, "region": CODE,
            "agency_kind": CODE,
        },
        "view": {
            "month": MONTH, "decision": CODE, "given": CODE, "answered": CODE, "region": CODE, "agency_kind": CODE,
        },
        "proceeding": {
            "opened": MONTH, "investigated": MONTH, "prosecuted": MONTH, "decided": MONTH, "convicted": MONTH,
            "repaired": MONTH, "ended": MONTH, "lost": MONTH, "status": CODE, "stage": CODE, "outcome": CODE,
            "reason": CODE, "region": CODE, "agency_kind": CODE, "days": NUMBER,
        },
        "sanction": {"began": MONTH, "lifted": MONTH, "done": CODE, "region": CODE, "agency_kind": CODE},
        "load": {"open_cases": NUMBER, "region": CODE, "agency_kind": CODE},
    }
)  # fmt: skip
# Rows that are about a child say which.
WITH_CHILD: Final = frozenset({"case", "incident", "referral", "plan", "view", "proceeding", "sanction"})


def columns(table: str) -> dict[str, str]:
    """Every column of a table with its kind: its own number, the child if there is one, the record key, the facts."""
    whose = {"child": NUMBER} if table in WITH_CHILD else {}
    return {table: NUMBER, **whose, "key": NUMBER, **TABLES[table]}
