"""Reading the record."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.audit.models import Event, Shown


def about(*records: UUID) -> QuerySet[Event]:
    """Everything that was done with, or seen of, some records, alone or among others in a list: newest first."""
    alone = Event.objects.filter(record__in=records).order_by()
    listed = Shown.objects.filter(record__in=records).order_by()
    return Event.objects.filter(seq__in=alone.values("seq").union(listed.values("seq"))).order_by("-seq")


def before(
    seq: int | None,
    *,
    size: int = 50,
    verb: str = "",
    outcome: str = "",
    record: UUID | None = None,
    only: Q | None = None,
    also: Mapping[str, Any] | None = None,
) -> list[Event]:
    """A page of the record, newest first, from link `seq` (exclusive) backwards; perhaps narrowed.

    `verb` is the beginning of a verb: "vault:" finds every opening. `only` is a condition of whoever may see them;
    `also` are expressions that each event carries besides.
    """
    events = about(record) if record else Event.objects.order_by("-seq")
    if seq is not None:
        events = events.filter(seq__lt=seq)
    if verb:
        events = events.filter(verb__startswith=verb)
    if outcome:
        events = events.filter(outcome=outcome)
    if only:
        events = events.filter(only)
    return list(events.annotate(**(also or {}))[:size])
