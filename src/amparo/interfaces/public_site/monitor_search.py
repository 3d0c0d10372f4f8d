"""Search over everything that is public: each kind of thing with its own heading, each hit with where it leads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amparo.interfaces.public_site.asking import LONGEST, framed
from amparo.interfaces.public_site.language import in_the_readers_language
from amparo.law import queries as law
from amparo.law import words as law_words
from amparo.monitoring import queries
from amparo.monitoring.recommended import recommended
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.series import all_series
from amparo.monitoring.treaties import treaties
from amparo.monitoring.words import word
from amparo.monitoring.world import name
from amparo.vocabulary import queries as vocabulary

MOST = 30  # of each kind


@dataclass(frozen=True)
class Hit:
    """`title` leads to `place` on the page `address`; `english` where the words beside it are the document's own."""

    address: str
    title: str
    more: str = ""
    place: str = ""
    english: bool = False


@in_the_readers_language
def find(request: HttpRequest) -> HttpResponse:
    """Everything in whose words all of what is asked stands."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    groups = [(title, hits) for title, look in _KINDS if (hits := list(look(asked)))] if asked else []
    return render(request, "public_site/find.html", {**framed(request), "asked": asked, "groups": groups})


def _states(asked: str) -> Iterator[Hit]:
    for each in queries.atlas().search(asked):
        yield Hit(reverse("public:state", args=[each.iso3]), name(each))


def _topics(asked: str) -> Iterator[Hit]:
    every = [
        *(("treaty", each.code, each.title) for each in treaties().values()),
        *(("series", each.code, f"{each.title} {each.indicator}".strip()) for each in all_series().values()),
        *(("question", each.id, each.text) for each in rubric().questions.values()),
    ]
    for kind, code, title in every:
        if _in(asked, f"{code} {title}"):
            yield Hit(reverse("public:topic", args=[kind, code]), code, title)


def _terms(asked: str) -> Iterator[Hit]:
    language = (get_language() or "en").partition("-")[0]
    for scheme, entry in vocabulary.search(asked, language, limit=MOST):
        yield Hit(reverse("public:term", args=[scheme, entry.code]), vocabulary.label(scheme, entry.code))


def _law(asked: str) -> Iterator[Hit]:
    names = {each.iso3: name(each) for each in queries.states()}
    elements = [code for code, words in law_words.ELEMENT.items() if _in(asked, str(words))]
    offences = [code for code, words in vocabulary.choices("form") if _in(asked, words)]
    for each in law.search(asked, elements, offences, limit=MOST):
        said = f"{law_words.offence(each.offence)} – {law_words.ELEMENT[each.element]}: {law_words.said(each)}"
        told = f"{each.place}. {said}" + (f" ({each.external})" if each.external else "")
        yield Hit(reverse("public:state", args=[each.state]), names.get(each.state, each.state), told, "#law")


def _own(asked: str) -> Iterator[Hit]:
    for each in recommended().values():
        if _in(asked, f"{each.paragraph} {each.title}"):
            yield Hit(reverse("public:recommended"), each.paragraph, each.title, f"#r{each.code}")


def _recommendations(asked: str) -> Iterator[Hit]:
    for each in queries.find_recommendations(asked, MOST):
        told = f"{each.mechanism} {each.session}: {each.text[:300]}"
        yield Hit(reverse("public:state", args=[each.state_id]), name(each.state), told, english=True)


def _work(asked: str) -> Iterator[Hit]:
    """Visits, communications, practices, agreements and whatever else is done, by its words or its kind's."""
    for each in queries.find_entries(asked, MOST):
        told = f"{word(each.kind)} – {word(each.progress)}: {each.title}"
        yield Hit(reverse("public:state", args=[each.state_id]), name(each.state), told, "#work")


def _in(asked: str, text: str) -> bool:
    there = text.casefold()
    return all(part in there for part in asked.casefold().split())


_KINDS: tuple[tuple[object, Callable[[str], Iterator[Hit]]], ...] = (
    (_("States"), _states), (_("Questions"), _topics), (_("Law, provision by provision"), _law),
    (_("What the report recommends"), _own), (_("Recommendations"), _recommendations),
    (_("The mandate and partners at work"), _work), (_("Words"), _terms),
)  # fmt: skip
