"""The desk's words in five languages besides English: `make translations` brings the catalogues up to date.

Texts are found as Django finds them (templates are turned into code first), without tools of the system. `--check`, a
part of `make check`, changes nothing and names what is missing, stale, or not compiled.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SRC = Path(__file__).resolve().parents[1] / "src" / "amparo"
LOCALE = SRC / "interfaces" / "design" / "locale"
LANGUAGES = ("ar", "es", "fr", "ru", "zh_Hans")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip

Key = tuple[str, object]


def sources() -> Iterator[tuple[Path, str]]:
    """Every file of the desk as Python; the door has a catalogue of its own."""
    for path in sorted([*SRC.rglob("*.py"), *SRC.rglob("*.html")]):
        if "report_door" not in path.parts:
            text = path.read_text(encoding="utf-8")
            yield path, templatize(text) if path.suffix == ".html" else text


def wanted() -> dict[Key, Message]:
    """Every text that asks to be translated, by context and words."""
    found: dict[Key, Message] = {}
    for _path, text in sources():
        for _line, call, said, _comments in extract_python(io.BytesIO(text.encode()), KEYWORDS, (), {}):
            message = _message(call, said if isinstance(said, tuple) else (said,))
            if message:
                found[_key(message)] = message
    return found


def _message(call: str, said: tuple[str | None, ...]) -> Message | None:
    context, words = (said[0], said[1:]) if call.startswith(("pgettext", "npgettext")) else (None, said)
    words = tuple(word for word in words if word)
    if not words:
        return None
    plural = call.startswith(("ngettext", "npgettext"))
    return Message(words[:2] if plural else words[0], context=context)


def catalogue(language: str) -> Catalog:
    """What is translated so far."""
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def problems(language: str) -> list[str]:
    """What stands between a catalogue and the texts of today, in words."""
    kept, texts = catalogue(language), wanted()
    here = {_key(message): message for message in kept if message.id}
    found = [f"no translation of {key[1]!r}" for key in texts if key not in here or not _whole(here[key])]
    found += [f"nobody says {key[1]!r} any more" for key in here if key not in texts]
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = {_key(message): _words(message) for message in read_mo(file) if message.id}
    if compiled != {key: _words(message) for key, message in here.items() if _whole(message)}:
        found.append("django.mo is not what django.po says")
    return found


def _key(message: Message) -> Key:
    context = message.context.decode() if isinstance(message.context, bytes) else message.context or ""
    return context, message.id if isinstance(message.id, str) else tuple(message.id)


def _words(message: Message) -> object:
    return message.string if isinstance(message.string, str) else tuple(message.string)


def _whole(message: Message) -> bool:
    return bool(message.string) and all(message.string) and not message.fuzzy


def update(language: str) -> None:
    """Bring a catalogue up to date: what is new waits for its translation, what nobody says any more goes."""
    kept, folder = catalogue(language), LOCALE / language / "LC_MESSAGES"
    fresh = Catalog(
        locale=language, project="Amparo", version="0.1", copyright_holder="Amparo", last_translator="Amparo",
        language_team="Amparo", header_comment=kept.header_comment, fuzzy=False,
        creation_date=kept.creation_date, revision_date=kept.creation_date,
    )  # fmt: skip
    for context, words in sorted(wanted(), key=lambda key: (str(key[1]), key[0])):
        before = kept.get(words if isinstance(words, str) else words[0], context or None)
        fresh.add(words, before.string if before and not before.fuzzy else "", context=context or None)
    with (folder / "django.po").open("wb") as file:
        write_po(file, fresh, width=120, no_location=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, fresh)


def main() -> int:
    wrong = 0
    for language in LANGUAGES:
        if "--check" not in sys.argv:
            update(language)
        for problem in problems(language):
            wrong += 1
            print(f"{language}: {problem}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
