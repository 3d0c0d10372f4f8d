"""Many States in one table: compared, by region, by section of the rubric; each as a page, as CSV and as JSON."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join

from amparo.common.errors import NotFound
from amparo.interfaces.public_site.asking import MOST, as_csv, as_json, day, framed
from amparo.interfaces.public_site.language import in_the_readers_language
from amparo.monitoring import queries
from amparo.monitoring.assessing import ROLES
from amparo.monitoring.models import Observation, State
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.scoring import GRADES, Score
from amparo.monitoring.series import all_series
from amparo.monitoring.topics import shown as shown_value
from amparo.monitoring.treaties import treaties
from amparo.monitoring.words import word
from amparo.monitoring.world import name, regions

_COMPARED = ("SP_DYN_MRBF18", "SL_TLF_CHLDEA", "CYBERTIPLINE", "US_TIP_TIER", "UNSD_LEGAL_AGE_MARRIAGE")
Row = tuple[str, str, str, list[str]]


@in_the_readers_language
def compare(request: HttpRequest, form: str = "") -> HttpResponse:
    """Up to six States side by side, in the order in which they were chosen: no rank."""
    on, there = day(request), {each.iso3: each for each in queries.states(kinds=State.KINDS)}
    chosen = [there[code] for code in dict.fromkeys(request.GET.getlist("s")) if code in there][:MOST]
    rows = _compared(chosen, on) if chosen else []
    if form:
        head = ["kind", "code", "title", *(each.iso3 for each in chosen)]
        return _file(form, "compared", on, [head, *([*row[:3], *row[3]] for row in rows)])
    codes = {each.iso3 for each in chosen}
    names = [name(each) for each in chosen]
    about = {
        **framed(request), "chosen": list(zip(chosen, names, strict=True)), "most": MOST,
        "rows": [(*row[:3], list(zip(names, row[3], strict=True))) for row in rows],
        "all": [(each, name(each), each.iso3 in codes) for each in there.values() if each.kind in queries.ASKED],
    }  # fmt: skip
    return render(request, "public_site/compare.html", about)


@in_the_readers_language
def region(request: HttpRequest, code: str, form: str = "") -> HttpResponse:
    """The States of a region or subregion, treaty by treaty."""
    found = regions().get(code)
    if found is None:
        raise NotFound
    within = [each for each in queries.states() if code in {each.region, each.subregion}]
    grid, on = queries.grid(within, day(request)), day(request)
    if form:
        told = [[each.iso3, name(each), *(f"{s.status} {s.date}".strip() for s in grid[each.iso3])] for each in within]
        return _file(form, f"region_{code}", on, [["state", "name", *treaties()], *told])
    about = {
        **framed(request), "region": found, "parts": [each for each in regions().values() if each.parent == code],
        "parent": regions().get(found.parent), "treaties": treaties().values(),
        "rows": [(each, name(each), [(s, word(s.status)) for s in grid[each.iso3]]) for each in within],
    }  # fmt: skip
    return render(request, "public_site/region.html", about)


@in_the_readers_language
def heat(request: HttpRequest, form: str = "") -> HttpResponse:
    """State by section, as one role answers: a grade where enough was assessed, and always how much that was."""
    role = request.GET.get("role", "")
    role = role if role in ROLES else ROLES[1]
    there = {each.iso3: each for each in queries.states(kinds=State.KINDS)}
    graded = queries.graded(there.values(), role, day(request))
    if form:
        return _file(form, f"sections_{role}", day(request), _lines(there, graded))
    asked = rubric()
    first = next(iter(graded.values()), [])
    columns = [(asked.section(each.section), word(each.nature)) for each in first]
    said = {grade: word(grade) for grade in ("", *(grade for _least, grade in GRADES))}
    rows = [(each, name(each), _cells(columns, graded[iso3], said)) for iso3, each in there.items() if iso3 in graded]
    about = {**framed(request), "rows": rows, "columns": columns, "roles": [(r, word(r)) for r in ROLES], "role": role}
    return render(request, "public_site/heat.html", about)


def _lines(there: dict[str, State], graded: dict[str, list[Score]]) -> list[list[Any]]:
    """A line a State, section and kind. No share is an empty cell, which is not nought."""
    head = ["state", "name", "section", "kind", "grade", "share", "assessed", "applicable", "coverage", "oldest"]
    rows = [
        [iso3, name(each), s.section, s.nature, s.grade, "" if s.share is None else round(s.share, 4), s.assessed,
         s.applicable, round(s.coverage, 4), s.oldest or ""]
        for iso3, each in there.items() for s in graded.get(iso3, ())
    ]  # fmt: skip
    return [head, *rows]


def _file(form: str, stem: str, on: date, lines: list[list[Any]]) -> HttpResponse:
    if form == "csv":
        return as_csv(f"{stem}_{on}", lines)
    head, *rows = lines
    return as_json({"as_of": on.isoformat(), "rows": [dict(zip(head, map(str, row), strict=True)) for row in rows]})


# Written here and not in the template: there are three thousand of it on a page, at a quarter of the time.
_CELL = '<td data-label="{}" class="cell {}">{} <span class="small">{}/{}</span></td>'


def _cells(columns: list[tuple[str, str]], scores: list[Score], said: dict[str, str]) -> str:
    """The cells of a State's row: what each is about, its grade as a code and in words, and the coverage."""
    told = (
        (", ".join(column), each.grade or "nograde", said[each.grade], each.assessed, each.applicable)
        for column, each in zip(columns, scores, strict=True)
    )
    return format_html_join("", _CELL, told)


def _compared(chosen: list[State], on: date) -> list[Row]:
    """Kind and code of each row with its title, and what each State has there."""
    grid = queries.grid(chosen, on)
    rows: list[Row] = [
        ("treaty", code, code, [f"{word(grid[s.iso3][at].status)} {grid[s.iso3][at].date}".strip() for s in chosen])
        for at, code in enumerate(treaties())
    ]
    newest = queries.newest(chosen, _COMPARED, on.year)
    for code in _COMPARED:
        cells = [_number(newest.get((state.iso3, code))) for state in chosen]
        rows.append(("series", code, all_series()[code].title, cells))
    return [*rows, *_graded(chosen, on)]


def _graded(chosen: list[State], on: date) -> list[Row]:
    """Each section as each role answers it: a grade with how much was assessed; nothing where nobody did."""
    found: list[Row] = []
    for role, graded in queries.graded_by(ROLES, chosen, on).items():
        for at, score in enumerate(next(iter(graded.values()), [])):
            cells = [_grade(graded[each.iso3][at]) if each.iso3 in graded else "–" for each in chosen]
            title = f"{rubric().section(score.section)}, {word(score.nature)} – {word(role)}"
            found.append(("section", role, title, cells))
    return found


def _grade(each: Score) -> str:
    return f"{word(each.grade)} ({each.assessed}/{each.applicable})"


def _number(each: Observation | None) -> str:
    """A number with its year, and of whom it is."""
    if each is None:
        return word("not_known")
    value = each.text or shown_value(each.value or 0.0, all_series()[each.series].unit)
    told = ", ".join([str(each.year), *(word(part) for part in (each.age, each.sex) if part)])
    return f"{value} ({told})"
