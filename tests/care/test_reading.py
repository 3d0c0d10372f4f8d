"""The page of a child's care, its words, and the coded facts of it (C2 to C6, X1)."""

import pytest

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.audit.models import Event
from amparo.care import actions, facts, queries, referring
from amparo.care.hearing import Heard
from amparo.care.words import words
from amparo.cases import actions as cases
from amparo.common import facts as seam
from amparo.common.errors import Invalid, NotFound, Refused
from amparo.common.ids import new_id
from amparo.common.types import IMPORTER
from amparo.vault.compartments import Compartment
from tests.care.build import FOUND, WORDS, in_days, offer, plan
from tests.cases.build import open_case, share

pytestmark = pytest.mark.django_db(databases="__all__")


def full(house):
    """A case with everything, and beside it another child's, which must not show."""
    case, noise = open_case(house, "NORTH"), open_case(house, "NORTH")
    for each in (case, noise):
        actions.assess(
            by=IMPORTER, case=each, found=FOUND, narrative="A neutral sentence.", health="A health sentence."
        )
        made = plan(each, heard=Heard("spoken", WORDS))
        actions.add_step(by=IMPORTER, goal=made.goals.get(), service="education", due=in_days(9))
        actions.add_goal(by=IMPORTER, plan=made, goal=actions.GoalFacts("health"))
        offer(house, each)
    return case


def test_the_worker_reads_everything_of_one_child_and_it_is_recorded_once(house):
    case, by = full(house), house.actor("case_worker", "NORTH")
    before = Event.objects.count()
    care = queries.care(by=by, case=case.id)
    assert Event.objects.count() == before + 1
    assert (Event.objects.latest("seq").verb, Event.objects.latest("seq").record) == ("care:read", case.id)
    assert {row.code for row in care.codes} == {"poverty", "out_of_school", "education", "seeing"}
    assert sorted((goal.domain, len(goal.steps)) for goal in care.plan.goals) == [("education", 1), ("health", 0)]
    assert (care.plan.done, care.plan.all) == (0, 1)
    assert [view.decision for view in care.views] == ["referral", "plan"]
    assert [referral.agency.code for referral in care.referrals] == ["SOUTH"]


def test_an_empty_page_is_not_an_error(house):
    care = queries.care(by=house.actor("case_worker", "NORTH"), case=open_case(house, "NORTH").id)
    assert (care.codes, care.plan, care.views, care.referrals) == ([], None, [], [])


def test_the_page_shows_the_latest_assessment_only(house):
    case, by = open_case(house, "NORTH"), house.actor("case_worker", "NORTH")
    first = actions.assess(by=by, case=case, found=FOUND)
    second = actions.assess(by=by, case=case, found=FOUND, supersedes=first.id)
    assert {row.assessment_id for row in queries.care(by=by, case=case.id).codes} == {second.id}


def test_who_reads_care_and_who_does_not(house):
    case = full(house)
    share(house, case, "SOUTH", Compartment.IDENTITY)
    for role, agency in (("case_worker", "NORTH"), ("supervisor", "NORTH"), ("service_provider", "SOUTH")):
        assert queries.care(by=house.actor(role, agency), case=case.id).case == case
    for role, agency, visible in (
        ("police", "SOUTH", True),
        ("prosecutor", "SOUTH", True),
        ("case_worker", "SOUTH", False),
        ("service_provider", "NORTH", False),
    ):
        with pytest.raises(Refused) as refused:
            queries.care(by=house.actor(role, agency), case=case.id)
        assert refused.value.visible == visible
    with pytest.raises(NotFound):
        queries.care(by=house.actor("case_worker", "NORTH"), case=new_id())


def test_a_provider_sees_the_referral_to_their_own_agency_and_no_other(house):
    from amparo.common.types import OPERATOR
    from amparo.organisation.actions import add_person, found_agency, give_post

    case = open_case(house, "NORTH")
    third = found_agency(by=OPERATOR, code="THIRD", name="Third", kind="ngo", place=house.places["SOUTH"])
    house.agencies["THIRD"] = third
    person = add_person(by=OPERATOR, username="third", name="Demo third")
    give_post(by=OPERATOR, person=person, role="service_provider", agency=third)
    mine = offer(house, case, "SOUTH")
    offer(house, case, "THIRD", service="medical")
    care = queries.care(by=house.actor("service_provider", "SOUTH"), case=case.id)
    assert [each.id for each in care.referrals] == [mine.id]
    assert len(care.views) == 1
    assert len(queries.care(by=house.actor("case_worker", "NORTH"), case=case.id).referrals) == 2


