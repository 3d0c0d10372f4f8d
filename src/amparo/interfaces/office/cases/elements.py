"""What an incident is in law: its elements as plain questions, what follows, and what a supervisor confirms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from amparo.access.permissions import Permission
from amparo.cases import actions, labels, queries
from amparo.cases.models import Classification, Incident
from amparo.interfaces.office import acts
from amparo.interfaces.office.request import DeskRequest
from amparo.organisation.models import Person
from amparo.vocabulary.classification.classify import MET, NOT_MET, OPEN, next_question
from amparo.vocabulary.classification.elements import names
from amparo.vocabulary.classification.readings import Found, all_results, reading
from amparo.vocabulary.queries import entries, label

ANSWERS = [("not_asked", _("Not asked")), ("yes", _("Yes")), ("no", _("No")), ("unknown", _("Unknown"))]


class ElementsForm(forms.Form):
    """Any of the questions: what is not sent stays as it is."""

    age = forms.IntegerField(label=_("The child's age then"), required=False, min_value=0, max_value=120)

    def __init__(self, data: Any = None, *, facts: dict[str, object]) -> None:
        super().__init__(data, initial=facts)
        for code in names():
            self.fields[code] = forms.ChoiceField(
                label=label("element", code), choices=ANSWERS, required=False, initial="not_asked"
            )

    def clean(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}

    def groups(self) -> Iterator[tuple[str, list[Any]]]:
        """The questions in the order that helps, under the words of their group; those of none come first."""
        parents = {each.code: each.parent for each in entries("element")}
        for parent, codes in groupby(names(), key=lambda code: parents.get(code, "")):
            first = [self["age"]] if not parent else []
            yield (
                label("element", parent) if parent else str(_("The child's age")),
                [*first, *map(self.__getitem__, codes)],
            )


@dataclass(frozen=True)
class Shown:
    """A result with what was confirmed of it, if anything was, and by whom."""

    found: Found
    label: Classification | None
    by: str
    in_force: bool

    @property
    def key(self) -> str:
        """How the form that confirms it names its reading: ``setting=true`` parted by blanks."""
        return " ".join(f"{name}={str(value).lower()}" for name, value in self.found.reading.settings.items())

    @property
    def reading(self) -> list[str]:
        """What was chosen where the rules leave a choice, as codes of `words`."""
        return [name if value else f"not {name}" for name, value in self.found.reading.settings.items()]

    @property
    def changed(self) -> bool:
        """Does what was confirmed no longer follow from the facts and rules of today?"""
        return self.label is not None and self.label.state != self.found.result.state

    @property
    def confirmed(self) -> bool:
        return self.label is not None and not self.changed


@require_http_methods(["GET", "HEAD", "POST"])
def elements(request: DeskRequest, id: UUID, incident: UUID) -> HttpResponse:
    """The questions of one incident, and what follows from what is answered."""
    to = Permission.CASE_WRITE if request.method == "POST" else Permission.CASE_READ
    case = queries.case(by=request.actor, id=id, to=to)
    found = labels.incident_of(case, incident)
    facts = labels.facts_of(found)
    form = ElementsForm(acts.sent(request), facts=facts)
    if request.method == "POST" and acts.done(form, lambda given: _keep(request, found, given)):
        return redirect("office:elements", id=id, incident=incident)
    shown = {"case": case, "incident": found, "tab": "incidents", "form": form, **_results(found, facts)}
    return render(request, "office/cases/elements.html", shown, status=422 if form.errors else 200)


@require_POST
def confirm(request: DeskRequest, id: UUID, incident: UUID) -> HttpResponse:
    """A supervisor confirms one label under one reading."""
    case = queries.case(by=request.actor, id=id, to=Permission.CASE_CONFIRM)
    found = labels.incident_of(case, incident)
    settings = {name: value == "true" for name, _is, value in _pairs(request.POST.get("settings", ""))}
    actions.confirm_label(
        by=request.actor, incident=found, rules=request.POST.get("rules", ""), code=request.POST.get("code", ""),
        settings=settings,
    )  # fmt: skip
    messages.success(request, _("The label is confirmed, with the edition of its rules."))
    return redirect("office:elements", id=id, incident=incident)


def _keep(request: DeskRequest, found: Incident, given: dict[str, Any]) -> None:
    actions.record_elements(by=request.actor, incident=found, answers=given)


def _pairs(text: str) -> Iterator[tuple[str, str, str]]:
    for part in text.split():
        yield part.partition("=")


def _results(incident: Incident, facts: dict[str, object]) -> dict[str, Any]:
    """What follows, by state and by topic, and the question whose answer would help most."""
    name = Person.objects.filter(id=OuterRef("confirmed_by")).values("name")
    confirmed = labels.standing(incident.labels.annotate(confirmed_by_name=Subquery(name)))
    shown = [_shown(each, confirmed, incident.happened_on) for each in all_results(facts)]
    own = [each for each in shown if each.found.reading is reading(each.found.reading.rules.code)]
    topics = sorted({each.found.offence.topic for each in shown} - {""})
    return {
        "next": next_question(each.found.result for each in own),
        "topics": [(f"topic_{topic}", [each for each in shown if each.found.offence.topic == topic])
                   for topic in topics],
        "states": [(state, words, [each for each in own if each.found.result.state == state])
                   for state, words in ((MET, "met"), (OPEN, "open_yet"), (NOT_MET, "not_met"))],
        "answers": ANSWERS, "between_children": incident.by_a_child or facts.get("child_responsible") == "yes",
    }  # fmt: skip


def _shown(found: Found, confirmed: dict[Any, Classification], day: date | None) -> Shown:
    made = confirmed.get(labels.key_of(found))
    by = getattr(made, "confirmed_by_name", None) or ""
    return Shown(found, made, by, found.reading.rules.holds_on(day))
