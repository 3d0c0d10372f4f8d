"""The fact about a person and an answer that the policy names."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access.predicates import Predicate, register


def register_all() -> None:
    """Called once, when the program starts."""
    register("assessment", Predicate(
        "not_written_by_me", _("you wrote this answer; a second person must review it."),
        lambda standing, assessment: assessment.written_by != standing.actor.id,
        lambda standing: ~Q(written_by=standing.actor.id),
    ))  # fmt: skip
