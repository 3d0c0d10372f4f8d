"""The facts about a person and an estimate that the policy names."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access.predicates import Predicate, register


def register_all() -> None:
    """Called once, when the program starts."""
    register("estimate", Predicate(
        "drafted_by_me", _("another person made this estimate."),
        lambda standing, estimate: estimate.drafted_by == standing.actor.id,
        lambda standing: Q(drafted_by=standing.actor.id),
    ))  # fmt: skip
    register("estimate", Predicate(
        "not_drafted_by_me", _("you made this estimate; a second person must check it."),
        lambda standing, estimate: estimate.drafted_by != standing.actor.id,
        lambda standing: ~Q(drafted_by=standing.actor.id),
    ))  # fmt: skip
