"""Proceedings for tests, made by the same actions that people use."""

from datetime import date, timedelta

from amparo.common import clock
from amparo.common.types import IMPORTER
from amparo.justice import actions
from amparo.justice.models import Proceeding

WAY = ("investigation", "prosecution", "trial", "judgment")


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def open_proceeding(house, case, *, days: int = 100, stage: str = "complaint") -> Proceeding:
    return actions.open_proceeding(
        by=IMPORTER, case=case, lead=house.agencies["SOUTH"], stage=stage, on=ago(days)
    )  # fmt: skip


def judged(house, case, outcome: str) -> Proceeding:
    """A proceeding that walked to a judgment."""
    proceeding = open_proceeding(house, case)
    for number, stage in enumerate(WAY):
        actions.move(by=IMPORTER, proceeding=proceeding, stage=stage, on=ago(90 - number))
    reason = "evidence_insufficient" if outcome == "acquitted" else ""
    actions.end_stage(by=IMPORTER, proceeding=proceeding, outcome=outcome, reason=reason, on=ago(10))
    proceeding.refresh_from_db()
    return proceeding
