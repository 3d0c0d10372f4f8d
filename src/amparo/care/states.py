"""How a plan, a goal of it and a referral may move."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.common.types import LifeCycle, moves

PLAN = LifeCycle(
    "plan",
    "draft",
    moves(approve=("draft", "active"), review=("active", "active"), close=("draft active", "closed")),
    _("This life project is {status}; that is not possible now."),
    {
        "draft": pgettext_lazy("this life project is", "a draft"),
        "active": pgettext_lazy("this life project is", "under way"),
        "closed": pgettext_lazy("this life project is", "closed"),
    },
)
GOAL = LifeCycle(
    "goal",
    "open",
    moves(reach=("open", "reached"), give_up=("open", "given_up")),
    _("This goal is {status}; that is not possible now."),
    {
        "open": pgettext_lazy("this goal is", "open"),
        "reached": pgettext_lazy("this goal is", "reached"),
        "given_up": pgettext_lazy("this goal is", "given up"),
    },
)
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
    _("This referral is {status}; that is not possible now."),
    {
        "offered": pgettext_lazy("this referral is", "not answered yet"),
        "accepted": pgettext_lazy("this referral is", "accepted"),
        "declined": pgettext_lazy("this referral is", "declined"),
        "delivered": pgettext_lazy("this referral is", "delivered"),
        "not_delivered": pgettext_lazy("this referral is", "ended without the service"),
        "withdrawn": pgettext_lazy("this referral is", "withdrawn"),
    },
)
