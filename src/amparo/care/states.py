"""How a plan, a goal of it and a referral may move."""

from amparo.common.types import LifeCycle, moves

PLAN = LifeCycle(
    "plan", "draft", moves(approve=("draft", "active"), review=("active", "active"), close=("draft active", "closed"))
)
GOAL = LifeCycle("goal", "open", moves(reach=("open", "reached"), give_up=("open", "given_up")))
REFERRAL = LifeCycle(
    "referral",
    "offered",
    moves(
        accept=("offered", "accepted"),
        decline=("offered", "declined"),
        go_on=("accepted", "accepted"),
        deliver=("accepted", "delivered"),
        end_without=("accepted", "not_delivered"),
        withdraw=("offered accepted", "withdrawn"),
    ),
)
