"""Reading the record."""

from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.audit.models import Event


def about(record: UUID) -> QuerySet[Event]:
    """Everything that was done with, or seen of, a record: newest first."""
    return Event.objects.filter(record=record).order_by("-seq")


def before(
    seq: int | None,
    *,
    size: int = 50,
    verb: str = "",
    outcome: str = "",
    record: UUID | None = None,
    only: Q | None = None,
) -> list[Event]:
    """A page of the record, newest first, from link `seq` (exclusive) backwards; perhaps narrowed.

    `verb` is the beginning of a verb: "vault:" finds every opening. `only` is a condition of whoever may see them.
    """
    events = Event.objects.order_by("-seq")
    if seq is not None:
        events = events.filter(seq__lt=seq)
    if verb:
        events = events.filter(verb__startswith=verb)
    if outcome:
        events = events.filter(outcome=outcome)
    if record:
        events = events.filter(record=record)
    if only:
        events = events.filter(only)
    return list(events[:size])
