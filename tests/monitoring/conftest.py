import pytest

from tests.monitoring import build


@pytest.fixture
def world(db):
    build.states()


@pytest.fixture
def treaties(db):
    return build.treaties()


@pytest.fixture
def lines(tmp_path):
    return lambda *rows, name="file.csv": build.write(tmp_path, *rows, name=name)
