"""Who a child was can be erased: one agency asks, another confirms, and counted facts stay (X1)."""

import pytest
from django.db import IntegrityError, transaction

from amparo.audit import actions as audit
from amparo.audit.models import Event
from amparo.cases import actions, erasure, facts, objections
from amparo.cases.actions import IncidentFacts
from amparo.cases.models import Case, Erasure
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.ids import new_id
from amparo.common.types import IMPORTER, WORKER
from amparo.linkage.actions import ChildFacts, Identity
from amparo.linkage.meeting import have_we_met
from amparo.organisation.models import Notice
from amparo.vault import erasing, store
from amparo.vault.compartments import Compartment
from amparo.vault.keyring import Erased
from amparo.vault.keys.models import SubjectKey
from amparo.vault.models import Lookup
from amparo.vault.reveal import reveal
from tests.cases.build import open_case

pytestmark = pytest.mark.django_db(databases="__all__")


def closed_case(house, agency="NORTH", **more):
    case = open_case(house, agency, **more)
    told = IncidentFacts(form="begging", age=9)
    actions.record_incident(by=IMPORTER, case=case, facts=told, narrative="A neutral sentence.")
    return actions.close(by=IMPORTER, case=case, reason="transferred")


def ask(house, case, reason="person_asked"):
    return erasure.request_erasure(by=house.actor("supervisor", "NORTH"), case=case, reason=reason)


def look(house, case, agency="NORTH"):
    return reveal(by=house.actor("supervisor", agency), subject=case, pointer=case.child.identity,
                  compartment=Compartment.IDENTITY, purpose="care_planning")  # fmt: skip


def gone(case):
    keys = SubjectKey.objects.filter(subject=case.child_id)
    return keys.exists() and not keys.exclude(wrapped=None).exists() and not found(case)


def found(case):
    return Lookup.objects.filter(subject=case.child_id).exists()


def counted():
    return [dict(row) for row in facts.identified_children()]


@pytest.mark.parametrize("role", ["supervisor", "auditor"])
def test_once_another_agency_confirms_nobody_reads_or_finds_the_child_again(house, role):
    case, noise = closed_case(house), closed_case(house, "SOUTH")
    before = counted()
    asked = ask(house, case)
    assert look(house, case)["given"]  # a request alone destroys nothing
    erasure.confirm_erasure(by=house.actor(role, "SOUTH"), erasure=asked)
    with pytest.raises(Erased):
        look(house, case)
    who = Identity(given="Quillonia", family="Testperson")
    met = have_we_met(by=IMPORTER, identity=who, facts=ChildFacts(birth_year=2014), reason="duplicate_check")
    assert [each.agency for each in met] == [noise.agency_id]
    assert counted() == before
    assert look(house, noise, "SOUTH")["given"]
    verbs = Event.objects.filter(record=case.id).order_by("seq").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb.startswith("erasure:")] == [
        "erasure:requested", "erasure:confirmed", "erasure:done",
    ]  # fmt: skip
    assert audit.verify().sound


def test_an_erased_child_takes_no_new_words_in_any_compartment(house):
    case = closed_case(house)
    erasure.confirm_erasure(by=house.actor("auditor", "SOUTH"), erasure=ask(house, case))
    for part in Compartment:
        with pytest.raises(Erased):
            store.put(subject=case.child_id, agency=case.agency_id, compartment=part, column="x", value="again")


def test_the_report_from_which_the_case_came_goes_too(house):
    case, report = closed_case(house), new_id()
    Case.objects.filter(id=case.id).update(report=report)
    store.put(subject=report, agency=case.agency_id, compartment=Compartment.REPORTER, column="contact", value="x")
    erasure.confirm_erasure(by=house.actor("auditor", "SOUTH"), erasure=ask(house, case))
    assert not SubjectKey.objects.filter(subject=report).exclude(wrapped=None).exists()


@pytest.mark.parametrize(("role", "agency"), [
    ("case_worker", "NORTH"), ("auditor", "NORTH"), ("administrator", "NORTH"), ("supervisor", "SOUTH"),
])  # fmt: skip
def test_only_the_supervisor_of_the_team_asks(house, role, agency):
    with pytest.raises(Refused):
        erasure.request_erasure(by=house.actor(role, agency), case=closed_case(house), reason="person_asked")


