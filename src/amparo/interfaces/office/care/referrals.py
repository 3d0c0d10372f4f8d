"""Services asked of other agencies: the inbox of both sides, one referral, asking and answering."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from amparo.access.roles import Role
from amparo.care import queries, referring
from amparo.interfaces.office.care.acting import act
from amparo.interfaces.office.care.forms import DeclineForm, DeliveryForm, ReferForm, uuid_or_none
from amparo.interfaces.office.care.planning import post_only
from amparo.interfaces.office.care.views import care_page, forms_only
from amparo.interfaces.office.request import DeskRequest


@forms_only
def offer(request: DeskRequest, id: UUID) -> HttpResponse:
    """Ask a service of another agency."""
    case = queries.to_write(by=request.actor, case=id)
    form = ReferForm(request.POST or None, agencies=queries.providers(case), steps=queries.steps_of(case))

    def do() -> None:
        referring.offer_referral(by=request.actor, case=case, **form.asked())

    return act(request, form, do, title=_("Ask a service of another agency"), back=care_page(id), case=case)


@require_safe
def inbox(request: DeskRequest) -> HttpResponse:
    """What waits for me, and what waits for others."""
    provides = Role.SERVICE_PROVIDER in request.actor.roles
    side = request.GET.get("side") or ("asked" if provides else "ours")
    ended = request.GET.get("ended") == "yes"
    found = queries.referrals(by=request.actor, asked_of_me=side == "asked", ended=ended, after=_key(request))
    shown = {"inbox": found, "side": side, "ended": ended, "provides": provides, "many": queries.MANY}
    return render(request, "office/care/referrals.html", shown | {"next": _next(request, found)})


@require_safe
def referral(request: DeskRequest, id: UUID) -> HttpResponse:
    """One referral: what is asked, on whose yes, within which limits, and what became of it."""
    return render(request, "office/care/referral.html", {"shown": queries.referral(by=request.actor, id=id)})


@post_only
def accept(request: DeskRequest, id: UUID) -> HttpResponse:
    """We will help."""
    found = queries.referral(by=request.actor, id=id).referral
    referring.accept_referral(by=request.actor, referral=found)
    return redirect(_page(id))


@forms_only
def decline(request: DeskRequest, id: UUID) -> HttpResponse:
    """We cannot help, and why."""
    found = queries.referral(by=request.actor, id=id).referral
    form = DeclineForm(request.POST or None)

    def do() -> None:
        referring.decline_referral(by=request.actor, referral=found, **form.cleaned_data)

    return act(request, form, do, title=_("Decline the referral"), back=_page(id))


@forms_only
def delivered(request: DeskRequest, id: UUID) -> HttpResponse:
    """What came of the service."""
    found = queries.referral(by=request.actor, id=id).referral
    form = DeliveryForm(request.POST or None)

    def do() -> None:
        referring.report_delivery(by=request.actor, referral=found, **form.cleaned_data)

    return act(request, form, do, title=_("What came of the service"), back=_page(id))


@post_only
def withdraw(request: DeskRequest, id: UUID) -> HttpResponse:
    """We ask no more."""
    found = queries.referral(by=request.actor, id=id).referral
    referring.withdraw_referral(by=request.actor, referral=found)
    return redirect(_page(id))


def _page(id: UUID) -> str:
    return reverse("office:referral", kwargs={"id": id})


def _key(request: HttpRequest) -> tuple[datetime, UUID] | None:
    try:
        at = parse_datetime(request.GET.get("at", "").replace(" ", "+"))
    except ValueError:
        return None
    last = uuid_or_none(request.GET.get("last", ""))
    return (at, last) if at and at.tzinfo and last else None


def _next(request: HttpRequest, found: queries.Inbox) -> str:
    if found.after is None:
        return ""
    at, last = found.after
    asked = request.GET.copy()
    asked["at"], asked["last"] = at.isoformat(), str(last)
    return f"?{asked.urlencode()}"
