"""May the door take reports? Only while somebody answers for every urgency, and somebody else when they do not (D5)."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from amparo.access.roles import Role
from amparo.intake.models import Watch
from amparo.organisation.models import Agency
from amparo.organisation.queries import holders
from amparo.vocabulary.queries import label


def door_is_open() -> bool:
    """Does every urgency have a staffed owner and a staffed, independent body to rise to?"""
    return not why_closed()


def why_closed() -> list[str]:
    """Why the door takes no reports now, a sentence each; empty when it is open. Three statements."""
    watches = {watch.urgency: watch for watch in Watch.objects.select_related("owner", "escalation")}
    officers = set(holders(Role.INTAKE_OFFICER).values_list("agency_id", flat=True))
    overseers = officers | set(holders(Role.SUPERVISOR).values_list("agency_id", flat=True))
    return [
        _("{urgency}: {words}").format(urgency=label("urgency", urgency), words=words)
        for urgency in settings.INTAKE_CLOCKS
        for words in _missing(watches.get(urgency), officers, overseers)
    ]


def _missing(watch: Watch | None, officers: set[UUID], overseers: set[UUID]) -> list[str]:
    if watch is None:
        return [_("no agency is named to answer.")]
    owner, above = watch.owner, watch.escalation
    wrong = [
        (not _works(owner, officers), _("{agency} has no intake officer today.").format(agency=owner.name)),
        (not owner.takes_reports, _("{agency} takes no reports.").format(agency=owner.name)),
        (not above.independent, _("{agency}, to which it would rise, is not independent.").format(agency=above.name)),
        (
            not _works(above, overseers),
            _("{agency}, to which it would rise, has no intake officer or supervisor today.").format(agency=above.name),
        ),
    ]
    return [words for is_wrong, words in wrong if is_wrong]


def _works(agency: Agency, staffed: set[UUID]) -> bool:
    return agency.closed_on is None and agency.id in staffed
