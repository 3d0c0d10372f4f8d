"""Who is responsible, in numbers: adults by category and status; children apart, with no status at all (J3, W3)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common.types import Actor
from amparo.justice.models import PersonOfConcern
from amparo.vocabulary.apart import by_a_child


@dataclass(frozen=True)
class PersonCount:
    """How many persons were noted. Of an adult `code` is the category, and the status is alleged until a judgment;
    of a child it is the relationship, and `status` is "".
    """

    code: str
    status: str
    number: int


@dataclass(frozen=True)
class Responsible:
    """No sum is made over both: a child who harmed another child is no offender."""

    adults: list[PersonCount]
    children: list[PersonCount]


@gated
def persons(*, by: Actor) -> Responsible:
    """Persons noted on all cases: true numbers, for those who count and who audit."""
    rule = allow(by, Permission.PERSON_COUNT)
    adults: Counter[tuple[str, str]] = Counter()
    children: Counter[tuple[str, str]] = Counter()
    groups = PersonOfConcern.objects.values_list("category", "relationship", "status").annotate(Sum("number"))
    for category, relationship, status, number in groups.order_by():
        if by_a_child(relationship=relationship, category=category):
            children[relationship, ""] += number
        else:
            adults[category, status] += number
    record(by, "person:counted", "counts", rule=rule)
    return Responsible(_rows(adults), _rows(children))


def _rows(counted: Counter[tuple[str, str]]) -> list[PersonCount]:
    return [PersonCount(*key, number) for key, number in sorted(counted.items())]
