"""A published table to take along: every format, its definition for machines, and the addresses that stay."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.common.errors import NotFound
from amparo.interfaces.public_site.language import in_the_readers_language
from amparo.interfaces.public_site.words import explained
from amparo.methods.figure import HIDDEN, SHOWN, Figure
from amparo.methods.formats.forms import FORMS
from amparo.methods.formats.told import definition as definition_of
from amparo.publication import queries
from amparo.publication.figures import figure_of
from amparo.publication.models import Release
from amparo.vocabulary.queries import known

_URLS = "amparo.config.urls_public"


@in_the_readers_language
def table(request: HttpRequest, reference: str, form: str, number: str = "1") -> HttpResponse:
    """The numbers in one of the formats, each with its provenance; a hidden count is never a number."""
    if form not in FORMS:
        raise NotFound
    found = figure(request, standing(reference), int(number) - 1)
    content = FORMS[form].write(found, paper_words())
    disposition = f'attachment; filename="{found.about.name}.{form}"'
    return HttpResponse(content, content_type=FORMS[form].media_type, headers={"Content-Disposition": disposition})


@in_the_readers_language
def definition(request: HttpRequest, reference: str) -> HttpResponse:
    """What a machine, or a careful reader, must know of the numbers."""
    found = standing(reference)
    told = definition_of(figure(request, found)) | {"status": _statuses()}
    words = {"region": explained("place_level", "region")} if any("region" in by for by in found.tables) else {}
    if known("indicator", found.indicator):
        words = {"indicator": explained("indicator", found.indicator), **words}
    told["vocabulary"] = {name: request.build_absolute_uri(each) for name, each in words.items()} | told["vocabulary"]
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})


def standing(reference: str) -> Release:
    """A table that is published, and was neither corrected nor withdrawn. Raises `NotFound`."""
    found = queries.public_release(reference)
    if found.status != "published":
        raise NotFound
    return found


def address_of(request: HttpRequest, reference: str) -> str:
    """Where a release stands for good, in whatever language it is read."""
    return request.build_absolute_uri(reverse("public:release", _URLS, args=[reference]))


def figure(request: HttpRequest, release: Release, table: int = 0) -> Figure:
    """A table of a release as every format takes it, with its addresses on this host."""
    return figure_of(
        release, address=address_of(request, release.reference), terms=lambda code: terms(request, code), table=table
    )  # fmt: skip


def terms(request: HttpRequest, scheme: str) -> str:
    """Where the words of a code list are explained."""
    return request.build_absolute_uri(reverse("public:scheme", _URLS, args=[scheme]))


def paper_words() -> dict[str, str]:
    """The headings of the printed page, in the reader's language."""
    return {
        "hidden": _("hidden"), "hidden_means": _("Hidden, so that nobody can be recognised; not nought."),
        "means": _("What is counted"), "how": _("How nobody can be recognised"), "source": _("Where it comes from"),
        "demonstration": _("Demonstration: everybody in it is made up."), "release": _("Reference"),
        "published": _("Published"), "snapshot": _("Frozen year (SHA-256)"), "policy": _("Policy of protection"),
        "software": _("Made by"), "licence": _("Licence"), "address": _("Permanent address"), "cite": _("Cite as"),
    }  # fmt: skip


def _statuses() -> dict[str, Any]:
    return {SHOWN: _("The count is shown."), HIDDEN: _("Hidden, so that nobody can be recognised; not nought.")}
