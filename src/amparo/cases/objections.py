"""What later steps have against an act on a case: an open referral against closing, an open proceeding against erasing.

Cases cannot know what care and justice hold; each of those says so here, once, when the program starts.
"""

from collections.abc import Callable, Collection
from typing import Literal

from amparo.cases.models import Case
from amparo.common.errors import Conflict

Act = Literal["close", "erase"]
# Says in a sentence what stands against the act on any of the cases, or nothing.
Check = Callable[[Collection[Case]], str]
_checks: dict[Act, list[Check]] = {"close": [], "erase": []}


def against(act: Act, check: Check) -> None:
    """Ask `check` before every `act`."""
    if check not in _checks[act]:
        _checks[act].append(check)


def need_none(act: Act, cases: Collection[Case]) -> None:
    """Raise `Conflict`, with the reason, when something stands against the act on any of `cases`."""
    for check in _checks[act]:
        if why := check(cases):
            raise Conflict(why)
