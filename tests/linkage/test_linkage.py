"""Have we met this child? (C1)"""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import IMPORTER
from amparo.linkage import functioning, names
from amparo.linkage.actions import ChildFacts, Identity, register_child
from amparo.linkage.meeting import have_we_met
from amparo.linkage.models import Child
from amparo.vault.models import Sealed
from amparo.vocabulary.queries import codes

pytestmark = pytest.mark.django_db(databases="__all__")


def register(house, agency: str, given: str, family: str, year: int | None = 2014) -> Child:
    return register_child(
        by=IMPORTER, agency=house.agencies[agency], identity=Identity(given=given, family=family),
        facts=ChildFacts(sex="female", birth_year=year, birth_precision="year" if year else "unknown"),
    )  # fmt: skip


def met(house, *written: str, year: int = 2014, role: str = "case_worker", agency: str = "NORTH"):
    identity = Identity(given=written[0], family=" ".join(written[1:]))
    facts = ChildFacts(birth_year=year, birth_precision="year")
    return have_we_met(by=house.actor(role, agency), identity=identity, facts=facts, reason="triage")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Fatima", "فاطمة"), ("Aleksandr", "Александр"), ("Jozef", "József"), ("Mohammed", "Muhamad"), ("Sara", "Sarah")],
)
def test_two_writings_of_a_name_share_a_skeleton(one, other):
    assert names.skeletons(one) == names.skeletons(other)


def test_different_names_keep_different_skeletons():
    assert len({tuple(names.skeletons(each)) for each in ("Fatima", "Karim", "Lena", "Oluwaseun", "Wei")}) == 5


def test_the_order_of_the_parts_does_not_matter():
    assert names.skeletons("Lena", "Torvald") == names.skeletons("Torvald Lena")


def test_our_own_child_is_met_by_record_and_anothers_only_by_agency(house):
    ours = register(house, "NORTH", "Fatima", "Testperson")
    register(house, "SOUTH", "فاطمة", "Testperson")
    found = met(house, "Fatima", "Testperson")
    assert {(each.child, each.agency) for each in found} == {
        (ours.id, house.agencies["NORTH"].id),
        (None, house.agencies["SOUTH"].id),
    }


@pytest.mark.parametrize(
    ("registered", "asked"),
    [("Khaled", "خالد"), ("Youssef", "يوسف"), ("Евгений", "Jewgenij"), ("Dascha", "Daria"), ("Chahine", "Shaheen")],
)
def test_a_child_is_met_in_another_script_by_another_romanisation_and_by_a_pet_name(house, registered, asked):
    register(house, "NORTH", registered, "Testperson")
    assert len(met(house, asked, "Testperson")) == 1
    assert {each.may_be for each in met(house, "Gulnara", "Testperson")} <= {"sibling"}


@pytest.mark.parametrize("year", [2013, 2014, 2015])
def test_a_birth_year_a_year_off_still_meets(house, year):
    register(house, "NORTH", "Fatima", "Testperson")
    assert len(met(house, "Fatima", "Testperson", year=year)) == 1


def test_a_birth_year_far_off_and_another_name_do_not_meet(house):
    register(house, "NORTH", "Fatima", "Testperson")
    assert met(house, "Fatima", "Testperson", year=2009) == []
    assert met(house, "Wei", "Otherperson") == []


def test_a_child_without_a_known_birth_year_is_still_met(house):
    register(house, "NORTH", "Fatima", "Testperson", year=None)
    assert len(met(house, "Fatima", "Testperson")) == 1


def test_a_search_is_recorded_without_the_name(house):
    met(house, "Zephyrine", "Quillon")
    event = Event.objects.latest("seq")
    assert (event.verb, event.count, event.purpose) == ("child:searched", 0, "triage")
    assert "ephyrine" not in str(vars(event))


@pytest.mark.parametrize("role", ["police", "service_provider", "statistician", "administrator", "auditor"])
def test_those_who_do_not_register_do_not_search(house, role):
    with pytest.raises(Refused):
        met(house, "Fatima", role=role)


def test_a_search_needs_a_name_a_year_and_a_reason(house):
    with pytest.raises(Invalid) as wrong:
        have_we_met(by=house.actor("case_worker", "NORTH"), identity=Identity(), facts=ChildFacts(), reason="")
    assert set(wrong.value.fields) == {"given", "birth_year", "reason"}


def test_bad_facts_are_named_field_by_field_and_nothing_is_registered(house):
    with pytest.raises(Invalid) as wrong:
        register_child(
            by=IMPORTER, agency=house.agencies["NORTH"], identity=Identity(birth_date=date(2990, 1, 1)),
            facts=ChildFacts(sex="girl", nationality="XXX"),
        )  # fmt: skip
    assert set(wrong.value.fields) == {"sex", "nationality", "birth_date", "given"}
    assert Child.objects.count() == 0


def test_the_same_id_sent_twice_is_one_child_of_its_agency(house):
    id = uuid4()

    def send(agency: str) -> Child:
        return register_child(
            by=IMPORTER, agency=house.agencies[agency], identity=Identity(given="Fatima"), facts=ChildFacts(), id=id
        )

    assert send("NORTH") == send("NORTH")
    assert (Child.objects.count(), Sealed.objects.count()) == (1, 2)  # who the child is, and the copy to compare
    with pytest.raises(Conflict, match="taken"):
        send("SOUTH")


def test_the_ceiling_counts_people_by_day_and_not_the_importer(house, settings):
    settings.SEARCHES_A_DAY = 1
    met(house, "Fatima")
    with pytest.raises(Refused, match="1 times today"):
        met(house, "Fatima")
    met(house, "Fatima", role="supervisor")
    with clock.stopped(clock.now() + timedelta(days=1)):
        met(house, "Fatima")
    for _ in range(3):
        have_we_met(by=IMPORTER, identity=Identity(given="Fatima"), facts=ChildFacts(birth_year=2014), reason="triage")


def test_a_search_that_lacks_something_does_not_count(house, settings):
    settings.SEARCHES_A_DAY = 1
    with pytest.raises(Invalid):
        have_we_met(by=house.actor("case_worker", "NORTH"), identity=Identity(), facts=ChildFacts(), reason="")
    met(house, "Fatima")


@pytest.mark.parametrize(("age", "domains"), [(0, 0), (1, 0), (2, 8), (4, 8), (5, 13), (17, 13), (None, 6)])
def test_the_domains_asked_are_those_of_the_module_for_the_age(house, age, domains):
    asked = functioning.domains(age)
    assert len(asked) == domains
    assert set(asked) <= codes("disability_domain")
