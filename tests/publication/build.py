"""Children who stand on the lists of several agencies, and what linkage says of them."""

from uuid import uuid4

from amparo.common.types import IMPORTER, WORKER
from amparo.counting.overlaps.actions import take_links
from amparo.counting.overlaps.queries import Choice
from amparo.publication import actions as releases
from amparo.publication.estimates import actions
from amparo.publication.estimates.words import SUPPOSED
from tests.counting.build import identify

YEARS = Choice(2025, 2025, "agency")
STATEMENT = "The two lists were made by different people in different places, without sending children to each other."


def meet(house, counts: dict[tuple[str, ...], int], *, draws: int = 1, **facts) -> None:
    """So many children for each combination of agencies; each agency has a record of its own of them."""
    links = {}
    for agencies, number in counts.items():
        for _ in range(number):
            child = uuid4()
            links |= {identify(house, agency, **facts).child_id: child for agency in agencies}
    take_links(by=IMPORTER, drawings=[links] * draws)


def drafted(house, **how):
    given = {"choice": YEARS, "lists": ["NORTH", "SOUTH"], "methods": ["main", "chao"], "boot": 50} | how
    return actions.draft(by=house.actor("statistician", "NORTH"), **given)


def computed(house, **how):
    made = drafted(house, **how)
    while actions.compute(by=WORKER):
        pass
    made.refresh_from_db()
    return made


def justified(house, made, **given):
    supposed = dict.fromkeys(SUPPOSED, "holds") | given.pop("supposed", {})
    given = {"statement": STATEMENT, "supposed": supposed} | given
    return actions.justify(by=house.actor("statistician", "NORTH"), estimate=made, **given)


def published(house, made):
    actions.check(by=house.actor("reviewer", "NORTH"), estimate=made, agree=True)
    return actions.check(by=house.actor("reviewer", "SOUTH"), estimate=made, agree=True)


def publish(house, release):
    """Two reviewers agree."""
    releases.check(by=house.actor("reviewer", "SOUTH"), release=release, agree=True)
    return releases.check(by=house.actor("reviewer", "NORTH"), release=release, agree=True)
