"""A report comes in, is worked on, and ends with a reason (D1, D5)."""

from base64 import b64encode
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from amparo.access.models import Wall
from amparo.audit.models import Event
from amparo.common import clock, facts
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.common.types import OPERATOR, WORKER, Actor, Post
from amparo.intake import actions, queries
from amparo.intake.facts import facts_of, reports
from amparo.intake.letters import More, Told
from amparo.intake.models import Message, Report, Unreadable, Watch
from amparo.organisation import actions as organisation
from amparo.organisation.queries import notices_for
from amparo.vault.models import Sealed
from tests.intake.build import CONTACT, TOLD, claimed, officer, receive, triaged, watched

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _watched(house):
    watched(house)


def codes(report) -> list[str]:
    return [moment.code for moment in queries.timeline(report)]


def told_to(by) -> list[str]:
    return [notice.code for notice in notices_for(by)]


def colleague(house, agency: str = "NORTH", role: str = "intake_officer") -> Actor:
    person = organisation.add_person(by=OPERATOR, username=f"second.{role}", name="Demo second")
    organisation.give_post(by=OPERATOR, person=person, role=role, agency=house.agencies[agency])
    return Actor("person", person.id, (Post(role, house.agencies[agency].id),))


def test_a_report_goes_to_the_owner_of_its_urgency_with_its_clock(house):
    now = clock.now()
    with clock.stopped(now):
        report = receive(urgency="danger_now")
    assert (report.agency, report.status, report.word) == (house.agencies["NORTH"], "new", "received")
    assert report.due_at == now + timedelta(hours=1)
    assert "report_received" in told_to(officer(house))
    assert "report_received" not in told_to(officer(house, "SOUTH"))


@pytest.mark.parametrize("way", ["about_agency", "not_to"])
def test_a_report_never_goes_to_the_agency_it_is_about_nor_to_one_that_is_excluded(house, way):
    report = receive(**{way: "NORTH" if way == "about_agency" else ("NORTH",)})
    assert report.agency == house.agencies["OMB"]  # the independent one comes before South
    wall = Wall.objects.get(record=report.id)
    assert wall.against == house.agencies["NORTH"].id
    with pytest.raises(Refused) as refused:
        queries.report(by=officer(house), id=report.id)
    assert not refused.value.visible


def test_a_report_that_nobody_may_have_is_refused_by_name(house):
    with pytest.raises(actions.NobodyToTake):
        receive(not_to=("NORTH", "SOUTH", "OMB"))
    assert not Report.objects.exists()


def test_one_letter_becomes_one_report_however_often_it_comes(house):
    letter = {"by": WORKER, "letter": uuid4(), "thread": uuid4(), "told": Told(told=TOLD)}
    assert actions.receive(**letter).id == actions.receive(**letter).id
    assert Report.objects.count() == Message.objects.count() == 1


def test_waiting_at_the_door_is_waiting_too(house):
    now = clock.now()
    report = actions.receive(
        by=WORKER, letter=uuid4(), thread=uuid4(), told=Told(told=TOLD), received_on=now.date() - timedelta(days=3)
    )
    assert report.received_at.date() == now.date() - timedelta(days=2)
    assert report.received_at < now


def test_words_and_contact_are_in_the_vault_and_nowhere_else(house):
    report = claimed(house)
    actions.answer(by=officer(house), report=report, text="An answer marked quillfeather.")
    tables = [Report, Message, Event, Wall]
    dump = str([list(model.objects.values()) for model in tables])
    assert "quillfeather" not in dump
    assert CONTACT not in dump
    assert sorted(Sealed.objects.filter(subject=report.id).values_list("compartment", flat=True)) == [
        "narrative", "narrative", "reporter",
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["told", "where", "contact", "safe_time"])
@pytest.mark.parametrize("hidden", ["data:image/png;base64,AAAA", b64encode(bytes(range(256)) * 3).decode()])
def test_a_file_hidden_in_the_words_is_refused_and_not_kept(house, field, hidden):
    before = Sealed.objects.count()
    with pytest.raises(Invalid, match="looks like a file"):
        actions.take_in_by_hand(
            by=officer(house), agency=house.agencies["NORTH"], told=Told(**{"told": TOLD} | {field: hidden})
        )
    report = claimed(house)
    with pytest.raises(Invalid, match="looks like a file"):
        actions.answer(by=officer(house), report=report, text=hidden)
    assert Sealed.objects.count() == before + 2  # the words and the contact of the claimed report


