"""What States do: a map and a table for each question, a page for each State."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from amparo.common import clock
from amparo.interfaces.public_site.asking import as_csv, as_json, asked_topic, day, days, framed, on_day
from amparo.interfaces.public_site.language import in_the_readers_language
from amparo.interfaces.public_site.monitor_files import lines_of_profile, lines_of_topic
from amparo.monitoring import drawing, queries
from amparo.monitoring.profile import as_told, changed_since, profile
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.series import all_series
from amparo.monitoring.topics import Topic, topic
from amparo.monitoring.treaties import treaties
from amparo.monitoring.world import name, regions


@in_the_readers_language
def monitor(request: HttpRequest) -> HttpResponse:
    """Where the monitor begins: the Protocol's map, every question, every State."""
    asked = rubric()
    sections = [
        (asked.section(code), [q for q in asked.questions.values() if q.section == code],
         [each for each in asked.known if each.section == code])
        for code in asked.sections
    ]  # fmt: skip
    about = {
        **framed(request), **_mapped(topic("treaty", "OPSC", day(request))), "treaties": treaties().values(),
        "series": all_series().values(), "sections": sections, "regions": _top_regions(),
        "states": [(each, name(each)) for each in queries.states()],
    }  # fmt: skip
    return render(request, "public_site/monitor.html", about)


@in_the_readers_language
def topic_page(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One question, put to every State."""
    found = asked_topic(request, kind, code)
    about = {**framed(request), **_mapped(found)}
    if found.wave:
        title = _("{code}: parties by year").format(code=code)
        about["wave"] = mark_safe(drawing.wave(found.wave, title))  # noqa: S308 - drawn here, every word escaped
    return render(request, "public_site/topic.html", about)


@in_the_readers_language
def topic_file(request: HttpRequest, kind: str, code: str, form: str) -> HttpResponse:
    """The same as CSV or JSON."""
    found = asked_topic(request, kind, code)
    if form == "csv":
        return as_csv(f"{code}_{found.day}", lines_of_topic(found))
    rows = list(lines_of_topic(found))
    return as_json({
        "kind": kind, "code": code, "title": found.title, "caution": found.caution, "as_of": found.day.isoformat(),
        "sources": found.sources, "states": [dict(zip(rows[0], row, strict=True)) for row in rows[1:]],
    })  # fmt: skip


@in_the_readers_language
def state(request: HttpRequest, iso3: str) -> HttpResponse:
    """Everything about one State; `since` a day, what is new since then."""
    found = queries.state(iso3)
    since = on_day(request.GET.get("since", ""))
    about = {
        **framed(request), "profile": profile(found, *days(request)), "name": name(found),
        "region": regions().get(found.region), "subregion": regions().get(found.subregion), "since": since,
        "changes": changed_since(found, since, clock.today()) if since else [],
    }  # fmt: skip
    return render(request, "public_site/state.html", about)


@in_the_readers_language
def state_file(request: HttpRequest, iso3: str, form: str) -> HttpResponse:
    """The same as CSV or JSON."""
    found = profile(queries.state(iso3), *days(request))
    return as_csv(f"{iso3}_{found.day}", lines_of_profile(found)) if form == "csv" else as_json(as_told(found))


@in_the_readers_language
def sources(request: HttpRequest) -> HttpResponse:
    """Where the data comes from, and as of when."""
    return render(request, "public_site/sources.html", {**framed(request), "sources": queries.sources()})


def _mapped(found: Topic) -> dict[str, Any]:
    title = _("World map: {title}, as of {day}. The table below says the same.").format(
        title=found.title, day=found.day
    )
    return {"topic": found, "map": mark_safe(drawing.world_map(found.places, title))}  # noqa: S308 - drawn here, escaped


def _top_regions() -> list[Any]:
    return [(each, [part for part in regions().values() if part.parent == each.code]) for each in regions().values()
            if not each.parent]  # fmt: skip
