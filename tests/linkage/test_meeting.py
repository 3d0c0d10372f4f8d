"""Have we met this child? The score, its reasons, brothers and sisters, and what another agency's record tells (C1)."""

from contextlib import ExitStack
from datetime import date

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext

from amparo.access.models import Wall
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import Refused
from amparo.common.types import IMPORTER
from amparo.linkage import matching
from amparo.linkage.actions import ChildFacts, Identity, register_child
from amparo.linkage.meeting import have_we_met
from amparo.linkage.models import Child, Contact
from amparo.methods.linkage.people import person
from amparo.vault.erasing import destroy_keys, forget_lookups
from amparo.vault.models import Lookup, Sealed

pytestmark = pytest.mark.django_db(databases="__all__")
FULL = {"mother": "Synthetica Testperson", "father": "Modelo Testperson", "birth_date": date(2014, 3, 9)}
FACTS = ChildFacts(sex="female", birth_year=2014, birth_precision="day")


def register(house, agency: str, given: str, family: str = "Testperson", facts: ChildFacts = FACTS, **more) -> Child:
    identity = Identity(given=given, family=family, **{**FULL, **more})
    return register_child(by=IMPORTER, agency=house.agencies[agency], identity=identity, facts=facts)


def ask(house, given: str, family: str = "Testperson", facts: ChildFacts = FACTS, role="case_worker", **more):
    identity = Identity(given=given, family=family, **{**FULL, **more})
    return have_we_met(by=house.actor(role, "NORTH"), identity=identity, facts=facts, reason="triage")


@pytest.mark.parametrize("address", ["Sample street 5, Testville, District Modelo", "Testville; District Modelo"])
def test_town_and_district_of_an_address_are_compared_and_the_street_is_not(address):
    asked = matching.as_person({"given": "Quillonia", "address": address}, {})
    written = person({"given_name": "Quillonia", "settlement": "Testville", "district": "District Modelo"})
    assert (asked.settlement, asked.district) == (written.settlement, written.district)
    assert matching.as_person({"given": "Quillonia", "address": "12 3"}, {}).settlement == ""


def test_the_same_child_comes_first_with_its_score_and_the_reasons_for_it(house):
    register(house, "NORTH", "Brunhilda", mother="Other Testmother", birth_date=date(2014, 5, 2))
    child = register(house, "NORTH", "Quillonia")
    found = ask(house, "Quillonia")
    assert (found[0].child, found[0].may_be, found[0].percent) == (child.id, "same", 99)
    shown = {step.name: (step.level, step.bits > 0) for step in found[0].steps}
    assert shown["given"][0].startswith("the same")
    assert shown["given"][1]
    assert shown["birth"] == ("the same day", True)
    assert shown["phone"] == (None, False)
    assert found[0].score > (found[1].score if len(found) > 1 else 0)


def test_an_unregistered_twin_is_a_possible_sibling_and_not_the_same_child(house):
    register(house, "NORTH", "Quillonia")
    (found,) = ask(house, "Brunhilda")
    assert found.may_be == "sibling"
    assert found.percent < 50


def test_of_another_agencys_record_only_the_agency_is_told(house):
    child = register(house, "SOUTH", "Quillonia")
    (found,) = ask(house, "Quillonia")
    assert (found.child, found.score, found.steps) == (None, None, ())
    contact = Contact.objects.get()
    assert (found.contact, contact.child_id, contact.status) == (contact.id, child.id, "offered")
    assert found.agency == contact.agency_id == house.agencies["SOUTH"].id


def test_a_record_behind_a_wall_gives_nothing_to_ask_about(house):
    child = register(house, "SOUTH", "Quillonia")
    Wall.objects.create(
        against_kind="agency", against=house.agencies["NORTH"].id, record=child.id, reason="threat",
        raised_at=clock.now(), raised_by=house.people["supervisor", "SOUTH"].id,
    )  # fmt: skip
    assert ask(house, "Quillonia") == []
    assert Contact.objects.count() == 0


def test_a_search_leaves_rows_of_the_search_and_of_the_comparison_without_any_name(house):
    child = register(house, "SOUTH", "Quillonia")
    ask(house, "Quillonia", mother="Zephyrine Quillon")
    compared, searched = list(Event.objects.order_by("seq"))[-2:]
    assert (compared.verb, compared.purpose, compared.detail) == ("vault:matching_compared", "triage", {"copies": 1})
    assert (searched.verb, searched.purpose, searched.count) == ("child:searched", "triage", 1)
    kept = str(list(Event.objects.values())) + str(list(Contact.objects.values())) + str(vars(child))
    assert not any(name in kept for name in ("uillonia", "ephyrine", "Testperson", "ynthetica"))


def test_what_is_compared_is_sealed_and_neither_written_nor_looked_up_in_clear(house):
    register(house, "NORTH", "Quillonia")
    copies = Sealed.objects.filter(compartment="matching")
    assert copies.count() == 1
    assert not any(word in bytes(copies.get().ciphertext).lower() for word in (b"quillonia", b"kilunia", b"testperson"))
    assert all(isinstance(each, int) for each in Lookup.objects.values_list("token", flat=True))


def test_an_erased_child_is_met_no_more_though_its_copy_was_found(house):
    child = register(house, "NORTH", "Quillonia")
    destroy_keys([child.id])
    assert ask(house, "Quillonia") == []
    forget_lookups([child.id])
    assert Lookup.objects.count() == 0


@pytest.mark.parametrize("role", ["police", "service_provider", "statistician", "auditor"])
def test_who_does_not_register_compares_nothing(house, role):
    register(house, "NORTH", "Quillonia")
    with pytest.raises(Refused):
        ask(house, "Quillonia", role=role)
    assert not Event.objects.filter(verb="vault:matching_compared").exists()


def test_a_search_costs_the_same_however_many_it_meets(house):
    def cost() -> int:
        with ExitStack() as stack:
            seen = [stack.enter_context(CaptureQueriesContext(connections[each])) for each in settings.DATABASES]
            ask(house, "Quillonia")
        return sum(map(len, seen))

    register(house, "SOUTH", "Quillonia")
    ask(house, "Quillonia")
    few = cost()
    for _ in range(6):
        register(house, "SOUTH", "Quillonia")
    assert cost() == few
