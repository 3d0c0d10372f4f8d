"""What States do: a map and a table for each question, a page for each State, regions, comparisons, search."""

import csv
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from amparo.common import clock
from amparo.common.errors import NotFound
from amparo.interfaces.public_site.language import in_the_readers_language, shown
from amparo.interfaces.public_site.monitor_files import lines_of_profile, lines_of_topic
from amparo.methods.disclosure.files import harmless
from amparo.monitoring import drawing, queries
from amparo.monitoring.assessing import ROLES
from amparo.monitoring.documents.content import report
from amparo.monitoring.documents.pdf import pdf
from amparo.monitoring.documents.word import docx
from amparo.monitoring.models import Observation, State
from amparo.monitoring.profile import as_told, changed_since, profile
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.scoring import GRADES, Score
from amparo.monitoring.series import all_series
from amparo.monitoring.topics import Topic, topic
from amparo.monitoring.topics import shown as shown_value
from amparo.monitoring.treaties import treaties
from amparo.monitoring.words import word
from amparo.monitoring.world import name, regions

LONGEST = 100  # signs of a search
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 6  # States in one comparison
_COMPARED = ("SP_DYN_MRBF18", "SL_TLF_CHLDEA", "CYBERTIPLINE", "US_TIP_TIER", "UNSD_LEGAL_AGE_MARRIAGE")


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
        **_framed(request), **_mapped(topic("treaty", "OPSC", _day(request))), "treaties": treaties().values(),
        "series": all_series().values(), "sections": sections, "regions": _top_regions(),
        "states": [(each, name(each)) for each in queries.states()],
    }  # fmt: skip
    return render(request, "public_site/monitor.html", about)


