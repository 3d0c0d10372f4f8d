"""What the public reads: the list of tables, and each with its chart, its numbers, its definition and its files."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.common import clock
from amparo.interfaces.design.plots import multiples
from amparo.interfaces.public_site.charts import charts, lines
from amparo.interfaces.public_site.files import address_of
from amparo.interfaces.public_site.language import in_the_readers_language, shown
from amparo.methods.formats.forms import FORMS
from amparo.methods.tabulation.indicators import catalogue
from amparo.publication import queries
from amparo.publication.estimates.laid import lay_out as lay_out_estimate
from amparo.publication.estimates.queries import public_estimates
from amparo.publication.figures import cite
from amparo.publication.indicators import Indicator, indicator, method_of
from amparo.publication.models import Release
from amparo.publication.naming import title
from amparo.publication.sheets import sheets_of
from amparo.publication.summary import over_the_years, sentences
from amparo.publication.tabulated import lay_out
from amparo.vocabulary.queries import choices, draft, known, label

LONGEST = 100  # signs of a search
FED = 100  # entries of the feed


@in_the_readers_language
def home(request: HttpRequest) -> HttpResponse:
    """What is published: everything, or what somebody looks for by words, by indicator or by year."""
    every = [(each, indicator(each.indicator)) for each in queries.public_releases()]
    asked = {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("q", "indicator", "year")}
    found = [(each, about) for each, about in every if _wanted(each, about, asked)]
    about = {
        "releases": found, "asked": asked, "looked": any(asked.values()), "many": len(every) > 1,
        "indicators": {each.indicator: about.title for each, about in every},
        "years": sorted({each.year for each, _about in every}, reverse=True),
        "estimates": [(each, lay_out_estimate(each)) for each in public_estimates()], **shown(request),
    }  # fmt: skip
    return render(request, "public_site/home.html", about)


def _wanted(release: Release, about: Indicator, asked: dict[str, str]) -> bool:
    text = f"{about.title} {about.definition} {release.years} {release.reference}".casefold()
    return (
        all(word in text for word in asked["q"].casefold().split())
        and asked["indicator"] in {"", release.indicator}
        and asked["year"] in {"", *map(str, range(release.first_year, release.year + 1))}
    )


@in_the_readers_language
def feed(request: HttpRequest) -> HttpResponse:
    """What was published, corrected and withdrawn, newest first, as Atom (RFC 4287)."""
    entries = [
        (each, indicator(each.indicator), address_of(request, each.reference), each.withdrawn_at or each.published_at)
        for each in queries.public_releases()
    ]
    entries.sort(key=lambda entry: entry[3] or clock.now(), reverse=True)
    about = {"entries": entries[:FED], "root": request.build_absolute_uri(reverse("public:home")),
             "address": request.build_absolute_uri(), "language": get_language(), "host": settings.PUBLIC_HOST,
             "updated": entries[0][3] if entries else clock.now()}  # fmt: skip
    return render(request, "public_site/feed.xml", about, content_type="application/atom+xml; charset=utf-8")


@in_the_readers_language
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """One table; of a withdrawn or corrected one only that it was, and why."""
    found = queries.public_release(reference)
    about = {"release": found, "indicator": indicator(found.indicator), **shown(request)}
    if found.status != "published":
        why = label("release_reason", found.reason)
        return render(request, "public_site/withdrawn.html", {**about, "reason": why})
    years = over_the_years(found.indicator)
    about |= {
        "tables": _tables(found),
        "sentences": sentences(found),
        "years": years,
        "multiples": multiples(years, label=_("children by year; the table below has the same numbers")),
        "method": method_of(found.indicator, found.policy),
        "language": get_language(),
        "address": address_of(request, reference),
        "cite": cite(found, address_of(request, reference)),
        "licence": settings.DATA_LICENCE,
        "forms": FORMS,
        "term": known("indicator", found.indicator),
        "lists": _lists(found),
        "drafted": any(draft(scheme, code) for scheme, _title in _lists(found) for code, _words in choices(scheme)),
    }
    return render(request, "public_site/release.html", about)


def _tables(release: Release) -> list[dict[str, Any]]:
    """Each table with its charts; bars only where no other chart shows it."""
    drawn = queries.drawn_tables(release)
    told = []
    for laid, sheet in zip(lay_out(release), sheets_of(release), strict=True):
        shown, over_time = charts(sheet, laid.number), lines(sheet)
        plain = laid.number in drawn and not over_time and set(sheet.by) not in ({"age_group", "sex"}, {"age", "sex"})
        told.append({"laid": laid, "charts": shown, "lines": over_time, "bars": plain})
    return told


def _lists(release: Release) -> list[tuple[str, str]]:
    """The code lists that the tables use, each with its title."""
    used = dict.fromkeys(each for sheet in sheets_of(release) for each in sheet.by)
    found = catalogue().dimensions
    return [(found[each].scheme, title(each)) for each in used if found[each].scheme and each != "region"]


@in_the_readers_language
def chart(_request: HttpRequest, reference: str, language: str, ground: str, number: int = 1) -> HttpResponse:
    """The bars of a table, as they were drawn when it was published."""
    svg = queries.public_drawing(reference, language, ground, number - 1)
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Content-Language": language})
