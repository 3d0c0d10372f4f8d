"""Answers about States: written by an editor, read by a second person, and then public."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.common.errors import Invalid
from amparo.interfaces.office.monitor.forms import AnswerForm, EntryForm, ProvisionForm
from amparo.interfaces.office.request import DeskRequest
from amparo.law import actions as law_actions
from amparo.law import queries as law
from amparo.monitoring import assessing, following, queries
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.topics import answer_words
from amparo.monitoring.world import name


@require_safe
def monitor(request: DeskRequest) -> HttpResponse:
    """What waits for my review, and what I wrote."""
    may_write = decide(by=request.actor, permission=Permission.ASSESSMENT_WRITE).allowed
    shown = {"desk": queries.desk(by=request.actor), "provisions": law.waiting(by=request.actor)}
    return render(request, "office/monitor/monitor.html", shown | {"may_write": may_write})


@require_http_methods(["GET", "HEAD", "POST"])
def answer_new(request: DeskRequest) -> HttpResponse:
    """Write one answer, and hand it to a second person."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = assessing.write(by=request.actor, **form.facts())
            assessing.submit(by=request.actor, assessment=made)
        except Invalid as wrong:
            for field, words in wrong.fields.items():
                form.add_error(field if field in form.fields else None, words)
        else:
            messages.success(request, _("It waits for a second person."))
            return redirect("office:answer", id=made.id)
    return render(request, "office/monitor/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def answer(request: DeskRequest, id: UUID) -> HttpResponse:
    """One answer with its evidence."""
    found = queries.assessment(by=request.actor, id=id)
    review = decide(by=request.actor, permission=Permission.ASSESSMENT_REVIEW, record=found)
    waits = found.status == "submitted"
    shown = {
        "found": found, "name": name(found.state), "question": rubric(found.rubric).question(found.question),
        "words": answer_words(found), "may_review": review.allowed and waits,
        "why_not": review.reason if waits and not review.allowed else "",
        "may_submit": found.status == "draft" and found.written_by == request.actor.id,
    }  # fmt: skip
    return render(request, "office/monitor/answer.html", shown)


@require_POST
def answer_submit(request: DeskRequest, id: UUID) -> HttpResponse:
    """Hand a draft over again."""
    found = queries.assessment(by=request.actor, id=id)
    assessing.submit(by=request.actor, assessment=found)
    messages.success(request, _("It waits for a second person."))
    return redirect("office:answer", id=id)


@require_POST
def answer_review(request: DeskRequest, id: UUID) -> HttpResponse:
    """Agree, and it is public; or send it back."""
    found = queries.assessment(by=request.actor, id=id)
    told = assessing.review(by=request.actor, assessment=found, agree=request.POST.get("agree") == "yes")
    messages.success(request, _("Published.") if told.status == "published" else _("Sent back."))
    return redirect("office:answer", id=id)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: DeskRequest) -> HttpResponse:
    """Write one line of what is done with a State."""
    form = EntryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            following.enter(by=request.actor, **form.facts())
        except Invalid as wrong:
            for field, words in wrong.fields.items():
                form.add_error(field if field in form.fields else None, words)
        else:
            messages.success(request, _("It waits for a second person."))
            return redirect("office:monitor")
    return render(request, "office/monitor/line.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def entry_review(request: DeskRequest, id: UUID) -> HttpResponse:
    """Agree, and the line is public; or refuse it."""
    told = following.review_entry(by=request.actor, id=id, agree=request.POST.get("agree") == "yes")
    messages.success(request, _("Published.") if told.status == "published" else _("Refused."))
    return redirect("office:monitor")


@require_http_methods(["GET", "HEAD", "POST"])
def provision_new(request: DeskRequest) -> HttpResponse:
    """Write what one provision of a State's law says."""
    form = ProvisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = law_actions.write(by=request.actor, **form.facts())
        except Invalid as wrong:
            for field, words in wrong.fields.items():
                form.add_error(field if field in form.fields else None, words)
        else:
            messages.success(request, _("It waits for a second person."))
            return redirect("office:provision", id=made.id)
    return render(request, "office/monitor/provision_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def provision(request: DeskRequest, id: UUID) -> HttpResponse:
    """One provision, and whether I may review it."""
    found = law.provision(by=request.actor, id=id)
    review = decide(by=request.actor, permission=Permission.PROVISION_REVIEW, record=found)
    waits = found.status == "submitted"
    shown = {
        "found": found, "name": name(queries.state(found.state)), "may_review": review.allowed and waits,
        "why_not": review.reason if waits and not review.allowed else "",
    }  # fmt: skip
    return render(request, "office/monitor/provision.html", shown)


@require_POST
def provision_review(request: DeskRequest, id: UUID) -> HttpResponse:
    """Agree, and it is public; or refuse it."""
    told = law_actions.review(by=request.actor, id=id, agree=request.POST.get("agree") == "yes")
    messages.success(request, _("Published.") if told.status == "published" else _("Refused."))
    return redirect("office:provision", id=id)
