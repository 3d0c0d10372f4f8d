"""The pages of a child's care: assess, plan, refer, hear; the inbox of referrals (C2 to C6)."""

from uuid import uuid4

import pytest

from amparo.audit.models import Event
from amparo.care import actions, referring
from amparo.care.hearing import Heard
from amparo.care.models import Assessment, ChildView, Goal, Plan, PlanReview, Referral, Step
from amparo.cases import actions as cases
from amparo.cases.models import Share
from amparo.common.types import IMPORTER
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import label
from tests.care.build import FOUND, WORDS, in_days, offer, plan
from tests.cases.build import NAME, open_case, share
from tests.interfaces.office.test_cases import statements

pytestmark = pytest.mark.django_db(databases="__all__")
ASSESSED = {
    "urgency": "urgent", "schooling": "dropped_out", "housing": "relatives", "risk_factors": ["poverty", "conflict"],
    "needs": ["education"], "difficulty_seeing": "some", "narrative": "A neutral sentence.",
}  # fmt: skip
PLANNED = {
    "domain": "education", "words": WORDS, "said_by_child": "on", "given": "spoken", "child_words": WORDS,
}  # fmt: skip


def asked(house, **given):
    return {
        "agency": str(house.agencies["SOUTH"].id), "service": "psychological", "given": "spoken", "consent": "given",
        "limits": ["this_service_only"], "compartments": ["identity"], "until": in_days(30).isoformat(), **given,
    }  # fmt: skip


def full(house):
    """A case with an assessment, a plan with two steps, and a referral; all words and a name could leak."""
    case = open_case(house, "NORTH")
    actions.assess(by=IMPORTER, case=case, found=FOUND, narrative="A neutral sentence.")
    made = plan(case, heard=Heard("spoken", WORDS))
    for days in (5, 9):
        actions.add_step(by=IMPORTER, goal=made.goals.get(), service="education", due=in_days(days))
    actions.add_goal(by=IMPORTER, plan=made, goal=actions.GoalFacts("health"))
    for service in ("psychological", "legal", "medical"):
        offer(house, case, service=service)
    return case


def test_an_empty_page_says_what_to_do(house, sign_in):
    case = open_case(house, "NORTH")
    page = sign_in("case_worker", "NORTH").get(f"/cases/{case.id}/care/")
    for sentence in (
        "Nobody has assessed this child yet",
        "The child has no plan",
        "No service was asked",
        "At every decision",
    ):
        assert sentence in page.text


def test_the_page_shows_codes_in_words_and_keeps_what_was_said_closed(house, sign_in):
    case = full(house)
    client = sign_in("case_worker", "NORTH")
    page = client.get(f"/cases/{case.id}/care/")
    for words in (
        "Poverty",
        "Attends school",
        "Home of relatives",
        "0 of 2 steps done",
        "Named by the child",
        "Waiting for an answer",
        "Spoken",
        "South office",
    ):
        assert words in page.text
    for closed in (WORDS, "neutral sentence", NAME, "plan_review", "out_of_school"):
        assert closed not in page.text
    arabic = client.get(f"/cases/{case.id}/care/", headers={"accept-language": "ar"})
    assert label("risk_factor", "poverty", "ar") in arabic.text


def test_what_was_written_opens_for_a_purpose_and_is_recorded(house, sign_in):
    case = full(house)
    client = sign_in("case_worker", "NORTH")
    opened = client.post(f"/cases/{case.id}/care/words/", {"part": "narrative", "purpose": "care_planning"})
    assert WORDS in opened.text
    assert "A neutral sentence." in opened.text
    assert Event.objects.latest("seq").purpose == "care_planning"
    for wrong in ({"part": "narrative", "purpose": ""}, {"part": "matching", "purpose": "care_planning"}):
        refused = client.post(f"/cases/{case.id}/care/words/", wrong)
        assert (refused.status_code, WORDS in refused.text) == (422, False)
    assert client.get(f"/cases/{case.id}/care/words/").status_code == 405


def test_a_provider_does_not_open_words_that_were_not_shared(house, sign_in):
    case = full(house)
    client = sign_in("service_provider", "SOUTH")
    assert client.get(f"/cases/{case.id}/care/").status_code == 200
    answer = client.post(f"/cases/{case.id}/care/words/", {"part": "narrative", "purpose": "referral"})
    assert (answer.status_code, WORDS in answer.text) == (403, False)


