"""Agencies ask each other whether they met a child: asked, answered or declined, on a clock (C1)."""

from datetime import timedelta

import pytest

from amparo.access.models import Wall
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.common.types import WORKER
from amparo.linkage import contacts
from amparo.linkage.models import Contact
from amparo.organisation.queries import notices_for
from tests.linkage.test_meeting import ask as search
from tests.linkage.test_meeting import register

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def offered(house) -> Contact:
    register(house, "SOUTH", "Quillonia")
    return contacts.contact(by=house.actor("case_worker", "NORTH"), id=search(house, "Quillonia")[0].contact)


def asked(house, offered: Contact) -> Contact:
    return contacts.ask(by=house.actor("case_worker", "NORTH"), contact=offered)


def codes(house, role: str, agency: str) -> list[str]:
    return [each.code for each in notices_for(house.actor(role, agency))]


def test_a_question_is_put_to_the_supervisors_and_intake_officers_with_a_clock(house, offered):
    found = asked(house, offered)
    assert (found.status, found.respond_by - found.asked_at) == ("asked", timedelta(days=2))
    assert codes(house, "supervisor", "SOUTH") == codes(house, "intake_officer", "SOUTH") == ["contact_asked"]
    assert codes(house, "case_worker", "SOUTH") == codes(house, "supervisor", "NORTH") == []


def test_an_answer_reaches_the_asker_in_codes_and_once(house, offered):
    asked(house, offered)
    by = house.actor("supervisor", "SOUTH")
    contacts.answer(by=by, contact=contacts.contact(by=by, id=offered.id), answer="same_child")
    kept = Contact.objects.get()
    assert (kept.status, kept.answer, kept.answered_by) == ("answered", "same_child", by.id)
    assert codes(house, "case_worker", "NORTH") == ["contact_answered"]
    with pytest.raises(Conflict, match="answered"):
        contacts.decline(by=by, contact=kept, reason="safety_risk")


def test_an_agency_may_decline_with_a_reason_from_the_list(house, offered):
    asked(house, offered)
    by = house.actor("intake_officer", "SOUTH")
    with pytest.raises(Invalid):
        contacts.decline(by=by, contact=Contact.objects.get(), reason="made up")
    contacts.decline(by=by, contact=Contact.objects.get(), reason="child_objects")
    assert codes(house, "case_worker", "NORTH") == ["contact_declined"]


@pytest.mark.parametrize(("role", "agency"), [("supervisor", "SOUTH"), ("supervisor", "NORTH"), ("police", "NORTH")])
def test_before_it_is_asked_nobody_but_the_searcher_knows_of_a_possible_match(house, offered, role, agency):
    with pytest.raises(Refused) as refused:
        contacts.contact(by=house.actor(role, agency), id=offered.id)
    assert not refused.value.visible


def test_neither_the_asker_nor_a_third_person_answers(house, offered):
    asked(house, offered)
    for role, agency in (("case_worker", "NORTH"), ("supervisor", "NORTH"), ("case_worker", "SOUTH")):
        with pytest.raises(Refused):
            contacts.answer(by=house.actor(role, agency), contact=Contact.objects.get(), answer="same_child")
    assert Contact.objects.get().status == "asked"


def test_who_stands_behind_a_wall_neither_reads_nor_answers(house, offered):
    asked(house, offered)
    Wall.objects.create(
        against_kind="person", against=house.people["supervisor", "SOUTH"].id, record=offered.child_id, reason="threat",
        raised_at=clock.now(), raised_by=house.people["supervisor", "NORTH"].id,
    )  # fmt: skip
    by = house.actor("supervisor", "SOUTH")
    assert contacts.contacts(by=by) == []
    with pytest.raises(Refused):
        contacts.contact(by=by, id=offered.id)
    assert len(contacts.contacts(by=house.actor("intake_officer", "SOUTH"))) == 1


def test_the_search_of_yesterday_asks_nobody(house, offered):
    with clock.stopped(clock.now() + timedelta(days=1, minutes=1)), pytest.raises(Conflict, match="search again"):
        asked(house, offered)


def test_what_waits_too_long_is_told_to_both_sides_once_and_old_offers_are_forgotten(house, offered):
    asked(house, offered)
    search(house, "Quillonia")
    with clock.stopped(clock.now() + timedelta(days=2, minutes=1)):
        assert (contacts.find_late(by=WORKER), contacts.find_late(by=WORKER)) == (1, 0)
        assert "contact_late" in codes(house, "case_worker", "NORTH")
        assert "contact_late" in codes(house, "supervisor", "SOUTH")
    assert Contact.objects.get().status == "asked"


def test_both_sides_see_their_questions_and_neither_sees_the_child(house, offered):
    asked(house, offered)
    assert [each.id for each in contacts.contacts(by=house.actor("supervisor", "SOUTH"))] == [offered.id]
    assert [each.id for each in contacts.contacts(by=house.actor("case_worker", "NORTH"))] == [offered.id]
    assert contacts.contacts(by=house.actor("case_worker", "SOUTH")) == []
    assert "uillonia" not in str(list(Event.objects.values()))


def test_what_does_not_exist_is_not_found(house):
    with pytest.raises(NotFound):
        contacts.contact(by=house.actor("case_worker", "NORTH"), id=house.agencies["NORTH"].id)
