"""The world as the tests of the monitor need it: States at once, real data only where a test asks for it."""

from contextlib import contextmanager
from datetime import date

from django.db import transaction

from amparo.common.types import OPERATOR
from amparo.monitoring import actions, assessing, files
from amparo.monitoring.assessing import EvidenceFacts
from amparo.monitoring.importing.reading import Outcome


def states() -> None:
    """Every State, and nothing about any."""
    actions._load_states()


def treaties() -> Outcome:
    """Every State, and the shipped statuses of treaties."""
    states()
    return actions.import_treaties(by=OPERATOR, file=files.SHIPPED / "treaty_status.csv")


LUMERIA = {"en": "Lumeria", "fr": "Lumérie", "es": "Lumeria", "ru": "Лумерия", "zh": "卢梅里亚", "ar": "لوميريا"}
LAW = EvidenceFacts("A made-up Children Act", pinpoint="section 12", in_force_on=date(2019, 1, 1))


def lumeria():
    """A State that does not exist: the only one about which tests and demonstrations invent answers."""
    return actions.add_fictional_state(by=OPERATOR, iso3="XLM", names=LUMERIA)


def answered(house, state, question="L01", answer="met", role="nhri", since=date(2020, 1, 1), **more):
    """A published answer: written in the north, reviewed in the south."""
    more.setdefault("evidence", [LAW] if answer != "not_known" else [])
    editor, second = house.actor("monitor_editor", "NORTH"), house.actor("reviewer", "SOUTH")
    drafted = assessing.write(
        by=editor, state=state, question=question, role=role, answer=answer, valid_from=since, **more
    )
    return assessing.review(by=second, assessment=assessing.submit(by=editor, assessment=drafted), agree=True)


@contextmanager
def for_a_module(blocker, *build):
    """What `build` makes is there for all tests of a module, and gone with them."""
    with blocker.unblock(), transaction.atomic():
        for each in build:
            each()
        yield
        transaction.set_rollback(True)


def write(folder, *rows, name="file.csv"):
    """A CSV of these lines."""
    file = folder / name
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file
