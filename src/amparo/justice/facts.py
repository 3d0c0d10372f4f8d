"""The coded facts of justice: all that counting may ever read of it. Days are given by their month."""

from collections.abc import Iterator
from datetime import date

from amparo.common.facts import Facts
from amparo.justice.models import ChildSanction, PersonOfConcern, Proceeding, Stage


def facts_of(proceeding: Proceeding) -> Facts:
    """One proceeding in codes; the child is named by its random identifier."""
    return {
        "child": str(proceeding.case.child_id),
        "agency": str(proceeding.lead_id),
        "status": proceeding.status,
        "stage": proceeding.stage,
        "opened": _month(proceeding.opened_on),
        "ended": _month(proceeding.ended_on),
        "outcome": proceeding.outcome,
        "reason": proceeding.reason,
    }


def person_facts(person: PersonOfConcern) -> Facts:
    """Persons responsible in codes: alleged until a judgment (J3). A child is told apart, and has no such status."""
    return {
        "child": str(person.case.child_id),
        "category": person.category,
        "relationship": person.relationship,
        "number": person.number,
        "a_child": person.a_child,
        "status": "" if person.a_child else person.status,
    }


def sanction_facts(sanction: ChildSanction) -> Facts:
    """What was done to the child as if to an offender (W3)."""
    return {
        "child": str(sanction.case.child_id),
        "agency": str(sanction.agency_id) if sanction.agency_id else None,
        "sanction": sanction.sanction,
        "began": _month(sanction.began_on),
        "lifted": _month(sanction.lifted_on),
    }


def stages() -> Iterator[Facts]:
    """A row for each stage of each proceeding: child, agencies, region, months, outcome, reason and days it took."""
    rows = Stage.objects.select_related("proceeding__case__agency__place").order_by("proceeding_id", "number")
    for row in rows.iterator(chunk_size=2000):
        case = row.proceeding.case
        yield {
            "proceeding": str(row.proceeding_id),
            "child": str(case.child_id),
            "agency": str(row.handled_by_id),
            "region": case.agency.place.path,
            "stage": row.stage,
            "began": _month(row.began_on),
            "ended": _month(row.ended_on),
            "outcome": row.outcome,
            "reason": row.reason,
            "days": (row.ended_on - row.began_on).days if row.ended_on else None,
        }


def proceedings() -> Iterator[Facts]:
    """A row for each proceeding, with the days it took where it is over."""
    rows = Proceeding.objects.select_related("case").order_by("id")
    for row in rows.iterator(chunk_size=2000):
        days = (row.ended_on - row.opened_on).days if row.ended_on else None
        yield {"proceeding": str(row.id), **facts_of(row), "days": days}


def persons() -> Iterator[Facts]:
    """A row for each record of persons responsible."""
    rows = PersonOfConcern.objects.select_related("case").order_by("case_id", "id")
    return (person_facts(row) for row in rows.iterator(chunk_size=2000))


def sanctions() -> Iterator[Facts]:
    """A row for each time that a child victim was treated as an offender."""
    rows = ChildSanction.objects.select_related("case").order_by("case_id", "id")
    return ({"record": str(row.id), **sanction_facts(row)} for row in rows.iterator(chunk_size=2000))


def _month(day: date | None) -> str | None:
    return day.strftime("%Y-%m") if day else None
