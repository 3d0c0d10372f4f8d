"""What is published harms no child, and leaves only past two others (S3)."""

from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from amparo.access.decisions import permitted
from amparo.access.permissions import Permission
from amparo.audit.models import Event
from amparo.common import clock, facts
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.common.types import IMPORTER, OPERATOR, Actor, Post
from amparo.counting import actions as counting
from amparo.linkage.models import Child
from amparo.methods.disclosure import TOTAL
from amparo.publication import actions, drawing, queries
from amparo.publication.counted import OfYear
from amparo.publication.ledger import Books
from amparo.publication.models import Drawing, Release, ReleaseCell
from amparo.publication.sheets import Shown, sheets_of
from amparo.publication.tables import asked_of
from tests.counting.build import NAME, identify, identify_table
from tests.publication.build import publish

pytestmark = pytest.mark.django_db(databases="__all__")
N, S, X, T = "LM-NORTH", "LM-SOUTH", "unknown", TOTAL
# Two children of the north, aged 2: the only small count, and what must be hidden with it.
CHILDREN = {(2, "NORTH"): 2, (7, "NORTH"): 9, (2, "SOUTH"): 6, (7, "SOUTH"): 8}


def drafted(house, counts=None):
    identify_table(house, counts or CHILDREN)
    return draft(house)


def draft(house, agency="NORTH"):
    snapshot = counting.take_snapshot(by=OPERATOR, year=2025)
    return actions.draft(by=house.actor("statistician", agency), snapshot=snapshot)


def grid(release) -> dict[str, list]:
    (table,) = sheets_of(release)
    return {age: [table.cells[region, age] for region in (N, S, X, T)] for age in table.codes[1]}


def test_small_counts_go_in_and_a_table_comes_out_from_which_they_cannot_be_computed(house):
    assert grid(drafted(house)) == {
        "Y0T4": [None, None, 0, 8],
        "Y5T9": [None, None, 0, 17],
        "Y10T14": [0, 0, 0, 0],
        "Y15T17": [0, 0, 0, 0],
        "unknown": [0, 0, 0, 0],
        T: [11, 14, 0, 25],
    }


def test_without_small_counts_all_is_shown_and_unknown_is_a_line_of_its_own(house):
    assert grid(drafted(house, {(16, "NORTH"): 5, (None, "NORTH"): 6, (16, "SOUTH"): 7})) == {
        "Y0T4": [0, 0, 0, 0],
        "Y5T9": [0, 0, 0, 0],
        "Y10T14": [0, 0, 0, 0],
        "Y15T17": [5, 7, 0, 12],
        "unknown": [6, 0, 0, 6],
        T: [11, 7, 0, 18],
    }


def test_a_year_of_three_children_shows_no_number_that_tells_of_them(house):
    table = grid(drafted(house, {(7, "NORTH"): 3}))
    assert (table["Y5T9"][0], table["Y5T9"][3], table[T][0], table[T][3]) == (None, None, None, None)


def test_of_a_hidden_cell_nothing_is_kept(house):
    release = drafted(house)
    hidden = ReleaseCell.objects.filter(release=release, shown=False)
    assert [cell.value for cell in hidden] == [None] * 4
    with pytest.raises(IntegrityError), transaction.atomic():
        hidden.update(value=2)
    kept = str(list(Release.objects.values())) + str(list(ReleaseCell.objects.values()))
    assert NAME not in kept


def test_the_statistician_drafts_and_two_others_publish(house):
    release = drafted(house)
    assert (release.status, queries.public_releases()) == ("draft", [])
    published = publish(house, release)
    assert (published.status, published.checked_by) == ("published", house.people["reviewer", "NORTH"].id)
    assert queries.public_releases() == [published]
    verbs = [event.verb for event in Event.objects.filter(record=release.id).order_by("seq")]
    assert verbs == ["release:drafted", "release:judged", "release:published"]


def test_whoever_drafted_does_not_check_in_any_post(house):
    release = drafted(house)
    person, agency = house.people["statistician", "NORTH"], house.agencies["NORTH"]
    both = Actor("person", person.id, (Post("statistician", agency.id), Post("reviewer", agency.id)))
    with pytest.raises(Refused, match="two other people must check it"):
        actions.check(by=both, release=release, agree=True)
    assert not Release.objects.filter(permitted(by=both, permission=Permission.RELEASE_CHECK)).exists()
    assert Event.objects.latest("seq").verb == "refused:check"
    release.refresh_from_db()
    assert release.status == "draft"


def test_the_database_itself_refuses_one_person_twice(house):
    release = drafted(house)
    other, third, now = uuid4(), uuid4(), clock.now()
    two = {"first_by": other, "first_at": now, "first_agrees": True, "checked_by": third, "checked_at": now}
    alike = (
        {"checked_by": release.drafted_by, "checked_at": now},
        two | {"checked_by": other},
        two | {"first_by": release.drafted_by},
        two | {"checked_by": release.drafted_by},
        two | {"first_by": None, "first_at": None},
        two | {"published_at": now, "first_agrees": False},
    )
    for columns in alike:
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(id=release.id).update(**columns)
    assert Release.objects.filter(id=release.id).update(**two) == 1


