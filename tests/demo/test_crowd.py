"""A large crowd of made-up children is the same for the same seed, and sound (X1)."""

import pytest

from amparo.audit import actions as audit
from amparo.cases.models import Case, Incident, Scope, Task
from amparo.common.types import OPERATOR
from amparo.demo import crowd
from amparo.linkage.models import Child
from amparo.organisation.models import Place
from amparo.vocabulary import actions as vocabulary

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _few_workers(monkeypatch):
    vocabulary.load_shipped(by=OPERATOR)
    monkeypatch.setattr(crowd, "AGENCIES", 3)
    monkeypatch.setattr(crowd, "WORKERS", 9)


def test_a_crowd_walks_through_the_house(db):
    heard = []
    crowd.build(children=60, seed=3, told=heard.append)
    assert sum(heard) == 60
    assert (Child.objects.count(), Case.objects.count()) == (60, 60)
    assert 60 <= Incident.objects.count() <= 120
    assert 0 < Case.objects.filter(status="open").count() < 40
    assert 0 < Scope.objects.filter(kind="share").count() < 30
    assert set(Task.objects.filter(done_at=None).values_list("case__status", flat=True)) == {"open"}
    assert audit.verify().sound


def test_the_same_seed_draws_the_same_histories_and_another_seed_others():
    assert drawn(3) == drawn(3)
    assert drawn(3) != drawn(4)


def drawn(seed):
    """What a crowd of twelve would be, without writing it."""
    import random
    from datetime import UTC, datetime

    from amparo.organisation.models import Agency, Person

    chance = random.Random(seed)
    office = crowd.Office(Agency(code="X", place=Place(code="P")), None, [Person(username="somebody")])
    other = crowd.Office(Agency(code="Y"), None)
    found = crowd._histories(chance, office, [office, other], 12, datetime(2026, 1, 1, tzinfo=UTC))
    return [(each.newcomer, each.risk, each.closes, bool(each.shared_with)) for each in found]
