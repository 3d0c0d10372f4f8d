"""What a reader sees: the text of a report, its chart, and a page of its own with a methods paragraph ready to cite.

The page is one file: no script, no font, nothing from elsewhere.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

from amparo.methods.hidden.methods import How, Result, Word
from amparo.methods.hidden.report import FACTOR, Report

SAID = {
    "main": "lists independent of each other",
    "stepwise": "pairs of lists chosen step by step",
    "bic": "best of all hierarchical models by BIC",
    "dga": "mean over decomposable graphs",
    "lcmcr": "latent classes of people",
    "chao": "Chao's lower bound",
    "sample-coverage": "sample coverage",
}
SUPPOSED = (
    "Nobody came into the population or left it in the period; people on two lists were recognised as one person, and "
    "only those; each person could have come onto at least two of the lists. No method can check this from the lists "
    "themselves."
)
REFERENCES = {
    "main": "Bishop, Fienberg and Holland (1975), Discrete Multivariate Analysis, chapter 6.",
    "stepwise": "Chan, Silverman and Vincent (2021), Journal of the American Statistical Association 116, 1297–1306.",
    "bic": "Silverman, Chan and Vincent (2024), Statistics and Computing 34, 44.",
    "dga": "Madigan and York (1997), Biometrika 84, 19–31.",
    "lcmcr": "Manrique-Vallier (2016), Biometrics 72, 1246–1254.",
    "chao": "Chao (1987), Biometrics 43, 783–791; Rivest and Baillargeon (2007), Biometrics 63, 999–1006.",
    "sample-coverage": "Chao and Tsay (1998), Journal of the American Statistical Association 93, 283–293.",
    "": (
        "Fienberg and Rinaldo (2012), Annals of Statistics 40, 996–1023 (existence); Efron (1987), Journal of the "
        "American Statistical Association 82, 171–185 (BCa intervals); Whitehead, Jackson, Balch and Francis (2021), "
        "Journal of Human Trafficking 7, 27–42, who doubt the method for hidden victims, should be read beside every "
        "estimate."
    ),
}
_INK, _SOFT, _GREEN, _AMBER = "#1d2a2a", "#54625f", "#0f5c57", "#9a5b00"


def text(report: Report) -> str:
    """The report for a terminal."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    if report.set:
        yield f"{report.set}:"
    yield f"{report.observed:,} people on {len(report.lists)} lists: {', '.join(report.lists)}."
    yield ""
    yield f"{'method':<17}{'total':>11}   {'95 % interval':<25}{'hidden':>11}   verdict"
    for each in report.results:
        ends = f"{number(each.low)} – {number(each.high)}" if each.estimate is not None else "–"
        found = f"{each.method:<17}{number(each.estimate):>11}   {ends:<25}{number(each.hidden):>11}   {each.verdict}"
        yield found + (f"   {' '.join(each.terms)}" if each.terms else "")
    yield ""
    yield f"Taken together: {sentence(report)}"
    if report.combined.low is not None:
        yield f"If the interaction of all lists, which nobody can test, is not nought: {sensitive(report)}"
    yield from (f"- {warning}" for warning in report.warnings)
    for key, part in report.strata.items():
        named = ", ".join(f"{column} {value}" for column, value in zip(report.strata_columns, key, strict=True))
        yield f"  {named}: {part.observed:,} observed; {sentence(part)}"
    yield f"Supposed: {SUPPOSED}"


def sentence(report: Report) -> str:
    """The whole in one sentence."""
    whole = report.combined
    if whole.verdict == Word.NOT:
        return "no estimate is defensible: none exists on these data."
    span = f"{number(whole.low)} to {_end(whole.high)}"
    if whole.low is None:
        return "no single estimate is defensible."
    if whole.verdict == Word.UNSTABLE:
        return f"no single estimate is defensible; what the methods say runs from {span}."
    if whole.verdict == Word.LOWER:
        return f"at least {number(whole.low)}. This is a lower bound: its range is {span}, and the truth may be higher."
    return f"about {number(whole.estimate)}, {span}."


def _end(high: float | None) -> str:
    return "no upper end" if high is None else number(high)


def sensitive(report: Report) -> str:
    """What the untestable interaction could do, in a sentence."""
    low, high = report.sensitivity
    return f"{number(low)} to {_end(high)}, were it to make the hidden number {FACTOR:.0f} times smaller or larger."


def chart(report: Report, *, image: str = "svg") -> bytes:
    """The methods and their intervals, as SVG or PNG. Upper ends that do not exist are drawn as far as the chart
    goes.
    """
    import altair as alt
    import vl_convert

    rows = [_bar(each.method, each.estimate, each.low, each.high, each.verdict) for each in report.results if each.low]
    whole = report.combined
    if whole.low is not None:
        rows.append(_bar("together", whole.estimate, whole.low, whole.high, whole.verdict))
    farthest = max((row["high"] or row["low"] * 2 for row in rows), default=1.0)
    for row in rows:
        row["high"] = row["high"] or farthest
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("method:N", sort=None, title=None),
        color=alt.Color("verdict:N", title=None, scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))),
    )
    lines = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", title="people in all (observed and hidden)", scale=alt.Scale(zero=False)), x2="high:Q"
    )  # fmt: skip
    points = base.mark_point(filled=True, size=90).encode(x="estimate:Q")
    seen = alt.Chart(alt.InlineData(values=[{"observed": report.observed}])).mark_rule(strokeDash=[4, 4], color=_SOFT)
    whole_chart = (seen.encode(x="observed:Q") + lines + points).properties(width=520, height=alt.Step(30))
    whole_chart = whole_chart.configure(background="#ffffff", font="sans-serif").configure_axis(labelColor=_INK)
    drawn = whole_chart.to_dict()
    return (
        vl_convert.vegalite_to_svg(drawn).encode()
        if image == "svg"
        else bytes(vl_convert.vegalite_to_png(drawn, scale=2))
    )


