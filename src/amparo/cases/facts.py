"""The coded facts of cases and incidents: all that counting may ever read of them."""

from collections.abc import Iterator

from amparo.cases.models import Case, Incident
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
    """A row for each incident of each case: child, form, age, sex, region and month of identification."""
    rows = Incident.objects.select_related("case__child", "case__agency__place").order_by("case_id", "id")
    for row in rows.iterator(chunk_size=2000):
        yield {
            "child": str(row.case.child_id),
            "form": row.form,
            "setting": row.setting,
            "relationship": row.relationship,
            "age": row.age,
            "sex": row.case.child.sex,
            "region": row.case.agency.place.path,
            "identified": row.case.opened_at.strftime("%Y-%m"),
        }
