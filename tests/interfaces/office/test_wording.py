"""The preferred word is suggested to staff; nothing is changed, and what others told is never looked at (W1)."""

from uuid import uuid4

import pytest

from amparo.audit.models import Event
from amparo.interfaces.office.care import forms as care
from amparo.interfaces.office.cases import forms as cases
from amparo.interfaces.office.intake import forms as intake
from amparo.interfaces.office.wording import StaffWords
from tests.cases.build import open_case
from tests.intake.build import triaged

pytestmark = pytest.mark.django_db(databases="__all__")


def test_an_answer_with_a_word_that_needs_care_is_sent_as_it_is_and_the_better_word_is_said(house, sign_in):
    report, client = triaged(house), sign_in("intake_officer", "NORTH")
    sent = {"id": str(uuid4()), "text": "A synthetic sentence about a client, number 4711."}
    answer = client.post(f"/reports/{report.id}/answer/", sent, follow=True)
    assert "Your answer is on its way" in answer.text
    assert "You wrote “client”. Better: perpetrator / offender. Nothing was changed." in answer.text
    assert "You wrote" not in client.get(f"/reports/{report.id}/").text
    assert not Event.objects.filter(detail__icontains="client").exists()


def test_plain_words_call_forth_nothing(house, sign_in):
    report, client = triaged(house), sign_in("intake_officer", "NORTH")
    sent = {"id": str(uuid4()), "text": "A synthetic sentence."}
    assert "You wrote" not in client.post(f"/reports/{report.id}/answer/", sent, follow=True).text


def test_what_the_teller_told_is_never_looked_at(house, sign_in):
    case, client = open_case(house, "NORTH"), sign_in("case_worker", "NORTH")
    sent = {"form": "grooming", "setting": "unknown", "relationship": "unknown", "narrative": "A client, synthetic."}
    assert "You wrote" not in client.post(f"/cases/{case.id}/incidents/", sent, follow=True).text


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (care.ViewForm, "child_words"), (care.GoalForm, "words"), (cases.IncidentForm, "narrative"),
        (intake.TakeInForm, "told"),
    ],
)  # fmt: skip
def test_the_fields_in_which_others_speak_are_not_staffs(form, field):
    assert not isinstance(form.base_fields[field].widget, StaffWords)
