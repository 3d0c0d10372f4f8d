"""The facts about a person, a child, a question between agencies and a pair that the policy names."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from amparo.access import walls
from amparo.access.predicates import NOTHING, Predicate, Standing, guard_table, register
from amparo.linkage.models import Child, Contact, Pair
from amparo.linkage.states import UNDECIDED


def _ours(column: str) -> Callable[[Standing], Q]:
    return lambda standing: Q(**{column: standing.agency}) if standing.agency else NOTHING


def _asked_here(standing: Standing) -> Q:
    return Q(agency_id=standing.agency) & ~Q(status="offered") if standing.agency else NOTHING


def _pair_here(standing: Standing) -> Q:
    if standing.agency is None:
        return NOTHING
    return Q(one__agency_id=standing.agency) | Q(two__agency_id=standing.agency)


def _in_an_open_pair(_standing: Standing) -> Q:
    pairs = Pair.objects.filter(status__in=UNDECIDED)
    return Q(Exists(pairs.filter(one=OuterRef("pk")))) | Q(Exists(pairs.filter(two=OuterRef("pk"))))


def _add(kind: str, table: Any, name: str, words: Any, where: Callable[[Standing], Q]) -> None:
    """A fact that is asked of the table, of one record too."""
    register(kind, Predicate(name, words, lambda s, r: table.objects.filter(where(s), pk=r.pk).exists(), where))


def register_all() -> None:
    """Called once, when the program starts."""
    guard_table("contact", Contact, "id")
    _add("contact", Contact, "offered_to_me", _("another person searched."), lambda s: Q(asker=s.actor.id))
    _add("contact", Contact, "asked_of_my_agency", _("this is asked of another agency."), _asked_here)
    _add("contact", Contact, "not_walled", _("there is no such question for you."),
         lambda s: walls.none_between(s, "child_id"))  # fmt: skip
    guard_table("pair", Pair, "id")
    _add("pair", Pair, "of_my_agency", _("neither record is your agency's."), _pair_here)
    _add("pair", Pair, "not_walled", _("there is no such pair for you."),
         lambda s: walls.none_between(s, "one_id", "two_id"))  # fmt: skip
    guard_table("child", Child, "id")
    _add("child", Child, "of_my_agency", _("this record is another agency's."), _ours("agency_id"))
    _add("child", Child, "in_an_open_pair", _("nobody has to look at this record now."), _in_an_open_pair)
    _add("child", Child, "not_walled", _("there is no such child for you."), lambda s: walls.none_between(s, "id"))
