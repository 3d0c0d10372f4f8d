"""Asking a code list. The current editions are kept in the process; nobody else touches the tables.

Vocabulary is public: nothing here is guarded.
"""

from dataclasses import dataclass
from functools import cache

from django.db.models import Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.common.errors import Invalid
from amparo.vocabulary.models import Crosswalk, Edition, Equivalent, Term


@dataclass(frozen=True)
class Entry:
    """A term of a current edition."""

    code: str
    parent: str
    labels: dict[str, str]
    verified: bool = True
    checked: frozenset[str] = frozenset()


def need(scheme: str, code: str) -> str:
    """The code itself. Raises `Invalid` when the current edition of the scheme has no such code."""
    if code not in _current(scheme):
        raise Invalid({scheme: _("Choose one of the list.")})
    return code


def codes(scheme: str) -> frozenset[str]:
    """Every code of the current edition."""
    return frozenset(_current(scheme))


def label(scheme: str, code: str, language: str | None = None) -> str:
    """The words for a code: in the language asked, or the reader's, or English; the code itself if it is unknown.

    A code that the current edition dropped keeps the words of the last edition that had it.
    """
    entry = _current(scheme).get(code) or _ever(scheme).get(code)
    if entry is None:
        return code
    wanted = (language or get_language() or "en").partition("-")[0]
    return entry.labels.get(wanted) or entry.labels.get("en", code)


def draft(scheme: str, code: str, language: str | None = None) -> bool:
    """Are the words of a code a translation that nobody of the field has checked? English is what is translated."""
    wanted = (language or get_language() or "en").partition("-")[0]
    entry = _current(scheme).get(code) or _ever(scheme).get(code)
    return entry is not None and wanted in entry.labels and wanted not in entry.checked | {"en"}


def known(scheme: str, code: str) -> bool:
    """Has any edition of the scheme had this code?"""
    return code in _ever(scheme)


def elsewhere(scheme: str, code: str, other: str) -> list[str]:
    """The codes in the scheme `other` by the newest crosswalk; an empty list says that there is no equivalent.

    Raises `Invalid` when no crosswalk says anything about this code and scheme: that is not the same.
    """
    walk = Crosswalk.objects.filter(scheme=scheme).order_by("-edition").first()
    rows = list(Equivalent.objects.filter(crosswalk=walk, code=code, scheme=other).order_by("id")) if walk else []
    if not rows:
        raise Invalid({scheme: f"No crosswalk says what {code} is called in {other}."})
    return [row.target for row in rows if row.target]


def official(scheme: str, code: str) -> str:
    """The code, if it may leave in an official export. Raises `Invalid` that names one which was never confirmed."""
    entry = _current(scheme).get(code)
    if entry is None or not entry.verified:
        raise Invalid({scheme: f"The code {code} of {scheme} is not confirmed in its source and leaves in no export."})
    return code


def editions() -> list[Edition]:
    """Every edition of every scheme, the newest of a scheme first."""
    return list(Edition.objects.order_by("scheme", "-edition"))


def current_edition(scheme: str) -> str:
    """The name of the newest edition. Raises `Invalid` when there is none."""
    found = Edition.objects.filter(scheme=scheme).order_by("-edition").values_list("edition", flat=True).first()
    if found is None:
        raise Invalid({"scheme": f"There is no list {scheme}."})
    return str(found)


def terms_of(scheme: str, edition: str | None = None) -> list[Term]:
    """The terms of an edition (the newest), in its order. Raises `Invalid` when there is none."""
    found = Edition.objects.filter(scheme=scheme, **({"edition": edition} if edition else {})).order_by("-edition")
    if (chosen := found.first()) is None:
        raise Invalid({"scheme": f"There is no list {scheme}{f' of {edition}' if edition else ''}."})
    return terms_in(chosen)


def terms_in(edition: Edition) -> list[Term]:
    """The terms of an edition, in its order. One statement."""
    return list(Term.objects.filter(edition=edition).order_by("order", "code"))


def entries(scheme: str) -> list[Entry]:
    """The terms of the current edition, in its order."""
    return list(_current(scheme).values())


def parent(scheme: str, code: str) -> str:
    """The code under which a code of the current edition stands; empty for none."""
    entry = _current(scheme).get(code)
    return entry.parent if entry else ""


def history(scheme: str, code: str) -> list[Term]:
    """A term in every edition that had it, each with its edition, the newest first; none if there never was one."""
    found = Term.objects.filter(edition__scheme=scheme, code=code).select_related("edition")
    return list(found.order_by("-edition__edition"))


def equivalents(scheme: str, code: str | None = None) -> list[Equivalent]:
    """What the newest crosswalk of a scheme says of a code, or of all; empty targets are honest. One statement."""
    newest = Crosswalk.objects.filter(scheme=scheme).order_by("-edition").values("id")[:1]
    found = Equivalent.objects.filter(crosswalk=Subquery(newest), **({"code": code} if code else {}))
    return list(found.select_related("crosswalk").order_by("id"))


def search(asked: str, language: str, *, limit: int = 100) -> list[tuple[str, Entry]]:
    """Terms of current editions in whose code or words, in a language or English, every asked word stands."""
    words = asked.casefold().split()
    found = []
    for scheme in schemes():
        for entry in _current(scheme).values():
            text = f"{entry.code} {entry.labels.get(language, '')} {entry.labels.get('en', '')}".casefold()
            if words and all(word in text for word in words):
                found.append((scheme, entry))
    return found[:limit]


def choices(scheme: str, language: str | None = None) -> list[tuple[str, str]]:
    """Codes and words in the list's order, for a form."""
    return [(code, label(scheme, code, language)) for code in _current(scheme)]


def schemes() -> list[str]:
    """Every list that is loaded."""
    return sorted(Edition.objects.values_list("scheme", flat=True).distinct())


def forget() -> None:
    """Read the tables again at the next question: a new edition was taken."""
    _current.cache_clear()
    _ever.cache_clear()


@cache
def _current(scheme: str) -> dict[str, Entry]:
    edition = Edition.objects.filter(scheme=scheme).order_by("-edition").first()
    if edition is None:
        raise Invalid({scheme: "This code list is not loaded; run `amparo setup`."})
    terms = Term.objects.filter(edition=edition).order_by("order", "code")
    return {term.code: _entry(term) for term in terms}


@cache
def _ever(scheme: str) -> dict[str, Entry]:
    terms = Term.objects.filter(edition__scheme=scheme).order_by("edition__edition")
    return {term.code: _entry(term) for term in terms}


def _entry(term: Term) -> Entry:
    return Entry(term.code, term.parent, term.labels, term.verified, frozenset(term.checked.split()))
