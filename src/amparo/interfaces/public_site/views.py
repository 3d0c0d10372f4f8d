"""What the public reads: the list of tables, and each with its chart, its numbers, its definition and its files."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from amparo.counting.positions import BANDS
from amparo.interfaces.public_site.files import address_of
from amparo.interfaces.public_site.language import in_the_readers_language, shown
from amparo.methods.formats.forms import FORMS
from amparo.publication import queries
from amparo.publication.estimates.laid import lay_out as lay_out_estimate
from amparo.publication.estimates.queries import public_estimates
from amparo.publication.figures import cite
from amparo.publication.indicators import indicator, method_of
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
    """One table; of a withdrawn or corrected one only that it was, and why."""
    found = queries.public_release(reference)
    about = {"release": found, "indicator": indicator(found.indicator), **shown(request)}
    if found.status != "published":
        why = label("release_reason", found.reason)
        return render(request, "public_site/withdrawn.html", {**about, "reason": why})
    about |= {
        "table": lay_out(found),
        "method": method_of(found.indicator, found.policy),
        "language": get_language(),
        "address": address_of(request, reference),
        "cite": cite(found, address_of(request, reference)),
        "licence": settings.DATA_LICENCE,
        "forms": FORMS,
        "drafted": any(draft("age_group", band) for band in BANDS),
    }
    return render(request, "public_site/release.html", about)


@in_the_readers_language
def chart(_request: HttpRequest, reference: str, language: str, ground: str) -> HttpResponse:
    """The chart, as it was drawn when the table was published."""
    svg = queries.public_drawing(reference, language, ground)
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Content-Language": language})

