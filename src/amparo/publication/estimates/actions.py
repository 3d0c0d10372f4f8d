"""How many children no list has: one person asks and justifies, the worker computes, two others check."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import AmparoError, Conflict, Invalid, NotFound
from amparo.common.ids import new_id, new_reference
from amparo.common.types import Actor
from amparo.counting.overlaps.queries import Choice, overlap
from amparo.methods.hidden import METHODS, SEED, TIMES, Caution, How, Report, compose, questions
from amparo.publication import publishing
from amparo.publication.estimates import keeping, words
from amparo.publication.estimates.models import Estimate
from amparo.publication.estimates.states import ESTIMATE


@gated
def draft(
    *, by: Actor, choice: Choice, lists: Sequence[str], methods: Sequence[str] = (), boot: int = TIMES,
    seed: int = SEED,
) -> Estimate:  # fmt: skip
    """Seal how the chosen lists overlap now, and queue the estimate for the worker. Without `methods`: all of them.

    Raises `Invalid` for a method that there is not or an empty list, `Conflict` for too few children.
    """
    rule = allow(by, Permission.ESTIMATE_DRAFT)
    asked = list(dict.fromkeys(methods)) or list(METHODS)
    if set(asked) - set(METHODS):
        raise Invalid({"methods": _("Choose from the list.")})
    found = overlap(by=by, choice=choice, chosen=lists)
    if not all(found.size(place) for place in range(len(lists))):
        raise Invalid({"lists": _("A list has nobody in these years: leave it out.")})
    if found.children < keeping.FEWEST:
        words_ = _("These lists hold fewer than {fewest} children: too few to estimate from.")
        raise Conflict(words_.format(fewest=keeping.FEWEST))
    questions(keeping.table_of(found, choice.strata), asked, How(boot, seed))
    estimate = Estimate(
        id=new_id(), reference=new_reference("N"), first_year=choice.first, last_year=choice.last,
        grouping=choice.grouping, strata=choice.strata, lists=list(lists), methods=asked, boot=boot, seed=seed,
        asked=len(asked), drafted_by=by.id, drafted_at=clock.now(),
    )  # fmt: skip
    estimate.sealed = keeping.sealed(estimate.id, found)
    estimate.save(force_insert=True)
    record(by, "estimate:drafted", "estimate", estimate.id, rule=rule, detail={"lists": len(lists)})
    return estimate


def compute(*, by: Actor) -> int:
    """The worker's next step: one method of the estimate that waits longest. Returns how many were done, 0 or 1.

    It is computed between two transactions, so that nobody waits for it; if two workers do the same, one is lost.
    """
    waiting = _next(by=by)
    if waiting is None:
        return 0
    try:
        waiting.answers = [*waiting.answers, _answered(waiting)]
        report = _report(waiting) if len(waiting.answers) == waiting.asked else None
    except (AmparoError, ArithmeticError, ValueError, np.linalg.LinAlgError) as error:
        _give_up(by=by, estimate=waiting, why=type(error).__name__)
        return 1
    _keep(by=by, estimate=waiting, report=report)
    return 1


@gated
def _next(*, by: Actor) -> Estimate | None:
    allow(by, Permission.CLOCKS_RUN)
    return Estimate.objects.filter(status=ESTIMATE.start).order_by("drafted_at", "id").first()


def _answered(estimate: Estimate) -> list[dict[str, Any]]:
    """What the next method says of each part."""
    overlap_ = keeping.opened(estimate.id, bytes(estimate.sealed))
    table = keeping.table_of(overlap_, estimate.strata)
    method = estimate.methods[estimate.done]
    return [keeping.kept(each.answer()) for each in questions(table, [method], How(estimate.boot, estimate.seed))]


@gated
def _keep(*, by: Actor, estimate: Estimate, report: Report | None) -> None:
    """Keep what the methods said so far; once there is a report, their answers are put away."""
    rule = allow(by, Permission.CLOCKS_RUN)
    found = _locked(estimate)
    if found.status != ESTIMATE.start or found.done != estimate.done:
        return
    found.answers, found.done = estimate.answers, found.done + 1
    if report is not None:
        found.told, found.answers = report.plain(), []
        for column, value in keeping.leaving(report).items():
            setattr(found, column, value)
        found.status = ESTIMATE.after(found.status, "compute")
        record(by, "estimate:computed", "estimate", found.id, rule=rule)
    found.save()


@gated
def _give_up(*, by: Actor, estimate: Estimate, why: str) -> None:
    rule = allow(by, Permission.CLOCKS_RUN)
    found = _locked(estimate)
    found.status = ESTIMATE.after(found.status, "fail")
    found.sealed, found.answers = b"", []
    found.save()
    record(by, "estimate:failed", "estimate", found.id, rule=rule, detail={"why": why})


def _report(estimate: Estimate) -> Report:
    overlap_ = keeping.opened(estimate.id, bytes(estimate.sealed))
    by_part = zip(*estimate.answers, strict=True)
    answers = [keeping.restored(each) for part in by_part for each in part]
    table = keeping.table_of(overlap_, estimate.strata)
    report = compose(table, estimate.methods, How(estimate.boot, estimate.seed), answers)
    years = estimate.last_year - estimate.first_year + 1
    return replace(report, warnings=(Caution("open", {"years": years}), *report.warnings)) if years > 1 else report


@gated
def justify(*, by: Actor, estimate: Estimate, supposed: Mapping[str, str], statement: str) -> Estimate:
    """Say of each supposition whether it holds, and in plain words why these lists and this figure; all of it public.

    Raises `Invalid` for an answer that is missing, or words that do not belong there.
    """
    estimate = _locked(estimate)
    rule = allow(by, Permission.ESTIMATE_JUSTIFY, estimate)
    missing = {f"supposed_{each}" for each in words.SUPPOSED if supposed.get(each) not in words.HOLDS}
    if missing:
        raise Invalid(dict.fromkeys(sorted(missing), _("Choose from the list.")))
    estimate.status = ESTIMATE.after(estimate.status, "justify")
    estimate.statement = words.plain_statement(statement)
    estimate.supposed = {each: supposed[each] for each in words.SUPPOSED}
    estimate.save()
    record(by, "estimate:justified", "estimate", estimate.id, rule=rule)
    return estimate


@gated
def check(*, by: Actor, estimate: Estimate, agree: bool, reason: str = "") -> Estimate:
    """One of the two verdicts, given without knowing the other. Once both are in, it is public if both agreed."""
    estimate = _locked(estimate)
    rule = allow(by, Permission.ESTIMATE_CHECK, estimate)
    ESTIMATE.after(estimate.status, "publish")
    if not publishing.judged(estimate, person=by.id, agree=agree, reason=reason):
        estimate.save()
        record(by, "estimate:judged", "estimate", estimate.id, rule=rule)
        return estimate
    estimate.status = ESTIMATE.after(estimate.status, "publish" if publishing.agreed(estimate) else "refuse")
    estimate.published_at = clock.now() if publishing.agreed(estimate) else None
    estimate.sealed = b""
    estimate.save()
    record(by, f"estimate:{estimate.status}", "estimate", estimate.id, rule=rule, detail={"reason": estimate.reason})
    return estimate


@gated
def withdraw(*, by: Actor, estimate: Estimate, reason: str) -> Estimate:
    """Take an estimate off the public site, with a reason that the public reads."""
    estimate = _locked(estimate)
    rule = allow(by, Permission.ESTIMATE_WITHDRAW, estimate)
    publishing.taken_away(estimate, person=by.id, reason=reason)
    estimate.status = ESTIMATE.after(estimate.status, "withdraw")
    estimate.save()
    record(by, "estimate:withdrawn", "estimate", estimate.id, rule=rule, detail={"reason": reason})
    return estimate


def _locked(estimate: Estimate) -> Estimate:
    found = Estimate.objects.select_for_update().filter(pk=estimate.pk).first()
    if found is None:
        raise NotFound
    return found


def found(id: UUID) -> Estimate:
    """An estimate to act on. Raises `NotFound`."""
    estimate = Estimate.objects.filter(id=id).first()
    if estimate is None:
        raise NotFound
    return estimate
