"""What costs work to draw: maps and charts as pictures (PNG, PDF), and a State's report (PDF, Word)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.common.errors import NotFound
from amparo.interfaces.public_site.asking import asked_topic, days
from amparo.interfaces.public_site.drawn import drawn
from amparo.interfaces.public_site.language import in_the_readers_language
from amparo.monitoring import drawing, queries
from amparo.monitoring.documents.content import report
from amparo.monitoring.documents.pdf import pdf
from amparo.monitoring.documents.picture import Sheet, picture
from amparo.monitoring.documents.word import docx
from amparo.monitoring.profile import Profile, Told, profile
from amparo.monitoring.topics import Topic
from amparo.monitoring.words import word
from amparo.monitoring.world import name


@in_the_readers_language
def state_report(request: HttpRequest, iso3: str, form: str) -> HttpResponse:
    """What is known of a State to take along on a visit: PDF, or a document to go on writing in."""
    found = _profile(request, iso3)
    blocks = report(found)
    make = pdf if form == "pdf" else docx
    return _drawn(request, f"{found.state.iso3}_{found.day}", form, tuple(blocks), lambda: make(blocks))


@in_the_readers_language
def topic_picture(request: HttpRequest, kind: str, code: str, what: str, form: str) -> HttpResponse:
    """The map of a question, or the wave of a treaty's parties."""
    found = asked_topic(request, kind, code)
    if what == "wave" and not found.wave:
        raise NotFound
    sheet = _map(found) if what == "map" else _wave(found)
    return _drawn(request, f"{code}_{what}_{found.day}", form, sheet, lambda: picture(sheet, form))


@in_the_readers_language
def series_picture(request: HttpRequest, iso3: str, code: str, form: str) -> HttpResponse:
    """A series of a State as a line over its years."""
    found = _profile(request, iso3)
    told = next((each for each in (*found.official, *found.others) if each.series.code == code and each.svg), None)
    if told is None:
        raise NotFound
    sheet = _line(found, told)
    return _drawn(request, f"{found.state.iso3}_{code}_{found.day}", form, sheet, lambda: picture(sheet, form))


def _drawn(request: HttpRequest, stem: str, form: str, content: Any, draw: Any) -> HttpResponse:
    return drawn(request, stem, form, (get_language(), content), draw)


def _profile(request: HttpRequest, iso3: str) -> Profile:
    return profile(queries.state(iso3), *days(request))


def _as_of(day: Any) -> str:
    return _("As of {day}").format(day=day)


def _map(found: Topic) -> Sheet:
    key = tuple((shade, f"{words}: {number}") for shade, words, number in found.legend)
    notes = (
        found.caution, *found.sources, str(_("Hatched: not known, which is not a no.")),
        _("The boundaries and names shown and the designations used on this map do not imply official endorsement "
          "or acceptance by the United Nations. Borders: Natural Earth."),
    )  # fmt: skip
    svg = drawing.world_map(found.places, found.title)
    return Sheet(found.title, _as_of(found.day), svg, (drawing.WIDTH, drawing.HEIGHT), key, notes)


def _wave(found: Topic) -> Sheet:
    title = _("{code}: parties by year").format(code=found.code)
    notes = (found.title, _("Those whose year is not known are in no column."), *found.sources)
    return Sheet(title, _as_of(found.day), drawing.wave(found.wave, title), drawing.WAVE, notes=notes)


def _line(found: Profile, told: Told) -> Sheet:
    title = f"{name(found.state)}: {told.series.title}, {told.slice}"
    years = ", ".join(f"{each.year}: {each.value:g}" for each in told.points if each.value is not None)
    notes = [years, word(told.series.unit), str(told.series.caution), told.latest.source.title]
    if told.breaks:
        notes.append(_("The method changed in:") + " " + ", ".join(map(str, told.breaks)))
    return Sheet(title, _as_of(found.day), told.svg, drawing.SPARK, notes=tuple(each for each in notes if each))