def test_only_its_claimer_handles_a_report(house):
    report = claimed(house)
    for by in (colleague(house), house.actor("supervisor", "NORTH"), officer(house, "SOUTH")):
        for act in (
            lambda by: actions.triage(by=by, report=report, urgency="urgent"),
            lambda by: actions.classify(by=by, report=report, forms=["grooming"]),
            lambda by: actions.answer(by=by, report=report, text="No."),
            lambda by: actions.close(by=by, report=report, reason="duplicate", outcome="duplicate"),
            lambda by: actions.accept(by=by, report=report, case=uuid4(), reference="C-0000-0000"),
        ):
            with pytest.raises(Refused):
                act(by)
    assert Report.objects.get().status == "claimed"


def test_the_second_to_claim_hears_that_somebody_was_first(house):
    one, two = receive(), Report.objects.get()
    actions.claim(by=officer(house), report=one)
    with pytest.raises(Conflict, match="a moment ago"):
        actions.claim(by=colleague(house), report=two)
    with pytest.raises(Conflict, match="is claimed"):
        actions.claim(by=officer(house), report=one)
    assert Report.objects.get().claimed_by_id == officer(house).id


def test_a_supervisor_gives_a_claimed_report_back_and_a_colleague_cannot(house):
    report = claimed(house)
    with pytest.raises(Refused):
        actions.release(by=colleague(house), report=report)
    actions.release(by=house.actor("supervisor", "NORTH"), report=report)
    assert (report.status, report.claimed_by) == ("new", None)
    stale = claimed(house)
    mine = Report.objects.get(id=stale.id)
    actions.release(by=officer(house), report=mine)
    with pytest.raises(Conflict):
        actions.triage(by=officer(house), report=stale, urgency="urgent")


def test_triage_may_change_the_urgency_and_the_time_line_says_so(house):
    report = claimed(house)
    now = clock.now()
    with clock.stopped(now):
        actions.triage(by=officer(house), report=report, urgency="danger_now")
    assert (report.urgency, report.urgency_told, report.due_at) == ("danger_now", "normal", now + timedelta(hours=1))
    assert codes(report)[0] == "urgency_changed"
    with pytest.raises(Conflict, match="already"):
        actions.triage(by=officer(house), report=report, urgency="danger_now")
    with pytest.raises(Invalid):
        actions.triage(by=officer(house), report=report, urgency="later")


def test_a_report_is_classified_by_at_least_one_form_of_the_list(house):
    report = triaged(house)
    by = officer(house)
    for forms in ([], ["no_such_form"]):
        with pytest.raises(Invalid):
            actions.classify(by=by, report=report, forms=forms)
    assert report.form == ""
    actions.classify(by=by, report=report, forms=["trafficking", "begging", "trafficking"], setting="street")
    assert (report.form, report.forms, report.setting) == ("trafficking", ["trafficking", "begging"], "street")
    with pytest.raises(Conflict, match="already"):
        actions.classify(by=by, report=report, forms=["trafficking", "begging"], setting="street")


def test_an_answer_ends_nothing_and_is_sent_once(house):
    report, once = claimed(house), uuid4()
    actions.answer(by=officer(house), report=report, text="We read it.", id=once)
    with pytest.raises(Conflict, match="already"):
        actions.answer(by=officer(house), report=report, text="We read it.", id=once)
    assert (report.status, report.word, report.word_due) == ("claimed", "answered", True)
    assert Message.objects.filter(incoming=False, sent_at=None).count() == 1
    with pytest.raises(Invalid):
        actions.answer(by=officer(house), report=report, text="  ")


def test_a_report_is_forwarded_with_a_reason_and_starts_anew_there(house):
    report = triaged(house)
    by = officer(house)
    with pytest.raises(Invalid):
        actions.forward(by=by, report=report, agency=house.agencies["SOUTH"], reason="because")
    actions.forward(by=by, report=report, agency=house.agencies["SOUTH"], reason="other_place")
    assert (report.status, report.agency, report.claimed_by) == ("new", house.agencies["SOUTH"], None)
    assert (report.word, report.outcome) == ("forwarded", "forwarded")
    assert "report_forwarded" in told_to(officer(house, "SOUTH"))
    with pytest.raises(Refused):
        queries.report(by=by, id=report.id)
    actions.claim(by=officer(house, "SOUTH"), report=Report.objects.get())