def test_assessing_from_the_page_twice_keeps_both(house, sign_in):
    case = open_case(house, "NORTH")
    client, path = sign_in("case_worker", "NORTH"), f"/cases/{case.id}/care/assess/"
    assert client.post(path, ASSESSED).status_code == 302
    assert set(Assessment.objects.get().codes.values_list("code", "degree")) == {
        ("poverty", ""), ("conflict", ""), ("education", ""), ("seeing", "some"),
    }  # fmt: skip
    form = client.get(path)
    latest = Assessment.objects.get().id
    assert str(latest) in form.text
    assert client.post(path, ASSESSED).status_code == 409  # a form from before somebody assessed
    assert client.post(path, ASSESSED | {"supersedes": str(latest)}).status_code == 302
    assert Assessment.objects.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"urgency": ""}, {"risk_factors": ["none_found", "poverty"]}, {"needs": []}, {"difficulty_seeing": "x"}]
)
def test_a_wrong_assessment_comes_back_with_what_is_wrong_and_what_was_typed(house, sign_in, wrong):
    case = open_case(house, "NORTH")
    answer = sign_in("case_worker", "NORTH").post(f"/cases/{case.id}/care/assess/", ASSESSED | wrong)
    assert answer.status_code == 422
    assert "errorlist" in answer.text
    assert "A neutral sentence." in answer.text
    assert Assessment.objects.count() == 0


def test_a_plan_is_made_approved_worked_on_reviewed_and_closed_from_the_pages(house, sign_in):
    case = open_case(house, "NORTH")
    worker, base = sign_in("case_worker", "NORTH"), f"/cases/{case.id}/care"
    assert worker.get(f"{base}/plan/").status_code == 200
    assert worker.post(f"{base}/plan/", PLANNED | {"next_review": in_days(60).isoformat()}).status_code == 302
    assert worker.post(f"{base}/plan/approve/").status_code == 403
    supervisor = sign_in("supervisor", "NORTH")
    assert "Approve the plan" in supervisor.get(f"{base}/").text
    assert supervisor.post(f"{base}/plan/approve/").status_code == 302
    assert Plan.objects.get().status == "active"
    assert worker.post(f"{base}/plan/goal/", {"domain": "health", "words": "Feel well."}).status_code == 302
    goal = Goal.objects.get(domain="health")
    told = {"goal": str(goal.id), "service": "medical", "due": in_days(3).isoformat()}
    assert worker.post(f"{base}/plan/step/", told).status_code == 302
    assert "0 of 1 steps done" in worker.get(f"{base}/").text
    assert worker.post(f"{base}/plan/step/{Step.objects.get().id}/", {"outcome": "delivered"}).status_code == 302
    assert "1 of 1 steps done" in worker.get(f"{base}/").text
    assert worker.post(f"{base}/plan/goal/{goal.id}/", {"reached": "yes"}).status_code == 302
    looked = {"given": "too_young", "child_words": "", "best_interests": "on", "next_review": in_days(90).isoformat()}
    assert worker.post(f"{base}/plan/review/", looked).status_code == 302
    assert (PlanReview.objects.get().best_interests, PlanReview.objects.get().family_involved) == (True, False)
    assert worker.post(f"{base}/plan/close/").status_code == 302
    assert "The child has no plan" in worker.get(f"{base}/").text


@pytest.mark.parametrize(
    "wrong", [{"given": ""}, {"given": "not_asked"}, {"domain": ""}, {"next_review": "2020-01-01"}]
)
def test_no_plan_without_the_child_and_a_day_to_come(house, sign_in, wrong):
    case = open_case(house, "NORTH")
    told = PLANNED | {"next_review": in_days(60).isoformat()} | wrong
    answer = sign_in("case_worker", "NORTH").post(f"/cases/{case.id}/care/plan/", told)
    assert (answer.status_code, Plan.objects.count(), ChildView.objects.count()) == (422, 0, 0)


