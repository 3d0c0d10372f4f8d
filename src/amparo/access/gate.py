"""What every action and every named query passes through.

`gated` gives an act one transaction of `main`, in which the act and its audit row stand or fall together; a refusal
rolls the act back and leaves an audit row of its own. What a unique constraint forbids is a `Conflict`. `allow` asks
the policy and turns a no into `Refused`.

`looking` is for what only reads: nobody waits for a reader while it reads. Its audit row is committed by `look`, after
the reading and before anything is shown; a row that cannot be written is an error, and nothing is shown.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from amparo.access.decisions import Decision, decide, permitted
from amparo.access.permissions import Permission
from amparo.access.policy import POLICY
from amparo.access.predicates import table_of
from amparo.audit.actions import MAIN, record
from amparo.common.errors import Conflict, Refused
from amparo.common.types import Actor

Params = ParamSpec("Params")
Result = TypeVar("Result")

_TWICE = {"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}  # PostgreSQL's and SQLite's names for it

_inside: ContextVar[bool] = ContextVar("inside_a_gate", default=False)


def gated(call: Callable[Params, Result]) -> Callable[Params, Result]:
    """For actions: atomic in `main`; the outermost gate records a refusal, after the roll-back."""
    return _gate(call, lambda: transaction.atomic(using=MAIN))


def looking(call: Callable[Params, Result]) -> Callable[Params, Result]:
    """For audited reads: no transaction but that of `look`, or that of the act in which they are made."""
    return _gate(call, nullcontext)


def _gate(
    call: Callable[Params, Result], within: Callable[[], AbstractContextManager[None]]
) -> Callable[Params, Result]:
    @wraps(call)
    def inner(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        outermost = not _inside.get()
        token = _inside.set(True)
        try:
            with within():
                return call(*args, **kwargs)
        except Refused as refused:
            if outermost:
                record_refusal(kwargs.get("by"), call.__name__, refused)
            raise
        except IntegrityError as error:
            if _is_twice(error):
                raise Conflict(
                    _("Somebody did this a moment ago. Load the page again and look what is new.")
                ) from error
            raise
        finally:
            _inside.reset(token)

    return inner


def _is_twice(error: IntegrityError) -> bool:
    """A unique constraint held where a question asked first could not: two did the same at the same moment."""
    cause = error.__cause__
    return getattr(cause, "sqlstate", getattr(cause, "sqlite_errorname", "")) in _TWICE


def allow(by: Actor, permission: Permission, subject: Any = None) -> str:
    """Let `by` pass and return the rule that allowed it, for the audit row.

    Raises `Refused` with the reason in words. When not even reading is allowed, the refusal is not `visible`: the
    door answers as if there were no such record.
    """
    decision = decide(by=by, permission=permission, record=subject)
    if decision.allowed:
        return decision.rule
    visible = _may_know(by, decision, permission, subject)
    raise Refused(decision.reason, rule=_about(decision.rule, subject), visible=visible)


def allow_all(by: Actor, permission: Permission, subjects: Collection[Any]) -> str:
    """Let `by` pass with every one of `subjects`, or with none; returns the rule that allowed the first.

    One statement where the records' step named its guarded table. Raises `Refused` as `allow` does.
    """
    first, *rest = subjects
    rule = allow(by, permission, first)
    guarded = table_of(POLICY[permission].kind)
    if rest and guarded and _all_permitted(by, permission, {each.pk for each in rest}, *guarded):
        return rule
    for subject in rest:
        allow(by, permission, subject)
    return rule


def _all_permitted(by: Actor, permission: Permission, ids: set[UUID], table: type[Model], column: str) -> bool:
    found = table._default_manager.filter(permitted(by=by, permission=permission), **{f"{column}__in": ids})
    return set(found.values_list(column, flat=True)) >= ids


def look(by: Actor, verb: str, kind: str, record_id: UUID | None = None, **more: Any) -> None:
    """Enter a look in the record, as `audit.actions.record` does, for good: what was looked at may now be shown."""
    with transaction.atomic(using=MAIN, savepoint=False):
        record(by, verb, kind, record_id, **more)


def listed(by: Actor, verb: str, kind: str, ids: Iterable[UUID], *, rule: str = "", purpose: str = "") -> None:
    """Record that a list was shown: of which records (for a child: its cases), how many, and a hash of them."""
    look(by, verb, kind, ids=ids, rule=rule, purpose=purpose)


_READING = {
    "case": Permission.CASE_READ,
    "report": Permission.REPORT_READ,
    "referral": Permission.REFERRAL_READ,
    "alarm": Permission.ALARM_FOLLOW,
    "contact": Permission.CONTACT_READ,
    "pair": Permission.PAIR_REVIEW,
}


def _may_know(by: Actor, refused: Decision, permission: Permission, subject: Any) -> bool:
    if refused.rule.startswith("never:"):
        return False
    reading = _READING.get(POLICY[permission].kind)
    if reading is None or subject is None:
        return True
    return permission != reading and decide(by=by, permission=reading, record=subject).allowed


def _about(rule: str, subject: Any) -> str:
    return f"{rule} {subject.pk}" if subject is not None else rule


def record_refusal(by: object, verb: str, refused: Refused) -> None:
    """Leave the audit row of a look or an act that was refused; `verb` is what was asked for."""
    if isinstance(by, Actor):
        rule, _, subject = refused.rule.partition(" ")
        with transaction.atomic(using=MAIN):
            identifier = UUID(subject) if subject else None
            record(by, f"refused:{verb}"[:48], "access", identifier, rule=rule, outcome="refused")
