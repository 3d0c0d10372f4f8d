"""Two people claim one report: one wins, the other is told so (D5)."""

from uuid import uuid4

import pytest

from amparo.audit import actions as audit
from amparo.common.errors import Conflict
from amparo.common.types import OPERATOR, Actor, Post
from amparo.intake import actions
from amparo.intake.models import Message, Report
from amparo.organisation import actions as organisation
from tests.intake.build import officer, receive, watched
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_of_two_who_claim_at_once_one_wins_and_the_other_hears_a_sentence(house):
    watched(house)
    person = organisation.add_person(by=OPERATOR, username="second", name="Demo second")
    post = organisation.give_post(by=OPERATOR, person=person, role="intake_officer", agency=house.agencies["NORTH"])
    second = Actor("person", person.id, (Post(post.role, post.agency_id),))
    for _ in range(5):
        id = receive().id
        read = [Report.objects.get(id=id), Report.objects.get(id=id)]
        raised = together(
            lambda read=read: actions.claim(by=officer(house), report=read[0]),
            lambda read=read: actions.claim(by=second, report=read[1]),
        )
        assert [type(error) for error in raised] == [Conflict]
        assert "a moment ago" in raised[0].reason
        assert Report.objects.get(id=id).claimed_by_id in {officer(house).id, second.id}
    assert audit.verify().sound


def test_an_answer_posted_twice_at_once_is_sent_once(house):
    watched(house)
    report = actions.claim(by=officer(house), report=receive())
    once = uuid4()
    read = [Report.objects.get(), Report.objects.get()]
    raised = together(
        *[lambda each=each: actions.answer(by=officer(house), report=each, text="Once.", id=once) for each in read]
    )
    assert [type(error) for error in raised] == [Conflict]
    assert Message.objects.filter(report=report, incoming=False).count() == 1
