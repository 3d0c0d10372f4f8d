"""The same acts for programs: JSON in, JSON out. No cookie exists, so nothing depends on where a call comes from."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from amparo.intake.postbox import door
from amparo.interfaces.report_door import limits, problems, show
from amparo.interfaces.report_door.forms import More, Tell, must_be_words
from amparo.interfaces.report_door.words import OWN_CODE, WRONG_CODE

Act = Callable[[HttpRequest, dict[str, Any]], JsonResponse]


def reads_json(act: Act) -> Callable[[HttpRequest], JsonResponse]:
    """An act on one flat object of texts, numbers and lists of texts; anything else is refused."""

    def view(request: HttpRequest) -> JsonResponse:
        if request.method != "POST":
            raise problems.METHOD
        content = _flat(request.body)
        if not limits.allowed(request):
            raise problems.TOO_MANY
        if not limits.has_room():
            raise problems.NO_ROOM
        return act(request, content)

    return view


@reads_json
def reports(_request: HttpRequest, content: dict[str, Any]) -> JsonResponse:
    """Take a first letter; 201 and its code."""
    hung_out = door.board()
    if not hung_out.get("open"):
        raise problems.NOBODY_READS
    form = Tell(content, board=hung_out)
    if wrong := _wrong(form, content):
        return wrong
    receipt = door.tell(form.letter(), form=uuid4().hex)
    return JsonResponse({"receipt": receipt.text, "status": "received"}, status=201)


@reads_json
def help_codes(_request: HttpRequest, content: dict[str, Any]) -> JsonResponse:
    """A code behind which there is only whom to call; 201."""
    if content:
        return _invalid({name: _("There is no such field.") for name in content})
    return JsonResponse({"receipt": door.keep_help(show.help_text()).text}, status=201)


@reads_json
def threads(_request: HttpRequest, content: dict[str, Any]) -> JsonResponse:
    """What is there for whoever holds the code."""
    if set(content) != {"code"}:
        return _invalid({"code": _("Please send the code, and nothing else.")})
    try:
        found = door.come_back(str(content["code"]))
    except door.WrongCode:
        return _invalid({"code": str(WRONG_CODE)})
    answers = [{"on": answer.on.isoformat(), "text": answer.text} for answer in found.answers]
    return JsonResponse({"status": found.status, "withdrawn": found.withdrawn, "answers": answers})


@reads_json
def messages(_request: HttpRequest, content: dict[str, Any]) -> JsonResponse:
    """Take a later letter, or the wish to stop."""
    code, form = str(content.pop("code", "")), More(content)
    stop = content == {"withdraw": True}
    if not stop and (wrong := _wrong(form, content)):
        return wrong
    try:
        if stop:
            door.withdraw(code, form=uuid4().hex)
        else:
            door.write(code, form.cleaned_data["told"], form=uuid4().hex, language=show.language())
    except door.WrongCode:
        return _invalid({"code": str(WRONG_CODE)})
    except door.OwnCode:
        return _invalid({"told": str(OWN_CODE)})
    return JsonResponse({"status": "received"}, status=201)


def _flat(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise problems.STRANGE from None
    if not isinstance(content, dict) or not all(_is_plain(value) for value in content.values()):
        raise problems.STRANGE
    texts = [str(part) for value in content.values() for part in (value if isinstance(value, list) else [value])]
    must_be_words([*content, *texts])
    return content


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(part, str) for part in value)
    return value is None or isinstance(value, str | int)


def _wrong(form: forms.Form, content: dict[str, Any]) -> JsonResponse | None:
    unknown = {name: _("There is no such field.") for name in set(content) - set(form.fields)}
    if form.is_valid() and not unknown:
        return None
    return _invalid({name: str(errors[0]) for name, errors in form.errors.items()} | unknown)


def _invalid(fields: dict[str, str]) -> JsonResponse:
    return JsonResponse({"error": _("Please look at these fields."), "fields": fields}, status=422)
