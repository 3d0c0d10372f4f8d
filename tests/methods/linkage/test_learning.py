"""Weights without labels: five answers, and bounds that no data can move."""

import json

import numpy as np
import pytest

from amparo.common.errors import Invalid
from amparo.methods.linkage.comparisons import COMPARISONS
from amparo.methods.linkage.learning import learn, loaded

SIZES = [len(each.labels) for each in COMPARISONS]
PLACES = {each.name: place for place, each in enumerate(COMPARISONS)}


@pytest.fixture(scope="module")
def model():
    """1,000 records: 500 pairs that agree on all, 200 siblings, 100,000 strangers among 400 patterns."""
    random = np.random.default_rng(1)
    strangers = np.column_stack(
        [random.choice(size, 400, p=[0.97, *[0.03 / (size - 1)] * (size - 1)]) for size in SIZES]
    )
    same = np.array([[size - 1 for size in SIZES]])
    siblings = same.copy()
    siblings[0, [PLACES["given"], PLACES["birth"]]] = 0
    seen = np.vstack([same, siblings, strangers]).astype(np.int8)
    counts = np.array([500.0, 200.0, *[250.0] * 400])
    return learn(strangers.astype(np.int8), np.full(400, 250.0), seen, counts, records=1000)


def row(**levels):
    found = np.full((1, len(SIZES)), -1, np.int8)
    for name, level in levels.items():
        if level is not None:
            found[0, PLACES[name]] = level if level >= 0 else SIZES[PLACES[name]] + level
    return found


def test_answers_are_chances(model):
    found = model.answers(np.vstack([row(given=-1, birth=-1), row(sex=0), row()]))
    assert np.allclose(found.sum(axis=1), 1)
    assert found[2, 4] > 0.99  # nothing known: almost surely strangers


def test_what_agrees_on_all_is_one_child_and_a_sibling_is_none(model):
    full = dict.fromkeys(PLACES, -1)
    assert model.answers(row(**full))[0, 0] > 0.99
    sibling = model.answers(row(**{**full, "given": 0, "birth": 0}))[0]
    assert sibling.argmax() == 1
    twin = model.answers(row(**{**full, "given": 0, "sex": None}))[0]
    assert twin.argmax() == 2


def test_a_disagreeing_given_name_or_birth_is_bounded(model):
    assert model.m[PLACES["given"]][0] <= 0.002
    assert model.m[PLACES["birth"]][0] <= 0.01


def test_every_table_holds_shares(model):
    for table in (model.m, model.u, model.home, model.named):
        assert [len(each) for each in table] == SIZES
        assert all(abs(sum(each) - 1) < 1e-9 and min(each) > 0 for each in table)


def test_a_model_is_saved_and_loaded_whole(model):
    assert loaded(model.saved()) == model


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", json.dumps({"shape": 99, "comparisons": []})])
def test_what_is_no_model_is_refused(text):
    with pytest.raises(Invalid):
        loaded(text)
