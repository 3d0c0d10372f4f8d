"""Classifying incidents by their elements, one or many at a time."""

import json
from collections.abc import Iterator, Mapping
from itertools import compress, islice
from pathlib import Path
from typing import Any, TextIO

import click
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from amparo.cases import labels
from amparo.common.errors import Invalid
from amparo.common.types import OPERATOR
from amparo.vocabulary import actions, files
from amparo.vocabulary.classification import elements, rules
from amparo.vocabulary.classification.classify import MET, NOT_MET, OPEN, Result, classify, next_question
from amparo.vocabulary.classification.elements import Known
from amparo.vocabulary.classification.many import AT_ONCE, Table
from amparo.vocabulary.classification.readings import rule_sets
from amparo.vocabulary.classification.rules import RuleSet

Facts = Mapping[str, Any]

_SAID = {MET: "met", NOT_MET: "not met", OPEN: "cannot be said yet"}
_WORDS = {MET: _("Met"), OPEN: _("Cannot be said yet")}
_STATES = _SAID | {labels.GONE: "no such label"}


class Told:
    """Facts as a file tells them: one object, or a line an incident. What is wrong is named with file and line."""

    def __init__(self, file: TextIO) -> None:
        self._name = Path(file.name).name
        self._broken = ""
        self._at = 1
        try:
            self._text = file.read()
        except UnicodeDecodeError:
            raise self.wrong(1, "is not UTF-8.") from None

    def one(self) -> Facts | None:
        """The object, if the whole file is one."""
        try:
            return self._object(json.loads(self._text), 1)
        except json.JSONDecodeError as error:
            self._broken, self._at = error.msg, error.lineno
            return None

    def lines(self) -> Iterator[tuple[int, Facts]]:
        """The object of each line that is not empty, with the line's number."""
        first = True
        for number, line in enumerate(self._text.splitlines(), start=1):
            if line.strip():
                try:
                    yield number, self._object(json.loads(line), number)
                except json.JSONDecodeError as error:
                    at, what = (self._at, self._broken) if first else (number, error.msg)
                    raise self.wrong(at, f"no JSON: {what}.") from None
                first = False
        if first:
            raise self.wrong(1, "there are no facts.")

    def wrong(self, line: int, reason: str) -> Invalid:
        return Invalid({"file": f"{self._name}, line {line}: {reason}"})

    def wrong_in_it(self, reason: Invalid) -> Invalid:
        """Of the one object: at the line that names what is wrong."""
        names = [f'"{name}"' for name in reason.fields]
        lines = enumerate(self._text.splitlines(), start=1)
        return self.wrong(next((at for at, line in lines if any(name in line for name in names)), 1), reason.reason)

    def _object(self, told: Any, line: int) -> Facts:
        if not isinstance(told, dict):
            raise self.wrong(line, "facts are an object of elements, such as {'transferred': 'yes'}.")
        return told


