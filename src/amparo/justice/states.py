"""How a proceeding may go: which stage may follow which, and how a stage may end.

The stages are those of A/HRC/43/40, paras 94 and 104; the outcomes and reasons are code lists.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.common.types import LifeCycle, moves

PROCEEDING = LifeCycle(
    "proceeding",
    "open",
    moves(end=("open", "ended")),
    _("This proceeding is {status}; that is not possible now."),
    {
        "open": pgettext_lazy("this proceeding is", "open"),
        "ended": pgettext_lazy("this proceeding is", "ended"),
    },
)

# Back from prosecution: the prosecutor wants more investigation. Back from judgment: an appeal is tried.
STAGE = LifeCycle(
    "stage",
    "complaint",
    moves(
        investigation=("complaint prosecution", "investigation"),
        prosecution=("investigation", "prosecution"),
        trial=("prosecution judgment", "trial"),
        judgment=("trial", "judgment"),
        reparation=("judgment", "reparation"),
    ),
    _("This stage is over; that is not possible now."),
    {},
)
STAGES: Final = (STAGE.start, *STAGE.moves)
# Where the law needs no complaint (para 94), an investigation begins by itself.
FIRST: Final = frozenset({"complaint", "investigation"})

# Nobody is more than alleged before a judgment; an appeal may turn it.
PERSON = LifeCycle(
    "person of concern",
    "alleged",
    moves(convict=("alleged acquitted", "convicted"), acquit=("alleged convicted", "acquitted")),
    _("This person is {status}; that is not possible now."),
    {
        "alleged": pgettext_lazy("this person is", "alleged"),
        "convicted": pgettext_lazy("this person is", "convicted"),
        "acquitted": pgettext_lazy("this person is", "acquitted"),
    },
)

VERDICTS: Final = frozenset({"convicted", "acquitted"})
_BROKEN_OFF = frozenset({"ended", "suspended", "transferred", "unknown"})
OUTCOMES: Final = {
    "complaint": _BROKEN_OFF | {"moved_on"},
    "investigation": _BROKEN_OFF | {"moved_on", "charges_brought", "no_charges"},
    "prosecution": _BROKEN_OFF | {"moved_on", "charges_brought", "no_charges"},
    "trial": _BROKEN_OFF | {"moved_on"},
    "judgment": VERDICTS | {"unknown"},
    "reparation": _BROKEN_OFF | {"reparation_ordered", "reparation_paid", "reparation_refused"},
}
# Paras 94 and 104: why a child got no judgment, or no reparation, is what has to be known.
NEEDS_REASON: Final = frozenset({"ended", "suspended", "no_charges", "acquitted", "reparation_refused"})
# After these the next stage may come; after `AGAIN` also the same one, taken up again or by another authority.
LEADS_ON: Final = frozenset({"moved_on", "charges_brought", "convicted", "acquitted", "transferred", "unknown"})
AGAIN: Final = frozenset({"suspended", "transferred"})
# With these a whole proceeding may end.
ENDS: Final = frozenset(
    {
        "ended", "no_charges", "transferred", "unknown", "convicted", "acquitted",
        "reparation_ordered", "reparation_paid", "reparation_refused",
    }
)  # fmt: skip


def may_follow(stage: str, outcome: str) -> list[str]:
    """The stages that may come after `stage` with its `outcome` ("pending": it is still open)."""
    on = STAGE.possible(stage) if outcome in LEADS_ON | {"pending"} else []
    return [*([stage] if outcome in AGAIN else []), *on]
