"""Code lists and words."""

import csv
import io
from pathlib import Path
from typing import TextIO

import click

from amparo.common.errors import Invalid
from amparo.common.types import OPERATOR
from amparo.vocabulary import actions, crosswalks, files, official, queries, terms


@click.group()
def vocabulary() -> None:
    """Code lists, their editions, and the words to use."""


@vocabulary.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", required=True, help="The name of the edition: a year, a month, a version.")
@click.option("--title", required=True, help="What the list is called.")
@click.option("--source", required=True, help="Who publishes it, and where it was taken from.")
def load(file: Path, edition: str, title: str, source: str) -> None:
    """Take a new edition of a scheme from FILE, a CSV named after the scheme. What was recorded keeps its code."""
    code_list = files.read(file, edition=edition, title=title, source=source)
    taken = actions.load(by=OPERATOR, code_list=code_list)
    click.echo(f"{taken.scheme} {taken.edition}: {len(code_list.rows)} codes.")


@vocabulary.command()
@click.argument("scheme", required=False)
@click.option("--edition", help="An older edition.")
@click.option("--lang", default="en", show_default=True, type=click.Choice(files.LANGUAGES))
def show(scheme: str | None, edition: str | None, lang: str) -> None:
    """Print the codes of SCHEME, or without one the schemes with their editions."""
    if scheme is None:
        for each in queries.editions():
            click.echo(f"{each.scheme:<28}{each.edition:<10}{each.title}")
        return
    rows = queries.terms_of(scheme, edition)
    for row in rows:
        marks = "" if row.verified else "  (not confirmed in its source)"
        click.echo(f"{row.code:<48}{row.labels.get(lang) or row.labels['en']}{marks}")


@vocabulary.command()
@click.argument("text", type=click.File(encoding="utf-8"))
@click.option("--lang", default="en", show_default=True, type=click.Choice(files.LANGUAGES))
def check(text: TextIO, lang: str) -> None:
    """Find words to avoid in TEXT (`-`: the standard input) and say what is better. Nothing is changed."""
    told = text.read()
    found = terms.find(told, lang)
    for each in found:
        line = told.count("\n", 0, each.start) + 1
        click.echo(f"line {line}: {told[each.start : each.end]} ({each.word.status}): better {each.word.preferred}")
    if any(each.word.status != "caution" for each in found):
        raise Invalid({"text": "There are words to avoid, or words for legal titles only."})


@vocabulary.command(name="load-crosswalk")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", required=True, help="The name of the edition: a year, a month, a version.")
@click.option("--source", required=True, help="Who says so.")
def load_crosswalk(file: Path, edition: str, source: str) -> None:
    """Take what the codes of a scheme are called in others from FILE, a CSV named after the scheme it starts from."""
    taken = actions.load_crosswalk(by=OPERATOR, walk=crosswalks.read(file, edition=edition, source=source))
    click.echo(f"{taken.scheme} {taken.edition}: {taken.equivalents.count()} equivalents.")


@vocabulary.command()
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--column", required=True, help="The column with our codes.")
@click.option("--scheme", required=True, help="The list that these codes are of.")
@click.option("--to", "other", required=True, help="The official scheme.")
@click.option("--edition", default="", help="An older edition of it; default: the newest.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file to write; default: print.")
def convert(file: TextIO, column: str, scheme: str, other: str, edition: str, out: Path | None) -> None:
    """Add to a CSV what its codes are called in an official scheme, for an export.

    A code that was never confirmed in its source leaves in no export: it is refused with its line, and nothing is
    written. An empty cell says that there is no equivalent.
    """
    reader = csv.DictReader(file)
    if column not in (reader.fieldnames or []):
        raise Invalid({"column": f"The file has no column {column}."})
    rows = list(official.convert(reader, column=column, scheme=scheme, other=other, edition=edition))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else reader.fieldnames or [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    if out is None:
        click.echo(text.getvalue(), nl=False)
        return
    part = out.with_name(f"{out.name}.part")
    part.write_text(text.getvalue(), encoding="utf-8")
    part.replace(out)


commands: list[click.Command] = [vocabulary]
