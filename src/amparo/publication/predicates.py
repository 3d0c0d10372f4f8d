"""The fact about a person and a release that the policy names."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access.predicates import Predicate, register


def register_all() -> None:
    """Called once, when the program starts."""
    register("release", Predicate(
        "not_drafted_by_me", _("you drafted this table; a second person must check it."),
        lambda standing, release: release.drafted_by != standing.actor.id,
        lambda standing: ~Q(drafted_by=standing.actor.id),
    ))  # fmt: skip
