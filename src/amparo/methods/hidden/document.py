"""The report as PDF, set by Typst: the same words and numbers as the page, on A4."""

import json

from amparo.methods.hidden.methods import How
from amparo.methods.hidden.page import REFERENCES, SAID, SUPPOSED, chart, number, paragraph, sensitive, sentence
from amparo.methods.hidden.report import Report

# Data comes in as JSON and is set as text: nothing in it is markup.
_SOURCE = """
#let told = json(bytes(sys.inputs.told))
#set page(paper: "a4", margin: 2cm, numbering: "1 / 1")
#set text(size: 10pt)
#set document(title: "How many are on no list")
#set table(stroke: (x, y) => if y == 0 { (bottom: 0.8pt) } else { (bottom: 0.3pt + gray) })
= How many are on no list
#for part in told.parts [
  #if part.set != "" [== #part.set]
  #part.about
  #strong(part.whole)
  #if part.sensitive != "" [#parbreak() #part.sensitive]
  #for warning in part.warnings [- #warning]
  #table(columns: (auto, auto, auto, auto, auto, auto, 1fr),
    ..told.columns.map(name => strong(name)), ..part.rows.flatten())
  #if part.chart != "" { image(bytes(part.chart), format: "svg", width: 100%) }
  #if part.strata.len() > 0 { table(columns: (auto, auto, 1fr), ..told.strata.map(name => strong(name)),
    ..part.strata.flatten()) }
  #if part.drives.len() > 0 { table(columns: (1fr, auto), ..told.drives.map(name => strong(name)),
    ..part.drives.flatten()) }
]
== Methods
#told.method
#parbreak()
#told.supposed
== References
#for each in told.references [- #each]
"""


def pdf(reports: list[Report], how: How) -> bytes:
    """The reports as one PDF."""
    import typst

    methods = list(dict.fromkeys(result.method for each in reports for result in each.results))
    told = {
        "columns": ["method", "total", "low", "high", "hidden", "verdict", "what it supposes, terms and notes"],
        "strata": ["stratum", "observed", "taken together"],
        "drives": ["what drives it", "stepwise estimate"],
        "parts": [_part(each) for each in reports],
        "method": paragraph(methods, how),
        "supposed": SUPPOSED,
        "references": [REFERENCES[name] for name in [*methods, ""]],
    }
    return bytes(typst.compile(_SOURCE.encode(), sys_inputs={"told": json.dumps(told, ensure_ascii=False)}))


def _part(report: Report) -> dict[str, object]:
    tested = f"If the interaction of all lists is not nought: {sensitive(report)}"
    return {
        "set": report.set,
        "about": f"{report.observed:,} people on {len(report.lists)} lists: {', '.join(report.lists)}.",
        "whole": f"Taken together: {sentence(report)}",
        "sensitive": "" if report.combined.low is None else tested,
        "warnings": [str(each) for each in report.warnings],
        "rows": [
            [each.method, *map(number, (each.estimate, each.low, each.high, each.hidden)), str(each.verdict),
             " ".join([SAID[each.method] + ".", *each.terms, *map(str, each.notes)])]
            for each in report.results
        ],
        "chart": chart(report).decode() if any(each.low for each in report.results) else "",
        "strata": [[", ".join(key), f"{each.observed:,}", sentence(each)] for key, each in report.strata.items()],
        "drives": [[each.change, number(each.estimate)] for each in report.influence],
    }  # fmt: skip
