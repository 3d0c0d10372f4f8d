"""A list of the vocabulary as SKOS (W3C, 2009) in Turtle (W3C, 2014): written line by line, for it needs little of it.

A crosswalk is our own proposal and joins lists of unlike grain: its rows are `skos:relatedMatch`, never `exactMatch`.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from amparo.vocabulary.models import Edition, Equivalent, Term

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def address(root: str, *parts: str) -> str:
    """The address that stays of a list, or of a term of it."""
    return root + "".join(f"{quote(part, safe='')}/" for part in parts)


def turtle(edition: Edition, terms: Iterable[Term], equivalents: Iterable[Equivalent], root: str) -> str:
    """The whole list: a concept scheme, and a concept a term."""
    there: dict[str, list[str]] = {}
    for row in equivalents:
        if row.target:
            there.setdefault(row.code, []).append(_iri(root, row.scheme, row.target))
    blocks = [_block(_iri(root, edition.scheme), _scheme(edition))]
    blocks += [_block(_iri(root, edition.scheme, each.code), _concept(edition, each, there, root)) for each in terms]
    return "\n".join([PREFIXES, *blocks])


def _block(subject: str, statements: Iterable[str]) -> str:
    return f"{subject} " + " ;\n    ".join(statements) + " .\n"


def _scheme(edition: Edition) -> Iterator[str]:
    yield "a skos:ConceptScheme"
    yield f"dct:title {_text(edition.title, 'en')}"
    yield f"dct:source {_text(edition.source, 'en')}"
    yield f"owl:versionInfo {_text(edition.edition)}"


def _concept(edition: Edition, term: Term, there: dict[str, list[str]], root: str) -> Iterator[str]:
    yield "a skos:Concept"
    yield f"skos:inScheme {_iri(root, edition.scheme)}"
    yield f"skos:notation {_text(term.code)}"
    for language, label in term.labels.items():
        yield f"skos:prefLabel {_text(label, language)}"
    if term.official:
        yield f"skos:altLabel {_text(term.official, 'en')}"
    if term.definition:
        yield f"skos:definition {_text(term.definition, 'en')}"
    yield f"dct:source {_text(term.source, 'en')}"
    if term.parent:
        yield f"skos:broader {_iri(root, edition.scheme, term.parent)}"
    else:
        yield f"skos:topConceptOf {_iri(root, edition.scheme)}"
    for target in there.get(term.code, []):
        yield f"skos:relatedMatch {target}"
    if term.status != "ok" or not term.verified:
        yield f"skos:editorialNote {_text(f'{term.status}; verified: {str(term.verified).lower()}', 'en')}"


def _iri(root: str, *parts: str) -> str:
    return f"<{address(root, *parts)}>"


def _text(text: str, language: str = "") -> str:
    inner = "".join(_ESCAPES.get(sign, sign) for sign in text)
    return f'"{inner}"@{language}' if language else f'"{inner}"'
