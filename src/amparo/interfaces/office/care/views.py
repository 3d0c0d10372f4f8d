"""The page of a child's care; assessing, hearing and answering the child; opening what was written."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from amparo.care import actions, queries
from amparo.care.hearing import WAYS
from amparo.care.words import words as opened
from amparo.common.errors import Invalid
from amparo.interfaces.office.care.acting import act
from amparo.interfaces.office.care.forms import AnswerForm, AssessForm, ViewForm, WordsForm
from amparo.interfaces.office.request import DeskRequest
from amparo.vault.compartments import Compartment

forms_only = require_http_methods(["GET", "HEAD", "POST"])


def care_page(id: UUID) -> str:
    """The address of the page of a child's care."""
    return reverse("office:care", kwargs={"id": id})


@require_safe
def care(request: DeskRequest, id: UUID) -> HttpResponse:
    """The latest assessment, the plan, the referrals, the child's own views."""
    found = queries.care(by=request.actor, case=id)
    vars(found.case)["may"] = found.may  # the frame of the case's pages asks the case
    codes = {
        scheme: [row for row in found.codes if row.scheme == scheme]
        for scheme in ("risk_factor", "need", "disability_domain")
    }
    shown = {
        "case": found.case, "tab": "care", "care": found, "codes": codes, "open": WordsForm(),
        "assessment": found.codes[0].assessment if found.codes else None, "can_write": "care.write" in found.may,
        "can_approve": "care.approve" in found.may, "heard": WAYS,
    }  # fmt: skip
    return render(request, "office/care/care.html", shown)


@require_http_methods(["POST"])
def words(request: DeskRequest, id: UUID) -> HttpResponse:
    """Open what was written about the child, for a purpose, once."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise Invalid({"purpose": str(_("Say for what purpose you look."))})
    part = Compartment(form.cleaned_data["part"])
    found = opened(by=request.actor, case=id, compartment=part, purpose=form.cleaned_data["purpose"])
    return render(request, "office/care/words.html", {"words": found, "part": part, "back": care_page(id)})


@forms_only
def assess(request: DeskRequest, id: UUID) -> HttpResponse:
    """Assess the child; an earlier assessment is kept."""
    case = queries.to_write(by=request.actor, case=id)
    form = AssessForm(request.POST or None, latest=queries.latest_assessment(case))

    def do() -> None:
        given = form.cleaned_data
        actions.assess(
            by=request.actor, case=case, found=form.found, narrative=given["narrative"], health=given["health"],
            supersedes=given["supersedes"],
        )  # fmt: skip

    title = _("Assess the child")
    return act(request, form, do, title=title, back=care_page(id), case=case, template="office/care/assess.html")


@forms_only
def hear(request: DeskRequest, id: UUID) -> HttpResponse:
    """Record the child's view at a decision that is taken elsewhere."""
    case = queries.to_write(by=request.actor, case=id)
    form = ViewForm(request.POST or None)

    def do() -> None:
        actions.hear_child(by=request.actor, case=case, decision=form.cleaned_data["decision"], heard=form.heard)

    return act(request, form, do, title=_("Record the child's view"), back=care_page(id), case=case)


@forms_only
def answer(request: DeskRequest, id: UUID, view: UUID) -> HttpResponse:
    """Record the answer that the child got."""
    case = queries.to_write(by=request.actor, case=id)
    found = queries.view_of(case, view)
    form = AnswerForm(request.POST or None)

    def do() -> None:
        actions.answer_child(by=request.actor, view=found, **form.cleaned_data)

    return act(request, form, do, title=_("Answer to the child"), back=care_page(id), case=case)
