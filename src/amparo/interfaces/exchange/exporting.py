"""Lets imported cases leave again as a file of the standard.

For a purpose, with a second factor and a second person.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from amparo.access.decisions import permitted
from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit.actions import record
from amparo.cases.models import Scope
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.ids import new_reference
from amparo.common.types import Actor
from amparo.interfaces.exchange.htcds.standard import CASE_ID
from amparo.interfaces.exchange.htcds.writer import write_texts
from amparo.interfaces.exchange.models import ExportRequest, ImportedRow
from amparo.organisation.models import Agency
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal_many
from amparo.vocabulary.queries import need, official

APPROVAL_HOLDS = timedelta(days=7)
Text = tuple[str, dict[str, str]]  # the organisation's case id, and the fields in canonical text
# The coded fields that are of a list of ours, whose codes must be confirmed before they leave.
_LISTED = ("vic_TypeOfExploitation", "vic_TypeOfSexExploitation")
_AT_ONCE = 1000  # cases opened with one look of each compartment


@gated
def request_export(*, by: Actor, agency: Agency, purpose: str) -> ExportRequest:
    """Ask that imported cases of one's teams may leave. Raises `Refused`, `Invalid` (no such purpose)."""
    rule = allow(by, Permission.EXPORT_REQUEST)
    need("purpose", purpose)
    if agency.id not in by.agencies_as(Role.SUPERVISOR):
        raise Conflict("You ask for an export of your own agency's cases.")
    request = ExportRequest.objects.create(
        reference=new_reference("X"),
        agency=agency,
        purpose=purpose,
        requested_by_id=by.id,
        requested_at=clock.now(),
    )
    record(by, "export:requested", "export", request.id, rule=rule, purpose=purpose)
    return request


@gated
def approve_export(*, by: Actor, request: ExportRequest) -> ExportRequest:
    """Allow a colleague's export: it holds for seven days and one file. Raises `Refused`, `Conflict`."""
    rule = allow(by, Permission.EXPORT_APPROVE, request)
    moved = ExportRequest.objects.filter(id=request.id, approved_at=None).update(
        approved_by_id=by.id, approved_at=clock.now()
    )
    if not moved:
        raise Conflict("This export is allowed already.")
    record(by, "export:approved", "export", request.id, rule=rule, purpose=request.purpose)
    request.refresh_from_db()
    return request


@gated
def waiting_or_approved(*, by: Actor, purpose: str) -> ExportRequest | None:
    """The export that `by` asked for, for this purpose, and that was not written yet."""
    allow(by, Permission.EXPORT_REQUEST)
    mine = ExportRequest.objects.filter(requested_by_id=by.id, purpose=purpose, written_at=None)
    return mine.order_by("-requested_at").first()


def write_export(*, by: Actor, request: ExportRequest, out: Path) -> int:
    """Write the file, readable by its owner only, and return how many rows it has.

    Nothing stands at `out` until the file is whole. Every look is audited before anything is opened. Raises
    `Refused`; `Invalid`, naming the row, for a code that was never confirmed in its source; `Conflict` when no second
    person allowed it in the last seven days, it was written before, or `out` exists.
    """
    if out.exists():
        raise Conflict("There is a file of this name already.")
    _use(by=by, request=request)
    part = out.with_name(f"{out.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            number = write_texts(_rows(by, request), stream)
        part.rename(out)
    finally:
        part.unlink(missing_ok=True)
    return number


@gated
def _use(*, by: Actor, request: ExportRequest) -> None:
    rule = allow(by, Permission.EXPORT_WRITE, request)
    _need_official(by, request)
    since = clock.now() - APPROVAL_HOLDS
    used = ExportRequest.objects.filter(id=request.id, approved_at__gte=since, written_at=None).update(
        written_at=clock.now()
    )
    if not used:
        raise Conflict("A second person must allow this export first; what was allowed holds for seven days and once.")
    record(by, "export:written", "export", request.id, rule=rule, purpose=request.purpose)


def _need_official(by: Actor, request: ExportRequest) -> None:
    """Raise `Invalid`, naming the row, for a code that was never confirmed in its source: nothing is written then."""
    rows = _mine(by, request).values_list("case__reference", *(f"coded__{name}" for name in _LISTED))
    for number, (reference, *cells) in enumerate(rows, start=1):
        for code in (code for cell in cells for code in (cell or "").split(";") if code):
            try:
                official("htcds_exploitation", code)
            except Invalid as wrong:
                raise Invalid({"file": f"Row {number}, case {reference}: {' '.join(wrong.fields.values())}"}) from None


def _mine(by: Actor, request: ExportRequest) -> QuerySet[ImportedRow]:
    """The agency's imported cases that `by` may open, in the order in which they came."""
    mine = Scope.objects.filter(permitted(by=by, permission=Permission.REVEAL_PLACEMENT), kind="own").values("case")
    rows = ImportedRow.objects.filter(agency_id=request.agency_id, case__in=mine)
    return rows.order_by("imported_at", "id")


def _rows(by: Actor, request: ExportRequest) -> Iterator[Text]:
    ids = list(_mine(by, request).values_list("id", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        chunk = ids[start : start + _AT_ONCE]
        batch = ImportedRow.objects.select_related("case").in_bulk(chunk)
        yield from _opened(by, request.purpose, [batch[each] for each in chunk if each in batch])


def _opened(by: Actor, purpose: str, batch: list[ImportedRow]) -> Iterator[Text]:
    told: dict[UUID, dict[str, str]] = {}
    for part in (Compartment.IDENTITY, Compartment.PLACEMENT, Compartment.NARRATIVE):
        subjects = {pointer: row.case for row in batch if (pointer := getattr(row, str(part)))}
        if subjects:
            told.update(reveal_many(by=by, subjects=subjects, compartment=part, purpose=purpose))
    for row in batch:
        # An erased child's words are gone, and with them the organisation's id: nothing is left to export.
        if row.narrative in told:
            pointers = (row.identity, row.placement, row.narrative)
            kept = dict(row.coded)
            for pointer in pointers:
                kept |= told.get(pointer, {}) if pointer else {}
            yield kept.pop(CASE_ID), kept
