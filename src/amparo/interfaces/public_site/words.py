"""The vocabulary, for everybody: each list and each term at an address that stays, to read and to take along."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from amparo.common.errors import NotFound
from amparo.interfaces.public_site import skos
from amparo.interfaces.public_site.language import in_the_readers_language, shown
from amparo.interfaces.public_site.term_files import as_csv, as_json
from amparo.vocabulary import queries
from amparo.vocabulary.files import LANGUAGES
from amparo.vocabulary.models import Edition, Term

LONGEST = 100  # signs of a search
_URLS = "amparo.config.urls_public"


@in_the_readers_language
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Every list, or the terms that somebody looks for."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    about: dict[str, Any] = {"asked": asked, "language": language(), **shown(request)}
    if asked:
        about["found"] = [(scheme, entry.code, *_said(scheme, entry.code)) for scheme, entry in _search(asked)]
    else:
        about["lists"] = _newest()
    return render(request, "public_site/vocabulary.html", about)


@in_the_readers_language
def scheme(request: HttpRequest, scheme: str) -> HttpResponse:
    """One list in its newest edition."""
    edition, terms = _list(scheme)
    rows = [(each, *_said(scheme, each.code)) for each in terms]
    about = {"edition": edition, "rows": rows, "kinds": FILES, **shown(request)}
    return render(request, "public_site/scheme.html", about)


@in_the_readers_language
def term(request: HttpRequest, scheme: str, code: str) -> HttpResponse:
    """One term: its words in each language, what it means, where it comes from, and what it is called elsewhere."""
    editions = queries.history(scheme, code)
    if not editions:
        raise NotFound
    newest, *older = editions
    entries = {each.code: each for each in queries.entries(scheme)}
    about = {
        "term": newest, "label": queries.label(scheme, code), "older": older, "dropped": code not in entries,
        "tongues": [(each, newest.labels.get(each, ""), each in newest.checked.split()) for each in LANGUAGES],
        "parent": newest.parent and (newest.parent, queries.label(scheme, newest.parent)),
        "children": [(each.code, queries.label(scheme, each.code)) for each in entries.values() if each.parent == code],
        "elsewhere": [(each, each.target and queries.label(each.scheme, each.target))
                      for each in queries.equivalents(scheme, code)],
        "address": request.build_absolute_uri(request.path), **shown(request),
    }  # fmt: skip
    return render(request, "public_site/term.html", about)


def explained(*parts: str) -> str:
    """The address that stays of a list, or of a term of it: for whatever is published with these words."""
    return reverse("public:term" if parts[1:] else "public:scheme", _URLS, args=parts)


@in_the_readers_language
def list_file(request: HttpRequest, scheme: str, kind: str) -> HttpResponse:
    """A list to take along: every term in every language, as CSV, JSON, or SKOS in Turtle."""
    if kind not in FILES:
        raise NotFound
    edition, terms = _list(scheme)
    write = {"csv": _csv, "json": _json, "ttl": _turtle}[kind]
    response = write(request, edition, terms)
    response.headers["Content-Disposition"] = f'attachment; filename="{edition.scheme}_{edition.edition}.{kind}"'
    return response


FILES = {"csv": "CSV", "json": "JSON", "ttl": "SKOS (Turtle)"}


def _csv(_request: HttpRequest, _edition: Edition, terms: list[Term]) -> HttpResponse:
    return HttpResponse(as_csv(terms), content_type="text/csv; charset=utf-8")


def _json(request: HttpRequest, edition: Edition, terms: list[Term]) -> HttpResponse:
    told = as_json(edition, terms, queries.equivalents(edition.scheme), _root(request))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _turtle(request: HttpRequest, edition: Edition, terms: list[Term]) -> HttpResponse:
    text = skos.turtle(edition, terms, queries.equivalents(edition.scheme), _root(request))
    return HttpResponse(text, content_type="text/turtle; charset=utf-8")


def _said(scheme: str, code: str) -> tuple[str, bool]:
    """A term in the reader's words, and whether these are a draft."""
    return queries.label(scheme, code), queries.draft(scheme, code)


def _root(request: HttpRequest) -> str:
    """The address below which every list and term has its own."""
    return request.build_absolute_uri(reverse("public:vocabulary"))


def _list(scheme: str) -> tuple[Edition, list[Term]]:
    """The newest edition of a list with its terms. Raises `NotFound`. Two statements."""
    edition = next((each for each in queries.editions() if each.scheme == scheme), None)
    if edition is None:
        raise NotFound
    return edition, queries.terms_in(edition)


def _newest() -> list[Edition]:
    """The newest edition of every list."""
    seen: dict[str, Edition] = {}
    for each in queries.editions():
        seen.setdefault(each.scheme, each)
    return list(seen.values())


def _search(asked: str) -> list[Any]:
    return queries.search(asked, language())


def language() -> str:
    """The reader's language as code lists name it."""
    return (get_language() or "en").partition("-")[0]
