"""What interrupted acts left in the vault is removed, and never what a record points to (X1)."""

from datetime import timedelta

import pytest

from amparo.access.models import Glass
from amparo.audit.models import Event
from amparo.cases import actions
from amparo.cases.actions import IncidentFacts
from amparo.cases.models import Incident
from amparo.common import clock
from amparo.common.errors import Conflict, Refused
from amparo.common.ids import new_id
from amparo.common.types import IMPORTER, WORKER
from amparo.linkage.models import Child
from amparo.vault import store
from amparo.vault.compartments import Compartment
from amparo.vault.models import Sealed
from amparo.vault.sweep import pointer_columns, sweep
from tests.cases.build import open_case

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = timedelta(days=2)


def left_over(house, number=1, column="incident"):
    return [
        store.put(
            subject=new_id(), agency=house.agencies["NORTH"].id, compartment=Compartment.NARRATIVE, column=column,
            value="a neutral sentence",
        )
        for _ in range(number)
    ]  # fmt: skip


@pytest.fixture
def pointed(house):
    """A case whose every kind of word is pointed to: identity, an incident told in words, a note on broken glass."""
    case = open_case(house, "NORTH")
    told = IncidentFacts(form="begging")
    actions.record_incident(by=IMPORTER, case=case, facts=told, narrative="A neutral sentence.")
    by = house.actor("case_worker", "SOUTH", fresh=True)
    actions.break_glass(by=by, case=case, reason="danger_to_life", note="A neutral sentence.")
    return set(Sealed.objects.values_list("id", flat=True))


def test_only_what_nothing_points_to_goes(house, pointed):
    left_over(house, 3)
    with clock.stopped(clock.now() + LATER):
        assert sweep(by=WORKER) == {"narrative.incident": 3}
    assert set(Sealed.objects.values_list("id", flat=True)) == pointed
    assert Event.objects.get(verb="vault:swept").detail == {"rows": 3}


def test_what_may_still_be_under_way_stays(house, pointed):
    left_over(house)
    assert sweep(by=WORKER) == {}
    assert Sealed.objects.count() == len(pointed) + 1


def test_a_dry_run_only_counts(house, pointed):
    left_over(house)
    with clock.stopped(clock.now() + LATER):
        assert sweep(by=WORKER, dry_run=True).total() == 1
    assert Sealed.objects.count() == len(pointed) + 1


def test_a_whole_kind_without_pointers_looks_like_a_mistake_and_nothing_goes(house, pointed):
    left_over(house, 101, column="forgotten")
    with clock.stopped(clock.now() + LATER), pytest.raises(Conflict, match=r"narrative\.forgotten"):
        sweep(by=WORKER)
    assert Sealed.objects.count() == len(pointed) + 101


def test_nobody_at_a_desk_sweeps(house):
    with pytest.raises(Refused):
        sweep(by=house.actor("administrator", "NORTH"))


def test_every_step_that_points_into_the_vault_is_known():
    assert {(Child, "identity"), (Incident, "narrative"), (Glass, "note")} <= set(pointer_columns())
