"""A figure as a spreadsheet of four sheets: the table as people read it, the data, the codes, and what it is."""

from collections.abc import Iterator
from typing import Any

from amparo.methods.figure import HIDDEN, SHOWN, TOTAL, Figure, provenance
from amparo.methods.spreadsheet import workbook


def as_xlsx(figure: Figure) -> bytes:
    """Counts are numbers; a hidden count is an empty cell in the data, and the word "hidden" in the table."""
    sheets = {"table": _table(figure), "data": _data(figure), "codes": _codes(figure), "about": _about(figure)}
    return b"".join(workbook(sheets))


def _table(figure: Figure) -> Iterator[list[Any]]:
    """The last dimension goes across, the others down; the only one goes down."""
    if len(figure.dimensions) == 1:
        yield [figure.dimensions[0].title, figure.about.unit]
        for codes, words, _value in figure.lines():
            yield [*words, _shown(figure, codes)]
        return
    *down, across = figure.dimensions
    yield [*(each.title for each in down), *across.words.values()]
    for heads in dict.fromkeys(codes[:-1] for codes in figure.cells):
        named = [each.words.get(code, code) for each, code in zip(down, heads, strict=True)]
        yield [*named, *(_shown(figure, (*heads, code)) for code in across.words)]


def _shown(figure: Figure, codes: tuple[str, ...]) -> int | str | None:
    if codes not in figure.cells:
        return None
    value = figure.cells[codes]
    return HIDDEN if value is None else value


def _data(figure: Figure) -> Iterator[list[Any]]:
    names = [name for each in figure.dimensions for name in (each.code, f"{each.code}_label")]
    yield ["indicator", figure.period[0], *names, "status", "value"]
    year = figure.about.year if figure.period[0] == "year" else figure.period[1]
    for codes, words, value in figure.lines():
        pairs = [text for pair in zip(codes, words, strict=True) for text in pair]
        status = HIDDEN if value is None else SHOWN
        yield [figure.about.indicator, year, *pairs, status, value]


def _codes(figure: Figure) -> Iterator[list[Any]]:
    yield ["dimension", "title", "code", "label", "total", "list"]
    for each in figure.dimensions:
        for code, words in each.words.items():
            yield [each.code, each.title, code, words, code == TOTAL, each.terms]


def _about(figure: Figure) -> Iterator[list[Any]]:
    about = figure.about
    yield ["what", "value"]
    yield from (
        ["title", about.title], ["indicator", about.indicator], list(figure.period), ["unit", about.unit],
        ["definition", about.definition], ["does_not_say", about.not_said], ["source", about.source],
        ["method", about.method], ["language", about.language], ["demonstration", about.demonstration],
    )  # fmt: skip
    yield from ([name, told] for name, told in provenance(about).items())