@pytest.mark.parametrize("role", ["case_worker", "supervisor", "police", "administrator", "auditor", "monitor_editor"])
def test_others_neither_draft_nor_check_nor_withdraw_nor_read(house, role):
    release, by = drafted(house), house.actor(role, "SOUTH")
    with pytest.raises(Refused):
        actions.draft(by=by, snapshot=release.snapshot)
    with pytest.raises(Refused):
        actions.check(by=by, release=release, agree=True)
    with pytest.raises(Refused):
        actions.withdraw(by=by, release=release, reason="other")
    with pytest.raises(Refused):
        queries.release(by=by, id=release.id)
    with pytest.raises(Refused):
        queries.desk(by=by)


def test_whoever_checks_opens_no_snapshot(house):
    release = drafted(house)
    with pytest.raises(Refused):
        counting.open_snapshot(by=house.actor("reviewer", "NORTH"), snapshot=release.snapshot)
    publish(house, release)
    opened = Event.objects.filter(verb="snapshot:opened").latest("seq")
    assert opened.actor_kind == "worker"


@pytest.mark.parametrize("first", [True, False])
def test_a_refused_table_keeps_its_reason_and_moves_no_more(house, first):
    release = drafted(house)
    one, two = (house.actor("reviewer", agency) for agency in ("NORTH", "SOUTH"))
    with pytest.raises(Invalid):
        actions.check(by=one, release=release, agree=False, reason="nonsense")
    reason = "" if first else "incomplete"
    waiting = actions.check(by=one, release=release, agree=first, reason=reason)
    assert (waiting.status, waiting.reason, waiting.verdicts) == ("draft", "", 1)
    refused = actions.check(by=two, release=waiting, agree=not first, reason="" if reason else "wrong_counts")
    assert (refused.status, refused.reason, refused.published_at) == ("refused", reason or "wrong_counts", None)
    with pytest.raises(Conflict):
        actions.check(by=house.actor("statistician", "SOUTH"), release=refused, agree=True)
    assert queries.public_releases() == []


def test_nobody_gives_two_verdicts(house):
    release, by = drafted(house), house.actor("reviewer", "NORTH")
    noted = actions.check(by=by, release=release, agree=True)
    with pytest.raises(Refused, match="you have given your verdict"):
        actions.check(by=by, release=noted, agree=True)
    assert not Release.objects.filter(permitted(by=by, permission=Permission.RELEASE_CHECK)).exists()


@pytest.mark.parametrize("agree", [True, False])
def test_until_both_are_in_nobody_reads_what_the_first_said(house, agree):
    """Neither a desk nor the record of acts tells it: the two cases leave the same traces."""
    release = drafted(house)
    actions.check(
        by=house.actor("reviewer", "NORTH"), release=release, agree=agree, reason="" if agree else "incomplete"
    )
    event = Event.objects.filter(record=release.id).latest("seq")
    assert (event.verb, event.detail) == ("release:judged", {})
    for by in (house.actor("reviewer", "SOUTH"), house.actor("statistician", "NORTH")):
        found = queries.release(by=by, id=release.id)
        assert (found.status, found.reason, found.verdicts, found.checked_at) == ("draft", "", 1, None)


def test_a_correction_says_which_table_takes_its_place(house):
    first = publish(house, drafted(house))
    waiting, by = draft(house), house.actor("statistician", "SOUTH")
    for wrong in (first, waiting):
        with pytest.raises(Invalid, match="replaced_by"):
            actions.withdraw(by=by, release=first, reason="wrong_counts", replaced_by=wrong)
    second = publish(house, waiting)
    corrected = actions.withdraw(by=by, release=first, reason="wrong_counts", replaced_by=second)
    assert (corrected.status, corrected.replaced_by) == ("corrected", second)
    assert Event.objects.latest("seq").verb == "release:corrected"
    with pytest.raises(Conflict):
        actions.withdraw(by=by, release=corrected, reason="wrong_counts")
    assert {each.status for each in queries.public_releases()} == {"corrected", "published"}
    with pytest.raises(NotFound):
        queries.public_drawing(first.reference, "en", "light")


def test_a_table_is_published_once(house):
    release = publish(house, drafted(house))
    with pytest.raises(Conflict):
        actions.check(by=house.actor("statistician", "SOUTH"), release=release, agree=True)


def test_what_is_withdrawn_stays_listed_with_its_reason_and_without_a_chart(house):
    release = publish(house, drafted(house))
    assert queries.public_drawing(release.reference, "en", "light").startswith("<svg")
    by = house.actor("statistician", "SOUTH")
    withdrawn = actions.withdraw(by=by, release=release, reason="wrong_counts")
    assert (withdrawn.status, withdrawn.reason) == ("withdrawn", "wrong_counts")
    assert queries.public_releases() == [withdrawn]
    with pytest.raises(NotFound):
        queries.public_drawing(release.reference, "en", "light")


