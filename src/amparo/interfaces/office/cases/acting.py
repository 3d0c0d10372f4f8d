"""The small pages on which somebody does one thing on a case."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amparo.access.permissions import Permission as P
from amparo.cases import actions, queries
from amparo.cases.safety import Placement
from amparo.interfaces.office import acts
from amparo.interfaces.office.cases import forms
from amparo.interfaces.office.request import DeskRequest

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def risk(request: DeskRequest, id: UUID) -> HttpResponse:
    """Judge the risk, and with it the clock."""
    return acts.page(
        request, id, to=P.CASE_WRITE, title=_("Judge the risk"), said=_("The risk is judged."),
        form=acts.plain(forms.RiskForm), do=acts.of(request, actions.judge_risk),
    )  # fmt: skip


@page
def acted(request: DeskRequest, id: UUID) -> HttpResponse:
    """Say that somebody has acted for the child."""
    return acts.page(
        request, id, to=P.CASE_WRITE, title=_("Somebody has acted for the child"), said=_("The clock has stopped."),
        intro=_("Say so when somebody has done what the risk asked for. What was done stands in care and in the plan."),
        form=acts.plain(Form), do=acts.of(request, actions.say_acted),
    )  # fmt: skip


@page
def assign(request: DeskRequest, id: UUID) -> HttpResponse:
    """Give the case to a worker of its team."""
    return acts.page(
        request, id, to=P.CASE_ASSIGN, title=_("Give the case to a worker"), said=_("The worker has been told."),
        form=lambda case, given: forms.AssignForm(given, case=case, by=request.actor.id),
        do=acts.of(request, actions.assign),
    )  # fmt: skip


@page
def close(request: DeskRequest, id: UUID) -> HttpResponse:
    """Close the case with a reason."""
    return acts.page(
        request, id, to=P.CASE_CLOSE, title=_("Close the case"), said=_("The case is closed."),
        intro=_("Everything that is still to be done on it ends. It can be opened again."),
        form=acts.plain(forms.CloseForm), do=acts.of(request, actions.close),
    )  # fmt: skip


@page
def reopen(request: DeskRequest, id: UUID) -> HttpResponse:
    """Open the case again with a reason."""
    return acts.page(
        request, id, to=P.CASE_CLOSE, title=_("Open the case again"), said=_("It is open again. Judge the risk anew."),
        form=acts.plain(forms.ReopenForm), do=acts.of(request, actions.reopen),
    )  # fmt: skip


@page
def missing(request: DeskRequest, id: UUID) -> HttpResponse:
    """The child is missing."""
    return acts.page(
        request, id, to=P.CASE_WRITE, title=_("Report the child missing"), danger=True,
        said=_("Everybody concerned has been told. Somebody looks for the child within the hour."),
        intro=_("The risk becomes high. The worker, the supervisors and the police who share the case are told."),
        form=acts.plain(forms.MissingForm),
        do=acts.of(request, actions.report_missing),
    )  # fmt: skip


@require_POST
def found(request: DeskRequest, id: UUID) -> HttpResponse:
    """The child is found."""
    case = queries.case(by=request.actor, id=id, to=P.CASE_WRITE)
    actions.report_found(by=request.actor, case=case)
    messages.success(request, _("The child is found. Judge the risk anew."))
    return redirect("office:case", id=id)


@page
def place(request: DeskRequest, id: UUID) -> HttpResponse:
    """Write down where the child lives now."""
    return acts.page(
        request, id, to=P.CASE_WRITE, title=_("Write down where the child lives"), back="office:placement",
        said=_("It is sealed. Opening it needs a purpose and a fresh second factor."),
        form=acts.plain(forms.PlacementForm),
        do=lambda case, given: actions.set_placement(by=request.actor, case=case, placement=Placement(**given)),
    )  # fmt: skip
