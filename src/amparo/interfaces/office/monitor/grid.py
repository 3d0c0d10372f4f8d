"""Much at once: a section of the rubric about one State filled in on one page, and what waits reviewed on another."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from amparo.common.errors import Conflict, Invalid
from amparo.interfaces.office.acts import done, sent
from amparo.interfaces.office.request import DeskRequest
from amparo.monitoring import assessing, queries
from amparo.monitoring.assessing import CONFIDENCE, ROLES
from amparo.monitoring.models import Assessment, State
from amparo.monitoring.rubric.editions import LISTS, NUMBERED, TYPES, Question, rubric
from amparo.monitoring.topics import answer_words
from amparo.monitoring.words import answer_word, word
from amparo.monitoring.world import name


class ChosenForm(forms.Form):
    """Which page of the grid."""

    state = forms.ModelChoiceField(label=gettext_lazy("State"), queryset=State.objects.none())
    section = forms.ChoiceField(label=gettext_lazy("Section"))
    role = forms.ChoiceField(label=gettext_lazy("Whose answer it is"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["state"].queryset = State.objects.filter(kind__in=queries.ASKED)
        fields["state"].label_from_instance = name
        fields["section"].choices = [(code, rubric().section(code)) for code in rubric().sections if asked_in(code)]
        fields["role"].choices = [(role, word(role)) for role in ROLES]


class GridForm(forms.Form):
    """What all answers of the page share, and three cells a question; a question without an answer is left alone."""

    title = forms.CharField(label=gettext_lazy("Evidence: law, report or page"), max_length=200, required=False)
    valid_from = forms.DateField(label=gettext_lazy("So since"), widget=forms.DateInput(attrs={"type": "date"}))
    confidence = forms.ChoiceField(label=gettext_lazy("Confidence"))
    replace = forms.BooleanField(label=gettext_lazy("They replace what this role answered before"), required=False)

    def __init__(self, questions: list[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions, fields = questions, self.fields
        fields["confidence"] = forms.ChoiceField(
            label=_("Confidence"), choices=[(code, word(code)) for code in CONFIDENCE], initial="medium"
        )
        for each in questions:
            words = [("", "–"), *((code, answer_word(code)) for code in TYPES[each.type])]
            fields[f"{each.id}_answer"] = forms.ChoiceField(label=_("Answer"), choices=words, required=False)
            if each.type in NUMBERED:
                fields[f"{each.id}_number"] = forms.FloatField(label=_("Number"), required=False, min_value=0)
            fields[f"{each.id}_pinpoint"] = forms.CharField(label=_("Place in it"), required=False, max_length=120)

    @property
    def shared(self) -> list[Any]:
        """The fields that all answers share."""
        return [self[name] for name in self.base_fields]

    def cells(self, question: Question) -> list[Any]:
        """The fields of one question, bound."""
        named = (f"{question.id}_{part}" for part in ("answer", "number", "pinpoint"))
        return [self[name] for name in named if name in self.fields]

    def facts(self) -> dict[str, Any]:
        """What `assessing.write_many` takes beside the State and the role."""
        told = self.cleaned_data
        rows = {
            each.id: {part: told.get(f"{each.id}_{part}") for part in ("answer", "number")}
            | {"pinpoint": told[f"{each.id}_pinpoint"]}
            for each in self.questions
            if told[f"{each.id}_answer"]
        }
        return {part: told[part] for part in self.base_fields} | {"rows": rows}


class ChoiceForm(forms.Form):
    """Some of the answers that wait."""

    answers = forms.TypedMultipleChoiceField(coerce=UUID)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        waiting = Assessment.objects.filter(status="submitted").values_list("id", flat=True)
        fields["answers"].choices = [(str(id), "") for id in waiting]


def asked_in(section: str) -> list[Question]:
    """The questions of a section that one word or number answers; a list is answered on a page of its own."""
    return [q for q in rubric().questions.values() if q.section == section and q.type not in LISTS]


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: DeskRequest) -> HttpResponse:
    """Choose the page, fill it in, hand it over: all of it, or nothing where a cell is wrong."""
    chosen = ChosenForm(request.GET or None)
    if not chosen.is_valid():
        return render(
            request, "office/monitor/grid.html", {"chosen": chosen}, status=422 if request.method == "POST" else 200
        )
    state, role = chosen.cleaned_data["state"], chosen.cleaned_data["role"]
    form = GridForm(asked_in(chosen.cleaned_data["section"]), sent(request))
    if made := _written(request, form, state, role):
        said = ngettext("{n} answer waits for a second person.", "{n} answers wait for a second person.", made)
        messages.success(request, said.format(n=made))
        return redirect("office:monitor")
    now = queries.said_by(state, role)
    rows = [(q, answer_words(now[q.id]) if q.id in now else "–", form.cells(q)) for q in form.questions]
    shown = {"chosen": chosen, "form": form, "rows": rows, "name": name(state), "role": role}
    return render(request, "office/monitor/grid.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: DeskRequest) -> HttpResponse:
    """What waits for my review, with what it rests on; agree to several at once, or send them back."""
    wrong = ""
    if request.method == "POST":
        form = ChoiceForm(request.POST)
        try:
            ids = form.cleaned_data["answers"] if form.is_valid() else []
            told = assessing.review_many(by=request.actor, ids=ids, agree=request.POST.get("agree") == "yes")
        except (Invalid, Conflict) as refused:
            wrong = str(refused.fields["answers"]) if isinstance(refused, Invalid) else refused.reason
        else:
            messages.success(request, _("Published.") if told[0].status == "published" else _("Sent back."))
            return redirect("office:answer_queue")
    rows = [
        (each, name(each.state), word(each.role), answer_words(each), rubric(each.rubric).question(each.question).text)
        for each in queries.queue(by=request.actor)
    ]
    shown = {"rows": rows, "wrong": wrong}
    return render(request, "office/monitor/queue.html", shown, status=422 if wrong else 200)


def _written(request: DeskRequest, form: GridForm, state: State, role: str) -> int:
    made: list[int] = []
    done(
        form,
        lambda _given: made.append(len(assessing.write_many(by=request.actor, state=state, role=role, **form.facts()))),
    )
    return sum(made)
