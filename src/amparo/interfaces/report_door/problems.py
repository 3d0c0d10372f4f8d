"""What can go wrong at the door, each as one page (or one JSON answer) that still shows whom to call."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from amparo.intake.postbox import door
from amparo.interfaces.report_door import show


class Problem(Exception):
    """A refusal: its HTTP status, its heading and its sentences."""

    def __init__(self, status: int, heading: Any, *sentences: Any) -> None:
        super().__init__(status)
        self.status, self.heading, self.sentences = status, heading, sentences


_AGAIN = _("Please go back and try again.")
ABSENT = Problem(404, _("There is no such page."))
METHOD = Problem(405, _("There is no such page."))
NOT_OURS = Problem(403, _("This page came from another place."), _("Please start again here."))
STRANGE = Problem(400, _("We cannot read this."), _("Your text holds signs that are not letters."), _AGAIN)
TOO_LONG = Problem(413, _("This is too long."), _("Please write it in two messages."))
NOT_TEXT = Problem(
    415,
    _("We can only take words."),
    _("Please do not send pictures, films or files."),
    _("You can write down the internet address instead."),
)
MATERIAL = Problem(
    422,
    _("Please do not send pictures or files."),
    _("Do not send or save it. Give the address."),
    _("An internet address is enough for us."),
    _("A hotline can have the picture taken down."),
    _("Nothing of this message was kept."),
)
TOO_MANY = Problem(
    429,
    _("Many messages came at once."),
    _("Please try again in some minutes."),
    _("You can call at any time."),
)
RESTING = Problem(429, _("Please try again in an hour."), _("This code was tried too often."))
NOBODY_READS = Problem(
    503,
    _("Nobody reads messages here now."),
    _("So we cannot take your message."),
    _("Please call one of these numbers."),
)
NO_ROOM = Problem(
    503,
    _("We cannot take your message now."),
    _("Please call one of these numbers."),
    _("Or come back later."),
)
BROKEN = Problem(500, _("Something went wrong here."), _("It is not your fault."), _("Please try again."))


def of(error: Exception) -> Problem | None:
    """The page for an expected error; None for one that nobody expected."""
    if isinstance(error, Problem):
        return error
    known: dict[type[Exception], Problem] = {
        door.Closed: NOBODY_READS,
        door.TooManyTries: RESTING,
        RequestDataTooBig: TOO_LONG,
        SuspiciousOperation: STRANGE,
        DatabaseError: NO_ROOM,
    }
    return next((problem for kind, problem in known.items() if isinstance(error, kind)), None)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as a page, or as JSON to a program."""
    if request.path.startswith("/api/"):
        said = " ".join(str(words) for words in (problem.heading, *problem.sentences))
        return JsonResponse({"error": said, "help_lines": show.help_lines()}, status=problem.status)
    return show.page(request, "problem", status=problem.status, problem=problem)


def absent(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    return answer(request, ABSENT)


def strange(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    return answer(request, STRANGE)


def broken(request: HttpRequest) -> HttpResponse:
    return answer(request, BROKEN)
