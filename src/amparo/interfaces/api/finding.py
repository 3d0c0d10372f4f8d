"""Finding what a body names by its identifier."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from amparo.common.errors import Invalid

Found = TypeVar("Found", bound=Model)


def chosen(among: QuerySet[Found], id: UUID, field: str) -> Found:
    """The one of `among`. Raises `Invalid` for `field` when it is not of them."""
    found = among.filter(id=id).first()
    if found is None:
        raise Invalid({field: _("Choose one of the list.")})
    return found


def perhaps(among: QuerySet[Found], id: UUID | None, field: str) -> Found | None:
    """The same for what may be left out."""
    return chosen(among, id, field) if id else None
