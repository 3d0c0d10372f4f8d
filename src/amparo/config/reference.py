"""The reference that is drawn from the code: permissions, life-cycles, commands, routes, API. `--check` only looks."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amparo.vocabulary.classification.rules import RuleSet

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference"
STEPS = ("law", "intake", "linkage", "cases", "care", "justice", "publication", "publication.estimates", "monitoring")
HEADING = "<!-- Drawn from the code by `make reference`; do not edit. -->\n\n"


def permissions() -> str:
    """The policy table, one line a way in."""
    from amparo.access.policy import NEVER, POLICY

    lines = [
        "# Permissions",
        "",
        "Each permission needs one of its lines; a line needs all of its facts. Silence means no.",
        "",
    ]
    for kind, facts in NEVER.items():
        lines += [f"Never, for any record of kind *{kind}*, unless: {', '.join(facts)}.", ""]
    lines += ["| permission | about | needs |", "| --- | --- | --- |"]
    for permission, rule in sorted(POLICY.items()):
        ways = "<br>or ".join(" and ".join(line) for line in rule.lines)
        lines.append(f"| `{permission}` | {rule.kind or '–'} | {ways} |")
    return "\n".join(lines) + "\n"


def life_cycles() -> str:
    """A diagram for each record that moves."""
    from amparo.common.types import LifeCycle

    lines = ["# Life-cycles", ""]
    for step in STEPS:
        name = f"amparo.{step}.states"
        if not (find_spec(f"amparo.{step}") and find_spec(name)):
            continue
        for cycle in vars(import_module(name)).values():
            if isinstance(cycle, LifeCycle):
                lines += [
                    f"## {cycle.name.capitalize()}",
                    "",
                    "```mermaid",
                    "stateDiagram-v2",
                    f"    [*] --> {cycle.start}",
                ]
                for verb, (before, after) in cycle.moves.items():
                    lines += [f"    {status} --> {after}: {verb}" for status in sorted(before)]
                lines += ["```", ""]
    return "\n".join(lines)


def commands() -> str:
    """Every command with its help."""
    import click

    from amparo.config.cli import build

    lines = ["# Commands", ""]

    def walk(command: click.Command, name: str) -> None:
        context = click.Context(command, info_name=name, terminal_width=100)
        lines.extend([f"## `{name}`", "", "```text", command.get_help(context), "```", ""])
        if isinstance(command, click.Group):
            for child in sorted(command.commands):
                walk(command.commands[child], f"{name} {child}")

    walk(build(), "amparo")
    return "\n".join(lines)


def formats() -> str:
    """Every format in which a published figure is taken along."""
    from amparo.methods.formats.forms import FORMS
    from amparo.methods.sdmx.rows import AGENCY, ATTRIBUTES, KEY, VERSION

    lines = [
        "# Formats of published figures", "",
        "`/figures/REFERENCE/table.FORM` for each form of this table, `table-2.FORM` for a release's second table.",
        "A hidden count is never a number in any of them.",
        "",
        "| form | format | media type | for |", "| --- | --- | --- | --- |",
        *(f"| `{name}` | {each.title} | `{each.media_type}` | {each.says} |" for name, each in FORMS.items()), "",
        "## SDMX", "",
        f"Structure `{AGENCY}:CHILDREN({VERSION})` for tables by region, age group, sex and form, a dataflow `DF_…`",
        f"for each indicator. Key: `{'.'.join(KEY)}`. Any other set of dimensions has a structure `BY_…` and a",
        "dataflow `DF_…_BY_…` of its own, its key these dimensions by alphabet after `FREQ.INDICATOR`. Then",
        f"`TIME_PERIOD`; measure `OBS_VALUE`; attributes `{'`, `'.join(ATTRIBUTES)}`.",
        "`OBS_STATUS` is `A` (shown) or `Q` (suppressed, without a value).",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def routes() -> str:
    """Every address of the desk and what it needs."""
    from amparo.config.routes import ROUTES

    lines = [
        "# Addresses of the desk",
        "",
        "An address that is not here does not exist.",
        "",
        "| name | needs |",
        "| --- | --- |",
    ]
    return "\n".join([*lines, *(f"| `{name}` | {needed} |" for name, needed in ROUTES.items())]) + "\n"


def classification() -> str:
    """The rule sets, and the situations of the specification with what comes out."""
    from tests.vocabulary.classification.specification import situations, truth_table

    from amparo.vocabulary.classification.rules import shipped

    sets = shipped()
    lines = [
        "# Classification by elements", "",
        "What happened is recorded as elements; which offences they make out follows from rules, several at once, each",
        "*met*, *not met* or *cannot be said yet*. Unknown is never no. `amparo classify` asks the same rules.",
        "A label says what was done to a child or what there is, never that the child did wrong: a child who made or",
        "shared something, freely or under pressure, is no offender (A/HRC/43/40, paras 24, 25 and 90).", "",
        "Without a tick in *confirmed*, the place in the instrument and what is quoted of it were written from memory",
        "and await a lawyer's confirmation.", "",
    ]  # fmt: skip
    for each in sets.values():
        lines += _rules(each)
    lines += ["## Situations", "", "| situation | facts | met | cannot be said yet |", "| --- | --- | --- | --- |"]
    lines += [_situation(case, sets) for case in situations()]
    lines += [
        "", "## Sale and trafficking: the whole truth table", "",
        "Consideration for handing the child over × an exploitative purpose × movement × transfer. The report's",
        "reading of trafficking needs movement; the Protocol's does not, unless `movement_needed` is set. *open*:",
        "cannot be said yet.",
        "",
    ]  # fmt: skip
    table = truth_table()
    lines += [f"| {' | '.join(name.replace('_', ' ') for name in table[0])} |", "|" + " --- |" * len(table[0])]
    lines += [f"| {' | '.join(row.values())} |" for row in table]
    return "\n".join(lines) + "\n"


def _rules(each: "RuleSet") -> list[str]:
    """One rule set: since when it holds, its settings, and what each offence needs."""
    lines = [f"## {each.title} (`{each.code}`, edition {each.edition})", "", f"{each.source}.", ""]
    if each.in_force or each.until:
        read = each.in_force_source or "not confirmed: written from memory"
        lines += [f"In force from {each.in_force or 'always'} to {each.until or 'today'} ({read}).", ""]
    if each.ordered:
        lines += ["The first that fits excludes those after it.", ""]
    for name, value in each.settings.items():
        lines += [f"Setting `{name}`: {'on' if value else 'off'} unless another reading is asked for.", ""]
    lines += ["| code | label | where | confirmed | needs |", "| --- | --- | --- | --- | --- |"]
    for offence in each.offences:
        needs = list(dict.fromkeys(need.words for need in offence.needs))
        needs += [f"{need.words} (if {name})" for name, more in offence.when.items() for need in more]
        words = "; ".join(needs).replace("|", "or")
        tick = "✓" if offence.verified else ""
        lines.append(f"| `{offence.code}` | {offence.label} | {offence.pinpoint} | {tick} | {words} |")
    return [*lines, ""]


def _situation(case: Any, sets: "dict[str, RuleSet]") -> str:
    """One line of the specification: the facts, what they make out, and what cannot be said yet."""
    from tests.vocabulary.classification.specification import whole

    from amparo.vocabulary.classification.classify import MET, OPEN, classify

    results = [result for name in case.sets for result in classify(whole(case), sets[name])]
    found = [", ".join(f"`{each.code}`" for each in results if each.state == state) for state in (MET, OPEN)]
    facts = [f"{name}: {answer}" for name, answer in case.facts.items()]
    facts += [f"everything else: {case.rest}"] if case.rest else []
    return f"| {case.name} | {', '.join(facts)} | {found[0] or '–'} | {found[1] or '–'} |"


def code_lists() -> str:
    """Every code list that comes with Amparo, its own and those of other standards, with its crosswalks."""
    from amparo.vocabulary import crosswalks, files

    own = {each.scheme for each in files.own()}
    lines = [
        "# Code lists", "",
        "Code lists are data: `amparo vocabulary show SCHEME` prints one, `amparo vocabulary load` takes an edition.",
        "A code keeps its meaning for ever; what a later edition drops keeps its words. Where an answer can be",
        "missing, the list says how: `unknown` (looked for, not known; never *no*), `not_asked`, `refused`,",
        "`not_applicable`. A row with a `parent` is a finer answer to the same question.", "",
        "The form of exploitation is a fact that a worker records. Whether it is *sale* or *trafficking* in law is",
        "decided by its elements ([classification.md](classification.md)). A person under 18 is never recorded as an",
        "offender. Arabic, Chinese, French, Russian and Spanish labels are this project's own and await review by",
        "native speakers of the field; a file's column `checked` names the languages that somebody has reviewed.", "",
    ]  # fmt: skip
    for title, mine in (("Amparo's own", True), ("Of other standards", False)):
        lines += [
            f"## {title}",
            "",
            "| scheme | edition | what it lists | codes | source |",
            "| --- | --- | --- | --- | --- |",
        ]
        for each in files.shipped():
            if (each.scheme in own) == mine:
                about = f"{each.edition} | {each.title} | {len(each.rows)} | {each.source.rstrip('.')}"
                lines.append(f"| `{each.scheme}` | {about} |")
        lines.append("")
    lines += ["## Crosswalks", "", "Proposals of this project; an empty target says that there is no equivalent.", ""]
    for walk in crosswalks.shipped():
        others = ", ".join(f"`{scheme}`" for scheme in sorted({row.scheme for row in walk.rows}))
        lines.append(f"- `{walk.scheme}` {walk.edition} to {others}. {walk.source}")
    return "\n".join(lines) + "\n"


def indicators() -> str:
    """What is counted, by what, and which tables are counted in advance."""
    from amparo.methods.tabulation.cube import CUBES
    from amparo.methods.tabulation.indicators import catalogue

    found = catalogue()
    lines = [
        "# Indicators", "",
        f"Edition {found.edition}. Each is defined once, in `methods/tabulation/indicators.yaml`; page, command and",
        "every engine read the same definition. A unit is counted once in a cell and once in a total. Over a dimension",
        "with a star a unit may have several codes: totals are distinct units, never the sum of the cells. An adult",
        "when first met is no child identified. What is counted was met by an agency: it is not how many children are",
        "affected.", "",
        "| indicator | counts | what | dated by | only where | paras of A/HRC/43/40 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for each in found.indicators.values():
        where = "; ".join(f"{column} is {' or '.join(codes)}" for column, codes in each.where.items())
        counts = f"quartiles of {each.of}, of each {each.unit}" if each.of else each.unit
        paras = ", ".join(map(str, each.paras))
        lines.append(f"| `{each.code}` | {counts} | {each.sentence} | {each.moment} | {where} | {paras} |")
    lines += ["", "## What each may be broken down by", "", "| indicator | dimensions |", "| --- | --- |"]
    for each in found.indicators.values():
        named = [f"{code}{'' if each.single(one) else '*'}" for code, one in found.allowed(each).items()]
        lines.append(f"| `{each.code}` | {', '.join(named)} |")
    lines += ["", "## Dimensions", "", "| dimension | what | whose | code list |", "| --- | --- | --- | --- |"]
    for one in found.dimensions.values():
        scheme = f"`{one.scheme}`" if one.scheme else ""
        lines.append(f"| `{one.code}` | {one.title} | {one.of} | {scheme} |")
    lines += ["", "## Counted in advance", "", "`amparo cubes rebuild` prints the size of each.", ""]
    lines += [f"- `{indicator}`: {' × '.join(axes)}" for indicator, axes in CUBES.items()]
    return "\n".join(lines) + "\n"


def api_document() -> str:
    """The OpenAPI document that the API serves."""
    import json

    from amparo.interfaces.api.api import api

    return json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions,
    "life-cycles.md": life_cycles,
    "commands.md": commands,
    "addresses.md": routes,
    "classification.md": classification,
    "code-lists.md": code_lists,
    "formats.md": formats,
    "indicators.md": indicators,
    "openapi.json": api_document,
}


def main() -> int:
    """Write the pages, or with `--check` name those that are out of date."""
    import django

    django.setup()
    stale = []
    for name, draw in PAGES.items():
        text = draw() if name.endswith(".json") else HEADING + draw()
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        print(f"Out of date: {', '.join(stale)}. Run `make reference`.")
        return 1
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings.test")
    sys.exit(main())
