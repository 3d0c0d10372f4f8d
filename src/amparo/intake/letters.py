"""What is in a letter from the door, once it is unsealed: JSON written by the door's form.

A code that the door knew and the desk no longer does is left out rather than the letter refused: a report must arrive.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from amparo.common.errors import AmparoError
from amparo.common.hidden_files import no_hidden_files
from amparo.vocabulary.queries import codes

_WORDS = {"told", "where", "contact", "safe_time"}


class NotUnderstood(AmparoError):
    """A letter that is no letter: not JSON, not of the agreed shape, or without a word in it."""

    def __init__(self) -> None:
        super().__init__("This letter cannot be understood.")


@dataclass(frozen=True)
class Told:
    """What a reporter sent in. Everything but `told` is optional; agencies and the place are named by their codes."""

    told: str
    who: str = ""
    worries: tuple[str, ...] = ()
    urgency: str = "normal"
    place: str = ""
    where: str = ""
    child_age: int | None = None
    channel: str = ""
    contact: str = ""
    safe_time: str = ""
    language: str = ""
    not_to: tuple[str, ...] = ()
    about_agency: str = ""


@dataclass(frozen=True)
class More:
    """What a reporter wrote later; without words the reporter withdraws the report."""

    told: str = ""


def first(plain: bytes) -> Told:
    """The first letter of a thread. Raises `NotUnderstood`, and `Invalid` for a file hidden in its words."""
    said = _object(plain)
    words = {name: no_hidden_files(_text(said, name)) for name in _WORDS}
    if not words["told"]:
        raise NotUnderstood
    return Told(
        **words,
        who=_one_of("reporter_kind", _text(said, "who")),
        worries=tuple(code for code in _texts(said, "worries") if code in codes("worry")),
        urgency=_urgency(_text(said, "urgency")),
        place=_text(said, "place"),
        child_age=_age(said.get("child_age")),
        channel=_one_of("channel_back", _text(said, "channel")),
        language=_one_of("language", _text(said, "language").partition("-")[0]),
        not_to=tuple(_texts(said, "not_to")),
        about_agency=_text(said, "about_agency"),
    )


def later(plain: bytes) -> More:
    """A later letter. Raises `NotUnderstood`, and `Invalid` for a file hidden in its words."""
    said = _object(plain)
    if said.get("withdraw") is True:
        return More()
    words = no_hidden_files(_text(said, "told"))
    if not words:
        raise NotUnderstood
    return More(words)


def _object(plain: bytes) -> dict[str, Any]:
    try:
        said = json.loads(plain)
    except (ValueError, RecursionError):
        raise NotUnderstood from None
    if not isinstance(said, dict):
        raise NotUnderstood
    return said


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name) or ""
    if not isinstance(value, str):
        raise NotUnderstood
    return _clean(value)


def _texts(said: dict[str, Any], name: str) -> Iterable[str]:
    values = said.get(name) or []
    if not isinstance(values, list):
        raise NotUnderstood
    return [_clean(value) for value in values if isinstance(value, str)]


def _clean(value: str) -> str:
    """Lone surrogates and NUL can be sent, but not stored."""
    return value.encode(errors="replace").decode().replace("\0", "").strip()


def _one_of(scheme: str, code: str) -> str:
    return code if code in codes(scheme) else ""


def _urgency(code: str) -> str:
    """An urgency that nobody knows is taken for an urgent one; none at all was not said to be urgent."""
    return code if code in codes("urgency") else ("urgent" if code else "normal")


def _age(value: object) -> int | None:
    return value if type(value) is int and 0 <= value < 18 else None  # noqa: PLR2004
