"""Every engine gives the oracle's number, to the unit, on whatever facts and questions there are (S1)."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.methods.tabulation import oracle
from amparo.methods.tabulation.asking import plan
from amparo.methods.tabulation.columns import as_table
from amparo.methods.tabulation.duck import Duck
from amparo.methods.tabulation.indicators import catalogue
from tests.methods.tabulation.build import facts, questions


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_duckdb_counts_as_the_oracle_does(data):
    rows = data.draw(facts())
    engine = Duck({name: as_table(name, each) for name, each in rows.items()}, threads=1)
    for _ in range(6):
        question = data.draw(questions())
        asked = plan(question, catalogue())
        assert engine.count(asked) == oracle.count(rows, asked), question
    engine.close()
