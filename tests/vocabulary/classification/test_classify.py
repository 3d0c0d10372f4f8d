"""Labels follow from the elements, with the reason shown (W2)."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.common.errors import Invalid
from amparo.vocabulary.classification import elements, rules
from amparo.vocabulary.classification.classify import MET, NOT_MET, OPEN, classify, next_question
from amparo.vocabulary.classification.many import Table
from tests.vocabulary.classification.specification import COLUMNS, STATES, situations, truth_table, whole
from tests.vocabulary.classification.specification import facts_of as truth_facts

SETS = rules.shipped()
ALL = list(SETS.values())
FREE = [name for name in elements.names() if not any(name in pair for pair in elements.IMPLIES)]
# Speed is never asserted in a test: a busy machine must not fail one.
in_peace = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
facts_of = st.dictionaries(st.sampled_from(FREE), st.sampled_from(elements.ANSWERS))


@pytest.mark.parametrize("case", situations(), ids=lambda case: case.name)
def test_the_specification_holds(case):
    results = [result for name in case.sets for result in classify(whole(case), SETS[name])]
    assert {result.code for result in results if result.state == MET} == case.met
    assert {result.code for result in results if result.state == OPEN} == case.open


def many(incidents, sets, settings):
    table = Table(sets, settings)
    met, still = table.states([elements.known(facts) for facts in incidents])
    said = zip(met.tolist(), still.tolist(), strict=True)
    return [
        {code: MET if one else OPEN if other else NOT_MET for code, one, other in zip(table.codes, *row, strict=True)}
        for row in said
    ]


def three(answers: list[str]) -> str:
    """The slow, obvious twin: AND of three-valued answers."""
    if "no" in answers:
        return NOT_MET
    return MET if set(answers) == {"yes"} else OPEN


def test_the_truth_table_is_whole():
    rows = [tuple(row.values())[:4] for row in truth_table()]
    assert sorted(rows) == sorted(product(["yes", "no", "unknown"], repeat=4))


def test_the_truth_table_is_what_a_slow_obvious_twin_says():
    for row in truth_table():
        paid, purpose, moved, handed = tuple(row.values())[:4]
        assert STATES[row["sale"]] == three([paid, handed])
        assert STATES[row["trafficking_report"]] == three([handed, purpose, moved])
        assert STATES[row["trafficking_protocol"]] == three([handed, purpose])
        assert STATES[row["trafficking_protocol_with_movement"]] == three([handed, purpose, moved])


@pytest.mark.parametrize("column", COLUMNS)
def test_the_rules_say_what_the_truth_table_says_slow_and_quick(column):
    """Consideration × exploitative purpose × movement × transfer, unknowns included (standards, acceptance check 5)."""
    rules_code, settings, code = COLUMNS[column]
    place = [offence.code for offence in SETS[rules_code].offences].index(code)
    for row in truth_table():
        facts = truth_facts(row)
        assert classify(facts, SETS[rules_code], settings)[place].state == STATES[row[column]], row
        assert many([facts], [SETS[rules_code]], settings)[0][code] == STATES[row[column]], row


@in_peace
@given(facts_of, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_changes_nothing(facts, chance):
    shuffled = list(facts.items())
    chance.shuffle(shuffled)
    for each in ALL:
        assert classify(facts, each) == classify(dict(shuffled), each)


@in_peace
@given(facts_of, st.sampled_from(FREE), st.sampled_from(["yes", "no"]))
def test_an_answer_in_place_of_an_unknown_settles_and_never_turns(facts, name, answer):
    before = facts | {name: "unknown"}
    for each in ALL:
        for was, now in zip(classify(before, each), classify(before | {name: answer}, each), strict=True):
            assert was.state in (OPEN, now.state), was.code


@in_peace
@given(facts_of)
def test_an_offence_is_open_exactly_when_some_answers_meet_it_and_some_do_not(facts):
    """The oracle for sets without an order: what is missing answered all for, then all against."""
    for each in (one for one in ALL if not one.ordered):
        for result in classify(facts, each):
            if result.state == OPEN:
                assert result.missing
                helped = facts | dict.fromkeys(result.missing, "yes")
                hurt = facts | dict.fromkeys(result.missing, "no")
                ends = {one.state for told in (helped, hurt) for one in classify(told, each) if one.code == result.code}
                assert ends == {MET, NOT_MET}
            else:
                assert result.missing == ()


@in_peace
@given(st.lists(facts_of, min_size=1, max_size=5), st.permutations(ALL), st.booleans())
def test_many_at_once_get_the_same_states_as_one_by_one(incidents, sets, movement):
    chosen = {"movement_needed": movement}
    one_by_one = [
        {result.code: result.state for each in sets for result in classify(facts, each, chosen)} for facts in incidents
    ]
    assert many(incidents, sets, chosen) == one_by_one


def test_the_next_question_is_about_what_is_nearest_to_being_met():
    facts = {"age": 9, "transferred": "yes", "consideration_given": "yes"}
    assert next_question(classify(facts, SETS["report"])) == "for_transfer"


def test_nothing_is_asked_when_everything_is_settled():
    facts = dict.fromkeys(elements.names(), "no")
    assert next_question(result for each in ALL for result in classify(facts, each)) is None


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"nonsense": "yes"}, "no such element"),
        ({"moved": "perhaps"}, "Answer yes, no, unknown, not_asked"),
        ({"age": 25}, "An adult may report what happened in childhood"),
        ({"age": -1}, "whole years"),
        ({"age": True}, "whole years"),
        ({"live_streamed": "yes", "by_technology": "no"}, "contradict"),
        ({"penetration": "yes", "sexual_activity": "no"}, "contradict"),
        ({"age": 9, "under_18": "no"}, "contradict"),
    ],
)
def test_bad_facts_are_refused_in_words(facts, words):
    with pytest.raises(Invalid, match=words):
        elements.known(facts)


def test_what_follows_needs_not_be_asked():
    known = elements.known({"live_streamed": "yes", "representation": "no"})
    assert known.yes & elements.bit("by_technology")
    assert known.no & elements.bit("distributed")