def test_the_child_is_heard_and_answered_from_the_pages(house, sign_in):
    case = open_case(house, "NORTH")
    client, base = sign_in("case_worker", "NORTH"), f"/cases/{case.id}/care"
    heard = {"decision": "closing", "given": "spoken", "child_words": WORDS}
    assert client.post(f"{base}/child/", heard).status_code == 302
    view = ChildView.objects.get()
    assert "Give the child an answer" in client.get(f"{base}/").text
    told = {"way": "spoken", "words": "We meet once more, as you asked."}
    assert client.post(f"{base}/child/{view.id}/", told).status_code == 302
    page = client.get(f"{base}/")
    assert "Answered" in page.text
    assert "Give the child an answer" not in page.text


def test_a_service_is_asked_accepted_and_delivered_from_the_pages(house, sign_in):
    case = open_case(house, "NORTH")
    worker, provider = sign_in("case_worker", "NORTH"), sign_in("service_provider", "SOUTH")
    form = worker.get(f"/cases/{case.id}/care/refer/")
    assert "South office" in form.text
    assert "North office" not in form.text.partition("<main")[2]
    assert worker.post(f"/cases/{case.id}/care/refer/", asked(house)).status_code == 302
    referral = Referral.objects.get()
    page = f"/referrals/{referral.id}/"
    assert referral.reference in provider.get("/referrals/").text
    shown = provider.get(page).text
    for words in ("Psychological support", "Given by the child", "This service only", "Who the child is"):
        assert words in shown
    assert NAME not in shown
    assert provider.get(f"/cases/{case.id}/").status_code == 200
    assert provider.post(f"{page}accept/").status_code == 302
    assert provider.post(f"{page}accept/").status_code == 409
    assert provider.post(f"{page}delivered/", {"outcome": "delivered", "note": "Ten meetings."}).status_code == 302
    assert provider.get(f"/cases/{case.id}/").status_code == 404
    assert provider.get(page).status_code == 200
    assert "No longer open to you" in provider.get(page).text
    assert "Delivered" in worker.get(f"/cases/{case.id}/care/").text


