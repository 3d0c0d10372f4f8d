"""What a reader sees: the text of a report, its chart, and a page of its own with a methods paragraph ready to cite.

The page is one file: no script, no font, nothing from elsewhere.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

from amparo.methods.hidden.methods import Word
from amparo.methods.hidden.report import Report

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
    "Nobody came into the population or left it in the period; people on two lists were recognised as one person, and only "
    "those; each person could have come onto at least two of the lists. No method can check this from the lists themselves."
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
        "Fienberg and Rinaldo (2012), Annals of Statistics 40, 996–1023 (existence); Efron (1987), Journal of the American "
        "Statistical Association 82, 171–185 (BCa intervals); Whitehead, Jackson, Balch and Francis (2021), Journal of Human "
        "Trafficking 7, 27–42, who doubt the method for hidden victims, should be read beside every estimate."
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
        ends = f"{_number(each.low)} – {_number(each.high)}" if each.estimate is not None else "–"
        found = f"{each.method:<17}{_number(each.estimate):>11}   {ends:<25}{_number(each.hidden):>11}   {each.verdict}"
        yield found + (f"   {' '.join(each.terms)}" if each.terms else "")
    yield ""
    yield f"Taken together: {sentence(report)}"
    yield from (f"- {warning}" for warning in report.warnings)
    for key, part in report.strata.items():
        named = ", ".join(f"{column} {value}" for column, value in zip(report.strata_columns, key, strict=True))
        yield f"  {named}: {part.observed:,} observed; {sentence(part)}"


def sentence(report: Report) -> str:
    """The whole in one sentence."""
    whole = report.combined
    if whole.verdict == Word.NOT:
        return "no estimate is defensible: none exists on these data."
    span = f"{_number(whole.low)} to {_number(whole.high)}"
    if whole.verdict == Word.UNSTABLE:
        return f"no single estimate is defensible; what the methods say runs from {span}."
    if whole.verdict == Word.LOWER:
        return f"at least {_number(whole.low)}. This is a lower bound: its range is {span}, and the truth may be higher."
    return f"about {_number(whole.estimate)}, {span}."


def chart(report: Report, *, image: str = "svg") -> bytes:
    """The methods and their intervals, as SVG or PNG. Upper ends that do not exist are drawn as far as the chart goes."""
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
    return vl_convert.vegalite_to_svg(drawn).encode() if image == "svg" else bytes(vl_convert.vegalite_to_png(drawn, scale=2))


_COLOURS = {"ok": _GREEN, "lower bound only": _AMBER, "unstable": "#b3261e", "not identifiable": _SOFT}


def _bar(method: str, middle: float | None, low: float | None, high: float | None, verdict: Word) -> dict[str, Any]:
    return {"method": method, "estimate": middle, "low": low, "high": high, "verdict": str(verdict)}


def page(reports: list[Report], *, boot: int, seed: int) -> str:
    """The reports as one HTML page."""
    parts = "".join(f"<section>{_section(each)}</section>" for each in reports)
    methods = dict.fromkeys(result.method for each in reports for result in each.results)
    cited = "".join(f"<li>{escape(REFERENCES[name])}</li>" for name in [*methods, ""])
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>How many are on no list</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{_STYLE}</style><main><h1>How many are on no list</h1>{parts}"
        f"<h2>Methods</h2><p>{escape(_paragraph(list(methods), boot, seed))}</p><p>{escape(SUPPOSED)}</p>"
        f"<h2>References</h2><ul>{cited}</ul></main></html>\n"
    )


_STYLE = (
    f"body{{font:1rem/1.5 sans-serif;color:{_INK};margin:0}}main{{max-width:60rem;margin:auto;padding:1rem}}"
    "table{border-collapse:collapse}th,td{padding:.25rem .75rem;text-align:start;border-bottom:1px solid #c8d1ce}"
    "td.n{text-align:end;font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto}"
)


def _paragraph(methods: list[str], boot: int, seed: int) -> str:
    said = "; ".join(f"{name}: {SAID[name]}" for name in methods)
    return (
        f"Multiple systems estimation. {said}. Log-linear models are Poisson models of the overlap counts; interactions of "
        "lists that never meet are at minus infinity exactly, and models whose estimate does not exist (Fienberg and Rinaldo) "
        f"or is not identifiable are left out. Their intervals are BCa bootstrap intervals at 95 % from {boot:,} resampled "
        f"tables (seed {seed}), the choice of the model repeated in each; those of dga and lcmcr are posterior intervals. Taken "
        "together means the pool of stepwise, bic, dga and lcmcr, as far as each stands. Computed with Amparo."
    )


def _section(report: Report) -> str:
    head = f"<h2>{escape(report.set)}</h2>" if report.set else ""
    rows = "".join(
        f'<tr><th scope="row">{escape(each.method)}</th><td>{escape(SAID[each.method])}</td>'
        f'<td class="n">{_number(each.estimate)}</td><td class="n">{_number(each.low)}</td>'
        f'<td class="n">{_number(each.high)}</td><td class="n">{_number(each.hidden)}</td><td>{escape(each.verdict)}</td>'
        f"<td>{escape(' '.join(each.terms))}{' ' if each.terms and each.told else ''}{escape(each.told)}</td></tr>"
        for each in report.results
    )
    warned = "".join(f"<li>{escape(each)}</li>" for each in report.warnings)
    moved = "".join(
        f'<tr><th scope="row">{escape(each.change)}</th><td class="n">{_number(each.estimate)}</td></tr>'
        for each in report.influence
    )
    parts = "".join(
        f'<tr><th scope="row">{escape(", ".join(key))}</th><td class="n">{part.observed:,}</td>'
        f"<td>{escape(sentence(part))}</td></tr>"
        for key, part in report.strata.items()
    )
    drawing = chart(report).decode() if any(each.low for each in report.results) else ""
    columns = ("method", "what it supposes", "total", "low", "high", "hidden", "verdict", "terms and notes")
    return (
        f"{head}<p>{report.observed:,} people on {len(report.lists)} lists: {escape(', '.join(report.lists))}.</p>"
        f"<p><strong>Taken together: {escape(sentence(report))}</strong></p>"
        + (f"<ul>{warned}</ul>" if warned else "")
        + f"<table><thead><tr>{''.join(f'<th>{name}</th>' for name in columns)}</tr></thead><tbody>{rows}</tbody></table>{drawing}"
        + (f"<h3>Strata</h3><table><tbody>{parts}</tbody></table>" if parts else "")
        + (f"<h3>What drives it (stepwise)</h3><table><tbody>{moved}</tbody></table>" if moved else "")
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"
