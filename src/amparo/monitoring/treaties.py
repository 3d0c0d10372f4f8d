"""Treaties, and how a State stood to one on a day: exactly as far as the source says it."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from amparo.common.errors import Invalid
from amparo.monitoring import files
from amparo.monitoring.models import TreatyStatus

PARTY, SIGNATORY, NONE, NOT_KNOWN = "party", "signatory", "none", "not_known"
STATUSES = (PARTY, SIGNATORY, NONE)
ACTS = ("ratification", "accession", "succession", "acceptance", "approval")


@dataclass(frozen=True)
class Treaty:
    """`first_parties` and `months`: it entered into force so many months after so many parties."""

    code: str
    adopted: date
    in_force: date
    first_parties: int | None
    months: int | None
    depositary: str
    titles: dict[str, str]

    @property
    def title(self) -> str:
        return files.said(self.titles)


@cache
def treaties() -> dict[str, Treaty]:
    """The treaties that are followed, in their order."""
    return {row["code"]: _treaty(row) for row in files.rows("treaties.csv")}


def treaty(code: str) -> Treaty:
    """Raises `Invalid`, naming those that there are."""
    found = treaties().get(code.upper())
    if found is None:
        raise Invalid({"treaty": f"There is no treaty {code}. There are: {', '.join(treaties())}."})
    return found


def status_on(row: TreatyStatus | None, day: date) -> str:
    """`party`, `signatory`, `none` or `not_known` on `day`, given the row that is believed now.

    Between the first day on which a State may have become a party and the last one on which it did, and before the
    first signature of a State of which only that it is a party is known, the answer is `not_known`.
    """
    if row is None:
        return NOT_KNOWN
    if row.status == PARTY:
        if day >= _latest(row):
            return PARTY
        if day >= _earliest(row):
            return NOT_KNOWN
    if row.status == SIGNATORY and row.signed_on is None:
        return SIGNATORY if day >= _latest(row) else NOT_KNOWN
    return SIGNATORY if row.signed_on and row.signed_on <= day else NONE


def counted(rows: Iterable[TreatyStatus], day: date) -> dict[str, int]:
    """How many States had which status on a day."""
    found = dict.fromkeys((PARTY, SIGNATORY, NONE, NOT_KNOWN), 0)
    for row in rows:
        found[status_on(row, day)] += 1
    return found


def shown_date(row: TreatyStatus) -> str:
    """The day, or the year, or nothing: never more than is known."""
    if row.bound_on is None:
        return ""
    return str(row.bound_on.year) if row.precision == "year" else row.bound_on.isoformat()


def last_day(told: str) -> date:
    """The last day of a day, a month or a year written as ISO 8601. Raises `ValueError`."""
    parts = [int(part) for part in told.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])  # noqa: PLR2004


def _earliest(row: TreatyStatus) -> date:
    return row.bound_on or treaties()[row.treaty].adopted


def _latest(row: TreatyStatus) -> date:
    if row.bound_on and row.precision == "day":
        return row.bound_on
    known = min(last_day(row.as_of), row.recorded_at.date())  # a source says nothing of days that were to come
    return min(date(row.bound_on.year, 12, 31), known) if row.bound_on else known


def _treaty(row: dict[str, str]) -> Treaty:
    first, months = (int(row[name]) if row[name] else None for name in ("first_parties", "months"))
    return Treaty(
        row["code"], date.fromisoformat(row["adopted"]), date.fromisoformat(row["in_force"]), first, months,
        row["depositary"], files.titles(row),
    )  # fmt: skip