def test_a_report_is_not_forwarded_to_whom_it_is_about_nor_to_whom_the_reporter_excluded_nor_to_nobody(house):
    organisation.end_post(by=OPERATOR, post=house.people["intake_officer", "OMB"].memberships.get())
    with clock.stopped(clock.now() + timedelta(days=1)):
        for said in ({"about_agency": "SOUTH"}, {"not_to": ("SOUTH",)}):
            report = triaged(house, **said)
            for agency in ("SOUTH", "OMB", "NORTH"):
                with pytest.raises(Invalid):
                    actions.forward(
                        by=officer(house), report=report, agency=house.agencies[agency], reason="other_place"
                    )


def test_a_report_closes_with_a_reason_and_an_outcome_of_the_lists(house):
    report, by = triaged(house), officer(house)
    for reason, outcome in (("because", "advice_given"), ("answered", "because"), ("answered", "case_opened")):
        with pytest.raises(Invalid):
            actions.close(by=by, report=report, reason=reason, outcome=outcome)
    actions.close(by=by, report=report, reason="answered", outcome="advice_given")
    assert (report.status, report.word) == ("closed", "closed")
    for act in (
        lambda: actions.close(by=by, report=report, reason="answered", outcome="advice_given"),
        lambda: actions.answer(by=by, report=report, text="Too late."),
        lambda: actions.classify(by=by, report=report, forms=["grooming"]),
        lambda: actions.triage(by=by, report=report, urgency="urgent"),
    ):
        with pytest.raises(Conflict, match="closed"):
            act()


def test_a_report_must_be_judged_before_it_ends(house):
    report, by = claimed(house), officer(house)
    for act in (
        lambda: actions.close(by=by, report=report, reason="answered", outcome="advice_given"),
        lambda: actions.accept(by=by, report=report, case=uuid4(), reference="C-0000-0000"),
        lambda: actions.forward(by=by, report=report, agency=house.agencies["SOUTH"], reason="other_place"),
    ):
        with pytest.raises(Conflict, match="is claimed"):
            act()


def test_an_accepted_report_knows_its_case_and_its_reporter_can_still_be_answered(house):
    report, case = triaged(house), uuid4()
    actions.accept(by=officer(house), report=report, case=case, reference="C-TEST-0001")
    assert (report.status, report.case, report.outcome, report.word) == ("accepted", case, "case_opened", "accepted")
    actions.answer(by=officer(house), report=report, text="Somebody will come.")
    assert report.word == "accepted"


def test_what_a_reporter_writes_later_opens_a_closed_report_again_and_a_withdrawal_closes_nothing(house):
    report, by, letter = triaged(house), officer(house), uuid4()
    actions.receive_more(by=WORKER, letter=uuid4(), report=report, more=More())
    assert report.status == "triaged"
    assert "reporter_withdrew" in told_to(by)
    actions.close(by=by, report=report, reason="withdrawn_by_reporter", outcome="no_action_possible")
    for _ in range(2):
        actions.receive_more(by=WORKER, letter=letter, report=report, more=More("One more sentence."))
    report.refresh_from_db()
    assert (report.status, report.claimed_by, report.close_reason, report.outcome) == ("new", None, "", "pending")
    assert Message.objects.filter(report=report, incoming=True).count() == 3
    assert "reporter_wrote" in told_to(by)


def test_a_report_by_telephone_stays_with_the_officers_agency(house):
    by, once = officer(house, "SOUTH"), uuid4()
    typed = {"by": by, "agency": house.agencies["SOUTH"], "told": Told(told=TOLD, who="teacher"), "id": once}
    report = actions.take_in_by_hand(**typed)
    assert (report.agency, report.thread, report.word_due) == (house.agencies["SOUTH"], None, False)
    with pytest.raises(Conflict, match="already"):
        actions.take_in_by_hand(**typed)
    away = actions.take_in_by_hand(by=by, agency=house.agencies["SOUTH"], told=Told(told=TOLD, about_agency="SOUTH"))
    assert away.agency == house.agencies["OMB"]


@pytest.mark.parametrize(
    "wrong", [{"told": " "}, {"urgency": "x"}, {"who": "x"}, {"worries": ("x",)}, {"channel": "x"}, {"language": "x"}]
)
def test_a_report_by_hand_is_checked(house, wrong):
    with pytest.raises(Invalid):
        actions.take_in_by_hand(by=officer(house), agency=house.agencies["NORTH"], told=Told(**{"told": TOLD} | wrong))
    with pytest.raises(Invalid):
        actions.take_in_by_hand(by=officer(house), agency=house.agencies["SOUTH"], told=Told(told=TOLD))
    assert not Report.objects.exists()


