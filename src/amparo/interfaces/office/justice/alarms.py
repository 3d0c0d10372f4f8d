"""Alarms: a child victim was treated as an offender. Followed in codes until mended, and counted."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.interfaces.office import acts
from amparo.interfaces.office.justice.forms import DayForm, FollowForm
from amparo.interfaces.office.request import DeskRequest
from amparo.justice import alarms as queries
from amparo.justice.counted import persons


@require_safe
def alarms(request: DeskRequest) -> HttpResponse:
    """The alarms that I follow and that are not mended, the next clock first."""
    return render(request, "office/justice/alarms.html", {"alarms": queries.standing(by=request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
def alarm(request: DeskRequest, id: UUID) -> HttpResponse:
    """One alarm: what was done to the child, why that is wrong, what was done since; and one thing more."""
    found = queries.alarm(by=request.actor, id=id)
    form = FollowForm(acts.sent(request))
    if request.method == "POST" and acts.done(
        form, lambda given: queries.follow_up(by=request.actor, alarm=found, **given)
    ):
        messages.success(request, _("It is entered."))
        return redirect("office:alarm", id=id)
    shown = {"alarm": found, "steps": found.steps.order_by("at", "id"), "form": form, "mended": DayForm()}
    return render(request, "office/justice/alarm.html", shown, status=422 if form.errors else 200)


@require_POST
def mended(request: DeskRequest, id: UUID) -> HttpResponse:
    """The charge was dropped, the child is free or back."""
    found, form = queries.alarm(by=request.actor, id=id), DayForm(request.POST)
    if acts.done(form, lambda given: queries.mend(by=request.actor, alarm=found, **given)):
        messages.success(request, _("It is mended; the record stays."))
        return redirect("office:alarms")
    shown = {"alarm": found, "steps": found.steps.order_by("at", "id"), "form": FollowForm(), "mended": form}
    return render(request, "office/justice/alarm.html", shown, status=422)


@require_safe
def counts(request: DeskRequest) -> HttpResponse:
    """How many alarms there were and stand, by agency and region."""
    return render(request, "office/justice/alarm_counts.html", {"rows": queries.counts(by=request.actor)})


@require_safe
def person_counts(request: DeskRequest) -> HttpResponse:
    """How many persons are held to be responsible, children apart."""
    return render(request, "office/justice/person_counts.html", {"counted": persons(by=request.actor)})
