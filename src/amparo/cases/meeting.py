"""Have we met this child? Answered with one's own cases; of everybody else's records only with whom to ask (C1)."""

from dataclasses import dataclass, field, replace

from amparo.cases.models import Scope
from amparo.cases.queries import own_cases_of
from amparo.common.types import Actor
from amparo.linkage.actions import ChildFacts, Identity
from amparo.linkage.meeting import Met, have_we_met


@dataclass(frozen=True)
class Meeting:
    """The likeliest first. `mine` are cases that the asker reads, with why they were met. `ours` are of the asker's own
    agency, but not for the asker: a supervisor knows. `elsewhere` can be asked by their `contact`.
    """

    mine: list[tuple[Scope, Met]] = field(default_factory=list)
    ours: list[Met] = field(default_factory=list)
    elsewhere: list[Met] = field(default_factory=list)


def meet(*, by: Actor, identity: Identity, facts: ChildFacts, reason: str) -> Meeting:
    """Search before registering, as `linkage.meeting.have_we_met`; why a record was met is told of one's own cases."""
    met = have_we_met(by=by, identity=identity, facts=facts, reason=reason)
    readable = own_cases_of(by=by, children=[each.child for each in met if each.child])
    found = Meeting()
    for each in met:
        if each.child in readable:
            found.mine.append((readable[each.child], each))
        elif each.child:
            found.ours.append(replace(each, child=None, score=None, steps=()))
        else:
            found.elsewhere.append(each)
    return found
