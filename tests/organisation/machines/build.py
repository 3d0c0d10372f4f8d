"""A system of an agency, as an administrator makes one."""

from amparo.access.roles import Role
from amparo.organisation.machines import actions


def machine(house, *, role=Role.SERVICE_PROVIDER, allowed=("referral.list",), agency="NORTH", days=30, ceiling=100):
    """The account and its key; the supervisor of the agency answers for it."""
    return actions.make(
        by=house.actor("administrator", agency, fresh=True), agency=house.agencies[agency], name="Demo exchange",
        owner=house.people["supervisor", agency], role=role, team=house.teams[agency], allowed=list(allowed),
        days=days, ceiling=ceiling,
    )  # fmt: skip
