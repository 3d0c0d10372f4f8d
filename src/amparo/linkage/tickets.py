"""What a search before a registration hands out: the number under which the child will be registered.

Signed, for a day, and for the person who searched: whoever did not search registers nobody.
"""

from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from amparo.common.errors import Conflict

# How long somebody may take over the form after the search that it begins with.
_ONE_DAY = 24 * 60 * 60
_SALT = "register"


def issue(person: UUID, number: UUID) -> str:
    """The ticket of a search that `person` made a moment ago."""
    return signing.dumps([str(number), str(person)], salt=_SALT)


def number_on(ticket: str, *, of: UUID) -> UUID:
    """The number for which somebody searched. Raises `Conflict` without a search, after a day, for somebody else's."""
    try:
        number, person = signing.loads(ticket, salt=_SALT, max_age=_ONE_DAY)
    except signing.BadSignature:
        number, person = "", ""
    if person != str(of):
        raise Conflict(_("Search first: perhaps somebody has met this child already."))
    return UUID(number)
