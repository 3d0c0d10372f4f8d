"""How a report may move. An answer moves nothing: a reporter who was answered may still need protection."""

from amparo.common.types import LifeCycle, moves

REPORT = LifeCycle(
    "report",
    "new",
    moves(
        claim=("new", "claimed"),
        release=("claimed triaged", "new"),
        rise=("new claimed", "new"),
        triage=("claimed triaged", "triaged"),
        forward=("triaged", "new"),
        accept=("triaged", "accepted"),
        close=("triaged", "closed"),
        reopen=("closed", "new"),
    ),
)
# Somebody still has to do something; in the first two nobody has judged the report yet.
UNJUDGED = frozenset({"new", "claimed"})
OPEN = UNJUDGED | {"triaged"}
