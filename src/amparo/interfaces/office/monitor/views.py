"""Answers about States: written by an editor, read by a second person, and then public."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.interfaces.office.acts import done, sent
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
    form = AnswerForm(sent(request))

    def write() -> HttpResponse:
        made = assessing.write(by=request.actor, **form.facts())
        assessing.submit(by=request.actor, assessment=made)
        return redirect("office:answer", id=made.id)

    return _written(request, form, write, "office/monitor/new.html")


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
    form = EntryForm(sent(request))

    def write() -> HttpResponse:
        following.enter(by=request.actor, **form.facts())
        return redirect("office:monitor")

    return _written(request, form, write, "office/monitor/line.html")


@require_POST
def entry_review(request: DeskRequest, id: UUID) -> HttpResponse:
    """Agree, and the line is public; or refuse it."""
    told = following.review_entry(by=request.actor, id=id, agree=request.POST.get("agree") == "yes")
    messages.success(request, _("Published.") if told.status == "published" else _("Refused."))
    return redirect("office:monitor")


@require_http_methods(["GET", "HEAD", "POST"])
def provision_new(request: DeskRequest) -> HttpResponse:
    """Write what one provision of a State's law says."""
    form = ProvisionForm(sent(request))

    def write() -> HttpResponse:
        return redirect("office:provision", id=law_actions.write(by=request.actor, **form.facts()).id)

    return _written(request, form, write, "office/monitor/provision_new.html")


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


def _written(request: DeskRequest, form: Form, write: Callable[[], HttpResponse], page: str) -> HttpResponse:
    """Write what `form` says and go where `write` leads, or show it (again) with what was wrong."""
    there: list[HttpResponse] = []
    if done(form, lambda _given: there.append(write())):
        messages.success(request, _("It waits for a second person."))
        return there[0]
    return render(request, page, {"form": form}, status=422 if form.errors else 200)
