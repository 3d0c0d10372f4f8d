"""Two people act on one case, each from a page that the other has made old (C1)."""

from uuid import uuid4

import pytest

from amparo.access.models import Wall
from amparo.audit import actions as audit
from amparo.cases import actions
from amparo.cases.models import Case, Scope, WorkCounter
from amparo.common.errors import Conflict
from amparo.common.types import IMPORTER
from amparo.linkage.models import Child
from tests.cases.build import open_case
from tests.cases.test_registering import register
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def read_twice(case: Case) -> list[Case]:
    whole = Case.objects.select_related("child", "agency__place")
    return [whole.get(pk=case.pk), whole.get(pk=case.pk)]


def counters() -> dict[str, int]:
    return {row.status: row.number for row in WorkCounter.objects.filter(number__gt=0)}


def test_a_case_closed_twice_at_once_is_closed_and_counted_once(house):
    for number in range(1, 4):
        pages = read_twice(open_case(house, "NORTH"))
        raised = together(
            *[lambda page=page: actions.close(by=IMPORTER, case=page, reason="duplicate") for page in pages]
        )
        assert [type(error) for error in raised] == [Conflict]
        assert counters() == {"closed": number}
    assert audit.verify().sound


def test_an_old_page_adds_nothing_to_a_case_that_was_closed_meanwhile(house):
    old, new = read_twice(open_case(house, "NORTH"))
    actions.close(by=IMPORTER, case=new, reason="duplicate")
    with pytest.raises(Conflict, match="closed"):
        actions.judge_risk(by=IMPORTER, case=old, risk="high")
    assert Scope.objects.get(kind="own").status == "closed"


def test_an_old_page_does_not_take_the_case_from_its_new_worker(house):
    old, new = read_twice(open_case(house, "NORTH", worker=False))
    worker = house.people["case_worker", "NORTH"]
    actions.assign(by=IMPORTER, case=new, worker=worker)
    actions.judge_risk(by=IMPORTER, case=old, risk="high")
    assert Scope.objects.get(kind="own").worker_id == worker.id
    assert old.tasks.get(done_at=None).worker_id == worker.id


def test_one_wall_raised_twice_at_once_stands_once_and_the_second_hears_a_sentence(house):
    pages = read_twice(open_case(house, "NORTH"))
    by, against = house.actor("supervisor", "NORTH"), house.agencies["SOUTH"].id
    told = {"against_kind": "agency", "against": against, "reason": "threat"}
    raised = together(*[lambda page=page: actions.raise_wall(by=by, case=page, **told) for page in pages])
    assert [type(error) for error in raised] == [Conflict]
    assert Wall.objects.count() == 1


def test_one_form_sent_twice_at_once_is_one_child_and_no_error_of_the_machine(house):
    by, id = house.actor("case_worker", "NORTH"), uuid4()
    raised = together(lambda: register(house, by, id=id), lambda: register(house, by, id=id))
    assert all(isinstance(error, Conflict) for error in raised)
    assert Child.objects.count() == Case.objects.count() == 1


def test_a_number_that_another_case_has_is_a_conflict(house):
    case = open_case(house, "NORTH")
    other = open_case(house, "NORTH").child
    with pytest.raises(Conflict):
        actions.open_case(by=IMPORTER, child=other, team=house.teams["NORTH"], id=case.id)
