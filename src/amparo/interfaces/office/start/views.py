"""Where everybody begins: my day; my team; glass, broken and reviewed; walls; erasures; the record of looks."""

from uuid import UUID

from allauth.account.views import password_change
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.audit.models import Event
from amparo.cases import actions, erasure, queries
from amparo.cases import glass as breaking
from amparo.interfaces.office import acts
from amparo.interfaces.office.request import DeskRequest
from amparo.interfaces.office.start.forms import GlassForm, RecordForm
from amparo.interfaces.office.wording import suggest
from amparo.organisation.actions import see
from amparo.organisation.queries import names_of, notices_for


@require_safe
def day(request: DeskRequest) -> HttpResponse:
    """My day: what is new, late, due this week, and what waits for others."""
    found = queries.my_day(by=request.actor)
    notices = notices_for(request.actor)
    return render(request, "office/start/day.html", {"day": found, "notices": notices})


@require_POST
def seen(request: DeskRequest) -> HttpResponse:
    """Mark notices as seen."""
    ids = [UUID(id) for id in request.POST.getlist("notice") if _is_id(id)]
    see(by=request.actor, notices=ids)
    return redirect("office:day")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_safe
def team(request: DeskRequest) -> HttpResponse:
    """The cases of my team in numbers, and how they lie on its workers."""
    counted = queries.my_team(by=request.actor)
    load = queries.my_teams_load(by=request.actor)
    return render(request, "office/start/team.html", {"counted": counted, "load": load})


@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: DeskRequest) -> HttpResponse:
    """Break the glass before a case, in an emergency."""
    form = GlassForm(acts.sent(request))
    broken: list[UUID] = []
    if request.method == "POST" and acts.done(
        form, lambda given: broken.append(actions.break_glass_by_reference(by=request.actor, **given).record)
    ):
        suggest(request, form)
        return redirect("office:case", id=broken[0])
    return render(request, "office/start/glass.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def walls(request: DeskRequest) -> HttpResponse:
    """Every wall that stands, for an auditor."""
    return render(request, "office/start/walls.html", {"walls": queries.walls_standing(by=request.actor)})


@require_POST
def lift(request: DeskRequest, id: UUID) -> HttpResponse:
    """Take a wall down."""
    actions.lift_wall(by=request.actor, id=id)
    messages.success(request, _("The wall is down."))
    there = request.POST.get("next", "")
    return redirect(there if there.startswith(("/cases/", "/reports/", "/walls/")) else "office:day")


@require_safe
def broken(request: DeskRequest) -> HttpResponse:
    """Glass that was broken, for an auditor to review."""
    rows = breaking.broken_glass(by=request.actor)
    shown = {"rows": rows, "names": names_of({row.person for row in rows}), "me_id": request.actor.id}
    return render(request, "office/start/broken.html", shown)


@require_POST
def reviewed(request: DeskRequest, id: UUID) -> HttpResponse:
    """Say that a broken glass was reviewed."""
    breaking.review_glass(by=request.actor, id=id)
    messages.success(request, _("Written down: you reviewed it."))
    return redirect("office:broken")


@require_safe
def erasures(request: DeskRequest) -> HttpResponse:
    """Erasures that wait for another agency."""
    return render(request, "office/start/erasures.html", {"rows": erasure.asked(by=request.actor)})


@require_POST
def confirm(request: DeskRequest, id: UUID) -> HttpResponse:
    """Confirm an erasure for another agency; the keys are destroyed at once."""
    erasure.confirm_erasure(by=request.actor, erasure=erasure.one(by=request.actor, id=id))
    messages.success(request, _("Who the child was is erased. Counted facts stay."))
    return redirect("office:erasures")


@require_safe
def record(request: DeskRequest) -> HttpResponse:
    """The record of every act and every look, for the auditor; narrowed to a case, a verb, an outcome."""
    form = RecordForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    of = None
    if reference := asked.get("reference", ""):
        of = queries.named_in_the_record(by=request.actor, reference=reference) or UUID(int=0)
    before = request.GET.get("before", "")
    events = queries.the_record(
        by=request.actor, before=int(before) if before.isdigit() else None, of=of,
        verb=asked.get("verb", ""), outcome=asked.get("outcome", ""),
    )  # fmt: skip
    shown = {"form": form, "events": events, "next": _older(request, events)}
    return render(request, "office/start/record.html", shown)


def _older(request: DeskRequest, events: list[Event]) -> str:
    asked = request.GET.copy()
    if not events or events[-1].seq == 1:
        return ""
    asked["before"] = str(events[-1].seq)
    return f"?{asked.urlencode()}"


def password(request: DeskRequest) -> HttpResponse:
    """Change one's password; whoever signs in without one is told so (the library's page for that is not here)."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        return render(request, "office/start/no_password.html")
    return password_change(request)  # type: ignore[no-any-return]
