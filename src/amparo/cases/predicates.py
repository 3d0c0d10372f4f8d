"""The facts about a person and a case that the policy names: asked of one case, and of the table of scopes."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from amparo.access import walls
from amparo.access.predicates import NOTHING, Predicate, Standing, guard_table, register
from amparo.cases.models import Case, Erasure, Scope, Share, as_list, living
from amparo.vault.compartments import Compartment


def _mine(standing: Standing, case: Case) -> bool:
    return case.worker_id == standing.actor.id and case.agency_id == standing.agency


def _my_teams(standing: Standing, case: Case) -> bool:
    return standing.team is not None and case.team_id == standing.team


def _where_my_teams(standing: Standing) -> Q:
    return Q(kind="own", team_id=standing.team) if standing.team else NOTHING


def _holding(condition: Callable[[Standing], Q]) -> Callable[[Standing, Case], bool]:
    """Ask one case by its own scopes."""
    return lambda standing, case: Scope.objects.filter(condition(standing), case_id=case.pk).exists()


def _shared(standing: Standing) -> Q:
    until = Q(expires_at=None) | Q(expires_at__gt=standing.now)
    return Q(kind="share", agency_id=standing.agency, revoked_at=None) & until


def _glass(standing: Standing) -> Q:
    return Q(kind="glass", worker_id=standing.actor.id, agency_id=standing.agency, expires_at__gt=standing.now)


def _shares(compartment: Compartment) -> Callable[[Standing], Q]:
    """Some share of the case that lives now names the compartment; the scope alone would open it too long."""

    def condition(standing: Standing) -> Q:
        if standing.agency is None:
            return NOTHING
        shares = Share.objects.filter(living(standing.now), case=OuterRef("case_id"), agency_id=standing.agency)
        return Q(Exists(shares.filter(compartments__contains=as_list([compartment]))))

    return condition


def _not_walled(standing: Standing, case: Case) -> bool:
    return not walls.stands_between(standing, case.pk, case.child_id)


def _asked_elsewhere(standing: Standing, erasure: Erasure) -> bool:
    return standing.agency not in {None, erasure.agency_id} and erasure.asked_by != standing.actor.id


def _where_asked_elsewhere(standing: Standing) -> Q:
    return ~Q(agency_id=standing.agency) & ~Q(asked_by=standing.actor.id) if standing.agency else NOTHING


def _add(name: str, words: Any, holds: Callable[[Standing, Case], bool], where: Callable[[Standing], Q]) -> None:
    register("case", Predicate(name, words, holds, where))


def register_all() -> None:
    """Called once, when the program starts."""
    guard_table("case", Scope, "case_id")
    _add("my_case", _("you are not the worker of this case."), _mine,
         lambda s: Q(kind="own", worker_id=s.actor.id, agency_id=s.agency))  # fmt: skip
    _add("my_teams_case", _("this case is of another team."), _my_teams, _where_my_teams)
    _add("shared_with_my_agency", _("this case is not shared with your agency."), _holding(_shared), _shared)
    _add("behind_broken_glass", _("this case is not yours."), _holding(_glass), _glass)
    register("erasure", Predicate(
        "asked_by_another_agency", _("another agency than the one that asked must confirm an erasure."),
        _asked_elsewhere, _where_asked_elsewhere,
    ))  # fmt: skip
    guard_table("erasure", Erasure, "id")
    register("erasure", Predicate(
        "not_walled", _("there is no such erasure for you."), lambda s, erasure: _not_walled(s, erasure.case),
        lambda s: walls.none_between(s, "case_id", "case__child_id"),
    ))  # fmt: skip
    for part in (Compartment.IDENTITY, Compartment.PLACEMENT, Compartment.NARRATIVE, Compartment.HEALTH):
        condition = _shares(part)
        _add(
            f"shares_{part}",
            _("this part of the case is not shared with your agency."),
            _holding(condition),
            condition,
        )
    _add("not_walled", _("there is no such case for you."), _not_walled,
         lambda s: walls.none_between(s, "case_id", "child"))  # fmt: skip
