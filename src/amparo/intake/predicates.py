"""The facts about a person and a report that the policy names: asked of one report, and of the table of reports."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access import walls
from amparo.access.predicates import NOTHING, Predicate, Standing, guard_table, register
from amparo.intake.models import Report


def _held(standing: Standing, report: Report) -> bool:
    return standing.agency is not None and standing.agency in {report.agency_id, report.risen_to_id}


def _where_held(standing: Standing) -> Q:
    return Q(agency_id=standing.agency) | Q(risen_to_id=standing.agency) if standing.agency else NOTHING


def _claimed(standing: Standing, report: Report) -> bool:
    return report.claimed_by_id == standing.actor.id


def _not_about(standing: Standing, report: Report) -> bool:
    return standing.agency is None or report.about_agency_id != standing.agency


def _add(name: str, words: Any, holds: Callable[[Standing, Report], bool], where: Callable[[Standing], Q]) -> None:
    register("report", Predicate(name, words, holds, where))


def register_all() -> None:
    """Called once, when the program starts."""
    guard_table("report", Report, "id")
    _add("held_by_my_agency", _("this report is with another agency."), _held, _where_held)
    _add("claimed_by_me", _("you have not claimed this report."), _claimed, lambda s: Q(claimed_by_id=s.actor.id))
    _add("not_walled", _("there is no such report for you."), lambda s, report: not walls.stands_between(s, report.pk),
         lambda s: walls.none_between(s, "id"))  # fmt: skip
    _add("not_about_my_agency", _("there is no such report for you."), _not_about,
         lambda s: ~Q(about_agency_id=s.agency))  # fmt: skip
