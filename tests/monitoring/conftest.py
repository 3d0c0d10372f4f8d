import pytest

from tests.monitoring import build


@pytest.fixture
def world(db):
    build.states()


@pytest.fixture(scope="module")
def taken(django_db_setup, django_db_blocker):
    """Built once a module: the shipped statuses of treaties."""
    outcomes = []
    with build.for_a_module(django_db_blocker, lambda: outcomes.append(build.treaties())):
        yield outcomes[0]


@pytest.fixture
def treaties(taken, db):
    return taken


@pytest.fixture
def lines(tmp_path):
    return lambda *rows, name="file.csv": build.write(tmp_path, *rows, name=name)
