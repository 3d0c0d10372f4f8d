"""What a search before a registration hands out: the number under which the child will be registered.

Signed, for a day, and for the person who searched: whoever did not search registers nobody.
"""

from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from amparo.common.errors import Conflict
from amparo.common.types import Actor

# How long somebody may take over the form after the search that it begins with.
_ONE_DAY = 24 * 60 * 60
_SALT = "register"


def issue(by: Actor, number: UUID) -> str:
    """The ticket of a search that `by` made a moment ago."""
    return signing.dumps([str(number), str(by.id)], salt=_SALT)


def number_on(by: Actor, ticket: str) -> UUID:
    """The number for which `by` searched. Raises `Conflict` without a search, after a day, for somebody else's."""
    try:
        number, person = signing.loads(ticket, salt=_SALT, max_age=_ONE_DAY)
    except signing.BadSignature:
        number, person = "", ""
    if person != str(by.id):
        raise Conflict(_("Search first: perhaps somebody has met this child already."))
    return UUID(number)
