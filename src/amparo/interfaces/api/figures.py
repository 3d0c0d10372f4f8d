"""Figures: freeze a closed year, draft a protected table, let two others check it, withdraw or correct it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from amparo.common.errors import Conflict
from amparo.counting import actions as counting
from amparo.counting.models import Snapshot
from amparo.interfaces.api.finding import chosen, perhaps
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Code, Done, In, Made, MaybeCode, answers
from amparo.publication import actions, queries
from amparo.publication.models import Release
from amparo.publication.queries import Desk
from amparo.publication.sheets import sheets_of

router = Router(tags=["figures"])


class SnapshotOut(Schema):
    """A frozen year, without its rows."""

    id: UUID
    reference: str
    year: int
    children: int
    taken_at: datetime
    expires_at: datetime


class ReleaseRow(Schema):
    """A table, drafted, published, refused, corrected or withdrawn. A first verdict is told with the second."""

    id: UUID
    reference: str
    indicator: str
    first_year: int
    year: int
    status: str
    drafted_at: datetime
    published_at: datetime | None
    withdrawn_at: datetime | None
    replaced_by_id: UUID | None
    verdicts: int
    reason: str


class DeskOut(Schema):
    """What a statistician or a reviewer has before them; frozen years are shown to statisticians only."""

    snapshots: list[SnapshotOut]
    mine: list[ReleaseRow]
    waiting: list[ReleaseRow]
    decided: list[ReleaseRow]


class CellOut(Schema):
    """A cell: its table, a code for each dimension; `value` is null where it is not shown, which is not nought."""

    table: int
    codes: list[str]
    shown: bool
    value: int | None


class ReleaseOut(ReleaseRow):
    """A release with its tables, each by its dimensions, and their protected cells."""

    tables: list[list[str]]
    cells: list[CellOut]

    @staticmethod
    def resolve_cells(release: Release) -> list[CellOut]:
        return [
            CellOut(table=number, codes=list(place), shown=value is not None, value=value)
            for number, sheet in enumerate(sheets_of(release))
            for place, value in sheet.cells.items()
        ]


class YearIn(In):
    year: Annotated[int, Field(ge=1990, le=2200)]


class DraftIn(In):
    snapshot: UUID


class DraftTablesIn(In):
    """Tables of any indicator, each by its dimensions; the latest snapshot where none is named."""

    indicator: Code
    first: Annotated[int, Field(ge=1990, le=2200)]
    last: Annotated[int, Field(ge=1990, le=2200)]
    tables: Annotated[list[Annotated[list[Code], Field(max_length=3)]], Field(min_length=1, max_length=4)]
    snapshot: Annotated[str, Field(max_length=12)] = ""


class CheckIn(In):
    """Agree, or refuse with a reason; the table is public once two agreed."""

    agree: bool
    reason: MaybeCode = ""


class WithdrawIn(In):
    """The reason is public; with `replaced_by`, a public table of the same year, it is corrected."""

    reason: Code
    replaced_by: UUID | None = None


@router.get("/figures", response=answers(DeskOut))
def figures(request: ApiRequest) -> Desk:
    """What was frozen, what I drafted, what waits for me to check it, and what was decided."""
    return queries.desk(by=request.actor)


@router.post("/snapshots/take", response=answers(Made, 201))
def take_snapshot(request: ApiRequest, given: YearIn) -> Status[Snapshot]:
    """Freeze a year that is over."""
    return Status(201, counting.take_snapshot(by=request.actor, year=given.year))


@router.post("/releases/draft", response=answers(Made, 201))
def draft(request: ApiRequest, given: DraftIn) -> Status[Release]:
    """Protect the table of a frozen year, and attack it."""
    snapshot = chosen(Snapshot.objects.all(), given.snapshot, "snapshot")
    return Status(201, actions.draft(by=request.actor, snapshot=snapshot))


@router.post("/releases/draft-tables", response=answers(Made, 201))
def draft_tables(request: ApiRequest, given: DraftTablesIn) -> Status[Release]:
    """Protect tables of any indicator for years that are over, and attack them with all that is public of the same."""
    asked = given.model_dump()
    reference, living = asked.pop("snapshot"), queries.sources(by=request.actor)
    frozen = next((each for each in living if reference in {"", each.reference}), None)
    if frozen is None:
        raise Conflict(_("There is no snapshot. Take one first."))
    return Status(201, actions.draft_tables(by=request.actor, frozen=frozen, **asked))


@router.get("/releases/{uuid:id}", response=answers(ReleaseOut))
def release(request: ApiRequest, id: UUID) -> Release:
    """One table with its protected cells."""
    return queries.release(by=request.actor, id=id)


@router.post("/releases/{uuid:id}/check", response=answers(Done))
def check(request: ApiRequest, id: UUID, given: CheckIn) -> Release:
    """One of two verdicts, each given without knowing the other; the table is public once both agree."""
    found = queries.release(by=request.actor, id=id)
    return actions.check(by=request.actor, release=found, **given.model_dump())


@router.post("/releases/{uuid:id}/withdraw", response=answers(Done))
def withdraw(request: ApiRequest, id: UUID, given: WithdrawIn) -> Release:
    """Take a table off the public site, with a reason that the public reads; or say which table corrects it."""
    found = queries.release(by=request.actor, id=id)
    other = perhaps(Release.objects.all(), given.replaced_by, "replaced_by")
    return actions.withdraw(by=request.actor, release=found, reason=given.reason, replaced_by=other)
