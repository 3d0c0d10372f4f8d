"""The fact about a person and an answer, or a line, that the policy names."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access.predicates import Predicate, register


def register_all() -> None:
    """Called once, when the program starts."""
    for kind in ("assessment", "entry"):
        register(kind, Predicate(
            "not_written_by_me", _("you wrote this answer; a second person must review it."),
            lambda standing, written: written.written_by != standing.actor.id,
            lambda standing: ~Q(written_by=standing.actor.id),
        ))  # fmt: skip
