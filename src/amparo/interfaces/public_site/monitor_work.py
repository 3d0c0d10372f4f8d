"""What is done, over all States: recommendations and their follow-up, the mandate's work, good practices."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amparo.interfaces.public_site.asking import LONGEST, framed
from amparo.interfaces.public_site.language import in_the_readers_language
from amparo.monitoring import queries
from amparo.monitoring.following import PROGRESS
from amparo.monitoring.models import Entry
from amparo.monitoring.recommended import Recommended, recommended
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.words import word
from amparo.monitoring.world import name
from amparo.vocabulary.queries import label


@in_the_readers_language
def recommended_page(request: HttpRequest) -> HttpResponse:
    """Paragraphs 115 and 116, each with its addressee, its questions, targets and terms, and how it is followed up."""
    counts, lines = queries.follow_ups(), queries.followed_by_united_nations()
    rows = [_row(each, counts.get(code, {}), lines) for code, each in recommended().items()]
    return render(request, "public_site/recommended.html", {**framed(request), "rows": rows})


@in_the_readers_language
def work(request: HttpRequest) -> HttpResponse:
    """One kind of what is done, over all States, the newest first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in PROGRESS else "visit"
    lines = [(each, name(each.state)) for each in queries.work(kind)]
    about = {**framed(request), "kind": kind, "kinds": [(code, word(code)) for code in PROGRESS], "lines": lines}
    return render(request, "public_site/work.html", about)


@in_the_readers_language
def practices(request: HttpRequest) -> HttpResponse:
    """Good practices that others can copy, each with its State and its source."""
    asked, theme = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("theme", "")
    found = [(each, name(each.state)) for each in queries.practices(asked, theme)]
    themes = [(code, rubric().section(code), code == theme) for code in rubric().sections]
    about = {**framed(request), "asked": asked, "practices": found, "themes": themes}
    return render(request, "public_site/practices.html", about)


def _row(each: Recommended, counts: dict[str, int], lines: list[Entry]) -> dict[str, Any]:
    addressed = {"state": _("States"), "un": _("the United Nations"), "community": _("the international community")}
    return {
        "code": each.code, "paragraph": each.paragraph, "title": each.title, "targets": each.targets,
        "addressed": addressed[each.addressee], "questions": each.checked_by,
        "terms": [(code, label("form", code)) for code in each.terms],
        "counts": [(word(progress), number) for progress, number in counts.items()],
        "lines": [(line, name(line.state)) for line in lines if line.subject == each.code],
    }  # fmt: skip
