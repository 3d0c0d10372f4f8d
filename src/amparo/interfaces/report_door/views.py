"""The pages of the door. One address for all steps, so that a browser's history tells nothing of them."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amparo.intake.postbox import door, receipts
from amparo.interfaces.report_door import limits, problems, sheets, show
from amparo.interfaces.report_door.forms import More, Tell, must_be_words
from amparo.interfaces.report_door.repeats import repeats
from amparo.interfaces.report_door.settings import settings
from amparo.interfaces.report_door.sheets import Sheet
from amparo.interfaces.report_door.words import OLD_SHEET, OWN_CODE, STATUS, WRONG_CODE, hours_until_read

DOOR: Any = settings  # the type checker knows the desk's settings only


def negotiate(_request: HttpRequest) -> HttpResponse:
    """To the page in the reader's language."""
    return HttpResponseRedirect(f"/{get_language()}/")


def leave(_request: HttpRequest) -> HttpResponse:
    """Out of here: clear what the browser holds of us and go to a page that says nothing about anybody."""
    response = HttpResponseRedirect(DOOR.DOOR_EXIT)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def page(request: HttpRequest, language: str) -> HttpResponse:
    """Whatever the pressed button asks for; the first page without one."""
    if language not in dict(settings.LANGUAGES):
        raise problems.ABSENT
    return STEPS.get(request.POST.get("go", ""), start)(request)


def start(request: HttpRequest) -> HttpResponse:
    return show.page(request, "start")


def helping(request: HttpRequest) -> HttpResponse:
    return show.page(request, "help", sheet=Sheet())


def keep_help(request: HttpRequest) -> HttpResponse:
    """A code for whom to call, and nothing else. After a report: a second code, shown beside the first."""
    _admit(request)
    sheet = sheets.read(request.POST.get("sheet", ""))
    if sheet is None:
        return show.page(request, "help", status=422, sheet=Sheet(), notice=OLD_SHEET)
    second = repeats.recall(sheet.nonce, wait=False) or door.keep_help(show.help_text()).text
    repeats.remember(sheet.nonce, second)
    own = receipts.read(sheet.code)
    return show.page(request, "second", code=own.text.split() if own else [], second=second.split())


def safety(request: HttpRequest) -> HttpResponse:
    return show.page(request, "safety")


def tell(request: HttpRequest) -> HttpResponse:
    hung_out = _open_board()
    return show.page(request, "tell", form=Tell(board=hung_out), sheet=Sheet())


def send(request: HttpRequest) -> HttpResponse:
    """Take a first letter and show its code; on the same sheet once more, show that code again."""
    form = Tell(request.POST, board=_open_board())
    _admit(request)
    sheet = sheets.read(request.POST.get("sheet", ""))
    if sheet is None or not form.is_valid():
        notice = None if sheet else OLD_SHEET
        return show.page(request, "tell", status=422, form=form, sheet=sheet or Sheet(), notice=notice)
    letter = form.letter()
    try:
        code = door.tell(letter, form=sheet.nonce).text
        repeats.remember(sheet.nonce, code)
    except door.AlreadyTold:
        code = repeats.recall(sheet.nonce) or ""
    urgency = letter["urgency"]
    return show.page(
        request, "receipt", code=code.split(), danger=urgency == "danger_now", hours=hours_until_read(urgency),
        sheet=Sheet(code=code),
    )  # fmt: skip


def back(request: HttpRequest) -> HttpResponse:
    return show.page(request, "back", sheet=Sheet())


def open_thread(request: HttpRequest) -> HttpResponse:
    """Read the answers with the code that was typed."""
    _admit(request, takes_letter=False)
    code, told = request.POST.get("code", ""), request.POST.get("told", "")
    if sheets.read(request.POST.get("sheet", "")) is None:
        return show.page(request, "back", status=422, sheet=Sheet(), notice=OLD_SHEET, told=told)
    return _thread(request, code, told=told)


def write(request: HttpRequest) -> HttpResponse:
    """Take a later letter."""
    _open_board()
    _admit(request)
    sheet, form = _thread_sheet(request), More(request.POST)
    if sheet is None:
        told = request.POST.get("told", "")
        return show.page(request, "back", status=422, sheet=Sheet(), notice=OLD_SHEET, told=told)
    if not form.is_valid():
        return _thread(request, sheet.code, told=form["told"].value(), error=form.errors["told"][0], status=422)
    try:
        door.write(sheet.code, form.cleaned_data["told"], form=sheet.nonce, language=show.language())
    except door.OwnCode:
        return _thread(request, sheet.code, told=form.cleaned_data["told"], error=OWN_CODE, status=422)
    except door.WrongCode:
        return _thread(request, "")
    except door.AlreadyTold:
        pass  # It is there, once: that is what the person wants to hear.
    return _thread(request, sheet.code, notice=_("We have your message."))


def withdraw(request: HttpRequest) -> HttpResponse:
    """Ask the desk to stop."""
    _open_board()
    _admit(request)
    sheet = _thread_sheet(request)
    if sheet is None:
        return show.page(request, "back", status=422, sheet=Sheet(), notice=OLD_SHEET)
    with suppress(door.WrongCode, door.AlreadyTold):
        door.withdraw(sheet.code, form=sheet.nonce)
    return _thread(request, sheet.code)


STEPS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "start": start,
    "help": helping,
    "keep": keep_help,
    "safety": safety,
    "tell": tell,
    "send": send,
    "back": back,
    "open": open_thread,
    "write": write,
    "stop": withdraw,
}


def _thread(request: HttpRequest, code: str, *, status: int = 200, **context: Any) -> HttpResponse:
    try:
        found = door.come_back(code)
    except door.WrongCode:
        told = context.get("told", "")
        return show.page(request, "back", status=422, sheet=Sheet(), error=WRONG_CODE, code=code[:60], told=told)
    words = STATUS["withdrawn" if found.withdrawn else found.status]
    sheet = Sheet(code=receipts.read(code).digits)  # type: ignore[union-attr]  # it has just opened
    return show.page(request, "thread", status=status, found=found, words=words, sheet=sheet, **context)


def _thread_sheet(request: HttpRequest) -> Sheet | None:
    sheet = sheets.read(request.POST.get("sheet", ""))
    return sheet if sheet and sheet.code else None


def _open_board() -> dict[str, Any]:
    hung_out = door.board()
    if not hung_out.get("open"):
        raise problems.NOBODY_READS
    return hung_out


def _admit(request: HttpRequest, *, takes_letter: bool = True) -> None:
    """Words only, not too many from one place, and room to keep them. Raises `Problem`."""
    must_be_words([value for values in request.POST.lists() for value in (values[0], *values[1])])
    if not limits.allowed(request):
        raise problems.TOO_MANY
    if takes_letter and not limits.has_room():
        raise problems.NO_ROOM
