"""Stories of care: a child is assessed, heard, planned with, referred and answered; the case closes, or opens again."""

import random
from datetime import timedelta

from amparo.care import actions as care
from amparo.care import referring
from amparo.care.actions import Found, GoalFacts
from amparo.care.hearing import WAYS, Heard
from amparo.care.models import Assessment, ChildView, Plan, Referral, Step
from amparo.cases import actions as cases
from amparo.cases.models import Case
from amparo.cases.safety import Placement
from amparo.common import clock
from amparo.common.types import Actor
from amparo.demo import sentences
from amparo.demo.agenda import Story, after, days, happens
from amparo.demo.founding import Country
from amparo.vault.compartments import Compartment

PROVIDERS = {"HOSP": ("medical", "psychological"), "SHEL": ("shelter",), "BARN": ("psychological", "social_work")}
FACTORS = ["poverty", "out_of_school", "online_exposure", "migration", "no_family_protection", "none_found"]
NEEDS = ["safety", "education", "mental_health", "legal", "family_support", "documents"]
DOMAINS = ["safety", "education", "family", "wellbeing", "social_life", "documents"]
CLOSE = ["goals_reached", "safe_and_stable", "transferred", "lost_contact"]


def cared_for(country: Country, chance: random.Random, case: Case, *, closes: bool) -> Story:
    """A child's care from the first assessment on; if it never closes, it is reviewed again and again."""
    by = country.at("case_worker", case)
    yield after(days(chance, 0.2, 4))
    _assess(chance, case, country)
    yield after(days(chance, 0.1, 0.8) if happens(chance, 0.9) else days(chance, 10, 25))  # the others are late
    if case.respond_by:
        cases.say_acted(by=by, case=case)
    yield after(days(chance, 2, 25))
    plan = _plan(chance, case, country)
    yield from _approved(country, chance, plan)
    yield from _referred(country, chance, plan)
    yield from _steps_done(country, chance, plan)
    yield from _reviewed(country, chance, plan)
    while not closes:
        yield from _reviewed(country, chance, plan)
    yield from _closed(country, chance, plan)


def _assess(chance: random.Random, case: Case, country: Country, latest: Assessment | None = None) -> None:
    found = Found(
        urgency=chance.choices(["urgent", "normal", "danger_now"], [3, 6, 1])[0],
        schooling=chance.choice(["attends", "attends_irregularly", "dropped_out", "vocational", "completed"]),
        housing=chance.choice(["family_home_safe", "relatives", "foster_home", "shelter", "residential_care"]),
        risk_factors=_some(chance, FACTORS), needs=_some(chance, NEEDS),
        difficulties={"seeing": "some"} if happens(chance, 0.1) else {},
    )  # fmt: skip
    with_words = happens(chance, 0.3)
    care.assess(
        by=country.at("case_worker", case), case=case, found=found, supersedes=latest.id if latest else None,
        narrative=sentences.ASSESSED if with_words else "", health=sentences.HEALTH if with_words else "",
    )  # fmt: skip


def _some(chance: random.Random, codes: list[str]) -> list[str]:
    drawn = sorted(set(chance.choices(codes, k=2)))
    return [each for each in drawn if each != "none_found"] or ["none_found"]


def _heard(chance: random.Random) -> Heard:
    given = chance.choices(
        ["spoken", "play_or_drawing", "with_interpreter", "too_young", "did_not_wish"], [6, 1, 1, 1, 1]
    )
    words = chance.choice(sentences.CHILD_SAYS) if given[0] == "spoken" and happens(chance, 0.4) else ""
    return Heard(given[0], words)


def _plan(chance: random.Random, case: Case, country: Country) -> Plan:
    by, today = country.at("case_worker", case), clock.today()
    goals = [
        GoalFacts(domain, said_by_child=happens(chance, 0.5), due=today + timedelta(days=120), words=sentences.GOAL)
        for domain in chance.sample(DOMAINS, chance.randint(1, 2))
    ]
    review = today + timedelta(days=chance.randint(60, 180))
    plan = care.make_plan(by=by, case=case, goals=goals, heard=_heard(chance), next_review=review)
    for goal in plan.goals.order_by("domain"):
        service = chance.choice(["education", "family_support", "legal", "documents", "social_work"])
        care.add_step(by=by, goal=goal, service=service, due=today + timedelta(days=chance.randint(10, 90)))
    return plan


def _approved(country: Country, chance: random.Random, plan: Plan) -> Story:
    yield after(days(chance, 1, 9))
    care.approve_plan(by=country.at("supervisor", plan.case), plan=plan)
    yield after(days(chance, 1, 9))
    _answer_the_child(country, chance, plan.case)


def _answer_the_child(country: Country, chance: random.Random, case: Case) -> None:
    """Most children who were heard get their answer in time."""
    owed = (
        ChildView.objects.filter(case=case, answered_at=None, given__in=WAYS)
        .select_related("case__agency")
        .order_by("at")
    )
    for view in owed:
        if happens(chance, 0.85):
            way, words = chance.choice(["spoken", "written"]), sentences.ANSWER_TO_CHILD
            care.answer_child(by=country.at("case_worker", case), view=view, way=way, words=words)


