"""Apache Spark finds what DuckDB finds (goal 14). Marked: it needs the extra `spark` and Java 17."""

import shutil

import numpy as np
import pytest
from bench import worlds

from amparo.methods.linkage import reading
from amparo.methods.linkage.engine import Engine
from amparo.methods.linkage.linking import cluster_rows, link
from amparo.methods.linkage.spark import Spark, said


@pytest.mark.spark
@pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java")
def test_spark_finds_the_same_pairs_weights_and_children(tmp_path):
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    worlds.build(tmp_path, host="cyrillic", children=300, seed=29, queries=0)
    people = list(reading.people([tmp_path / "records.csv"], reading.Reader()))
    with Engine() as engine:
        duck = link(people, engine=engine)
    with Engine(tables=Spark(tmp_path)) as engine:
        spark = link(people, engine=engine)
    assert len(duck.pairs.left) > 200
    assert spark.pairs.left.tolist() == duck.pairs.left.tolist()
    assert spark.pairs.right.tolist() == duck.pairs.right.tolist()
    assert spark.pairs.levels.tolist() == duck.pairs.levels.tolist()
    assert np.abs(spark.pairs.weight - duck.pairs.weight).max() < 1e-9
    assert list(cluster_rows(spark)) == list(cluster_rows(duck))


def test_a_question_is_put_in_sparks_words():
    assert said("list_has_any(a_l, a_r) and len(b_l) = 0 and p.given_keys[1] = 'len'") == (
        "arrays_overlap(a_l, a_r) and size(b_l) = 0 and get(p.given_keys, 0) = 'len'"
    )
