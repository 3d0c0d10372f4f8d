"""Taking over what linkage found."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common.errors import Invalid
from amparo.common.types import Actor
from amparo.counting.overlaps.models import SameChild

MOST_DRAWINGS = 50
_AT_ONCE = 2000


@gated
def take_links(*, by: Actor, drawings: Sequence[Mapping[UUID, UUID]]) -> int:
    """Keep, in the place of what was kept, which record is of which child: one mapping for each drawing of the links.

    Raises `Invalid` for no drawing, or more than `MOST_DRAWINGS`. Returns how many records are linked in the first.
    """
    rule = allow(by, Permission.LINKS_TAKE)
    if not 1 <= len(drawings) <= MOST_DRAWINGS:
        raise Invalid({"drawings": _("Give 1 to {most} drawings of the links.").format(most=MOST_DRAWINGS)})
    SameChild.objects.all().delete()
    rows = [
        SameChild(drawing=number, record=each, child=child)
        for number, drawing in enumerate(drawings)
        for each, child in drawing.items()
    ]
    SameChild.objects.bulk_create(rows, batch_size=_AT_ONCE)
    record(by, "links:taken", "links", rule=rule, detail={"drawings": len(drawings), "records": len(drawings[0])})
    return len(drawings[0])
