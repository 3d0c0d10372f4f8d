"""The words behind a child's care, opened for a purpose.

Never gated as a whole: the record of a look is committed before anything is decrypted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from amparo.care.queries import Care, care
from amparo.common.types import Actor
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal_many


@dataclass(frozen=True)
class Words:
    """What was written or said: about which kind of thing, its code, when, and the words."""

    kind: str
    code: str
    at: datetime | None
    text: str


def words(*, by: Actor, case: UUID, compartment: Compartment, purpose: str) -> list[Words]:
    """The words of a child's care in one compartment, opened for a purpose. Raises `Refused`, `Invalid`, `Erased`."""
    found = care(by=by, case=case)
    closed = [each for each in _pointers(found, compartment) if each[0]]
    subjects = {pointer: found.case for pointer, *_rest in closed}
    opened = reveal_many(by=by, subjects=subjects or {}, compartment=compartment, purpose=purpose)
    return [Words(kind, code, at, opened[pointer]) for pointer, kind, code, at in closed if pointer in opened]


def _pointers(found: Care, compartment: Compartment) -> list[tuple[Any, str, str, datetime | None]]:
    latest = found.codes[0].assessment if found.codes else None
    if compartment == Compartment.HEALTH:
        return [(latest.health, "assessment", "", latest.at)] if latest else []
    rows: list[tuple[Any, str, str, datetime | None]] = []
    if latest:
        rows.append((latest.narrative, "assessment", "", latest.at))
    if found.plan:
        rows += [(goal.words, "goal", goal.domain, None) for goal in found.plan.goals]
    for view in found.views:
        rows += [(view.words, "child_view", view.decision, view.at)]
        rows += [(view.answer, "answer_to_child", view.decision, view.answered_at)]
    rows += [(each.feedback, "feedback", each.service, each.ended_at) for each in found.referrals]
    return rows
