"""The exchange with the door: letters come in, answers and status words go out, the board is renewed.

No transaction spans the two databases. Each step commits in `main` first and only then marks the door (or the other
way round for what goes out), and each can be repeated: killed between any two, the next run loses and doubles nothing.
"""

from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from amparo.access.gate import allow
from amparo.access.permissions import Permission
from amparo.common.errors import Invalid, NotFound
from amparo.common.types import Actor
from amparo.directory.queries import help_lines
from amparo.intake import actions, keys, letters, routing
from amparo.intake.doorway import door_is_open
from amparo.intake.models import Message, Report
from amparo.intake.postbox import desk, sealing
from amparo.intake.postbox.models import Board
from amparo.organisation.models import Place
from amparo.vault.compartments import Compartment
from amparo.vault.keyring import Erased
from amparo.vault.reveal import reveal
from amparo.vocabulary.queries import choices, label

SCHEMES = ("reporter_kind", "worry", "urgency", "channel_back")
_LANGUAGES = [code.partition("-")[0] for code, _name in settings.LANGUAGES]
AT_ONCE = 100


def run(*, by: Actor) -> dict[str, int]:
    """One round: how many letters were taken, answers sent, and status words shown."""
    allow(by, Permission.DOOR_EXCHANGE)
    _renew_board()
    return {"taken": _pull(by), "sent": _push_answers(by), "shown": _push_words(by)}


def _renew_board() -> None:
    shown = Board.objects.filter(id=1).values_list("content", flat=True).first()
    wanted = board()
    if shown != wanted:
        desk.publish_board(wanted)


def board() -> dict[str, Any]:
    """What the door shows and works with: public data, and the key to which it seals."""
    return {
        "open": door_is_open(),
        "intake_key": b64encode(keys.public_key()).decode(),
        "help_lines": [
            {"name": line.name, "number": line.number, "hours": line.hours, "languages": _spoken(line.languages),
             "place": line.place.name if line.place else ""}
            for line in help_lines()
        ],
        "labels": {scheme: _labels(scheme) for scheme in SCHEMES},
        "places": [list(row) for row in Place.objects.order_by("path").values_list("code", "name")],
        "agencies": [[agency.code, agency.name] for agency in routing.takers().order_by("name")],
        "hours": {urgency: within // timedelta(hours=1) for urgency, within in settings.INTAKE_CLOCKS.items()},
        "demo": settings.DEMO,
    }  # fmt: skip


def _spoken(languages: list[str]) -> str:
    """Languages by their own names, where we know them."""
    return ", ".join(label("language", language, language) for language in languages)


def _labels(scheme: str) -> dict[str, dict[str, str]]:
    spoken = {language: dict(choices(scheme, language)) for language in _LANGUAGES}
    return {code: {language: spoken[language][code] for language in _LANGUAGES} for code, _ in choices(scheme, "en")}


def _pull(by: Actor) -> int:
    waiting = desk.waiting(limit=AT_ONCE)
    for letter in waiting:
        _take(by, letter)
        desk.pulled([letter.id])
    return len(waiting)


def _take(by: Actor, letter: desk.Letter) -> None:
    """Take a letter in, or set it aside for good: one that cannot be read must not stop those behind it."""
    try:
        _take_in(by, letter)
    except (sealing.Unreadable, letters.NotUnderstood, actions.NobodyToTake, NotFound) as error:
        _set_aside(by, letter, _REASONS[type(error)], letter.sealed)
    except Invalid:
        _set_aside(by, letter, "hidden_file", b"")


_REASONS: dict[type[Exception], str] = {
    sealing.Unreadable: "not_unsealed",
    letters.NotUnderstood: "not_understood",
    actions.NobodyToTake: "nobody_to_take",
    NotFound: "no_report",
}


def _take_in(by: Actor, letter: desk.Letter) -> None:
    plain = keys.unseal(letter.sealed)
    if letter.first:
        told = letters.first(plain)
        actions.receive(by=by, letter=letter.id, thread=letter.thread, told=told, received_on=letter.received_on)
        return
    report = Report.objects.filter(thread=letter.thread).first()
    if report is None:
        raise NotFound
    actions.receive_more(by=by, letter=letter.id, report=report, more=letters.later(plain))


def _set_aside(by: Actor, letter: desk.Letter, reason: str, sealed: bytes) -> None:
    actions.set_aside(by=by, letter=letter.id, thread=letter.thread, sealed=sealed, reason=reason)


def _push_answers(by: Actor) -> int:
    due = Message.objects.filter(incoming=False, sent_at=None, report__thread__isnull=False)
    sent = 0
    for message in due.select_related("report").order_by("at", "id")[:AT_ONCE]:
        report, thread = message.report, message.report.thread
        assert thread is not None  # the condition above
        try:
            words = _words(by, report, message.words)
            desk.push(thread, message.id, words)
        except (NotFound, Erased):
            actions.lose_thread(by=by, report=report)
        else:
            actions.answer_sent(by=by, message=message)
            sent += 1
    return sent


def _words(by: Actor, report: Report, pointer: UUID | None) -> str:
    assert pointer is not None  # an answer has words
    opened: dict[str, str] = reveal(
        by=by, subject=report, pointer=pointer, compartment=Compartment.NARRATIVE, purpose="contact"
    )
    return opened["told"]


def _push_words(by: Actor) -> int:
    shown = 0
    for report in Report.objects.filter(word_due=True, thread__isnull=False)[:AT_ONCE]:
        assert report.thread is not None  # the condition above
        try:
            desk.set_status(report.thread, report.word)
        except NotFound:
            actions.lose_thread(by=by, report=report)
        else:
            actions.word_shown(by=by, report=report)
            shown += 1
    return shown
