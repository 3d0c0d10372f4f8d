"""Shapes that several areas of the API share. A field that is not named in a body's shape is refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
MaybeCode = Annotated[str, Field(pattern=r"^[a-z0-9_]{0,40}$")]
Line = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=20_000)]

# Every operation may answer so, in the shape of `Problem`.
PROBLEMS = frozenset({400, 401, 403, 404, 405, 409, 413, 415, 422})


class In(Schema):
    """What may be sent: exactly these fields."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """Why something was not done; `fields` says it for each field that is wrong."""

    reason: str
    fields: dict[str, str]


class Done(Schema):
    """The record that was made or changed. Of what was sent nothing is repeated."""

    id: UUID


class Made(Done):
    """A record that people name by its reference."""

    reference: str


class Purpose(In):
    """Why somebody opens what is closed."""

    purpose: Code


class AgencyOut(Schema):
    """An agency."""

    id: UUID
    code: str
    name: str
    kind: str


class MomentOut(Schema):
    """A line of a time line, in codes."""

    at: datetime
    code: str
    term: str
    record: UUID | None = None
    agency: UUID | None

    @staticmethod
    def resolve_agency(moment: Any) -> UUID | None:
        agency: UUID | None = moment.agency_id
        return agency


class Before(Schema):
    """From which link backwards."""

    before: Annotated[int, Field(ge=1, le=2**62)] | None = None


def answers(shape: Any, status: int = 200) -> Mapping[Any, Any]:
    """The answers of an operation: its own. That it may answer with every problem, `Api` tells for all of them."""
    return {status: shape}
