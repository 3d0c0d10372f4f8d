"""An estimate leaves with its interval and its verdict, past a second person, and tells of no child (S4, S5)."""

import json
from string import Formatter
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from amparo.access.decisions import permitted
from amparo.access.permissions import Permission
from amparo.audit.models import Event
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.common.types import IMPORTER, WORKER
from amparo.counting.overlaps.queries import Choice
from amparo.methods.hidden import METHODS
from amparo.methods.hidden.cautions import SENTENCES
from amparo.publication.estimates import actions, cautions, keeping, queries
from amparo.publication.estimates.laid import for_the_desk, lay_out
from amparo.publication.estimates.models import Estimate
from tests.counting.build import NAME
from tests.publication.build import STATEMENT, YEARS, computed, drafted, justified, meet, published

pytestmark = pytest.mark.django_db(databases="__all__")
CHILDREN = {("NORTH",): 23, ("SOUTH",): 17, ("NORTH", "SOUTH"): 11}
LIKELIEST = 84.2  # Lincoln's and Petersen's 34 x 28 / 11 is 86.5


@pytest.fixture
def children(house):
    meet(house, CHILDREN)


@pytest.fixture
def made(house, children):
    return computed(house)


def test_the_worker_computes_a_method_a_step_and_then_the_report(house, children):
    made = drafted(house)
    assert (made.status, made.done, made.asked) == ("queued", 0, 2)
    assert actions.compute(by=WORKER) == 1
    made.refresh_from_db()
    assert (made.status, made.done, made.told) == ("queued", 1, None)
    assert actions.compute(by=WORKER) == 1
    made.refresh_from_db()
    assert (made.status, made.done, made.answers) == ("computed", 2, [])
    assert actions.compute(by=WORKER) == 0
    assert made.told["results"][0]["estimate"] == pytest.approx(LIKELIEST, abs=0.1)


def test_what_leaves_is_rounded_and_the_interval_outwards(house, made):
    told = made.told["combined"]
    assert (made.children, made.total, made.verdict) == (50, 80, "ok")
    assert made.low <= told["low"] < told["high"] <= made.high
    assert made.low % 10 == made.high % 10 == 0
    assert [each["method"] for each in made.parts["methods"]] == ["main", "chao"]


@pytest.mark.parametrize(
    ("number", "low", "near", "high"),
    [(51.4, 50, 50, 60), (996.0, 990, 1000, 1000), (1034.2, 1030, 1030, 1040), (121521.6, 121000, 122000, 122000)],
)
def test_rounding(number, low, near, high):
    class Each:
        estimate = low_ = high_ = number

    Each.low = Each.high = number
    found = keeping._ends(Each, "ok")
    assert (found["low"], found["total"], found["high"]) == (low, near, high)


def test_it_is_justified_checked_by_another_and_public(house, made):
    justified(house, made)
    assert queries.public_estimates() == []
    out = published(house, made)
    assert out.status == "published"
    assert queries.public_estimate(out.reference) == out
    assert lay_out(out).sentence == f"About 80 children; the 95 % interval is {out.low} to {out.high}."
    assert bytes(out.sealed) == b""