def test_broken_glass_shows_care_and_lends_no_pen(house):
    case = full(house)
    by = house.actor("case_worker", "SOUTH", fresh=True)
    cases.break_glass(by=by, case=case, reason="danger_to_life", note="A call came in.")
    assert len(queries.care(by=by, case=case.id).referrals) == 1
    for act in (
        lambda: actions.assess(by=by, case=case, found=FOUND),
        lambda: queries.to_write(by=by, case=case.id),
        lambda: offer(house, case, by=by, service="legal"),
    ):
        with pytest.raises(Refused):
            act()


def test_a_wall_closes_the_page(house):
    case, by = full(house), house.actor("case_worker", "NORTH")
    cases.raise_wall(
        by=house.actor("supervisor", "NORTH"), case=case, against_kind="person", against=by.id, reason="threat"
    )
    with pytest.raises(Refused) as refused:
        queries.care(by=by, case=case.id)
    assert not refused.value.visible


def test_words_open_for_a_purpose_one_compartment_at_a_time(house):
    case, by = full(house), house.actor("case_worker", "NORTH")
    told = words(by=by, case=case.id, compartment=Compartment.NARRATIVE, purpose="care_planning")
    assert {(each.kind, each.text) for each in told} == {
        ("assessment", "A neutral sentence."),
        ("goal", WORDS),
        ("child_view", WORDS),
    }
    health = words(by=by, case=case.id, compartment=Compartment.HEALTH, purpose="medical_care")
    assert [each.text for each in health] == ["A health sentence."]
    assert Event.objects.latest("seq").purpose == "medical_care"
    with pytest.raises(Invalid):
        words(by=by, case=case.id, compartment=Compartment.NARRATIVE, purpose="")


def test_words_that_were_not_shared_stay_closed(house):
    case = full(house)
    provider = house.actor("service_provider", "SOUTH")
    assert decide(by=provider, permission=Permission.CARE_READ, record=case).allowed
    for part in (Compartment.NARRATIVE, Compartment.HEALTH):
        with pytest.raises(Refused):
            words(by=provider, case=case.id, compartment=part, purpose="referral")


def test_the_facts_are_codes_months_and_numbers(house):
    case = full(house)
    made = facts.referrals()
    row = next(each for each in made if each["child"] == str(case.child_id))
    assert (row["service"], row["status"], row["outcome"], row["days"]) == ("psychological", "offered", "", None)
    planned = next(each for each in facts.plans() if each["child"] == str(case.child_id))
    assert (planned["goals"], planned["goals_said_by_child"], planned["goals_reached"]) == (2, 1, 0)
    assert [each["housing"] for each in facts.assessments()] == ["relatives", "relatives"]
    assert len(list(facts.views())) == 4
    answers = [(each["scheme"], each["code"]) for each in facts.answers() if each["child"] == str(case.child_id)]
    assert ("risk_factor", "poverty") in answers
    assert len(answers) == 4


def test_every_change_of_a_referral_is_told_to_whoever_counts(house, monkeypatch):
    heard = []
    monkeypatch.setattr(seam, "_listeners", [lambda kind, _id, before, after: heard.append((kind, before, after))])
    referral = offer(house, open_case(house, "NORTH"))
    referring.accept_referral(by=house.actor("service_provider", "SOUTH"), referral=referral)
    referring.report_delivery(by=house.actor("service_provider", "SOUTH"), referral=referral, outcome="delivered")
    moves = [(before and before["status"], after["status"]) for kind, before, after in heard if kind == "referral"]
    assert moves == [(None, "offered"), ("offered", "accepted"), ("accepted", "delivered")]
    assert heard[-1][2]["days"] == 0
