"""`amparo`: the operator's manual is `amparo --help`. Commands come from the interfaces; this only collects them."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

import click

SERVING = "amparo.interfaces.commands.serving"
SOURCES = (
    "amparo.interfaces.commands.commands",
    "amparo.interfaces.commands.classifying",
    "amparo.interfaces.commands.running",
    "amparo.interfaces.commands.vocabulary",
    "amparo.interfaces.commands.working",
    "amparo.interfaces.commands.figures",
    "amparo.interfaces.commands.counting",
    "amparo.interfaces.commands.estimating",
    "amparo.interfaces.commands.linking",
    "amparo.interfaces.commands.protecting",
    "amparo.interfaces.commands.exchanging",
    "amparo.interfaces.commands.keeping",
    "amparo.interfaces.commands.witnessing",
    "amparo.interfaces.commands.health",
    "amparo.interfaces.commands.monitoring",
    "amparo.interfaces.commands.reporting",
    SERVING,
    "amparo.interfaces.exchange.commands",
)


# What SQLite and PostgreSQL say of a table or a column that no migration made.
_NOT_SET_UP = ("no such table", "no such column", "does not exist")


class Group(click.Group):
    """An expected error is one clear line and a non-zero end, never a trace."""

    def invoke(self, ctx: click.Context) -> object:
        from django.db import OperationalError, ProgrammingError

        from amparo.common.errors import AmparoError

        try:
            return super().invoke(ctx)
        except AmparoError as error:
            raise click.ClickException(error.reason) from None
        except (OperationalError, ProgrammingError) as error:
            if any(sign in str(error) for sign in _NOT_SET_UP):
                raise click.ClickException(
                    "The databases are not there, or not of this version: amparo setup"
                ) from None
            raise


def build(sources: Sequence[str] = SOURCES) -> click.Group:
    """The command line. Django is made ready first, so that commands may import what they need.

    Only those that serve need nothing of it but the settings: they start programs of their own, which read the rest.
    """
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings.desk")
    if set(sources) == {SERVING}:
        settings.DATABASES  # noqa: B018 - read now, so that a wrong setting is told as one line
    else:
        django.setup()
    group = Group(name="amparo", help="Amparo: a report comes in, becomes protection, and is counted without harm.")
    for source in sources:
        if find_spec(source.rpartition(".")[0]) and find_spec(source):
            for command in import_module(source).commands:
                _add(group, command)
    return group


def _add(group: click.Group, command: click.Command) -> None:
    """Two doors may each bring a part of one group, such as `import`."""
    there = group.commands.get(command.name or "")
    if isinstance(there, click.Group) and isinstance(command, click.Group):
        there.commands.update(command.commands)
    else:
        group.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script. `amparo door` is the door's own program: it never sees the desk's settings or keys."""
    from django.core.exceptions import ImproperlyConfigured

    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["door"]:
        os.environ["DJANGO_SETTINGS_MODULE"] = "amparo.config.settings.door"
    try:
        group = build((SERVING,) if given[:1] in (["door"], ["desk"], ["serve"]) else SOURCES)
    except ImproperlyConfigured as wrong:
        sys.exit(f"Error: {wrong}")
    # A command that takes a file makes millions of objects and next to no circles of them: looking for those after
    # every seven hundred was a seventh of its work.
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    group(args=arguments, prog_name="amparo")


if __name__ == "__main__":
    main()