@pytest.mark.parametrize("role", ["case_worker", "supervisor", "police", "administrator", "auditor"])
def test_others_take_nothing_in_and_claim_nothing(house, role):
    by = house.actor(role, "NORTH")
    with pytest.raises(Refused):
        actions.take_in_by_hand(by=by, agency=house.agencies["NORTH"], told=Told(told=TOLD))
    with pytest.raises(Refused):
        actions.claim(by=by, report=receive())
    with pytest.raises(Refused):
        actions.receive(by=by, letter=uuid4(), thread=uuid4(), told=Told(told=TOLD))


def test_a_watch_needs_an_independent_other_agency(house):
    north, south, omb = (house.agencies[code] for code in ("NORTH", "SOUTH", "OMB"))
    for owner, above in ((north, south), (omb, omb)):
        with pytest.raises(Invalid, match="independent"):
            actions.set_watch(by=OPERATOR, urgency="urgent", owner=owner, escalation=above)
    with pytest.raises(Refused):
        actions.set_watch(by=officer(house), urgency="urgent", owner=south, escalation=omb)
    actions.set_watch(by=OPERATOR, urgency="urgent", owner=south, escalation=omb)
    assert Watch.objects.get(urgency="urgent").owner == south


def test_a_letter_set_aside_is_kept_sealed_and_its_supervisors_are_told_once(house):
    aside = {"by": WORKER, "letter": uuid4(), "thread": uuid4(), "sealed": b"sealed", "reason": "not_unsealed"}
    for _ in range(2):
        actions.set_aside(**aside)
    assert [bytes(row.sealed) for row in Unreadable.objects.all()] == [b"sealed"]
    for agency in ("NORTH", "OMB"):
        assert told_to(house.actor("supervisor", agency)).count("letter_set_aside") == 1


def test_the_change_of_facts_is_told_to_whoever_counts(house, monkeypatch):
    heard = []
    monkeypatch.setattr(facts, "_listeners", [lambda kind, _id, before, after: heard.append((kind, before, after))])
    report = triaged(house)
    actions.classify(by=officer(house), report=report, forms=["grooming"])
    assert heard[0][:2] == ("report", None)
    for (_, _, after), (_, before, _) in pairwise(heard):
        assert before == after
    assert heard[-1][2] == facts_of(Report.objects.get())


def test_facts_are_codes_and_whole_hours(house):
    now = clock.now()
    with clock.stopped(now):
        report = receive()
    with clock.stopped(now + timedelta(minutes=150)):
        actions.claim(by=officer(house), report=report)
    [row] = reports()
    assert (row["hours_to_claim"], row["hours_to_answer"], row["worries"]) == (2, None, "hurts,missing")
    assert "quillfeather" not in str(row)


def test_what_was_told_is_opened_only_by_a_holder_of_a_claimed_report_and_the_look_is_recorded(house):
    report = receive()
    with pytest.raises(Conflict, match="Claim"):
        queries.conversation(by=officer(house), report=report, purpose="triage")
    actions.claim(by=officer(house), report=report)
    for by in (officer(house, "SOUTH"), house.actor("case_worker", "NORTH"), house.actor("administrator", "NORTH")):
        with pytest.raises(Refused):
            queries.conversation(by=by, report=report, purpose="triage")
    with pytest.raises(Invalid, match="purpose"):
        queries.conversation(by=officer(house), report=report, purpose="")
    [said] = queries.conversation(by=officer(house), report=report, purpose="triage")
    assert said.told == TOLD
    last = Event.objects.latest("seq")
    assert (last.verb, last.purpose, last.count) == ("vault:narrative_revealed", "triage", 1)


def test_how_to_reach_the_reporter_is_for_the_claimer_alone(house):
    report = claimed(house)
    assert queries.contact(by=officer(house), report=report, purpose="contact")["contact"] == CONTACT
    for by in (colleague(house), house.actor("supervisor", "NORTH")):
        with pytest.raises(Refused):
            queries.contact(by=by, report=report, purpose="contact")
    assert queries.contact(by=officer(house), report=claimed(house, contact=""), purpose="contact") == {}


def test_no_report_and_anothers_report_answer_alike(house):
    with pytest.raises(NotFound):
        queries.report(by=officer(house), id=uuid4())
    with pytest.raises(Refused) as refused:
        queries.report(by=officer(house, "SOUTH"), id=receive().id)
    assert not refused.value.visible