def test_nobody_checks_what_they_made_themselves_and_nobody_justifies_what_another_made(house, made):
    by = house.actor("statistician", "NORTH")
    with pytest.raises(Refused):
        actions.justify(by=house.actor("statistician", "SOUTH"), estimate=made, supposed={}, statement=STATEMENT)
    justified(house, made)
    with pytest.raises(Refused, match="two other people must check it"):
        actions.check(by=by, estimate=made, agree=True)
    for role in ("case_worker", "supervisor", "administrator", "auditor"):
        with pytest.raises(Refused):
            actions.check(by=house.actor(role, "SOUTH"), estimate=made, agree=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Estimate.objects.filter(pk=made.pk).update(checked_by=by.id, checked_at=made.drafted_at)


def test_the_policy_says_the_same_of_a_table_as_of_one(house, made):
    for agency, seen in (("NORTH", []), ("SOUTH", [made])):
        where = permitted(by=house.actor("statistician", agency), permission=Permission.ESTIMATE_CHECK)
        assert list(Estimate.objects.filter(where)) == seen


def test_without_its_verdict_its_interval_or_its_justification_nothing_can_be_public(house, made):
    with pytest.raises(Conflict):
        published(house, made)
    rows = Estimate.objects.filter(pk=made.pk)
    when = made.drafted_at
    out = {"published_at": when, "checked_at": when, "checked_by": made.pk, "statement": "x"}
    out |= {"first_at": when, "first_by": uuid4(), "first_agrees": True}
    for broken in ({"verdict": ""}, {"statement": ""}, {"low": None}, {"high": None}, {"total": 10**6}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**out | broken)


def test_one_of_the_two_refuses_with_a_reason_of_the_list(house, made):
    justified(house, made)
    by = house.actor("reviewer", "SOUTH")
    with pytest.raises(Invalid):
        actions.check(by=by, estimate=made, agree=False, reason="because")
    assert actions.check(by=by, estimate=made, agree=False, reason="not_safe").status == "waiting"
    other = house.actor("reviewer", "NORTH")
    assert actions.check(by=other, estimate=made, agree=True).status == "refused"
    with pytest.raises(Conflict):
        actions.check(by=house.actor("statistician", "SOUTH"), estimate=made, agree=True)


def test_it_is_withdrawn_with_a_reason_and_stays_known(house, made):
    justified(house, made)
    published(house, made)
    actions.withdraw(by=house.actor("statistician", "NORTH"), estimate=made, reason="replaced")
    assert [each.status for each in queries.public_estimates()] == ["withdrawn"]


def test_every_supposition_needs_an_answer(house, made):
    for answer in ("", "perhaps"):
        with pytest.raises(Invalid, match="supposed_apart"):
            justified(house, made, supposed={"apart": answer})
    made.refresh_from_db()
    assert made.status == "computed"


@pytest.mark.parametrize(
    "words",
    [
        "", "Too short.", "x" * 2001, f"{STATEMENT} <b>bold</b>", f"{STATEMENT} somebody@example.org",
        f"{STATEMENT} https://example.org/", f"{STATEMENT} 0555 010 0199", f"{STATEMENT} \x07",
    ],
)  # fmt: skip
def test_only_plain_words_about_method_become_public(house, made, words):
    with pytest.raises(Invalid):
        justified(house, made, statement=words)


def test_overlaps_of_a_few_children_are_sealed_and_leave_nowhere(house, made):
    justified(house, made)
    out = published(house, made)
    shown = json.dumps([out.parts, out.supposed, out.children, out.total, out.low, out.high, out.statement])
    assert "51" not in shown  # how many children there are exactly
    assert NAME not in shown + str(made.told)
    assert b'"3": 11' not in bytes(made.sealed)
    assert NAME not in str(list(Event.objects.values()))


def test_too_few_children_and_empty_lists_are_refused(house):
    meet(house, {("NORTH",): 10, ("SOUTH",): 5, ("NORTH", "SOUTH"): 5})
    with pytest.raises(Conflict, match="fewer than 30"):
        drafted(house)
    with pytest.raises(Invalid, match="nobody"):
        drafted(house, choice=Choice(2020, 2025, "kind"), lists=["NORTH", "SOUTH"])
    with pytest.raises(Invalid):
        drafted(house, methods=["magic"])


def test_lists_that_never_meet_give_no_defensible_estimate_and_that_is_what_is_published(house):
    meet(house, {("NORTH",): 20, ("SOUTH",): 20})
    made = computed(house, methods=["main"])
    assert (made.verdict, made.total, made.low, made.high) == ("not identifiable", None, None, None)
    justified(house, made)
    out = published(house, made)
    assert lay_out(out).sentence == "No estimate is defensible on these data."


def test_with_strata_the_whole_is_the_sum_and_small_parts_are_left_out(house):
    meet(house, {("NORTH",): 23, ("SOUTH",): 17, ("NORTH", "SOUTH"): 11}, sex="female")
    made = computed(house, choice=Choice(2025, 2025, "agency", "sex"), methods=["main"])
    assert [each["stratum"] for each in made.parts["strata"]] == ["female"]
    assert [each["stratum"] for each in made.told["strata"]] == [{"sex": "female"}]


def test_uncertain_links_are_carried_into_the_interval(house):
    meet(house, CHILDREN, draws=3)
    made = computed(house, methods=["main"])
    assert {"code": "links", "drawings": 3} in made.told["cautions"]
    assert "3 ways of putting them together" in " ".join(lay_out(made).cautions)


def test_uncertain_links_and_strata_are_taken_together(house):
    meet(house, CHILDREN, draws=3, sex="female")
    made = computed(house, choice=Choice(2025, 2025, "agency", "sex"), methods=["main"])
    (part,) = made.told["strata"]
    assert {"code": "links", "drawings": 3} in part["cautions"]
    assert part["results"][0]["estimate"] == made.told["results"][0]["estimate"] == pytest.approx(LIKELIEST, abs=0.1)


def test_what_to_be_wary_of_has_words_for_every_code_filled_alike():
    def filled(said):
        return {name for _, name, _, _ in Formatter().parse(str(said)) if name}

    assert {code: filled(said) for code, said in cautions.SENTENCES.items()} == {
        code: filled(said) for code, said in SENTENCES.items()
    }


def test_what_to_be_wary_of_is_said_with_the_names_of_lists_and_in_the_readers_language(house):
    told = [
        {"code": "never", "pairs": [["NORTH", "SOUTH"]]}, {"code": "wide", "method": "dga"},
        {"code": "inside", "part": 0.942, "small": "NORTH", "large": "SOUTH"}, {"code": "thin", "stratum": ["unknown"]},
        {"code": "apart", "factor": 3.04, "least": "main", "most": "dga"},
    ]  # fmt: skip
    names = {"NORTH": "North office", "SOUTH": "South office"}
    said = [cautions.sentence(each, names, "sex") for each in told]
    assert said[0].startswith("Lists that never meet: North office – South office.")
    assert said[1] == "The mean over decomposable graphs: The interval is too wide to say anything."
    assert said[2].startswith("94\N{NO-BREAK SPACE}% of the list North office is on the list South office")
    assert "Not known" in said[3]
    assert "factor of 3.0, from “Lists independent of each other”" in said[4]
    for language in ("fr", "es", "ar", "ru", "zh-hans"):
        with override(language):
            assert not set(said) & {cautions.sentence(each, names, "sex") for each in told}


def test_only_what_tells_of_no_overlap_leaves_with_the_figure(house):
    meet(house, {("NORTH",): 30, ("SOUTH",): 20, ("NORTH", "SOUTH"): 4})
    made = computed(house)
    assert {"few", "none"} <= {each["code"] for each in made.told["cautions"]}
    assert [each["code"] for each in made.parts["cautions"]] == ["two", "none"]
    assert (made.verdict, made.total, made.low) == ("unstable", None, None)
    assert for_the_desk(made).cautions[0] == (
        "Only 4 of 54 children are on more than one list: too few to estimate from."
    )


def test_all_methods_are_asked_unless_some_are_named(house, children):
    assert drafted(house, methods=[]).methods == list(METHODS)


def test_what_cannot_be_computed_is_said_and_holds_nobody_up(house, children, monkeypatch):
    broken, other = drafted(house), drafted(house)
    monkeypatch.setattr(keeping, "opened", lambda *_: (_ for _ in ()).throw(ValueError("broken")))
    actions.compute(by=WORKER)
    monkeypatch.undo()
    actions.compute(by=WORKER)
    broken.refresh_from_db()
    other.refresh_from_db()
    assert (broken.status, bytes(broken.sealed), other.done) == ("failed", b"", 1)


def test_two_workers_who_do_the_same_step_do_it_once(house, children, monkeypatch):
    made = drafted(house)
    stale = Estimate.objects.get()
    actions.compute(by=WORKER)
    monkeypatch.setattr(actions, "_next", lambda *, by: stale)
    actions.compute(by=WORKER)
    made.refresh_from_db()
    assert (made.done, len(made.answers)) == (1, 1)


def test_only_statisticians_ask_and_only_the_worker_computes(house, children):
    for role in ("reviewer", "case_worker", "supervisor", "administrator"):
        with pytest.raises(Refused):
            actions.draft(by=house.actor(role, "NORTH"), choice=YEARS, lists=["NORTH", "SOUTH"])
    with pytest.raises(Refused):
        actions.compute(by=house.actor("statistician", "NORTH"))
    with pytest.raises(Refused):
        queries.estimates(by=house.actor("case_worker", "NORTH"))
    with pytest.raises(Refused):
        actions.draft(by=IMPORTER, choice=YEARS, lists=["NORTH", "SOUTH"])


def test_what_does_not_exist_is_not_found(house, made):
    by = house.actor("statistician", "NORTH")
    with pytest.raises(NotFound):
        queries.estimate(by=by, id=house.agencies["NORTH"].id)
    with pytest.raises(NotFound):
        actions.found(house.agencies["NORTH"].id)
    with pytest.raises(NotFound):
        queries.public_estimate(made.reference)
    assert queries.estimate(by=by, id=made.id) == made
    assert queries.estimates(by=by) == [made]
