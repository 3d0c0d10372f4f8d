"""The world as the tests of the monitor need it: States at once, real data only where a test asks for it."""

from amparo.common.types import OPERATOR
from amparo.monitoring import actions, files
from amparo.monitoring.importing.reading import Outcome


def states() -> None:
    """Every State, and nothing about any."""
    actions._load_states()


def treaties() -> Outcome:
    """Every State, and the shipped statuses of treaties."""
    states()
    return actions.import_treaties(by=OPERATOR, file=files.SHIPPED / "treaty_status.csv")


def write(folder, *rows, name="file.csv"):
    """A CSV of these lines."""
    file = folder / name
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file
