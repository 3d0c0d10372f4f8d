"""The demonstration country walks the same actions over five years, and every page of it shows something (X4)."""

import csv
import json
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from amparo.access.models import Glass
from amparo.access.roles import Role
from amparo.audit import actions as audit
from amparo.audit.queries import before
from amparo.care import queries as care
from amparo.care.models import ChildView, Plan, Referral
from amparo.cases import queries as cases
from amparo.cases.models import Case, Erasure, Moment
from amparo.common.types import WORKER
from amparo.counting import actions as counting
from amparo.counting.overlaps.models import SameChild
from amparo.demo import build as demonstration
from amparo.demo import papers
from amparo.demo.country import AGENCIES, REGIONS, STAFF
from amparo.demo.figures import estimate
from amparo.directory.queries import help_lines
from amparo.intake import queries as intake
from amparo.intake.models import Message, Report
from amparo.intake.postbox import door
from amparo.intake.postbox import record as at_the_door
from amparo.justice.models import Proceeding
from amparo.linkage.models import Contact, Pair
from amparo.organisation.models import Notice
from amparo.organisation.queries import notices_for
from amparo.publication.estimates.queries import public_estimates
from amparo.publication.queries import desk, public_releases
from amparo.vault.models import Sealed

pytestmark = pytest.mark.django_db(databases="__all__")


def test_lumeria_has_its_regions_agencies_and_somebody_of_every_role():
    assert (len(REGIONS), len(AGENCIES)) == (6, 14)
    assert {role for roles in STAFF.values() for role in roles} == set(Role.values)


def test_its_five_years_end_today_and_every_link_of_both_chains_is_sound(lumeria):
    opened = [case.opened_at for case in Case.objects.order_by("opened_at")]
    first = demonstration.first_day(lumeria.now)
    assert first.day == 1
    assert (lumeria.now.year - first.year, lumeria.now.month) == (5, first.month)
    assert first <= opened[0] < opened[-1] <= lumeria.now
    assert {each.year for each in opened} >= set(range(first.year + 1, lumeria.now.year))
    assert audit.verify().sound
    assert at_the_door.verify().sound


def test_nothing_is_written_of_a_day_that_has_not_come(lumeria):
    for model, column in ((Moment, "at"), (Report, "received_at"), (Notice, "at"), (Sealed, "written_at")):
        assert not model.objects.filter(**{f"{column}__gt": lumeria.now}).exists()


def test_the_progress_that_was_told_is_the_length_that_was_promised(lumeria):
    assert sum(lumeria.heard) == demonstration.length()


def test_the_door_is_open_and_says_where_help_is(lumeria):
    assert intake.door_is_open()
    assert [line["number"][:6] for line in door.board()["help_lines"]] == ["555-01"] * len(help_lines())


def test_reports_are_in_every_status_some_late_risen_forwarded_withdrawn_and_some_in_conversation(lumeria):
    found = list(Report.objects.all())
    assert {each.status for each in found} == {"new", "claimed", "triaged", "accepted", "closed"}
    assert any(each.risen_to_id for each in found)
    assert any(each.outcome == "forwarded" and each.status == "new" for each in found)
    assert any(each.status == "triaged" and each.due_at < lumeria.now for each in found)
    assert any(each.thread is None for each in found)
    assert all(each.close_reason for each in found if each.status == "closed")
    assert Message.objects.filter(words=None).exists()
    letters = Counter(Message.objects.values_list("report_id", flat=True))
    assert max(letters.values()) >= 4


@pytest.mark.parametrize("code", ["HELP", "NHRI", "MIN", "NGO-C", "SOC-E"])
def test_an_intake_officer_finds_reports_in_the_queue(lumeria, code):
    assert intake.queue(by=lumeria.country.actor("intake_officer", code)).rows


def test_a_visitor_comes_back_with_a_receipt_and_reads_the_answer(lumeria):
    kept = papers.receipts(lumeria.folder)
    assert len(kept) == 3
    assert all(door.come_back(code).answers for code, _about in kept)


def test_a_report_became_a_case_with_a_worker(lumeria):
    accepted = Report.objects.filter(status="accepted")
    cases_of = {case.report: case for case in Case.objects.exclude(report=None)}
    assert {each.id for each in accepted} == set(cases_of)
    assert any(case.worker_id for case in cases_of.values())


