"""Figures: freeze a year, draft its table, and let two others check it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.common.errors import Invalid, NotFound
from amparo.counting import actions as counting
from amparo.counting.models import Snapshot
from amparo.interfaces.office.figures.forms import FreezeForm, ReasonForm
from amparo.interfaces.office.request import DeskRequest
from amparo.publication import actions, queries
from amparo.publication.indicators import indicator, method_of
from amparo.publication.models import Release
from amparo.publication.publishing import Publishable
from amparo.publication.tabulated import lay_out


@require_safe
def figures(request: DeskRequest) -> HttpResponse:
    """What can be frozen, what is drafted, what waits for a verdict, what is public."""
    desk = queries.desk(by=request.actor)
    may_freeze = decide(by=request.actor, permission=Permission.SNAPSHOT_TAKE).allowed
    shown = {
        "desk": desk, "freeze": FreezeForm() if may_freeze else None,
        "may_count_alarms": decide(by=request.actor, permission=Permission.ALARM_COUNT).allowed,
    }  # fmt: skip
    return render(request, "office/figures/figures.html", shown)


@require_POST
def freeze(request: DeskRequest) -> HttpResponse:
    """Freeze a year."""
    form = FreezeForm(request.POST)
    if not form.is_valid():
        raise Invalid({"year": _("Choose a year that is over.")})
    snapshot = counting.take_snapshot(by=request.actor, year=form.cleaned_data["year"])
    messages.success(request, _("{year} is frozen as {reference}.").format(**vars(snapshot)))
    return redirect("office:figures")


@require_POST
def draft(request: DeskRequest, id: UUID) -> HttpResponse:
    """Draft the table of a frozen year."""
    snapshot = Snapshot.objects.filter(id=id).first()
    if snapshot is None:
        raise NotFound
    return redirect("office:release", id=actions.draft(by=request.actor, snapshot=snapshot).id)


@require_safe
def release(request: DeskRequest, id: UUID) -> HttpResponse:
    """A table exactly as it would be, or is, published, with what the attacker found."""
    found = queries.release(by=request.actor, id=id)
    check = decide(by=request.actor, permission=Permission.RELEASE_CHECK, record=found)
    withdraw = decide(by=request.actor, permission=Permission.RELEASE_WITHDRAW, record=found)
    shown = {
        "release": found,
        "indicator": indicator(found.indicator),
        "method": method_of(found.indicator, found.policy),
        "tables": lay_out(found),
        "hidden": sum(each.hidden for each in lay_out(found)),
        "mine": found.drafted_by == request.actor.id,
        "may_check": check.allowed and found.status == "draft",
        "why_not": check.reason if found.status == "draft" and not check.allowed else "",
        "others": queries.may_replace(found) if found.status == "published" else [],
        "may_withdraw": withdraw.allowed and found.status == "published",
        "reason": ReasonForm(),
    }
    return render(request, "office/figures/release.html", shown)


@require_POST
def check(request: DeskRequest, id: UUID) -> HttpResponse:
    """Agree, or refuse with a reason; public once two agreed."""
    agree = request.POST.get("agree") == "yes"
    reason = "" if agree else _reason(request)
    checked = actions.check(by=request.actor, release=_found(id), agree=agree, reason=reason)
    messages.success(request, said_of(checked))
    return redirect("office:release", id=id)


@require_POST
def withdraw(request: DeskRequest, id: UUID) -> HttpResponse:
    """Take a table off the public site."""
    found = _found(id)
    chosen = [each for each in queries.may_replace(found) if str(each.id) == request.POST.get("replaced_by")]
    if request.POST.get("replaced_by") and not chosen:
        raise Invalid({"replaced_by": _("Choose a table of the same year that is public.")})
    replaced_by = chosen[0] if chosen else None
    actions.withdraw(by=request.actor, release=found, reason=_reason(request), replaced_by=replaced_by)
    messages.success(request, _("Corrected.") if replaced_by else _("Withdrawn."))
    return redirect("office:release", id=id)


def said_of(checked: Publishable) -> str:
    """What became of it by this verdict."""
    if checked.verdicts == 1:
        return _("Your verdict is noted. Another person gives theirs without knowing yours.")
    return _("Published.") if checked.published_at else _("Refused.")


def _found(id: UUID) -> Release:
    found = Release.objects.filter(id=id).first()
    if found is None:
        raise NotFound
    return found


def _reason(request: DeskRequest) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid({"reason": _("Choose a reason from the list.")})
    return str(form.cleaned_data["reason"])
