"""The facts about a person and an estimate that the policy names."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access.predicates import Predicate, register
from amparo.publication.predicates import two_others


def register_all() -> None:
    """Called once, when the program starts."""
    register("estimate", Predicate(
        "drafted_by_me", _("another person made this estimate."),
        lambda standing, estimate: estimate.drafted_by == standing.actor.id,
        lambda standing: Q(drafted_by=standing.actor.id),
    ))  # fmt: skip
    two_others(
        "estimate",
        drafted=_("you made this estimate; two other people must check it."),
        judged=_("you have given your verdict; another person gives theirs without knowing yours."),
    )
