"""The facts about a person and an export that the policy names. A second person is one of the same agency."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access.predicates import Predicate, Standing, register
from amparo.interfaces.exchange.models import ExportRequest


def _asked(standing: Standing, request: ExportRequest) -> bool:
    return request.agency_id == standing.agency and request.requested_by_id == standing.actor.id


def _asked_by_a_colleague(standing: Standing, request: ExportRequest) -> bool:
    return request.agency_id == standing.agency and request.requested_by_id != standing.actor.id


def register_all() -> None:
    """Called once, when the program starts."""
    register("export", Predicate(
        "asked_by_me", _("another person asked for this export."), _asked,
        lambda standing: Q(agency_id=standing.agency, requested_by_id=standing.actor.id),
    ))  # fmt: skip
    register("export", Predicate(
        "not_asked_by_me", _("a second person of the agency must allow an export."), _asked_by_a_colleague,
        lambda standing: Q(agency_id=standing.agency) & ~Q(requested_by_id=standing.actor.id),
    ))  # fmt: skip
