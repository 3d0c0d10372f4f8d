"""The child is assessed in codes that may be counted, and in words that may not (C2)."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from amparo.audit.models import Event
from amparo.care import actions
from amparo.care.models import Assessment, AssessmentCode
from amparo.cases import actions as cases
from amparo.cases import queries
from amparo.cases.models import Moment
from amparo.cases.queries import Filter
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import IMPORTER
from amparo.vault.models import Sealed
from tests.care.build import FOUND
from tests.cases.build import open_case, share

pytestmark = pytest.mark.django_db(databases="__all__")


def test_answers_are_typed_rows_and_words_are_sealed(house):
    case = open_case(house, "NORTH")
    made = actions.assess(
        by=house.actor("case_worker", "NORTH"), case=case, found=FOUND,
        narrative="A neutral sentence.", health="A neutral health sentence.",
    )  # fmt: skip
    assert set(made.codes.values_list("scheme", "code", "degree")) == {
        ("risk_factor", "poverty", ""),
        ("risk_factor", "out_of_school", ""),
        ("need", "education", ""),
        ("disability_domain", "seeing", "some"),
    }
    assert Sealed.objects.get(id=made.narrative).compartment == "narrative"
    assert Sealed.objects.get(id=made.health).compartment == "health"
    kept = [*Assessment.objects.values(), *Event.objects.values(), *Moment.objects.values()]
    assert "neutral" not in str(kept)


def test_a_correction_is_a_new_assessment_and_the_old_one_is_kept(house):
    case, by = open_case(house, "NORTH"), house.actor("case_worker", "NORTH")
    first = actions.assess(by=by, case=case, found=FOUND)
    second = actions.assess(by=by, case=case, found=replace(FOUND, housing="shelter"), supersedes=first.id)
    first.refresh_from_db()
    assert (first.housing, second.housing, second.supersedes_id) == ("relatives", "shelter", first.id)


def test_two_people_who_assess_at_once_do_not_overwrite_each_other(house):
    case, by = open_case(house, "NORTH"), house.actor("case_worker", "NORTH")
    seen = actions.assess(by=by, case=case, found=FOUND)
    actions.assess(by=house.actor("supervisor", "NORTH"), case=case, found=FOUND, supersedes=seen.id)
    for stale in (seen.id, None):
        with pytest.raises(Conflict, match="meanwhile"):
            actions.assess(by=by, case=case, found=FOUND, supersedes=stale)
    assert Assessment.objects.count() == 2


def test_the_database_itself_keeps_one_line_of_assessments(house):
    case = open_case(house, "NORTH")
    first = actions.assess(by=IMPORTER, case=case, found=FOUND)
    actions.assess(by=IMPORTER, case=case, found=FOUND, supersedes=first.id)
    for supersedes in (first, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.create(case=case, agency=case.agency, at=first.at, supersedes=supersedes)


def test_lists_of_ones_own_cases_are_narrowed_by_the_latest_assessment(house):
    case, noise = open_case(house, "NORTH"), open_case(house, "NORTH")
    by = house.actor("case_worker", "NORTH")
    first = actions.assess(by=by, case=case, found=FOUND)
    actions.assess(by=by, case=noise, found=replace(FOUND, schooling="dropped_out"))

    def found(**only):
        return [row.case_id for row in queries.cases(by=by, only=Filter(**only)).rows]

    assert found(schooling="attends", housing="relatives") == [case.id]
    actions.assess(by=by, case=case, found=replace(FOUND, housing="shelter"), supersedes=first.id)
    assert found(schooling="attends", housing="relatives") == []
    assert found(schooling="attends", housing="shelter") == [case.id]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("urgency", "nonsense"),
        ("schooling", ""),
        ("housing", "nonsense"),
        ("risk_factors", []),
        ("risk_factors", ["nonsense"]),
        ("risk_factors", ["none_found", "poverty"]),
        ("needs", ["education", "unknown"]),
        ("difficulties", {"nonsense": "some"}),
        ("difficulties", {"seeing": "nonsense"}),
    ],
)
def test_a_code_of_no_list_and_a_contradiction_are_refused_and_nothing_is_kept(house, field, value):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid):
        actions.assess(by=IMPORTER, case=case, found=replace(FOUND, **{field: value}))
    assert (Assessment.objects.count(), AssessmentCode.objects.count()) == (0, 0)


def test_only_who_works_on_the_case_assesses(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    for role, agency in (
        ("service_provider", "SOUTH"),
        ("case_worker", "SOUTH"),
        ("police", "SOUTH"),
        ("auditor", "NORTH"),
    ):
        with pytest.raises(Refused):
            actions.assess(by=house.actor(role, agency), case=case, found=FOUND)
    assert Assessment.objects.count() == 0


def test_a_closed_case_is_not_assessed(house):
    case = open_case(house, "NORTH")
    cases.close(by=IMPORTER, case=case, reason="duplicate")
    with pytest.raises(Conflict):
        actions.assess(by=IMPORTER, case=case, found=FOUND)


def test_after_an_assessment_a_plan_is_asked_for(house):
    case = open_case(house, "NORTH")
    actions.assess(by=IMPORTER, case=case, found=FOUND)
    assert "make_plan" in [task.code for task in queries.open_tasks(case)]
