"""Every engine gives the oracle's number, to the unit, on whatever facts and questions there are (S1)."""

import shutil

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from amparo.methods.tabulation import oracle
from amparo.methods.tabulation.arrays import Arrays
from amparo.methods.tabulation.asking import Question, plan
from amparo.methods.tabulation.columns import as_table
from amparo.methods.tabulation.cube import CUBES, unpacked
from amparo.methods.tabulation.duck import Duck
from amparo.methods.tabulation.grid import grid_of
from amparo.methods.tabulation.indicators import catalogue
from amparo.methods.tabulation.spark import Spark
from tests.methods.tabulation.build import facts, questions

SLOWLY = {
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}


def tables(rows):
    return {name: as_table(name, each) for name, each in rows.items()}


@settings(max_examples=25, **SLOWLY)
@given(st.data())
def test_duckdb_counts_as_the_oracle_does(data):
    rows = data.draw(facts())
    engine = Duck(tables(rows), threads=1)
    for _ in range(8):
        question = data.draw(questions())
        asked = plan(question, catalogue())
        assert engine.count(asked) == oracle.count(rows, asked), question
    engine.close()


def arrays(rows):
    found = tables(rows)
    return Arrays(lambda table, column: found[table][column])


@settings(max_examples=40, **SLOWLY)
@given(st.data())
def test_arrays_count_as_the_oracle_does(data):
    rows = data.draw(facts())
    engine = arrays(rows)
    for _ in range(8):
        question = data.draw(questions(counts=True))
        asked = plan(question, catalogue())
        assert engine.count(asked) == oracle.count(rows, asked), question
    engine.close()


@settings(max_examples=15, **SLOWLY)
@given(st.data())
def test_a_cube_says_what_the_oracle_does_and_survives_being_packed(data):
    rows = data.draw(facts())
    indicator = data.draw(st.sampled_from(sorted(CUBES)))
    cube = unpacked(arrays(rows).cube(plan(Question(indicator, CUBES[indicator]), catalogue())).packed())
    for _ in range(6):
        by = data.draw(st.lists(st.sampled_from(CUBES[indicator]), max_size=3, unique=True))
        where = data.draw(
            st.dictionaries(st.sampled_from(CUBES[indicator]), st.sampled_from([("a",), ("2025",)]), max_size=2)
        )
        question = Question(indicator, tuple(by), where, data.draw(st.booleans()))
        if cube.answers(question):
            asked = plan(question, catalogue())
            assert cube.grid(question).table() == oracle.count(rows, asked), question
            assert grid_of(oracle.count(rows, asked)).table() == oracle.count(rows, asked)


@pytest.mark.spark
@pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java")
@settings(max_examples=2, **SLOWLY)
@given(st.data())
def test_spark_counts_as_the_oracle_does(data):
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    rows = data.draw(facts())
    engine = Spark(tables(rows), parts=1)
    for _ in range(5):
        question = data.draw(questions(most=2))
        asked = plan(question, catalogue())
        assert engine.count(asked) == oracle.count(rows, asked), question
    engine.close()
