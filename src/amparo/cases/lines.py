"""Whom a line of the time line is for: what a page does not show somebody, the time line does not tell either."""

from collections.abc import Collection

from django.db.models import Q

from amparo.access.permissions import Permission

# With whom else a case is shared, and that a placement changed, is for those who answer for the case.
_NEEDED = dict.fromkeys(("case_shared", "share_revoked", "placement_set"), Permission.CASE_LOOKS)


def need(permission: Permission, *codes: str) -> None:
    """Lines of these codes are for whoever has `permission` on the case; each later step says so at start-up."""
    _NEEDED.update(dict.fromkeys(codes, permission))


def readable(may: Collection[str]) -> Q:
    """The condition that picks the lines for somebody with the permissions `may` on the case."""
    return ~Q(code__in=[code for code, permission in _NEEDED.items() if permission not in may])
