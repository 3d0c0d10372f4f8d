"""Estimates for the public: a page, a CSV file, and JSON; the figure never without its interval and its verdict."""

import csv
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.common.errors import NotFound
from amparo.interfaces.design.plots import intervals
from amparo.interfaces.public_site.language import in_the_readers_language, shown
from amparo.interfaces.public_site.words import explained
from amparo.methods.disclosure.files import harmless
from amparo.publication.estimates import queries, words
from amparo.publication.estimates.laid import Laid, lay_out, years
from amparo.publication.estimates.models import Estimate
from amparo.vocabulary.queries import label

# What may divide the children: in words, and where the vocabulary explains it.
_DIVIDED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "sex": (gettext_lazy("Sex"), ("sex",)),
    "age_group": (gettext_lazy("Age group"), ("age_group",)),
    "region": (gettext_lazy("Region"), ("place_level", "region")),
}
HEADER = ("part", "part_label", "verdict", "total", "low", "high", "level", "children_on_lists")


@in_the_readers_language
def estimate(request: HttpRequest, reference: str) -> HttpResponse:
    """One estimate; of a withdrawn one only that it was, and why."""
    found = queries.public_estimate(reference)
    laid = lay_out(found)
    about = {
        "estimate": found, "laid": laid, "definition": words.DEFINITION, "not_said": words.NOT_SAID,
        "cite": _cited(found, laid), "reason": label("release_reason", found.reason) if found.reason else "",
        "terms": _terms(found),
        "plot": intervals(laid.methods, label=_("The interval of each method; the table has the same numbers.")),
        **shown(request),
    }  # fmt: skip
    return render(request, "public_site/estimate.html", about)


@in_the_readers_language
def table(_request: HttpRequest, reference: str) -> HttpResponse:
    """A line for the whole, each part, and each method."""
    found = _standing(reference)
    name = f"children_estimated_{found.first_year}_{found.last_year}_{found.reference}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    csv.writer(response).writerows(_lines(found))
    return response


@in_the_readers_language
def definition(request: HttpRequest, reference: str) -> HttpResponse:
    """What a machine, or a careful reader, must know of it, with all its numbers."""
    found = _standing(reference)
    laid = lay_out(found)
    told = {
        "reference": found.reference, "indicator": "children_estimated", "first_year": found.first_year,
        "last_year": found.last_year, "demonstration": settings.DEMO, "unit": _("children"),
        "definition": str(words.DEFINITION), "does_not_say": str(words.NOT_SAID), "method": laid.method,
        "sentence": laid.sentence, "children_on_lists": found.children, "total": found.total, "low": found.low,
        "high": found.high, "level": 0.95, "verdict": found.verdict,
        "lists": words.list_words(found.grouping, found.lists), "strata": found.strata, **found.parts,
        "supposed": found.supposed, "statement": found.statement, "boot": found.boot, "seed": found.seed,
        "published": _day(found), "cite": _cited(found, laid),
        "vocabulary": {name: request.build_absolute_uri(there) for name, _title, there in _terms(found)},
    }  # fmt: skip
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _terms(found: Estimate) -> list[tuple[str, str, str]]:
    """Of what is estimated, and of each thing that divides it: its name in the files, in words, and its own address."""
    told: list[tuple[str, Any, tuple[str, ...]]] = []
    told += [("indicator", label("indicator", "children_estimated"), ("indicator", "children_estimated"))]
    told += [("lists", _("Agency"), ("agency_kind",))] if found.grouping == "kind" else []
    told += [(found.strata, *_DIVIDED[found.strata])] if found.strata else []
    return [(name, str(title), explained(*where)) for name, title, where in told]


def _lines(found: Estimate) -> Iterator[list[str]]:
    laid = lay_out(found)
    yield list(HEADER)
    whole = {"verdict": found.verdict, "total": found.total, "low": found.low, "high": found.high}
    yield _line("all", _("All"), whole | {"children": found.children})
    for each, line in zip(found.parts["strata"], laid.strata, strict=True):
        yield _line(f"{found.strata}={each['stratum']}", line.label, each)
    for each, line in zip(found.parts["methods"], laid.methods, strict=True):
        yield _line(f"method={each['method']}", line.label, each)


def _line(part: str, words_: str, each: dict[str, Any]) -> list[str]:
    numbers = ["" if each[name] is None else str(each[name]) for name in ("total", "low", "high")]
    cells = [part, words_, each["verdict"], *numbers, "0.95", str(each.get("children") or "")]
    return [harmless(cell) for cell in cells]


def _standing(reference: str) -> Estimate:
    found = queries.public_estimate(reference)
    if found.status != "published":
        raise NotFound
    return found


def _day(found: Estimate) -> str:
    assert found.published_at is not None
    return found.published_at.date().isoformat()


def _cited(found: Estimate, laid: Laid) -> str:
    title = _("How many children no list has")
    return f"{settings.PUBLIC_HOST}: {title}, {years(found)}. {laid.sentence} {found.reference}, {_day(found)}."
