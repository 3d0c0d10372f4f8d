"""A served program, `python -m amparo.config.program desk` or `door`: read once, then forked into its workers.

Reading takes most of a start and of a worker's memory; so it is done before the fork, by one process for all, and what
was read is shared. Nothing that is read may open a database or begin a thread.
"""

import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

# Of a worker. A page is computed, hardly waited for: more threads only take the interpreter from one another, also
# while one of them holds the pen of the database. The second answers while the first writes a long file.
_THREADS = 2
_TURN = 0.001  # seconds after which a thread lets another compute; five times as often as Python's own
# A page makes fifty thousand objects and next to no circles: looking for those after every seven hundred was a tenth of
# the work.
_OBJECTS_BETWEEN_LOOKS = 50_000


@click.command()
@click.argument("name", type=click.Choice(["desk", "door"]))
@click.option("--workers", default=1, type=click.IntRange(1))
@click.option("--port", type=int)
@click.option("--uds", type=click.Path(path_type=Path))
def main(name: str, workers: int, port: int | None, uds: Path | None) -> None:
    """Serve a program on 127.0.0.1 or on a socket of this machine."""
    module = f"amparo.config.wsgi_{name}"
    application = _read(module)
    server = Server(
        f"{module}:application", port=port or 0, uds=uds, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=_THREADS, log_level=LogLevels.warning,
    )  # fmt: skip
    server.serve(target_loader=lambda: application, wrap_loader=False)


def _read(module: str) -> Any:
    from django.core.exceptions import ImproperlyConfigured

    gc.disable()  # nothing that is read becomes garbage; looking for it would take a tenth of the start
    try:
        application = import_module(module).application
    except ImproperlyConfigured as wrong:
        sys.exit(f"Error: {wrong}")
    gc.freeze()  # what is read stays; looking at it again in every worker would only copy its pages
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, 10, 10)
    gc.enable()
    sys.setswitchinterval(_TURN)
    return application


if __name__ == "__main__":
    main()