_COLOURS = {"ok": _GREEN, "lower bound only": _AMBER, "unstable": "#b3261e", "not identifiable": _SOFT}


def _bar(method: str, middle: float | None, low: float | None, high: float | None, verdict: Word) -> dict[str, Any]:
    return {"method": method, "estimate": middle, "low": low, "high": high, "verdict": str(verdict)}


def page(reports: list[Report], how: How) -> bytes:
    """The reports as one HTML page."""
    parts = "".join(f"<section>{_section(each)}</section>" for each in reports)
    methods = dict.fromkeys(result.method for each in reports for result in each.results)
    cited = "".join(f"<li>{escape(REFERENCES[name])}</li>" for name in [*methods, ""])
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>How many are on no list</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{_STYLE}</style><main><h1>How many are on no list</h1>{parts}"
        f"<h2>Methods</h2><p>{escape(paragraph(list(methods), how))}</p><p>{escape(SUPPOSED)}</p>"
        f"<h2>References</h2><ul>{cited}</ul></main></html>\n"
    ).encode()


_STYLE = (
    f"body{{font:1rem/1.5 sans-serif;color:{_INK};margin:0}}main{{max-width:60rem;margin:auto;padding:1rem}}"
    "table{border-collapse:collapse}th,td{padding:.25rem .75rem;text-align:start;border-bottom:1px solid #c8d1ce}"
    "td{font-variant-numeric:tabular-nums;vertical-align:top}svg{max-width:100%;height:auto}"
)


def paragraph(methods: list[str], how: How) -> str:
    """The methods in a paragraph ready to cite."""
    said = "; ".join(f"{name}: {SAID[name]}" for name in methods)
    resampled = (
        f"BCa bootstrap intervals at 95 % from {how.boot:,} resampled tables (seed {how.seed}), the choice of the "
        "model repeated in each"
    )
    drawn = {
        "usual": f"{resampled}, and how many people are observed drawn, too; for main, where nothing is chosen, the "
        "profile of the likelihood",
        "bca": resampled,
        "parametric": f"bootstrap intervals at 95 % from {how.boot:,} tables drawn from the fitted model (seed "
        f"{how.seed}), the choice of the model repeated in each",
        "profile": "profile likelihood intervals at 95 %, which leave out that the model was chosen",
    }[how.interval]
    return (
        f"Multiple systems estimation. {said}. Log-linear models are Poisson models of the overlap counts; "
        f"interactions of lists that never meet are at minus infinity exactly, and models whose estimate does not "
        f"exist (Fienberg and Rinaldo) or is not identifiable are left out. Their intervals are {drawn}; "
        f"those of dga and lcmcr are posterior intervals. Taken together means the pool of stepwise, bic, dga and "
        f"lcmcr, as far as each stands. Computed with Amparo."
    )


def _section(report: Report) -> str:
    head = f"<h2>{escape(report.set)}</h2>" if report.set else ""
    warned = "".join(f"<li>{escape(str(each))}</li>" for each in report.warnings)
    moved = [_row(each.change, number(each.estimate)) for each in report.influence]
    parts = [_row(", ".join(key), f"{each.observed:,}", sentence(each)) for key, each in report.strata.items()]
    return (
        f"{head}<p>{report.observed:,} people on {len(report.lists)} lists: {escape(', '.join(report.lists))}.</p>"
        f"<p><strong>Taken together: {escape(sentence(report))}</strong></p>"
        f"<p>If the interaction of all lists, which nobody can test, is not nought: {escape(sensitive(report))}</p>"
        f"{f'<ul>{warned}</ul>' if warned else ''}"
        f"{_table(_COLUMNS, [_result_row(each) for each in report.results])}"
        f"{chart(report).decode() if any(each.low for each in report.results) else ''}"
        f"{_table(('stratum', 'observed', 'taken together'), parts) if parts else ''}"
        f"{_table(('what drives it', 'stepwise estimate'), moved) if moved else ''}"
    )


_COLUMNS = ("method", "total", "low", "high", "hidden", "verdict", "what it supposes", "terms and notes")


def _result_row(each: Result) -> str:
    numbers = [number(value) for value in (each.estimate, each.low, each.high, each.hidden)]
    notes = " ".join([*each.terms, *map(str, each.notes)])
    return _row(each.method, *numbers, str(each.verdict), SAID[each.method], notes)


def _table(columns: tuple[str, ...], rows: list[str]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _row(name: str, *cells: str) -> str:
    return f'<tr><th scope="row">{escape(name)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"
