"""The questions of the lists and the page of a case, made once for anybody who may ask them (`audit.asking`).

What the policy leaves to be asked of the cases is the same for everybody with such posts, but for who, where and when;
those are given each time.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, UUIDField, Value

from amparo.access.decisions import Somebody, Ways, picked, ways
from amparo.access.permissions import Permission
from amparo.audit.asking import Given, Question
from amparo.cases import lines
from amparo.cases.models import Case, Moment, Scope, Task
from amparo.common.types import Actor

PAGE = 20
# A list says exactly how many it holds up to here, and "more" beyond.
COUNTED = 1000
Row = TypeVar("Row")
Scopes = QuerySet[Scope]
Then = Callable[[Scopes], "QuerySet[Scope, Row]"]


def first(found: Scopes) -> Scopes:
    return found.order_by("-opened_at", "-case_id")[: PAGE + 1]


def following(found: Scopes) -> Scopes:
    at, case = Given("after", DateTimeField()), Given("after_case", UUIDField())
    return first(found.filter(Q(opened_at__lt=at) | Q(opened_at=at, case_id__lt=case)))


def _counted(found: Scopes) -> "QuerySet[Scope, int]":
    """A one for each case, and no more of them than are counted."""
    return found.order_by().values_list(Value(1), flat=True)[: COUNTED + 1]


def readable(by: Actor, asked: dict[str, Any], then: "Then[Row]", **more: Any) -> list[Row]:
    """What `then` takes of the cases that `by` may read and that are as `asked`."""
    return _about(by, asked, then)(**Somebody.given(by), **asked, **more)


def number_of(by: Actor, asked: dict[str, Any]) -> int:
    """How many cases `by` may read that are as `asked`; one more than `COUNTED` says "more"."""
    return _about(by, asked, _counted).number(**Somebody.given(by), **asked)


def _about(by: Actor, asked: dict[str, Any], then: "Then[Row]") -> "Question[Row]":
    """A question that is made once. The beginning of a text is asked for in words that depend on it: made anew."""
    in_ways = ways(by=by, permission=Permission.CASE_READ)
    fixed = {name: value for name, value in asked.items() if name.endswith("__startswith")}
    make = _question.__wrapped__ if fixed else _question
    return make(Somebody.like(by), in_ways, tuple(sorted(asked.keys() - fixed.keys())), then, **fixed)


@lru_cache(maxsize=1024)
def _question(who: Somebody, in_ways: Ways, names: tuple[str, ...], then: "Then[Any]", **fixed: str) -> Question[Any]:
    def asked() -> "QuerySet[Scope, Any]":
        given = {name: name.endswith("__isnull") or _given(name) for name in names}
        return then(Scope.objects.filter(picked(by=who, kind="case", in_ways=in_ways), **given, **fixed))

    return Question(asked)


def _given(name: str) -> Given:
    field: Any = Scope._meta.get_field(name.partition("__")[0])
    return Given(name, field.target_field if field.is_relation else field)


def in_order(ids: list[UUID]) -> list[Scope]:
    """The scopes of a page with their cases, children and agencies, in the order of `ids`."""
    rows = {row.id: row for row in _PAGE_OF(**{f"id_{n}": id for n, id in enumerate(_filled(ids))})} if ids else {}
    return [rows[each] for each in ids]


def _filled(ids: list[UUID]) -> list[UUID]:
    """As many as a page has; a short one repeats its first."""
    return ids + ids[:1] * (PAGE - len(ids))


_PAGE_OF = Question(
    lambda: Scope.objects.select_related("case__child", "case__agency__place").filter(
        id__in=[Given(f"id_{number}", UUIDField()) for number in range(PAGE)]
    )
)


@lru_cache(maxsize=1024)
def whole_case(who: Somebody, columns: tuple[tuple[Ways, str], ...]) -> Question[Case]:
    def of_one() -> "QuerySet[Case]":
        ways = {column: picked(by=who, kind="case", in_ways=in_ways) for in_ways, column in columns}
        allowed = {name: Exists(Scope.objects.filter(way, case_id=OuterRef("pk"))) for name, way in ways.items()}
        whole = Case.objects.select_related("child", "agency__place", "team", "worker")
        return whole.filter(id=Given("id", UUIDField())).annotate(**allowed)

    return Question(of_one)


@lru_cache(maxsize=1024)
def lines_of(may: frozenset[str], limit: int) -> Question[Moment]:
    of_case = Moment.objects.filter(lines.readable(may), case_id=Given("case", UUIDField()))
    return Question(lambda: of_case.select_related("agency").order_by("-at", "-id")[:limit])


OPEN_TASKS = Question(lambda: Task.objects.filter(case_id=Given("case", UUIDField()), done_at=None).order_by("due_at"))
