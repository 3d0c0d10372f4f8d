"""Noise costs, costs add up, and what is spent is spent (S3)."""

import json

import pytest

from amparo.common.errors import Conflict, Invalid
from amparo.methods.disclosure.budget import spend
from amparo.methods.disclosure.synthetic import rho_of

OF = {"population": "children identified", "year": 2025, "delta": 1e-6}


def test_it_is_refused_when_it_is_gone_and_nothing_is_written_then(tmp_path):
    ledger = tmp_path / "noise.json"
    left = spend(ledger, **OF, epsilon=2, budget=4)
    assert left == pytest.approx(rho_of(4, 1e-6) - rho_of(2, 1e-6))
    before = ledger.read_text()
    with pytest.raises(Conflict, match="is spent"):
        spend(ledger, **OF, epsilon=4)
    assert ledger.read_text() == before
    spend(ledger, **OF, epsilon=1)
    assert len(json.loads(ledger.read_text())) == 2


def test_another_year_and_another_population_have_budgets_of_their_own(tmp_path):
    ledger = tmp_path / "noise.json"
    spend(ledger, **OF, epsilon=4, budget=4)
    spend(ledger, **{**OF, "year": 2024}, epsilon=4, budget=4)
    with pytest.raises(Conflict, match="No budget was set"):
        spend(ledger, **{**OF, "population": "reports"}, epsilon=1)


def test_a_budget_once_set_is_not_raised(tmp_path):
    ledger = tmp_path / "noise.json"
    spend(ledger, **OF, epsilon=1, budget=4)
    with pytest.raises(Conflict, match="stays so"):
        spend(ledger, **OF, epsilon=1, budget=40)
    with pytest.raises(Conflict, match="stays so"):
        spend(ledger, **{**OF, "delta": 1e-3}, epsilon=1)


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"rho": 1}]', '[{"rho": -9, "population": "a", "year": 1}]'])
def test_a_ledger_that_somebody_broke_spends_nothing(tmp_path, text):
    ledger = tmp_path / "noise.json"
    ledger.write_text(text)
    with pytest.raises(Invalid, match="no ledger of noise"):
        spend(ledger, **OF, epsilon=1, budget=4)
    assert ledger.read_text() == text
