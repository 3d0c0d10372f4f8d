"""Answers about a State: two people, two times, several roles side by side, and nothing ever overwritten (M2)."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from amparo.access.decisions import permitted
from amparo.access.permissions import Permission
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import OPERATOR
from amparo.monitoring import assessing, queries
from amparo.monitoring.assessing import EvidenceFacts
from amparo.monitoring.models import Assessment, Evidence
from tests.monitoring.build import LAW, answered, lumeria, write

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def state(house):
    return lumeria()


def draft(house, state, **more):
    given = {
        "question": "L01",
        "role": "nhri",
        "answer": "met",
        "valid_from": date(2020, 1, 1),
        "evidence": [LAW],
    } | more
    return assessing.write(by=house.actor("monitor_editor", "NORTH"), state=state, **given)


def test_an_answer_is_public_once_a_second_person_agreed(house, state):
    found = draft(house, state)
    assert (found.status, found.section, found.nature, found.rubric) == ("draft", "L", "structural", "2026-11")
    assert queries.answers(state) == []
    assessing.submit(by=house.actor("monitor_editor", "NORTH"), assessment=found)
    said = assessing.review(by=house.actor("reviewer", "SOUTH"), assessment=found, agree=True)
    assert (said.status, said.superseded_at, queries.answers(state)) == ("published", None, [said])
    verbs = [event.verb for event in Event.objects.filter(record=found.id).order_by("seq")]
    assert verbs == ["assessment:written", "assessment:submitted", "assessment:published"]


def test_whoever_wrote_does_not_review(house, state):
    editor = house.actor("monitor_editor", "NORTH")
    found = assessing.submit(by=editor, assessment=draft(house, state))
    with pytest.raises(Refused, match="a second person must review it"):
        assessing.review(by=editor, assessment=found, agree=True)
    assert not Assessment.objects.filter(permitted(by=editor, permission=Permission.ASSESSMENT_REVIEW)).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=found.pk).update(reviewed_by=found.written_by, reviewed_at=clock.now())


@pytest.mark.parametrize("role", ["case_worker", "supervisor", "statistician", "administrator", "police"])
def test_others_neither_write_nor_review_nor_publish_scores(house, state, role):
    by, found = house.actor(role, "SOUTH"), draft(house, state)
    with pytest.raises(Refused):
        assessing.write(by=by, state=state, question="L01", role="un", answer="not_known", valid_from=date(2020, 1, 1))
    with pytest.raises(Refused):
        assessing.review(by=by, assessment=found, agree=True)
    with pytest.raises(Refused):
        assessing.publish_scores(by=by, state=state, role="nhri")


def test_what_is_sent_back_is_a_draft_again(house, state):
    found = assessing.submit(by=house.actor("monitor_editor", "NORTH"), assessment=draft(house, state))
    back = assessing.review(by=house.actor("reviewer", "SOUTH"), assessment=found, agree=False)
    assert (back.status, back.reviewed_by) == ("draft", None)
    with pytest.raises(Conflict):
        assessing.review(by=house.actor("reviewer", "SOUTH"), assessment=back, agree=True)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"answer": "yes"}, "answer"), ({"question": "X99"}, "question"), ({"role": "friend"}, "role"),
        ({"confidence": "sure"}, "role"), ({"evidence": []}, "evidence"),
        ({"evidence": [EvidenceFacts(" ")]}, "evidence"), ({"evidence": [EvidenceFacts("x", sha256="abc")]}, "evidence"),
        ({"valid_from": date(2999, 1, 1)}, "valid_from"), ({"valid_to": date(2020, 1, 1)}, "valid_from"),
        ({"number": 3}, "number"), ({"question": "L37", "answer": "given"}, "number"),
        ({"question": "L37", "answer": "given", "number": -1}, "number"),
        ({"question": "L27", "answer": "given"}, "items"),
        ({"question": "L27", "answer": "given", "items": ["martians"]}, "items"), ({"items": ["nationals"]}, "items"),
        ({"rationale": "x" * 5000}, "rationale"), ({"rationale": "data:image/png;base64,iVBORw0KGgo"}, "rationale"),
        ({"edition": "1999"}, "rubric"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused_by_field(house, state, more, field):
    with pytest.raises(Invalid) as wrong:
        draft(house, state, **more)
    assert list(wrong.value.fields) == [field]


def test_a_number_and_a_list_are_answers_too(house, state):
    age = answered(house, state, "L37", "given", number=18)
    reach = answered(house, state, "L27", "given", items=["victims", "nationals"])
    assert (age.number, reach.items) == (18, ["nationals", "victims"])


def test_a_second_answer_for_the_same_time_must_say_what_it_replaces(house, state):
    answered(house, state)
    with pytest.raises(Conflict, match="replaces"):
        answered(house, state, answer="not_met", since=date(2022, 1, 1))
    assert [each.answer for each in queries.answers(state)] == ["met"]


def test_what_a_newer_answer_leaves_of_the_older_ones_time_goes_on_being_said(house, state):
    first = answered(house, state)
    answered(house, state, answer="partly", since=date(2022, 1, 1), valid_to=date(2023, 1, 1), replaces=first)
    times = Assessment.objects.filter(superseded_at=None).order_by("valid_from")
    assert [(each.answer, each.valid_from.year, each.valid_to and each.valid_to.year) for each in times] == [
        ("met", 2020, 2022), ("partly", 2022, 2023), ("met", 2023, None),
    ]  # fmt: skip
    assert Evidence.objects.filter(assessment__in=times).count() == 3
    first.refresh_from_db()
    assert (first.status, first.superseded_at is not None) == ("superseded", True)


def test_what_did_we_say_on_that_day_about_that_day(house, state):
    with clock.stopped(datetime(2027, 1, 1, tzinfo=UTC)):
        first = answered(house, state)
    with clock.stopped(datetime(2028, 1, 1, tzinfo=UTC)):
        answered(house, state, answer="not_met", since=date(2022, 1, 1), replaces=first)

    def told(about, on):
        return [each.answer for each in queries.answers(state, about, datetime(*on, tzinfo=UTC))]

    assert told(date(2023, 6, 1), (2027, 6, 1)) == ["met"]
    assert told(date(2023, 6, 1), (2028, 6, 1)) == ["not_met"]
    assert told(date(2021, 6, 1), (2028, 6, 1)) == ["met"]
    assert told(date(2021, 6, 1), (2026, 6, 1)) == []


def test_roles_stand_side_by_side_and_a_comment_beside_never_over(house, state):
    ours = answered(house, state, role="nhri", answer="not_met")
    answered(house, state, role="state", answer="met")
    assessing.comment(
        by=house.actor("monitor_editor", "NORTH"), assessment=ours, role="state", text="A new act is coming."
    )
    said = {each.role: (each.answer, each.status) for each in queries.answers(state)}
    assert said == {"nhri": ("not_met", "contested"), "state": ("met", "published")}
    assert [each.text for each in ours.comments.all()] == ["A new act is coming."]
    with pytest.raises(Invalid):
        assessing.comment(by=house.actor("monitor_editor", "NORTH"), assessment=ours, role="state", text=" ")


HEAD = "state,question,role,answer,number,valid_from,evidence,pinpoint,in_force"


def test_a_filled_table_is_submitted_once_and_waits_for_review(house, state, tmp_path):
    file = write(
        tmp_path,
        HEAD,
        "XLM,L01,nhri,met,,2020-01-01,Children Act,s. 1,2019-01-01",
        "Lumeria,L37,nhri,given,18,2020-01-01,Act,,",
    )
    assert assessing.import_assessments(by=OPERATOR, file=file).made == 2
    assert {each.status for each in Assessment.objects.all()} == {"submitted"}
    again = assessing.import_assessments(by=OPERATOR, file=file)
    assert (again.same, again.made, Assessment.objects.count()) == (2, 0, 2)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("XLN,L01,nhri,met,,2020-01-01,Act,,", "state"), ("XLM,L99,nhri,met,,2020-01-01,Act,,", "question"),
        ("XLM,L01,nhri,maybe,,2020-01-01,Act,,", "answer"), ("XLM,L01,nhri,met,,soon,Act,,", "valid_from"),
        ("XLM,L01,nhri,met,,,Act,,", "valid_from"), ("XLM,L01,nhri,met,,2020-01-01,,,", "evidence"),
        ("XLM,L37,nhri,given,old,2020-01-01,Act,,", "number"),
    ],
)  # fmt: skip
def test_a_wrong_row_of_a_table_is_named_and_nothing_is_kept(house, state, tmp_path, row, column):
    good = "XLM,L02,nhri,met,,2020-01-01,Children Act,,"
    outcome = assessing.import_assessments(by=OPERATOR, file=write(tmp_path, HEAD, good, row))
    assert [(each.line, each.column) for each in outcome.refusals] == [(3, column)]
    assert not Assessment.objects.exists()