class Default(click.Group):
    """A group whose first subcommand need not be named: `amparo classify FACTS`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args = [next(iter(self.commands)), *args]
        return super().parse_args(ctx, args)


@click.group(name="classify", cls=Default)
def classify_command() -> None:
    """Say what is made out by the elements of incidents; `amparo classify FACTS` is `amparo classify facts FACTS`."""


@classify_command.command(name="facts")
@click.argument("facts", type=click.File(encoding="utf-8"))
@click.option("--rules", "chosen", multiple=True, help="A rule set, or a file; default: all.")
@click.option("--set", "settings", multiple=True, metavar="NAME=true|false", help="Another reading of a rule set.")
@click.option(
    "--lang", default="en", show_default=True, type=click.Choice(files.LANGUAGES), help="Of questions and labels."
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON: for JSON lines one line an incident.")
def facts_command(facts: TextIO, chosen: tuple[str, ...], settings: tuple[str, ...], lang: str, as_json: bool) -> None:
    """Say which offences the FACTS of an incident make out.

    FACTS is a JSON object of elements, each yes, no, unknown or not_asked, and perhaps "age"; or JSON lines, one
    object an incident. `-` reads from the standard input.
    """
    sets = [_found(name) for name in chosen] or list(rule_sets().values())
    given = dict(_setting(text, sets) for text in settings)
    told = Told(facts)
    one = told.one()
    if one is None:
        _many(told, sets, given)
        return
    try:
        results = [result for each in sets for result in classify(one, each, _of(each, given))]
    except Invalid as wrong:
        raise told.wrong_in_it(wrong) from None
    if as_json:
        click.echo(json.dumps([vars(result) for result in results], ensure_ascii=False, indent=1))
    else:
        with translation.override(lang if lang != "zh" else "zh-hans"):
            _tell(results, lang)


@classify_command.command(name="take")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take_command(file: Path) -> None:
    """Take a State's own law from the rule FILE; the desk shows it beside the instruments at once.

    `docs/how-to/add-your-own-law.md` says how a rule file is written.
    """
    taken = actions.take_rules(by=OPERATOR, file=file)
    click.echo(
        f"{taken.code} {taken.edition}: {len(taken.offences)} offences. `amparo classify rerun` says what changes."
    )


@classify_command.command(name="rerun")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, a line a label.")
def rerun_command(as_json: bool) -> None:
    """Say which confirmed labels would be others by today's rules and facts. Nothing is changed.

    A supervisor looks at each case named and confirms anew.
    """
    changes = labels.rerun(by=OPERATOR)
    for each in changes:
        if as_json:
            click.echo(json.dumps(vars(each) | {"incident": str(each.incident)}))
            continue
        read = "".join(f" [{name}={str(value).lower()}]" for name, value in each.settings.items())
        then, now = (f"{_STATES[state]} ({edition or '–'})" for edition, state in (each.then, each.now))
        click.echo(f"{each.reference}  {each.code}{read}: confirmed as {then}, today {now}")
    if not as_json:
        click.echo(f"{len(changes)} confirmed labels would change; nothing was changed.")


def _many(told: Told, sets: list[RuleSet], given: dict[str, bool]) -> None:
    """JSON lines: for each incident the offences that are met, and those that cannot be said yet.

    An answer is put together by hand: there are only codes in it, which are in JSON already.
    """
    table = Table(sets, given)
    codes = [json.dumps(each) for each in table.codes]
    read = (_known(told, number, facts) for number, facts in told.lines())
    while some := list(islice(read, AT_ONCE)):
        said = zip(*(marks.tolist() for marks in table.states(some)), strict=True)
        click.echo("\n".join(
            f'{{"met": [{", ".join(compress(codes, met))}], "open": [{", ".join(compress(codes, still))}]}}'
            for met, still in said
        ))  # fmt: skip


def _known(told: Told, number: int, facts: Facts) -> Known:
    try:
        return elements.known(facts)
    except Invalid as wrong:
        raise told.wrong(number, wrong.reason) from None


def _found(name: str) -> RuleSet:
    known = rule_sets()
    if name in known:
        return known[name]
    if not Path(name).is_file():
        raise Invalid({"rules": f"There is no rule set and no file {name}. There are: {', '.join(known)}."})
    return rules.read(Path(name))


def _setting(text: str, sets: list[RuleSet]) -> tuple[str, bool]:
    name, _is, value = text.partition("=")
    known = sorted({setting for each in sets for setting in each.settings})
    if name not in known or value not in {"true", "false"}:
        raise Invalid({"set": f"Write NAME=true or NAME=false; the names are: {', '.join(known) or 'none'}."})
    return name, value == "true"


def _of(each: RuleSet, given: dict[str, bool]) -> dict[str, bool]:
    return {name: value for name, value in given.items() if name in each.settings}


def _tell(results: list[Result], lang: str) -> None:
    said = _words("offence", lang)
    for result in results:
        if result.state != NOT_MET:
            words = said.get(result.code, result.label)
            place = result.pinpoint if result.verified else f"{result.pinpoint}, {_('not confirmed')}"
            click.echo(f"{result.code:<28}{_WORDS[result.state]}: {words} ({place})")
    if not any(result.state == MET for result in results):
        click.echo(_("No offence is met by what is known."))
    if question := next_question(results):
        click.echo(f"{_('Ask next')}: {_words('element', lang)[question]} [{question}]")


def _words(scheme: str, lang: str) -> dict[str, str]:
    (code_list,) = [each for each in files.shipped() if each.scheme == scheme]
    return {row["code"]: row[lang] for row in code_list.rows}


commands: list[click.Command] = [classify_command]