@pytest.mark.parametrize("role", ["case_worker", "supervisor"])
def test_the_day_at_the_ministry_has_something_to_do(lumeria, role):
    by = lumeria.country.actor(role, "MIN")
    day = cases.my_day(by=by)
    assert day.overdue or day.due
    assert cases.cases(by=by).rows
    assert notices_for(by)


def test_some_clocks_ran_out_and_some_run_out_this_week(lumeria):
    clocks = [case.respond_by for case in Case.objects.filter(status="open").exclude(respond_by=None)]
    assert any(each < lumeria.now for each in clocks)
    assert any(lumeria.now <= each < lumeria.now + timedelta(days=30) for each in clocks)


def test_children_are_assessed_planned_with_heard_answered_and_referred(lumeria):
    assert {"active", "closed"} <= set(Plan.objects.values_list("status", flat=True))
    assert {"delivered"} < set(Referral.objects.values_list("status", flat=True))
    assert ChildView.objects.exclude(answered_at=None).exists()
    assert ChildView.objects.filter(answered_at=None).exists()
    asked = [
        care.referrals(by=lumeria.country.actor("service_provider", code), asked_of_me=True)
        for code in ("HOSP", "BARN", "SHEL")
    ]
    assert any(box.rows for box in asked)


def test_the_law_works_and_some_proceedings_stand_still(lumeria):
    assert {"open", "ended"} == set(Proceeding.objects.values_list("status", flat=True))
    assert Moment.objects.filter(code="proceeding_stalled").exists()
    assert cases.cases(by=lumeria.country.actor("police", "POL-N")).rows


def test_an_auditor_has_walls_broken_glass_looks_and_an_erasure_to_look_at(lumeria):
    auditor = lumeria.country.actor("auditor", "NHRI")
    assert {wall.reason for wall in cases.walls_standing(by=auditor)} >= {"relative_of_staff", "child_request"}
    assert Glass.objects.exists()
    assert Erasure.objects.filter(confirmed_at=None).exists()
    assert {"glass_broken", "erasure_asked"} <= {notice.code for notice in notices_for(auditor, limit=100)}
    assert before(None, verb="vault:")


def test_three_years_are_published_and_a_fourth_waits_for_its_check(lumeria):
    assert [each.year for each in public_releases()] == [lumeria.now.year - back for back in (2, 3, 4)]
    waiting = desk(by=lumeria.country.actor("reviewer", "STAT")).waiting
    assert [each.year for each in waiting] == [lumeria.now.year - 1]


def test_every_count_is_what_the_records_say(lumeria):
    assert counting.recount(by=WORKER) == []


def test_how_many_no_agency_met_is_estimated_and_public_and_the_truth_lies_in_it_or_the_verdict_warns(lumeria):
    (made,) = public_estimates()
    truth = json.loads((lumeria.folder / papers.TRUTH).read_text())
    assert truth["children"] == truth["met"] + truth["hidden"]
    assert abs(made.told["observed"] - truth["met"]) <= 2  # who turned 18 before a second agency came is counted once
    assert (len(made.lists), made.done) == (6, 7)
    assert made.verdict in {"unstable", "not identifiable"} or made.low <= truth["children"] <= made.high


def test_without_children_enough_nothing_is_estimated(lumeria):
    estimate(lumeria.country, {})
    assert len(public_estimates()) == 1


def test_records_are_linked_pairs_judged_and_agencies_asked_and_answered(lumeria):
    key = papers_of(lumeria)
    pairs = list(Pair.objects.all())
    assert pairs
    assert all(key[each.one_id] == key[each.two_id] for each in pairs if each.status == "merged")
    assert {each.status for each in pairs} >= {"open", "merged"}
    assert Counter(Contact.objects.exclude(status="offered").values_list("status", flat=True))["answered"]
    drawn = SameChild.objects.filter(drawing=0)
    assert drawn.exists()
    right = sum(key[each.record] == key[each.child] for each in drawn)
    assert right >= 0.8 * len(drawn) - 1  # one way that records may belong together, drawn: it errs now and then


def papers_of(lumeria) -> dict[UUID, str]:
    """The child of each record, from the answer key."""
    with (lumeria.folder / papers.ANSWER_KEY).open(newline="") as lines:
        return {UUID(row["record"]): row["child"] for row in csv.DictReader(lines)}
