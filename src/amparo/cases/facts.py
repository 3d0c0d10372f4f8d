"""The coded facts of cases and incidents: all that counting may ever read of them."""

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db.models import Count

from amparo.cases.models import Case, Incident, child_said
from amparo.common.facts import Facts


def facts_of(case: Case) -> Facts:
    """One case in codes; the child is named by its random identifier."""
    return {
        "child": str(case.child_id),
        "agency": str(case.agency_id),
        "status": case.status,
        "risk": case.risk,
        "opened": case.opened_at.strftime("%Y-%m"),
        "close_reason": case.close_reason,
        "missing": case.missing_since is not None,
    }


def identified_children() -> Iterator[Facts]:
    """A row for each incident of each case: child, form, age, sex, region and month of identification.

    `how` and `consideration` are lists: over them, totals are distinct children and never a sum. `by_a_child`: harmful
    sexual behaviour between children is told apart from adults responsible, whatever is counted.
    """
    rows = Incident.objects.select_related("case__child", "case__agency__place").annotate(child_said=child_said())
    for row in rows.order_by("case_id", "id").iterator(chunk_size=2000):
        yield {
            "child": str(row.case.child_id),
            "form": row.form,
            "setting": row.setting,
            "relationship": row.relationship,
            "by_a_child": row.by_a_child,
            "how": row.how_codes,
            "consideration": row.consideration_codes,
            "age": row.age,
            "sex": row.case.child.sex,
            "region": row.case.agency.place.path,
            "identified": row.case.opened_at.strftime("%Y-%m"),
        }


def first_cases(children: Collection[UUID] | None = None) -> Iterator[Facts]:
    """A row a child (of all, or of `children`): the case by which the child was first identified, and its month."""
    columns = ("child_id", "opened_at", "agency__place__path", "child__sex", "child__birth_year")
    rows = Case.objects.order_by("child_id", "opened_at", "id").values_list(*columns)
    found = (rows if children is None else rows.filter(child__in=children)).iterator(chunk_size=2000)
    for _child, cases in groupby(found, key=itemgetter(0)):
        who, opened, region, sex, birth_year = next(cases)
        yield {
            "child": str(who),
            "identified": opened.strftime("%Y-%m"),
            "region": region,
            "sex": sex,
            "birth_year": birth_year,
        }


def meetings() -> Iterator[Facts]:
    """A row a case, the earliest first: which child an agency met, and when. `kind` and `agency` name the agency."""
    columns = (
        "child_id", "opened_at", "agency__code", "agency__kind", "agency__place__path", "child__sex",
        "child__birth_year",
    )  # fmt: skip
    rows = Case.objects.order_by("opened_at", "id").values_list(*columns)
    for child, opened, agency, kind, region, sex, birth_year in rows.iterator(chunk_size=2000):
        yield {
            "child": str(child),
            "opened": opened.strftime("%Y-%m"),
            "agency": agency,
            "kind": kind,
            "region": region,
            "sex": sex,
            "birth_year": birth_year,
        }


def cases() -> Iterator[Facts]:
    """A row a case, with the days it took where it is closed."""
    for case in Case.objects.order_by("id").iterator(chunk_size=2000):
        closed = case.closed_at
        yield {
            "case": str(case.id),
            **facts_of(case),
            "closed": closed.strftime("%Y-%m") if closed else None,
            "days": (closed - case.opened_at).days if closed else None,
        }


def incidents() -> Iterator[Facts]:
    """A row an incident, by the months in which it happened and was put on record. `region`: a place's path, or ""."""
    rows = Incident.objects.select_related("case", "place").order_by("id")
    for row in rows.iterator(chunk_size=2000):
        yield {
            "incident": str(row.id),
            "child": str(row.case.child_id),
            "agency": str(row.case.agency_id),
            "form": row.form,
            "setting": row.setting,
            "relationship": row.relationship,
            "by_a_child": row.by_a_child,
            "how": row.how_codes,
            "consideration": row.consideration_codes,
            "age": row.age,
            "region": row.place.path if row.place else "",
            "happened": row.happened_on.strftime("%Y-%m") if row.happened_on else None,
            "recorded": row.recorded_at.strftime("%Y-%m"),
        }


def loads() -> Iterator[Facts]:
    """A row for each worker of an agency who has an open case: how many. The worker is not named."""
    held = Case.objects.filter(status="open", worker__isnull=False).values_list("agency_id", "worker_id")
    for agency, open_cases in (
        held.annotate(Count("id")).order_by("agency_id", "worker_id").values_list("agency_id", "id__count")
    ):
        yield {"agency": str(agency), "open_cases": open_cases}
