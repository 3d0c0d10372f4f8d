"""The facts about a person and a record to publish that the policy names."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access.predicates import Predicate, register


def register_all() -> None:
    """Called once, when the program starts."""
    two_others(
        "release",
        drafted=_("you drafted this table; two other people must check it."),
        judged=_("you have given your verdict; another person gives theirs without knowing yours."),
    )


def two_others(kind: str, *, drafted: Any, judged: Any) -> None:
    """Whoever drafted it does not check it, and nobody checks it twice; in the words of that kind of record."""
    register(kind, Predicate(
        "not_drafted_by_me", drafted,
        lambda standing, item: item.drafted_by != standing.actor.id,
        lambda standing: ~Q(drafted_by=standing.actor.id),
    ))  # fmt: skip
    register(kind, Predicate(
        "not_judged_by_me", judged,
        lambda standing, item: item.first_by != standing.actor.id,
        lambda standing: Q(first_by=None) | ~Q(first_by=standing.actor.id),
    ))  # fmt: skip