@in_the_readers_language
def topic_page(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One question, put to every State."""
    found = _topic(request, kind, code)
    about = {**_framed(request), **_mapped(found)}
    if found.wave:
        title = _("{code}: parties by year").format(code=code)
        about["wave"] = mark_safe(drawing.wave(found.wave, title))  # noqa: S308 - drawn here, every word escaped
    return render(request, "public_site/topic.html", about)


@in_the_readers_language
def topic_file(request: HttpRequest, kind: str, code: str, form: str) -> HttpResponse:
    """The same as CSV or JSON."""
    found = _topic(request, kind, code)
    if form == "csv":
        return _csv(f"{code}_{found.day}", lines_of_topic(found))
    rows = list(lines_of_topic(found))
    return _json({
        "kind": kind, "code": code, "title": found.title, "caution": found.caution, "as_of": found.day.isoformat(),
        "sources": found.sources, "states": [dict(zip(rows[0], row, strict=True)) for row in rows[1:]],
    })  # fmt: skip


@in_the_readers_language
def state(request: HttpRequest, iso3: str) -> HttpResponse:
    """Everything about one State; `since` a day, what is new since then."""
    found, day = queries.state(iso3), _day(request)
    since = _date(request.GET.get("since", ""))
    about = {
        **_framed(request), "profile": profile(found, day, _date(request.GET.get("known", ""))), "name": name(found),
        "region": regions().get(found.region), "subregion": regions().get(found.subregion), "since": since,
        "changes": changed_since(found, since, clock.today()) if since else [],
    }  # fmt: skip
    return render(request, "public_site/state.html", about)


@in_the_readers_language
def state_file(request: HttpRequest, iso3: str, form: str) -> HttpResponse:
    """The same as CSV or JSON."""
    found = profile(queries.state(iso3), _day(request), _date(request.GET.get("known", "")))
    return _csv(f"{iso3}_{found.day}", lines_of_profile(found)) if form == "csv" else _json(as_told(found))


@in_the_readers_language
def state_report(request: HttpRequest, iso3: str, form: str) -> HttpResponse:
    """The same to take along on a visit: PDF, or a document to go on writing in."""
    found = profile(queries.state(iso3), _day(request), _date(request.GET.get("known", "")))
    kind, made = ("application/pdf", pdf) if form == "pdf" else (_WORD, docx)
    name_ = f"{found.state.iso3}_{found.day}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name_}"'}
    return HttpResponse(made(report(found)), content_type=kind, headers=headers)


@in_the_readers_language
def compare(request: HttpRequest) -> HttpResponse:
    """Up to six States side by side, in the order in which they were chosen: no rank."""
    day, there = _day(request), {each.iso3: each for each in queries.states(kinds=State.KINDS)}
    chosen = [there[code] for code in dict.fromkeys(request.GET.getlist("s")) if code in there][:MOST]
    codes = {each.iso3 for each in chosen}
    about = {
        **_framed(request), "chosen": [(each, name(each)) for each in chosen], "most": MOST,
        "all": [(each, name(each), each.iso3 in codes) for each in there.values() if each.kind in queries.ASKED],
        "rows": _compared(chosen, day) if chosen else [],
    }  # fmt: skip
    return render(request, "public_site/compare.html", about)


@in_the_readers_language
def region(request: HttpRequest, code: str) -> HttpResponse:
    """The States of a region or subregion, treaty by treaty."""
    found = regions().get(code)
    if found is None:
        raise NotFound
    within = [each for each in queries.states() if code in {each.region, each.subregion}]
    grid, day = queries.grid(within, _day(request)), _day(request)
    parts = [each for each in regions().values() if each.parent == code]
    about = {
        **_framed(request), "region": found, "parts": parts, "parent": regions().get(found.parent),
        "treaties": treaties().values(), "day": day,
        "rows": [(each, name(each), [(s, word(s.status)) for s in grid[each.iso3]]) for each in within],
    }  # fmt: skip
    return render(request, "public_site/region.html", about)


@in_the_readers_language
def heat(request: HttpRequest) -> HttpResponse:
    """State by section, as one role answers: a grade where enough was assessed, and always how much that was."""
    role = request.GET.get("role", "")
    role = role if role in ROLES else ROLES[1]
    there = {each.iso3: each for each in queries.states(kinds=State.KINDS)}
    graded = queries.graded(there.values(), role, _day(request))
    asked = rubric()
    first = next(iter(graded.values()), [])
    columns = [(asked.section(each.section), word(each.nature)) for each in first]
    said = {grade: word(grade) for grade in ("", *(grade for _least, grade in GRADES))}
    rows = [(each, name(each), _cells(columns, graded[iso3], said)) for iso3, each in there.items() if iso3 in graded]
    about = {**_framed(request), "rows": rows, "columns": columns, "roles": [(r, word(r)) for r in ROLES], "role": role}
    return render(request, "public_site/heat.html", about)


@in_the_readers_language
def find(request: HttpRequest) -> HttpResponse:
    """States, treaties, series, questions and recommendations in which the words stand."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    plain = asked.casefold()
    about = {**_framed(request), "asked": asked}
    if asked:
        about["states"] = [(each, name(each)) for each in queries.atlas().search(asked)]
        about["topics"] = [
            *(("treaty", t.code, t.title) for t in treaties().values() if plain in f"{t.code} {t.title}".casefold()),
            *(("series", s.code, s.title) for s in all_series().values() if plain in f"{s.code} {s.title}".casefold()),
            *(
                ("question", q.id, q.text)
                for q in rubric().questions.values()
                if plain in f"{q.id} {q.text}".casefold()
            ),
        ]
        about["recommendations"] = [(each, name(each.state)) for each in queries.find_recommendations(asked)]
    return render(request, "public_site/find.html", about)


@in_the_readers_language
def practices(request: HttpRequest) -> HttpResponse:
    """Good practices that others can copy, each with its State and its source."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    found = [(each, name(each.state)) for each in queries.practices(asked)]
    return render(request, "public_site/practices.html", {**_framed(request), "asked": asked, "practices": found})


@in_the_readers_language
def sources(request: HttpRequest) -> HttpResponse:
    """Where the data comes from, and as of when."""
    return render(request, "public_site/sources.html", {**_framed(request), "sources": queries.sources()})


def _cells(
    columns: list[tuple[str, str]], scores: list[Score], said: dict[str, str]
) -> list[tuple[str, str, str, int, int]]:
    """Each cell of a State's row: what it is about, its grade as a code and in words, and the coverage."""
    return [
        (", ".join(column), each.grade or "nograde", said[each.grade], each.assessed, each.applicable)
        for column, each in zip(columns, scores, strict=True)
    ]


def _framed(request: HttpRequest) -> dict[str, Any]:
    return {"day": _day(request), "today": clock.today(), **shown(request)}


def _day(request: HttpRequest) -> date:
    """The day that the address asks about, never one to come; else today."""
    return min(_date(request.GET.get("on", "")) or clock.today(), clock.today())


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _topic(request: HttpRequest, kind: str, code: str) -> Topic:
    asked = {part: request.GET.get(part, "")[:10] for part in ("age", "sex")}
    return topic(kind, code, _day(request), **asked)


def _mapped(found: Topic) -> dict[str, Any]:
    title = _("World map: {title}, as of {day}. The table below says the same.").format(
        title=found.title, day=found.day
    )
    return {"topic": found, "map": mark_safe(drawing.world_map(found.places, title))}  # noqa: S308 - drawn here, escaped


def _top_regions() -> list[Any]:
    return [(each, [part for part in regions().values() if part.parent == each.code]) for each in regions().values()
            if not each.parent]  # fmt: skip


def _compared(chosen: list[State], day: date) -> list[tuple[str, str, str, list[str]]]:
    """Kind and code of each row with its title, and what each State has there."""
    grid = queries.grid(chosen, day)
    rows = [
        ("treaty", code, code, [f"{word(grid[s.iso3][at].status)} {grid[s.iso3][at].date}".strip() for s in chosen])
        for at, code in enumerate(treaties())
    ]
    newest = queries.newest(chosen, _COMPARED, day.year)
    for code in _COMPARED:
        cells = [_number(newest.get((state.iso3, code))) for state in chosen]
        rows.append(("series", code, all_series()[code].title, cells))
    return rows


def _number(each: Observation | None) -> str:
    """A number with its year, and of whom it is."""
    if each is None:
        return word("not_known")
    value = each.text or shown_value(each.value or 0.0, all_series()[each.series].unit)
    told = ", ".join([str(each.year), *(word(part) for part in (each.age, each.sex) if part)])
    return f"{value} ({told})"


def _csv(stem: str, lines: Any) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{stem}.csv"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    csv.writer(response).writerows([harmless(cell) for cell in line] for line in lines)
    return response


def _json(told: dict[str, Any]) -> HttpResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
