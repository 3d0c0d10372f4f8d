"""Who a child is lies in the vault, opens for a purpose, leaves its trace, and can be destroyed (X1)."""

import base64

import pytest
from django.db import connections

from amparo.audit.models import Event
from amparo.cases.models import Case
from amparo.common.errors import Invalid, Refused
from amparo.common.ids import new_id
from amparo.vault import keyring, lookups, store
from amparo.vault.compartments import OPENED_BY, Compartment
from amparo.vault.keyring import Erased
from amparo.vault.keys.models import SubjectKey
from amparo.vault.models import Sealed
from amparo.vault.reveal import reveal, reveal_many
from tests.cases.build import NAME, open_case

pytestmark = pytest.mark.django_db(databases="__all__")
IDENTITY = Compartment.IDENTITY


def look(by, case: Case, purpose: str = "care_planning"):
    return reveal(by=by, subject=case, pointer=case.child.identity, compartment=IDENTITY, purpose=purpose)


def test_the_worker_opens_the_identity_for_a_purpose_and_leaves_a_trace(house):
    case = open_case(house, "NORTH")
    by = house.actor("case_worker", "NORTH")
    assert look(by, case)["given"] == NAME
    event = Event.objects.latest("seq")
    assert (event.verb, event.record, event.purpose, event.actor) == (
        "vault:identity_revealed", case.id, "care_planning", by.id,
    )  # fmt: skip


def test_without_a_purpose_nothing_opens(house):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid, match="purpose"):
        look(house.actor("case_worker", "NORTH"), case, "")


@pytest.mark.parametrize("role", ["administrator", "auditor", "statistician", "intake_officer", "police", "reviewer"])
def test_nobody_else_of_the_same_agency_opens_it(house, role):
    case = open_case(house, "NORTH")
    with pytest.raises(Refused):
        look(house.actor(role, "NORTH"), case)


def test_a_failing_audit_row_means_no_data(house, monkeypatch):
    case = open_case(house, "NORTH")
    opened = []
    monkeypatch.setattr("amparo.vault.reveal._opened", lambda *args: opened.append(args) or {})
    monkeypatch.setattr("amparo.audit.chain.append", lambda *_args: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        look(house.actor("case_worker", "NORTH"), case)
    assert opened == []


def test_a_page_of_names_costs_one_audit_row_and_two_statements(house, django_assert_num_queries):
    cases = [open_case(house, "NORTH") for _ in range(5)]
    by = house.actor("case_worker", "NORTH")
    before = Event.objects.count()
    with django_assert_num_queries(1, using="vault"), django_assert_num_queries(1, using="keys"):
        names = reveal_many(
            by=by, subjects={case.child.identity: case for case in cases}, compartment=IDENTITY, purpose="contact"
        )
    assert [each["given"] for each in names.values()] == [NAME] * 5
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("seq").count == 5


def test_one_name_too_many_and_the_whole_page_stays_closed(house):
    mine, theirs = open_case(house, "NORTH"), open_case(house, "SOUTH")
    with pytest.raises(Refused):
        reveal_many(
            by=house.actor("case_worker", "NORTH"), compartment=IDENTITY, purpose="contact",
            subjects={mine.child.identity: mine, theirs.child.identity: theirs},
        )  # fmt: skip


def test_a_record_that_one_may_read_opens_no_value_of_another(house):
    mine, theirs = open_case(house, "NORTH"), open_case(house, "SOUTH")
    by = house.actor("case_worker", "NORTH")
    with pytest.raises(Refused) as refused:
        reveal(by=by, subject=mine, pointer=theirs.child.identity, compartment=IDENTITY, purpose="contact")
    assert not refused.value.visible
    event = Event.objects.latest("seq")
    assert (event.verb, event.rule, event.record) == ("refused:_record_look", "vault:foreign_pointer", mine.id)
    assert not Event.objects.filter(verb="vault:identity_revealed").exists()


def test_one_value_of_another_child_keeps_a_whole_page_closed(house):
    mine, also_mine = (open_case(house, "NORTH") for _ in range(2))
    theirs = open_case(house, "SOUTH")
    by = house.actor("case_worker", "NORTH")
    for pointer in (theirs.child.identity, mine.child.identity):  # also of two that one may open, each by its own
        with pytest.raises(Refused):
            reveal_many(
                by=by, compartment=IDENTITY, purpose="contact",
                subjects={mine.child.identity: mine} | {pointer: also_mine},
            )  # fmt: skip
    assert not Event.objects.filter(verb="vault:identity_revealed").exists()


def test_a_destroyed_key_erases_the_subject_for_good(house):
    case = open_case(house, "NORTH")
    SubjectKey.objects.filter(subject=case.child_id).update(wrapped=None, destroyed_at=case.opened_at)
    with pytest.raises(Erased):
        look(house.actor("case_worker", "NORTH"), case)
    with pytest.raises(Erased):
        store.put(subject=case.child_id, agency=case.agency_id, compartment=IDENTITY, column="x", value="again")


def test_the_databases_hold_no_readable_trace_of_a_seeded_name(house):
    open_case(house, "NORTH")
    forms = [NAME, *NAME.split()]
    searched = {text for each in forms for text in (each, each.lower(), each[::-1], each.encode().hex())}
    searched |= {base64.b64encode(each.encode()).decode().rstrip("=") for each in forms}
    for alias in ("default", "vault", "keys"):
        if connections[alias].vendor == "sqlite":
            dump = "\n".join(connections[alias].connection.iterdump())
            assert not [text for text in searched if text in dump], alias


def test_one_compartments_key_opens_nothing_of_another(house):
    subject, agency = new_id(), house.agencies["NORTH"].id
    one = keyring.key_for_writing(subject, agency, Compartment.HEALTH)
    two = keyring.key_for_writing(subject, agency, Compartment.PLACEMENT)
    assert one != two
    assert keyring.keys_for_reading([subject], Compartment.HEALTH) == {subject: one}


def test_a_row_moved_to_another_subject_does_not_open(house):
    from amparo.vault.cipher import Unreadable

    one, two = open_case(house, "NORTH"), open_case(house, "NORTH")
    stolen = bytes(Sealed.objects.get(id=one.child.identity).ciphertext)
    Sealed.objects.filter(id=two.child.identity).update(ciphertext=stolen)
    with pytest.raises(Unreadable):
        look(house.actor("case_worker", "NORTH"), two)


def test_every_compartment_but_matching_has_its_own_permission():
    assert set(Compartment) - set(OPENED_BY) == {Compartment.MATCHING}
    assert len(set(OPENED_BY.values())) == len(OPENED_BY)


def test_a_lookup_meets_two_writings_of_one_value_and_no_other_realm():
    assert lookups.token("name", "a", "Ána  Maria") == lookups.token("name", "a", "ana maria")
    assert lookups.token("name", "a", "ana") != lookups.token("name", "b", "ana")
    assert lookups.token("name", "a", "ana") != lookups.token("phone", "a", "ana")


def test_a_subject_is_found_by_all_of_its_tokens_or_any(house):
    one, two = new_id(), new_id()
    lookups.remember(one, [1, 2])
    lookups.remember(two, [2, 3])
    assert lookups.having_each([[1], [2]], limit=5) == [one]
    assert lookups.having_each([], limit=5) == []
    assert set(lookups.having_any([2], limit=5)) == {one, two}
    lookups.forget(one)
    assert lookups.having_any([1], limit=5) == []