def test_a_referral_is_declined_with_a_reason_and_withdrawn_from_the_pages(house, sign_in):
    case = open_case(house, "NORTH")
    worker, provider = sign_in("case_worker", "NORTH"), sign_in("service_provider", "SOUTH")
    first, second = offer(house, case), offer(house, case, service="legal")
    assert provider.get(f"/referrals/{first.id}/decline/").status_code == 200
    assert provider.post(f"/referrals/{first.id}/decline/", {"reason": ""}).status_code == 422
    assert provider.post(f"/referrals/{first.id}/decline/", {"reason": "no_place"}).status_code == 302
    assert "No place free" in worker.get(f"/referrals/{first.id}/").text
    assert provider.post(f"/referrals/{second.id}/withdraw/").status_code == 403
    assert worker.post(f"/referrals/{second.id}/withdraw/").status_code == 302
    assert provider.get(f"/cases/{case.id}/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"consent": "refused"}, "said no"),
        ({"limits": ["no_names"]}, "keeps one of these parts closed"),
        ({"until": "2020-01-01"}, "within the next twelve months"),
        ({"agency": str(uuid4())}, "errorlist"),
        ({"given": ""}, "errorlist"),
    ],
)
def test_a_referral_against_a_no_is_told_so_on_the_form(house, sign_in, wrong, said):
    case = open_case(house, "NORTH")
    answer = sign_in("case_worker", "NORTH").post(f"/cases/{case.id}/care/refer/", asked(house, **wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert (Referral.objects.count(), Share.objects.count()) == (0, 0)


def test_the_inbox_has_a_side_for_me_and_a_side_for_others(house, sign_in):
    referral = offer(house, open_case(house, "NORTH"))
    provider, worker = sign_in("service_provider", "SOUTH"), sign_in("case_worker", "NORTH")
    assert "Waiting for me (1)" in provider.get("/referrals/").text
    ours = worker.get("/referrals/").text
    assert "Waiting for others (1)" in ours
    assert "Waiting for me" not in ours
    assert referral.reference in ours
    assert "You wait for nobody" in sign_in("case_worker", "SOUTH").get("/referrals/").text
    assert "Nothing waits for your agency" in sign_in("service_provider", "NORTH").get("/referrals/").text
    assert sign_in("police", "SOUTH").get("/referrals/").status_code == 403
    referring.decline_referral(by=house.actor("service_provider", "SOUTH"), referral=referral, reason="no_place")
    assert referral.reference in provider.get("/referrals/?side=asked&ended=yes").text


@pytest.mark.parametrize(
    "nonsense",
    [
        "?at=x&last=y",
        "?at=2026-01-01T00:00:00Z",
        "?at=2026-99-01T00:00:00Z",
        "?side=%00",
        "?at=2026-01-01T00:00:00&last=x",
    ],
)
def test_nonsense_in_the_address_is_not_an_error(house, sign_in, nonsense):
    offer(house, open_case(house, "NORTH"))
    assert sign_in("service_provider", "SOUTH").get(f"/referrals/{nonsense}").status_code == 200


def test_the_next_page_begins_where_this_one_ends(house, sign_in):
    made = {offer(house, open_case(house, "NORTH")).reference for _ in range(23)}
    client = sign_in("service_provider", "SOUTH")
    first = client.get("/referrals/")
    second = client.get(f"/referrals/{first.context['next']}")
    one, two = ({row.reference for row in page.context["inbox"].rows} for page in (first, second))
    assert (len(one), len(two), one | two) == (20, 3, made)


def test_forbidden_absent_and_walled_are_the_same_to_the_byte(house, sign_in):
    theirs, walled = open_case(house, "SOUTH"), open_case(house, "NORTH")
    asked_there = offer(house, walled)
    cases.raise_wall(
        by=house.actor("supervisor", "NORTH"), case=walled, against_kind="person",
        against=house.people["case_worker", "NORTH"].id, reason="threat",
    )  # fmt: skip
    client = sign_in("case_worker", "NORTH")
    absent = client.get("/no-such-page/").content
    for path in ("care/", "care/assess/", "care/plan/", "care/refer/", "care/child/"):
        for id in (theirs.id, walled.id, uuid4()):
            answer = client.get(f"/cases/{id}/{path}")
            assert (answer.status_code, answer.content) == (404, absent), path
    for id in (asked_there.id, uuid4()):
        for path in ("", "decline/", "delivered/"):
            assert client.get(f"/referrals/{id}/{path}").content == absent


def test_neighbours_with_less_meet_a_wall_of_words_at_every_form(house, sign_in):
    """A provider reads care and writes none; the police, with whom the case is shared, read none."""
    case = full(house)
    share(house, case, "SOUTH", Compartment.IDENTITY)
    goal, step, view = Goal.objects.first(), Step.objects.first(), ChildView.objects.first()
    forms = [
        "assess/", "child/", f"child/{view.id}/", "plan/", "plan/review/", "plan/goal/", f"plan/goal/{goal.id}/",
        "plan/step/", f"plan/step/{step.id}/", "refer/",
    ]  # fmt: skip
    provider, police = sign_in("service_provider", "SOUTH"), sign_in("police", "SOUTH")
    for form in forms:
        for client in (provider, police):
            assert client.get(f"/cases/{case.id}/care/{form}").status_code == 403
            assert client.post(f"/cases/{case.id}/care/{form}", {}).status_code == 403
    for verb in ("approve", "close"):
        assert provider.post(f"/cases/{case.id}/care/plan/{verb}/").status_code == 403
    assert "Assess again" not in provider.get(f"/cases/{case.id}/care/").text
    assert police.get(f"/cases/{case.id}/care/").status_code == 403


def test_a_step_of_another_child_is_not_there(house, sign_in):
    mine, other = open_case(house, "NORTH"), full(house)
    client = sign_in("case_worker", "NORTH")
    for path in (
        f"plan/step/{Step.objects.first().id}/", f"plan/goal/{Goal.objects.first().id}/",
        f"child/{ChildView.objects.first().id}/", "plan/review/",
    ):  # fmt: skip
        assert client.get(f"/cases/{mine.id}/care/{path}").status_code == 404
    assert client.get(f"/cases/{other.id}/care/plan/review/").status_code == 200


def test_pages_ask_the_database_no_more_than_their_caps(house, sign_in):
    case = full(house)
    for _ in range(22):
        offer(house, open_case(house, "NORTH"))
    worker, provider = sign_in("case_worker", "NORTH"), sign_in("service_provider", "SOUTH")
    for client in (worker, provider):
        client.get(f"/cases/{case.id}/care/")  # the code lists are read once a process
        client.get("/referrals/")
        assert len(statements(client, f"/cases/{case.id}/care/")) <= 8
        assert len(statements(client, "/referrals/")) <= 6
    assert len(statements(provider, f"/referrals/{Referral.objects.first().id}/")) <= 12
