"""A filled questionnaire comes in: whole or not at all, and every answer waits for a second person."""

from pathlib import Path

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.common.types import Actor
from amparo.monitoring.actions import settle, unheard
from amparo.monitoring.assessing import take_answers
from amparo.monitoring.documents import questionnaire
from amparo.monitoring.importing.reading import Outcome, Refusal, Told


@gated
def import_questionnaire(
    *, by: Actor, file: Path, dry_run: bool = False, keep_good: bool = False, told: Told = unheard
) -> Outcome:
    """Take the answers of a filled questionnaire and submit them. Raises `Invalid`; a refusal names sheet and cell."""
    rule = allow(by, Permission.ASSESSMENT_WRITE)
    outcome = take_answers(by=by, rows=questionnaire.rows(file))
    told(file.stat().st_size)
    outcome.refusals = [
        Refusal(0, questionnaire.place(each.line, each.column), f"{each.column} {each.rule}")
        for each in outcome.refusals
    ]
    return settle(by, rule, "questionnaire", outcome, dry_run=dry_run, keep_good=keep_good)
