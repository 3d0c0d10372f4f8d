"""What the public reads: the list of tables, and each with its chart, its numbers, its definition and its files."""

import csv

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from amparo.common.errors import NotFound
from amparo.counting.positions import BANDS
from amparo.interfaces.public_site.files import as_definition, as_lines
from amparo.interfaces.public_site.language import in_the_readers_language, shown
from amparo.publication import queries
from amparo.publication.estimates.laid import lay_out as lay_out_estimate
from amparo.publication.estimates.queries import public_estimates
from amparo.publication.indicators import indicator, method_of
from amparo.publication.models import Release
from amparo.publication.tabulated import lay_out
from amparo.vocabulary.queries import draft, label


@in_the_readers_language
def home(request: HttpRequest) -> HttpResponse:
    """What is published."""
    releases = [(each, indicator(each.indicator)) for each in queries.public_releases()]
    found = [(each, lay_out_estimate(each)) for each in public_estimates()]
    return render(request, "public_site/home.html", {"releases": releases, "estimates": found, **shown(request)})


@in_the_readers_language
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """One table; of a withdrawn one only that it was, and why."""
    found = queries.public_release(reference)
    about = {"release": found, "indicator": indicator(found.indicator), **shown(request)}
    if found.status == "withdrawn":
        why = label("release_reason", found.reason)
        return render(request, "public_site/withdrawn.html", {**about, "reason": why})
    about |= {
        "table": lay_out(found),
        "method": method_of(found.indicator, found.policy),
        "language": get_language(),
        "publisher": settings.PUBLIC_HOST,
        "drafted": any(draft("age_group", band) for band in BANDS),
    }
    return render(request, "public_site/release.html", about)


@in_the_readers_language
def table(_request: HttpRequest, reference: str) -> HttpResponse:
    """The numbers as CSV: UTF-8, codes with their words beside them, a hidden count without a value."""
    found = _standing(reference)
    name = f"{found.indicator}_{found.year}_{found.reference}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    csv.writer(response).writerows(as_lines(found))
    return response


@in_the_readers_language
def definition(_request: HttpRequest, reference: str) -> HttpResponse:
    """What a machine, or a careful reader, must know of the numbers."""
    return JsonResponse(as_definition(_standing(reference)), json_dumps_params={"ensure_ascii": False, "indent": 2})


@in_the_readers_language
def chart(_request: HttpRequest, reference: str, language: str, ground: str) -> HttpResponse:
    """The chart, as it was drawn when the table was published."""
    svg = queries.public_drawing(reference, language, ground)
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Content-Language": language})


def _standing(reference: str) -> Release:
    """A table that is published and was not withdrawn. Raises `NotFound`."""
    found = queries.public_release(reference)
    if found.status != "published":
        raise NotFound
    return found
