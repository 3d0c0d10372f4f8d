"""When the limitation period of what happened to a child runs out, by the law that is recorded: the clock of a case."""

from collections.abc import Iterable

from django.conf import settings

from amparo.cases.models import Case, Incident
from amparo.common import clock
from amparo.law.clock import Limit, acted, born, limit
from amparo.law.elements import EVERY
from amparo.law.queries import limitations
from amparo.vocabulary.queries import parent


def limits(found: Case, incidents: Iterable[Incident]) -> list[tuple[Incident, Limit]]:
    """Each incident of a case that was read, with its limit: part of that look. One statement and the incidents'.

    The law is that of the State in which this house stands; an offence without rules of its own falls under those of
    its parent, then under those about every offence against a child.
    """
    rules, child = limitations(settings.STATE_OF_LAW), found.child
    told = []
    for each in incidents:
        act = acted(each.happened_on, each.recorded_at.date(), child.birth_year, child.birth_precision)
        birth = born(child.birth_year, child.birth_precision, each.age, act)
        offences = [code for code in (each.form, parent("form", each.form)) if code]
        told.append((each, limit(rules, [*offences, EVERY], act, birth, clock.today())))
    return told
