"""The facts about a person and an alarm that the policy names."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access import walls
from amparo.access.predicates import NOTHING, Predicate, guard_table, register
from amparo.justice.models import ChildSanction


def register_all() -> None:
    """Called once, when the program starts."""
    guard_table("alarm", ChildSanction, "id")
    register("alarm", Predicate(
        "alarm_of_my_agency", _("this alarm is of another agency."),
        lambda standing, alarm: standing.agency is not None and alarm.case.agency_id == standing.agency,
        lambda standing: Q(case__agency_id=standing.agency) if standing.agency else NOTHING,
    ))  # fmt: skip
    register("alarm", Predicate(
        "alarm_of_my_team", _("this alarm is of another team."),
        lambda standing, alarm: standing.team is not None and alarm.case.team_id == standing.team,
        lambda standing: Q(case__team_id=standing.team) if standing.team else NOTHING,
    ))  # fmt: skip
    register("alarm", Predicate(
        "not_walled", _("there is no such alarm for you."),
        lambda standing, alarm: not walls.stands_between(standing, alarm.case_id, alarm.case.child_id),
        lambda standing: walls.none_between(standing, "case_id", "case__child_id"),
    ))  # fmt: skip
