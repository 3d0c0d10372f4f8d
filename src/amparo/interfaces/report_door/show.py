"""Pages of the door: each knows the board's help lines, the language, and whether this is a demonstration."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amparo.intake.postbox import door

NO_NUMBERS = _("We have no numbers here yet. Call the emergency number of your country.")


def board() -> dict[str, Any]:
    """The board; a closed and empty one when not even the database answers, so that a page can always be shown."""
    try:
        return door.board()
    except DatabaseError:
        return {"open": False}


def help_lines() -> list[dict[str, str]]:
    """Whom to call."""
    return list(board().get("help_lines", []))


def help_text() -> str:
    """Whom to call, as a text that is kept behind a code."""
    said = [_("You asked whom you can call."), _("You do not have to say your name.")]
    lines = ["  ".join(filter(None, (line["name"], line["number"], line["hours"]))) for line in help_lines()]
    return "\n\n".join([" ".join(map(str, said)), *(lines or [str(NO_NUMBERS)])])


def language() -> str:
    """The reader's language as the desk names it."""
    return (get_language() or "en").partition("-")[0]


def page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render one of `templates/door`."""
    hung_out = board()
    around = {
        "language": get_language(),
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO or hung_out.get("demo", False),
        "is_open": bool(hung_out.get("open")),
        "help_lines": hung_out.get("help_lines", []),
    }
    return render(request, f"door/{name}.html", around | context, status=status)


def labels(hung_out: dict[str, Any], scheme: str) -> list[tuple[str, str]]:
    """The codes of a list with their words in the reader's language, in the desk's order."""
    code = get_language() or "en"
    wanted = (code, code.partition("-")[0], "en")
    named = hung_out.get("labels", {}).get(scheme, {})
    return [(key, next((words[each] for each in wanted if words.get(each)), key)) for key, words in named.items()]
