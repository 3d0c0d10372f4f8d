"""The facts about a person and a referral that the policy names; most are facts about its case."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amparo.access import walls
from amparo.access.predicates import NOTHING, Predicate, Standing, find, guard_table, register
from amparo.care.models import Referral
from amparo.cases.models import Scope


def _asked(standing: Standing, referral: Referral) -> bool:
    return referral.agency_id == standing.agency


def _where_asked(standing: Standing) -> Q:
    return Q(agency_id=standing.agency) if standing.agency else NOTHING


def _not_walled(standing: Standing, referral: Referral) -> bool:
    return not walls.stands_between(standing, referral.case_id, referral.case.child_id)


def _of_its_case(name: str) -> Predicate:
    fact = find("case", name)

    def where(standing: Standing) -> Q:
        condition = fact.where(standing)
        return NOTHING if condition == NOTHING else Q(case__in=Scope.objects.filter(condition).values("case_id"))

    return Predicate(name, fact.words, lambda standing, referral: fact.holds(standing, referral.case), where)


def register_all() -> None:
    """Called once, when the program starts, after the facts about cases are there."""
    guard_table("referral", Referral, "id")
    words = _("this is asked of another agency.")
    register("referral", Predicate("asked_of_my_agency", words, _asked, _where_asked))
    for name in ("my_case", "my_teams_case", "behind_broken_glass"):
        register("referral", _of_its_case(name))
    register(
        "referral",
        Predicate(
            "not_walled", _("there is no such referral for you."), _not_walled,
            lambda s: walls.none_between(s, "case_id", "case__child_id"),
        ),
    )  # fmt: skip