def _referred(country: Country, chance: random.Random, plan: Plan) -> Story:
    if happens(chance, 0.3):  # not every child needs one
        return
    yield after(days(chance, 1, 20))
    referral = offer(country, chance, plan.case)
    by = country.actor("service_provider", referral.agency.code)
    ending = chance.choices(["delivered", "declined", "withdrawn", "unanswered"], [70, 12, 8, 10])[0]
    yield after(days(chance, 0.2, 3))
    if ending == "declined":
        referring.decline_referral(by=by, referral=referral, reason=chance.choice(["no_place", "too_far", "no_staff"]))
    elif ending == "delivered":
        yield from _delivered(chance, referral, by)
    if referral.status == "offered":
        yield after(days(chance, 4, 20) if ending == "withdrawn" else days(chance, 20, 60))
        referring.withdraw_referral(by=country.at("case_worker", plan.case), referral=referral)


def offer(country: Country, chance: random.Random, case: Case) -> Referral:
    """Ask a service of another agency."""
    code = chance.choice([each for each in PROVIDERS if each != case.agency.code])
    parts = [Compartment.IDENTITY, *([Compartment.HEALTH] if code == "HOSP" else [])]
    return referring.offer_referral(
        by=country.at("case_worker", case), case=case, agency=country.agencies[code],
        service=chance.choice(PROVIDERS[code]), consent=chance.choice(["given", "assent", "given_by_guardian"]),
        compartments=parts, until=clock.today() + timedelta(days=180), heard=_heard(chance),
        limits=chance.choice([["none"], ["this_service_only"], ["not_to_school"]]),
    )  # fmt: skip


def _delivered(chance: random.Random, referral: Referral, by: Actor) -> Story:
    referring.accept_referral(by=by, referral=referral)
    yield after(days(chance, 10, 60))
    if happens(chance, 0.3):
        referring.report_delivery(by=by, referral=referral, outcome="ongoing")
        yield after(days(chance, 10, 60))
    outcome = chance.choices(["delivered", "delivered_in_part", "child_declined", "lost_contact"], [8, 2, 1, 1])[0]
    referring.report_delivery(by=by, referral=referral, outcome=outcome, note=sentences.DELIVERED)


def _steps_done(country: Country, chance: random.Random, plan: Plan) -> Story:
    by = country.at("case_worker", plan.case)
    for step in (
        Step.objects.filter(goal__plan=plan).select_related("goal__plan__case__agency").order_by("due", "service")
    ):
        yield max(after(days(chance, 0.1, 3)), care.end_of(step.due) - days(chance, -12, 12))
        care.finish_step(by=by, step=step, outcome=chance.choice(["delivered", "delivered", "delivered_in_part"]))


def _reviewed(country: Country, chance: random.Random, plan: Plan) -> Story:
    yield max(after(days(chance, 1, 5)), care.end_of(plan.next_review) - days(chance, -6, 20))
    by, case = country.at("case_worker", plan.case), plan.case
    latest = Assessment.objects.filter(case=case, superseded_by=None).first()
    _assess(chance, case, country, latest)
    care.review_plan(
        by=by, plan=plan, heard=_heard(chance), best_interests=happens(chance, 0.9), family_involved=True,
        next_review=clock.today() + timedelta(days=chance.randint(90, 180)),
    )  # fmt: skip
    for goal in plan.goals.filter(status="open").order_by("domain"):
        yield after(days(chance, 5, 40))
        care.end_goal(by=by, goal=goal, reached=happens(chance, 0.8))
    _answer_the_child(country, chance, case)


def _closed(country: Country, chance: random.Random, plan: Plan) -> Story:
    by, case = country.at("case_worker", plan.case), plan.case
    yield after(days(chance, 5, 60))
    while case.missing_since:
        yield after(days(chance, 1, 2))
    care.hear_child(by=by, case=case, decision="closing", heard=_heard(chance))
    care.close_plan(by=by, plan=plan)
    cases.close(by=by, case=case, reason=chance.choice(CLOSE))
    if happens(chance, 0.08):
        yield from opened_again(country, chance, case)


def opened_again(country: Country, chance: random.Random, case: Case) -> Story:
    """A closed case is opened again some months later."""
    yield after(days(chance, 40, 300))
    reason = chance.choice(["new_information", "child_asked", "needs_again"])
    cases.reopen(by=country.at("supervisor", case), case=case, reason=reason)
    yield after(days(chance, 0.2, 1))
    cases.judge_risk(by=country.at("case_worker", case), case=case, risk=chance.choice(["medium", "low"]))
    yield after(days(chance, 0.5, 5))
    cases.say_acted(by=country.at("case_worker", case), case=case)


def kept_safe(country: Country, chance: random.Random, case: Case) -> Story:
    """Where the child lives is written down; some children are missing for a while."""
    by = country.at("case_worker", case)
    yield after(days(chance, 1, 10))
    if case.status == "open":
        cases.set_placement(by=by, case=case, placement=Placement(sentences.HOUSE, provider="A made-up host"))
    yield after(days(chance, 5, 20))
    if case.status == "open" and happens(chance, 0.3):
        cases.report_missing(by=by, case=case, since=clock.now() - timedelta(hours=2))
        yield after(days(chance, 0.3, 2))
        cases.report_found(by=by, case=case)
        cases.judge_risk(by=by, case=case, risk="medium")
