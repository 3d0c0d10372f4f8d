"""Scores that cannot mislead (M6)."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amparo.monitoring import assessing, scoring
from amparo.monitoring.rubric.editions import Q4, rubric
from tests.monitoring.build import LAW, answered, lumeria

TODAY = date(2026, 11, 24)
LAWS = [q.id for q in rubric().scored("L", "structural")]


@dataclass
class Said:
    question: str
    answer: str
    evidence_on: date | None = date(2026, 1, 1)


def law(*answers):
    found = scoring.scores(rubric(), [Said(id, word) for id, word in zip(LAWS, answers, strict=False)], TODAY)
    return next(each for each in found if (each.section, each.nature) == ("L", "structural"))


def test_without_answers_there_is_no_share_and_no_grade():
    found = law()
    assert (found.share, found.coverage, found.grade, found.applicable) == (None, 0.0, "", len(LAWS))


def test_what_is_not_known_lowers_the_coverage_and_not_the_share():
    half = len(LAWS) // 2
    known, unknown = law(*["met"] * half), law(*["met"] * half, *["not_known"] * (len(LAWS) - half))
    assert known.share == unknown.share == 1.0
    assert known.coverage == unknown.coverage == half / len(LAWS)
    assert unknown.grade == ""


@pytest.mark.parametrize(("short", "grade"), [(0, "mostly"), (1, "")])
def test_a_grade_begins_exactly_at_sixty_of_a_hundred(short, grade):
    """25 of the 40 questions are more than 60 %, 24 exactly."""
    least = next(number for number in range(len(LAWS) + 1) if number / len(LAWS) >= 0.6)
    assert law(*["met"] * (least - short)).grade == grade


def test_a_key_question_that_is_not_met_caps_its_section():
    answers = dict.fromkeys(LAWS, "met") | {"L13": "not_met"}
    found = law(*answers.values())
    assert (found.share > 0.9, found.capped, found.grade) == (True, True, "partly")
    assert law(*["not_met"] * len(LAWS)).grade == "hardly"


def test_what_does_not_apply_is_not_asked():
    found = law(*["met"] * (len(LAWS) - 1), "not_applicable")
    assert (found.applicable, found.coverage) == (len(LAWS) - 1, 1.0)


def test_where_surrogacy_is_banned_its_safeguards_are_not_asked():
    found = scoring.scores(rubric(), [Said("L34", "banned")], TODAY)
    assert next(each for each in found if each.section == "L").applicable == len(LAWS) - 1


def test_structure_process_and_outcome_are_never_mixed():
    places = [(each.section, each.nature) for each in scoring.scores(rubric(), [], TODAY)]
    assert len(places) == len(set(places))
    assert ("S", "structural") in places
    assert ("S", "process") in places


@given(some.lists(some.sampled_from(Q4), max_size=len(LAWS)))
def test_a_share_is_always_between_none_and_all_and_a_grade_needs_coverage(answers):
    found = law(*answers)
    assert found.share is None or 0 <= found.share <= 1
    assert 0 <= found.coverage <= 1
    assert bool(found.grade) == (found.coverage >= scoring.ENOUGH)
    assert found.assessed + found.not_known == found.applicable


@given(some.lists(some.sampled_from(Q4), min_size=len(LAWS), max_size=len(LAWS)), some.integers(0, len(LAWS) - 1))
def test_learning_more_never_lowers_the_coverage(answers, place):
    learned = [*answers[:place], "met", *answers[place + 1 :]]
    assert law(*learned).coverage >= law(*answers).coverage


@pytest.mark.django_db(databases="__all__")
def test_a_published_score_is_reproduced_from_its_snapshot_whatever_is_said_later(house):
    state = lumeria()
    first = answered(house, state, "L01", "met")
    answered(house, state, "L13", "not_met")
    snapshot = assessing.publish_scores(by=house.actor("monitor_editor", "NORTH"), state=state, role="nhri")
    answered(house, state, "L01", "not_met", replaces=first, evidence=[LAW])
    assert assessing.recount(snapshot) == snapshot.scores
    told = next(each for each in snapshot.scores if each["section"] == "L")
    assert (told["met"], told["not_met"], told["capped"], told["grade"], told["oldest"]) == (
        1,
        1,
        True,
        "",
        "2019-01-01",
    )
    assert told["old"] == 2
