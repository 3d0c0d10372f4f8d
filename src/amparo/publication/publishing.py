"""What a table and an estimate have in common: one person drafts, two others check apart, and nothing public vanishes.

Each of the two says what they think before they can know what the other said: until both have, the record only shows
how many verdicts are in. Both must agree; whoever refuses gives the reason.
"""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from amparo.common import clock
from amparo.vocabulary.queries import need


def _both(who: str, when: str) -> Q:
    """Who and when are set together, or neither is."""
    none, some = {who: None, when: None}, {f"{who}__isnull": False, f"{when}__isnull": False}
    return Q(**none) | Q(**some)


class Publishable(models.Model):
    """Who did what to it, and when. `first_agrees` is the first verdict, which nobody is shown before the second."""

    drafted_by = models.UUIDField(db_comment="fact")
    drafted_at = models.DateTimeField(db_comment="fact")
    first_by = models.UUIDField(null=True, db_comment="fact")
    first_at = models.DateTimeField(null=True, db_comment="fact")
    first_agrees = models.BooleanField(null=True, db_comment="fact")
    first_reason = models.CharField(max_length=40, blank=True, db_comment="fact")
    checked_by = models.UUIDField(null=True, db_comment="fact")
    checked_at = models.DateTimeField(null=True, db_comment="fact")
    published_at = models.DateTimeField(null=True, db_comment="public")
    withdrawn_by = models.UUIDField(null=True, db_comment="fact")
    withdrawn_at = models.DateTimeField(null=True, db_comment="public")
    reason = models.CharField(max_length=40, blank=True, db_comment="public")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=_both("first_by", "first_at") & _both("checked_by", "checked_at"),
                name="%(class)s_who_and_when",
            ),
            models.CheckConstraint(
                condition=(Q(first_by=None) | ~Q(first_by=F("drafted_by")))
                & (
                    Q(checked_by=None)
                    | Q(first_by__isnull=False) & ~Q(checked_by=F("drafted_by")) & ~Q(checked_by=F("first_by"))
                ),
                name="%(class)s_is_checked_by_two_others",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(first_agrees=True, checked_at__isnull=False),
                name="%(class)s_is_public_once_both_agreed",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, published_at__isnull=False),
                name="%(class)s_is_withdrawn_by_whom",
            ),
        ]

    @property
    def verdicts(self) -> int:
        """How many of the two verdicts are in: what anybody may know before both are."""
        return int(self.first_by is not None) + int(self.checked_by is not None)


def judged(item: Publishable, *, person: UUID, agree: bool, reason: str) -> bool:
    """Note a verdict. Returns whether both are in; then `agreed` says which way it went, and `item.reason` why not.

    Raises `Invalid` for a reason that is not in the list. That it is another person each time, the policy says.
    """
    why = "" if agree else need("release_reason", reason)
    if item.first_by is None:
        item.first_by, item.first_at, item.first_agrees, item.first_reason = person, clock.now(), agree, why
        return False
    item.checked_by, item.checked_at = person, clock.now()
    item.reason = why or item.first_reason
    return True


def agreed(item: Publishable) -> bool:
    """Whether both said yes."""
    return item.checked_by is not None and not item.reason


def reasons(*statuses: str) -> Any:
    """What is in one of these statuses has its reason, and nothing else has one."""
    return Q(status__in=statuses) & ~Q(reason="") | ~Q(status__in=statuses) & Q(reason="")


def taken_away(item: Publishable, *, person: UUID, reason: str) -> None:
    """Note who withdrew it, and why; the public reads the reason. Raises `Invalid` for one that is not in the list."""
    item.reason = need("release_reason", reason)
    item.withdrawn_by, item.withdrawn_at = person, clock.now()
