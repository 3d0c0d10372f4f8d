"""The queue of reports, and the page on which one is worked on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.common.errors import Invalid
from amparo.intake import actions, queries, routing
from amparo.intake.queries import Filter
from amparo.intake.states import REPORT
from amparo.intake.walls import walls_before
from amparo.interfaces.office.intake.forms import (
    AnswerForm,
    ClassifyForm,
    CloseForm,
    ForwardForm,
    PurposeForm,
    QueueForm,
    TakeInForm,
    TriageForm,
)
from amparo.interfaces.office.request import DeskRequest
from amparo.interfaces.office.wording import suggest
from amparo.organisation.queries import open_agencies


@require_safe
def reports(request: DeskRequest) -> HttpResponse:
    """What came in and must be done: the longest overdue first, then what is due soonest."""
    form = QueueForm(request.GET)
    only = Filter(**form.cleaned_data) if form.is_valid() else Filter()
    page = queries.queue(by=request.actor, only=only, after=_key(request))
    waiting = queries.waiting(by=request.actor)
    shown = {
        "form": form, "page": page, "next": _next(request, page), "waiting": waiting,
        "full": sum(waiting.values()) >= queries.COUNTED, "officer": _is_officer(request),
    }  # fmt: skip
    return render(request, "office/intake/reports.html", shown)


@require_safe
def set_aside(request: DeskRequest) -> HttpResponse:
    """Letters from the door that could not become reports."""
    return render(request, "office/intake/set_aside.html", {"rows": queries.set_aside(by=request.actor)})


@require_safe
def walls(request: DeskRequest, id: UUID) -> HttpResponse:
    """Whom walls keep from a report."""
    found, standing = walls_before(by=request.actor, report=id)
    return render(request, "office/intake/walls.html", {"report": found, "walls": standing})


@require_safe
def report(request: DeskRequest, id: UUID) -> HttpResponse:
    """One report in codes, what is possible now, and what happened. What was told stays closed."""
    found = queries.report(by=request.actor, id=id)
    possible = set(REPORT.possible(found.status))
    shown = {
        "report": found, "moments": queries.timeline(found), "mine": found.claimed_by_id == request.actor.id,
        "possible": possible, "officer": _is_officer(request),
        "supervisor": bool({found.agency_id, found.risen_to_id} & request.actor.agencies_as("supervisor")),
        "purpose": PurposeForm(), "triage": TriageForm(initial={"urgency": found.urgency}), "close": CloseForm(),
        "classify": ClassifyForm(initial={"forms": found.forms, "setting": found.setting}),
    }  # fmt: skip
    return render(request, "office/intake/report.html", shown)


@require_POST
def told(request: DeskRequest, id: UUID) -> HttpResponse:
    """Open what was told and answered, for a purpose, once."""
    found = queries.report(by=request.actor, id=id)
    said = queries.conversation(by=request.actor, report=found, purpose=_purpose(request))
    shown = {"report": found, "said": said, "answer": AnswerForm(), "mine": found.claimed_by_id == request.actor.id}
    return render(request, "office/intake/told.html", shown)


@require_POST
def contact(request: DeskRequest, id: UUID) -> HttpResponse:
    """Open how the reporter can be reached, for a purpose, once."""
    found = queries.report(by=request.actor, id=id)
    opened = queries.contact(by=request.actor, report=found, purpose=_purpose(request))
    return render(request, "office/intake/contact.html", {"report": found, "contact": opened})


@require_POST
def claim(request: DeskRequest, id: UUID) -> HttpResponse:
    """Take a report on."""
    actions.claim(by=request.actor, report=queries.report(by=request.actor, id=id))
    return _back(request, id, _("The report is yours. Open what was told, then judge how urgent it is."))


@require_POST
def release(request: DeskRequest, id: UUID) -> HttpResponse:
    """Give a report back to the queue."""
    actions.release(by=request.actor, report=queries.report(by=request.actor, id=id))
    return _back(request, id, _("The report is in the queue again."))


@require_POST
def triage(request: DeskRequest, id: UUID) -> HttpResponse:
    """Judge how urgent a report is."""
    return _act(request, id, TriageForm(request.POST), actions.triage, _("The urgency is set."))


@require_POST
def classify(request: DeskRequest, id: UUID) -> HttpResponse:
    """Say in codes what a report is about."""
    return _act(request, id, ClassifyForm(request.POST), actions.classify, _("The report is classified."))


@require_POST
def close(request: DeskRequest, id: UUID) -> HttpResponse:
    """End a report that becomes no case."""
    return _act(request, id, CloseForm(request.POST), actions.close, _("The report is closed. The reporter sees it."))


@require_POST
def answer(request: DeskRequest, id: UUID) -> HttpResponse:
    """Write to the reporter; words that cannot be taken stay in the form."""
    found = queries.report(by=request.actor, id=id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if _tried(form, lambda: actions.answer(by=request.actor, report=found, **given)):
            suggest(request, form)
            return _back(request, id, _("Your answer is on its way to the reporter."))
    return render(request, "office/intake/answer.html", {"report": found, "answer": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def forward(request: DeskRequest, id: UUID) -> HttpResponse:
    """Hand a report over to another agency."""
    found = queries.report(by=request.actor, id=id)
    form = ForwardForm(request.POST or None, agencies=routing.agencies_to_forward_to(found))
    if request.method == "POST" and form.is_valid():
        actions.forward(by=request.actor, report=found, **form.cleaned_data)
        messages.success(request, _("The report was forwarded: {reference}").format(reference=found.reference))
        return redirect("office:reports")
    return render(request, "office/intake/forward.html", {"report": found, "form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: DeskRequest) -> HttpResponse:
    """Write down a report that came by telephone or on a visit."""
    own = open_agencies().filter(id__in=request.actor.agencies_as("intake_officer"))
    form = TakeInForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = _tried(
            form,
            lambda: actions.take_in_by_hand(
                by=request.actor, agency=given["agency"], told=form.told_as(), id=given["id"]
            ),
        )
        if made:
            words = _("The report was taken in: {reference}").format(reference=made.reference)
            messages.success(request, words)
            return redirect("office:reports")
    return render(request, "office/intake/take_in.html", {"form": form}, status=_status(form))


def _act(request: DeskRequest, id: UUID, form: Form, action: Callable[..., Any], done: str) -> HttpResponse:
    """Look at the report, then let one action have what was chosen."""
    found = queries.report(by=request.actor, id=id)
    if not form.is_valid():
        raise Invalid({name: str(words[0]) for name, words in form.errors.items()})
    action(by=request.actor, report=found, **form.cleaned_data)
    return _back(request, id, done)


def _tried(form: Form, action: Callable[[], Any]) -> Any:
    """What the action made; None when it found something wrong, which then stands beside the field."""
    try:
        return action()
    except Invalid as invalid:
        for name, words in invalid.fields.items():
            form.add_error(name if name in form.fields else None, words)
        return None


def _back(request: HttpRequest, id: UUID, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect("office:report", id=id)


def _purpose(request: HttpRequest) -> str:
    form = PurposeForm(request.POST)
    if not form.is_valid():
        raise Invalid({"purpose": _("Say for what purpose you look.")})
    purpose: str = form.cleaned_data["purpose"]
    return purpose


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200


def _is_officer(request: DeskRequest) -> bool:
    return "intake_officer" in request.actor.roles


def _key(request: HttpRequest) -> tuple[datetime, UUID] | None:
    try:
        at = parse_datetime(request.GET.get("due", "").replace(" ", "+"))
        return (at, UUID(request.GET["last"])) if at and at.tzinfo else None
    except (KeyError, ValueError):
        return None


def _next(request: HttpRequest, page: queries.Page) -> str:
    if page.after is None:
        return ""
    due_at, last = page.after
    asked = request.GET.copy()
    asked["due"], asked["last"] = due_at.isoformat(), str(last)
    return f"?{asked.urlencode()}"
