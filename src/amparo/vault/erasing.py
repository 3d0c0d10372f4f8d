"""Destroying what opens a subject, so that nothing can be read again: neither here nor from an old copy of the vault.

Each step may be done twice. Old copies of the keys' database would undo it; they are kept for thirty days at most.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connections

from amparo.common import clock
from amparo.vault import lookups
from amparo.vault.keys.models import SubjectKey


def destroy_keys(subjects: Collection[UUID]) -> int:
    """Destroy the keys of `subjects` in every compartment; returns how many there were."""
    destroyed = SubjectKey.objects.filter(subject__in=subjects, destroyed_at=None).update(
        wrapped=None, destroyed_at=clock.now()
    )
    _leave_no_copy()
    return destroyed


def forget_lookups(subjects: Collection[UUID]) -> None:
    """Make `subjects` unfindable."""
    for subject in subjects:
        lookups.forget(subject)


def _leave_no_copy() -> None:
    """SQLite's journal holds the pages as they were until it is written back (PostgreSQL: VACUUM, see the manual)."""
    connection = connections["keys"]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