@pytest.mark.parametrize(("role", "agency"), [
    ("supervisor", "NORTH"), ("auditor", "NORTH"), ("administrator", "SOUTH"), ("case_worker", "SOUTH"),
])  # fmt: skip
def test_only_another_agencys_supervisor_or_auditor_confirms(house, role, agency):
    case = closed_case(house)
    asked = ask(house, case)
    with pytest.raises(Refused):
        erasure.confirm_erasure(by=house.actor(role, agency), erasure=asked)
    assert not gone(case)


def test_the_database_itself_keeps_an_agency_from_confirming_its_own_request(house):
    asked = ask(house, closed_case(house))
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(id=asked.id).update(
            confirmed_by=new_id(), confirmed_agency=asked.agency, confirmed_at=clock.now()
        )


def test_an_unknown_reason_a_second_request_and_an_open_case_are_refused(house):
    case = closed_case(house)
    with pytest.raises(Invalid):
        ask(house, case, "because")
    ask(house, case)
    with pytest.raises(Conflict, match="already"):
        ask(house, case)
    with pytest.raises(Conflict, match="open"):
        ask(house, open_case(house, "NORTH", given="Another Testperson"))


def test_a_legal_hold_forbids_it_until_its_own_agency_lifts_it(house):
    case = closed_case(house)
    by = house.actor("supervisor", "NORTH")
    hold = erasure.place_hold(by=by, case=case, agency=house.agencies["NORTH"], reason="claim")
    with pytest.raises(Conflict, match="stands already"):
        erasure.place_hold(by=by, case=case, agency=house.agencies["NORTH"], reason="claim")
    with pytest.raises(Conflict, match="legal hold"):
        ask(house, case)
    erasure.lift_hold(by=by, hold=hold)
    assert ask(house, case).done_at is None


def test_a_hold_placed_between_request_and_confirmation_still_forbids_it(house):
    case = closed_case(house)
    asked = ask(house, case)
    erasure.place_hold(
        by=house.actor("supervisor", "NORTH"), case=case, agency=house.agencies["NORTH"], reason="inquiry"
    )
    with pytest.raises(Conflict, match="legal hold"):
        erasure.confirm_erasure(by=house.actor("auditor", "SOUTH"), erasure=asked)
    assert not gone(case)


def test_nobody_places_or_lifts_a_hold_for_another_agency(house):
    case, by = closed_case(house), house.actor("supervisor", "NORTH")
    with pytest.raises(Conflict, match="own agency"):
        erasure.place_hold(by=by, case=case, agency=house.agencies["SOUTH"], reason="claim")
    hold = erasure.place_hold(by=IMPORTER, case=case, agency=house.agencies["SOUTH"], reason="claim")
    with pytest.raises(Conflict, match="Only the agency"):
        erasure.lift_hold(by=by, hold=hold)


def test_a_later_step_forbids_it_with_its_own_words(house, monkeypatch):
    monkeypatch.setattr(objections, "_checks", {"close": [], "erase": []})
    case = closed_case(house)
    objections.against("erase", lambda found: "A proceeding is open." if case in found else "")
    with pytest.raises(Conflict, match="A proceeding is open"):
        ask(house, case)
    assert ask(house, closed_case(house, given="Another Testperson")).done_at is None


def test_auditors_of_other_agencies_hear_of_the_request(house):
    ask(house, closed_case(house))
    told = Notice.objects.filter(code="erasure_asked")
    assert list(told.values_list("agency", "role")) == [(house.agencies["SOUTH"].id, "auditor")]


@pytest.mark.parametrize("after", ["intent", "keys", "lookups"])
def test_stopped_after_any_step_it_is_taken_up_again(house, monkeypatch, after):
    case = closed_case(house)
    asked = ask(house, case)
    step = {"intent": (erasing, "destroy_keys"), "keys": (erasing, "forget_lookups"), "lookups": (erasure, "_finish")}
    with monkeypatch.context() as patch:
        patch.setattr(*step[after], stopped)
        with pytest.raises(KeyboardInterrupt):
            erasure.confirm_erasure(by=house.actor("auditor", "SOUTH"), erasure=asked)
    assert (Erasure.objects.get().confirmed_at is None, Erasure.objects.get().done_at) == (False, None)
    assert SubjectKey.objects.filter(subject=case.child_id, destroyed_at=None).exists() == (after == "intent")
    assert found(case) == (after != "lookups")
    assert erasure.resume(by=WORKER) == 1
    assert gone(case)
    assert Erasure.objects.get().done_at is not None
    assert erasure.resume(by=WORKER) == 0


def stopped(*_args, **_kwargs):
    raise KeyboardInterrupt


def test_only_the_worker_resumes(house):
    with pytest.raises(Refused):
        erasure.resume(by=house.actor("supervisor", "NORTH"))