def test_only_what_was_published_is_found_in_public(house):
    release = drafted(house)
    for reference in (release.reference, "F-0000-0000", ""):
        with pytest.raises(NotFound):
            queries.public_release(reference)


def test_the_same_counts_again_are_hidden_alike(house):
    one = publish(house, drafted(house))
    two = publish(house, draft(house))
    assert grid(one) == grid(two)


def correct(child, **columns):
    before = {name: getattr(child, name) for name in columns}
    Child.objects.filter(pk=child.pk).update(**columns)
    facts.changed("child", child.pk, before=before, after=columns)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_second_release_that_differs_by_one_child_is_kept_back(house, withdrawn):
    first = publish(house, drafted(house))
    if withdrawn:
        actions.withdraw(by=house.actor("statistician", "NORTH"), release=first, reason="incomplete")
    identify(house, "SOUTH", age=16)
    with pytest.raises(Conflict, match="a change of a few children could be recognised") as refused:
        draft(house)
    assert f"LM-SOUTH/Y15T17 {first.reference}" in str(refused.value)
    assert Release.objects.count() == 1


def test_a_second_release_that_moves_one_child_is_kept_back(house):
    identify_table(house, {(7, "NORTH"): 9, (16, "NORTH"): 9, (7, "SOUTH"): 9, (16, "SOUTH"): 9})
    publish(house, draft(house))
    child = Child.objects.filter(agency=house.agencies["NORTH"], birth_year=2018).first()
    correct(child, birth_year=2009)
    with pytest.raises(Conflict, match="a few children"):
        draft(house)


def test_once_enough_has_changed_a_second_release_is_drafted(house):
    publish(house, drafted(house))
    identify_table(house, {(7, "SOUTH"): 6})
    second = publish(house, draft(house))
    assert grid(second)[T] == [11, 20, 0, 31]
    assert grid(second)["Y5T9"][:2] == [None, None]


def test_what_became_public_in_between_stops_a_draft_at_its_check(house):
    waiting = drafted(house)
    identify(house, "SOUTH", age=7)
    publish(house, draft(house, "SOUTH"))
    with pytest.raises(Conflict, match="a few children"):
        publish(house, waiting)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.checked_by) == ("draft", None)


def test_a_draft_that_somebody_altered_is_stopped_at_its_check(house):
    release = drafted(house)
    ReleaseCell.objects.filter(release=release, place=f"{T}|{T}").update(value=26)
    with pytest.raises(Conflict, match="contradicts"):
        publish(house, release)


def hiding(books, places) -> Shown:
    (sheet,), (keys,) = books.asked.sheets, books.keys
    counts = {
        place: None if place in places else int(books.kin.truth[np.ix_(*key)].sum()) for place, key in keys.items()
    }
    return Shown(sheet.by, sheet.codes, counts)


def test_a_protector_that_fails_is_stopped_by_the_attacker(house, monkeypatch):
    identify_table(house, CHILDREN)
    monkeypatch.setattr(Books, "protected", lambda books, _policy: [hiding(books, {(N, "Y0T4")})])
    with pytest.raises(Conflict, match="a hidden count could be computed"):
        draft(house)
    monkeypatch.setattr(Books, "protected", lambda books, _policy: [hiding(books, set())])
    with pytest.raises(Conflict, match="a small count would be shown"):
        draft(house)
    assert not Release.objects.exists()


def test_an_ended_snapshot_can_no_longer_be_checked(house):
    release = drafted(house)
    with clock.stopped(clock.now() + counting.KEEP + timedelta(days=1)), pytest.raises(Conflict, match="has ended"):
        publish(house, release)


def test_children_of_a_region_that_is_no_more_are_not_lost():
    row = counting.Row("p", "2025-07", "Y5T9", "LM-GONE", "female")
    (sheet,) = asked_of("children_identified", 2025, 2025, [["region", "age_group"]], OfYear([row])).sheets
    assert "LM-GONE" in sheet.codes[0]


def test_a_chart_says_hidden_in_words_and_never_nought(house):
    release = publish(house, drafted(house))
    assert Drawing.objects.filter(release=release).count() == 12
    light = queries.public_drawing(release.reference, "en", "light")
    assert light.count(">hidden<") == 4
    dark = queries.public_drawing(release.reference, "ar", "dark")
    assert drawing.DARK[0] in dark
    assert not any(colour in dark for colour in drawing.LIGHT)
    assert "من 0 إلى 4 سنوات" in dark


def test_the_importer_may_draft_for_a_demonstration_and_never_check(house):
    identify_table(house, CHILDREN)
    snapshot = counting.take_snapshot(by=IMPORTER, year=2025)
    release = actions.draft(by=IMPORTER, snapshot=snapshot)
    with pytest.raises(Refused):
        actions.check(by=IMPORTER, release=release, agree=True)
