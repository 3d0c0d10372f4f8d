"""The fact about a person and a provision that the policy names."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access.predicates import Predicate, register


def register_all() -> None:
    """Called once, when the program starts."""
    register("provision", Predicate(
        "not_written_by_me", _("you wrote this; a second person must review it."),
        lambda standing, written: written.written_by != standing.actor.id,
        lambda standing: ~Q(written_by=standing.actor.id),
    ))  # fmt: skip
