"""Lumeria with sixty children, built once for the tests of a module, and taken away after it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from amparo.common import clock
from amparo.common.types import OPERATOR
from amparo.demo import build as demonstration
from amparo.demo.founding import Country
from amparo.vocabulary import actions as vocabulary

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)  # what is drawn depends on the day on which the years end
EVERY_DATABASE = ("default", "vault", "keys", "door")


@dataclass
class Built:
    """The country, the moment at which its years end, where its papers are, and what was told of the progress."""

    country: Country
    now: datetime
    folder: Path
    heard: list[int] = field(default_factory=list)


@pytest.fixture(scope="module")
def lumeria(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Built]:
    now, folder, heard = NOW, tmp_path_factory.mktemp("lumeria"), []
    with django_db_blocker.unblock(), clock.stopped(now):
        vocabulary.load_shipped(by=OPERATOR)
        try:
            country = demonstration.build(children=60, seed=3, told=heard.append, folder=folder)
            yield Built(country, now, folder, heard)
        finally:
            for alias in EVERY_DATABASE:
                call_command("flush", database=alias, verbosity=0, interactive=False, inhibit_post_migrate=True)
