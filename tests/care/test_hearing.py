"""At every decision the child's own view, or why there is none; and the child gets an answer (C6)."""

import pytest

from amparo.care import actions
from amparo.care.hearing import Heard
from amparo.care.models import ChildView, Plan, Referral
from amparo.cases import queries
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import IMPORTER
from amparo.vault.models import Sealed
from amparo.vocabulary.queries import codes
from tests.care.build import WORDS, in_days, offer, plan
from tests.cases.build import open_case

pytestmark = pytest.mark.django_db(databases="__all__")


def tasks(case) -> list[str]:
    return [task.code for task in queries.open_tasks(case)]


@pytest.mark.parametrize("given", ["unknown", "not_asked", "nonsense", ""])
def test_no_decision_without_the_childs_view_or_the_reason_why_there_is_none(house, given):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid):
        plan(case, heard=Heard(given))
    with pytest.raises(Invalid):
        offer(house, case, heard=Heard(given))
    running = plan(case)
    with pytest.raises(Invalid):
        actions.review_plan(
            by=IMPORTER, plan=running, heard=Heard(given), best_interests=True, family_involved=False,
            next_review=in_days(60),
        )  # fmt: skip
    assert Referral.objects.count() == 0
    assert ChildView.objects.count() == 1


def test_every_other_code_of_the_list_says_how_or_why_not(house):
    case = open_case(house, "NORTH")
    for given in codes("view_given") - {"unknown", "not_asked"}:
        assert actions.hear_child(by=IMPORTER, case=case, decision="closing", heard=Heard(given)).given == given


def test_the_childs_words_are_sealed(house):
    case = open_case(house, "NORTH")
    view = actions.hear_child(by=IMPORTER, case=case, decision="placement", heard=Heard("written", WORDS))
    assert Sealed.objects.get(id=view.words).subject == case.child_id
    assert "guitar" not in str(list(ChildView.objects.values()))


def test_a_child_who_was_heard_is_owed_an_answer_once(house):
    case, by = open_case(house, "NORTH"), house.actor("case_worker", "NORTH")
    view = actions.hear_child(by=by, case=case, decision="placement", heard=Heard("spoken", WORDS))
    assert "answer_child" in tasks(case)
    actions.answer_child(by=by, view=view, way="spoken", words="You stay near your school, as you asked.")
    assert "answer_child" not in tasks(case)
    assert (view.answer_way, view.answered_at is not None) == ("spoken", True)
    with pytest.raises(Conflict):
        actions.answer_child(by=by, view=ChildView.objects.get(id=view.id), way="spoken", words="Again.")


def test_a_child_who_could_not_be_heard_is_not_owed_one(house):
    case = open_case(house, "NORTH")
    actions.hear_child(by=IMPORTER, case=case, decision="placement", heard=Heard("too_young"))
    assert "answer_child" not in tasks(case)


@pytest.mark.parametrize(("way", "words"), [("nonsense", "Words."), ("too_young", "Words."), ("spoken", "  ")])
def test_an_answer_has_a_way_and_words(house, way, words):
    case = open_case(house, "NORTH")
    view = actions.hear_child(by=IMPORTER, case=case, decision="placement", heard=Heard("spoken"))
    with pytest.raises(Invalid):
        actions.answer_child(by=IMPORTER, view=view, way=way, words=words)


def test_only_who_works_on_the_case_records_what_the_child_said(house):
    case = open_case(house, "NORTH")
    for role, agency in (("case_worker", "SOUTH"), ("service_provider", "SOUTH"), ("statistician", "NORTH")):
        with pytest.raises(Refused):
            actions.hear_child(by=house.actor(role, agency), case=case, decision="closing", heard=Heard("spoken"))
    with pytest.raises(Invalid):
        actions.hear_child(by=IMPORTER, case=case, decision="nonsense", heard=Heard("spoken"))
    assert (ChildView.objects.count(), Plan.objects.count()) == (0, 0)
