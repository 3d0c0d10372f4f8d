"""What a mandate holder takes along on a visit to a State: what is known, of what day, by whom, and what to ask.

It repeats the public page in an order to be read on paper, and judges nothing: the questions to ask are those that
nobody answers, that roles answer differently, that a State contests, or whose evidence has grown old.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from amparo.law import words as law
from amparo.monitoring.models import Assessment, Entry
from amparo.monitoring.profile import Asked, Profile, Told
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.scoring import OLD
from amparo.monitoring.topics import answer_words, shown
from amparo.monitoring.words import apart, word
from amparo.monitoring.world import name

MOST = 60  # recommendations of other mechanisms that are printed in full; the public page has them all


@dataclass(frozen=True)
class Block:
    """A heading (with its level), a paragraph, or a table with its columns."""

    kind: str
    text: str = ""
    level: int = 0
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def report(found: Profile) -> list[Block]:
    """The whole report in the reader's language."""
    parts = (_begin, _treaties, _law, _scores, _answers, _series, _followed, _work, _recommended, _to_ask)
    blocks = list(chain.from_iterable(part(found) for part in parts))
    return [_isolated(each) for each in blocks] if get_language_bidi() else blocks


def _isolated(block: Block) -> Block:
    return replace(block, text=apart(block.text), rows=tuple(tuple(map(apart, row)) for row in block.rows))


def _heading(text: str, level: int = 1) -> Block:
    return Block("heading", text, level)


def _words(text: str) -> Block:
    return Block("words", text)


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Block:
    return Block("table", columns=tuple(columns), rows=tuple(tuple(row) for row in rows))


def _begin(found: Profile) -> Iterator[Block]:
    yield Block("title", name(found.state))
    yield _words(_("What States do on the sale and sexual exploitation of children: what is known on {day}.").format(
        day=found.day.isoformat()))  # fmt: skip
    if found.state.kind == "fictional":
        yield _words(word("fictional"))
    yield _words(
        _("Every line names its source. What is not known is said to be not known; it is never a no. There is no rank.")
    )
    edition, checked = rubric().edition, ", ".join(rubric().checked)
    yield _words(
        _("Edition {edition} of the questions. Languages checked by somebody of the field: {checked}.").format(
            edition=edition, checked=checked
        )
    )


def _treaties(found: Profile) -> Iterator[Block]:
    yield _heading(_("Treaties"))
    yield _table(
        (_("Treaty"), _("Status"), _("Date"), _("How exact"), _("Source")),
        (
            (
                each.treaty.title, word(each.status), each.date or "–",
                word(each.row.precision) if each.row and each.date else "–",
                _("{source}, as of {day}").format(source=each.row.source, day=each.row.as_of)
                if each.row else _("no source"),
            )
            for each in found.standings
        ),
    )  # fmt: skip
    narrowed = [each for each in found.standings if each.row and each.row.reservations]
    for each in narrowed:
        yield _words(f"{each.treaty.title}: {each.row.reservations}" if each.row else "")


def _law(found: Profile) -> Iterator[Block]:
    yield _heading(_("Law, provision by provision"))
    if not found.law:
        yield _words(_("No provision is recorded here. That says nothing about the law of this State."))
    for offence, rows in found.law:
        yield _heading(law.offence(offence), 2)
        yield _table(
            (_("Element"), _("What the provision says"), _("Provision"), _("In force since")),
            (
                (
                    str(law.ELEMENT[each.element]), law.said(each),
                    f"{each.place} ({each.external})" if each.external else each.place, each.in_force_on.isoformat(),
                )
                for each in rows
            ),
        )  # fmt: skip


def _scores(found: Profile) -> Iterator[Block]:
    yield _heading(_("Scores"))
    if not found.scores:
        yield _words(_("Nobody has assessed this State here yet. That says nothing about the State."))
        return
    yield _words(_("The share that is met of what was assessed, by section. Without 60 % coverage there is no grade. "
                   "Structure, process and outcome are never added up."))  # fmt: skip
    for role, scores in found.scores:
        yield _heading(word(role), 2)
        yield _table(
            (_("Section"), _("Kind"), _("Grade"), _("Share met"), _("Coverage"), _("Oldest evidence")),
            (
                (
                    rubric().section(each.section), word(each.nature), word(each.grade),
                    _("none") if each.share is None else f"{each.share:.0%}",
                    f"{each.assessed} / {each.applicable}", each.oldest.isoformat() if each.oldest else "–",
                )
                for each in scores
            ),
        )  # fmt: skip


def _answers(found: Profile) -> Iterator[Block]:
    for title, section in found.sections:
        yield _heading(title)
        yield _table(
            (_("Question"), _("Answers"), _("Evidence")),
            (
                (
                    f"{asked.question.id} {asked.question.text}",
                    "\n".join(_answer(each) for each in asked.answers),
                    "\n".join(_evidence(each) for each in asked.answers),
                )
                for asked in section
            ),
        )  # fmt: skip


def _answer(each: Assessment) -> str:
    said = f"{word(each.role)}: {answer_words(each)} ({each.valid_from.isoformat()})"
    beside = [f"{word(comment.role)}: {comment.text}" for comment in each.beside]
    return "\n".join([said, *beside])


def _evidence(each: Assessment) -> str:
    return "; ".join(f"{proof.title} {proof.pinpoint}".strip() for proof in each.proofs)


def _series(found: Profile) -> Iterator[Block]:
    for title, series in ((_("Official series"), found.official), (_("External ratings and volumes"), found.others)):
        yield _heading(title)
        if not series:
            yield _words(_("Nothing."))
            continue
        yield _table(
            (_("Series"), _("Of whom"), _("Latest"), _("Earlier"), _("Source")), (_point(each) for each in series)
        )
        for caution in dict.fromkeys(str(each.series.caution) for each in series):
            yield _words(caution)


def _point(told: Told) -> tuple[str, ...]:
    earlier = ", ".join(
        f"{each.year}: {each.text or shown(each.value or 0.0, told.series.unit)}" for each in told.points[-4:-1]
    )
    latest = f"{told.latest.year}: {told.said}"
    return told.series.title, told.slice, latest, earlier or "–", told.latest.source.title


def _followed(found: Profile) -> Iterator[Block]:
    yield _heading(_("What the report recommends"))
    yield _table(
        (_("Recommendation"), _("Answers"), _("Follow-up")),
        (
            (
                f"{each.recommended.paragraph} {each.recommended.title}",
                ", ".join(f"{word(code)}: {number}" for code, number in each.answers.items()) or "–",
                "\n".join(_line(line) for line in each.entries) or _("nothing known"),
            )
            for each in found.followed
        ),
    )  # fmt: skip


def _work(found: Profile) -> Iterator[Block]:
    yield _heading(_("The mandate and partners at work"))
    if not found.work:
        yield _words(_("No visit, communication, practice or agreement is recorded here. "
                       "That does not mean that there are none."))  # fmt: skip
        return
    yield _table(
        (_("Kind"), _("What was done"), _("Due on"), _("Source")),
        (
            (word(each.kind), _line(each), each.due_on.isoformat() if each.due_on else "–", each.source)
            for each in found.work
        ),
    )


def _line(each: Entry) -> str:
    day = f" ({each.happened_on.isoformat()})" if each.happened_on else ""
    return f"{word(each.role)}: {word(each.progress)} – {each.title}{day}"


def _recommended(found: Profile) -> Iterator[Block]:
    yield _heading(_("Recommendations"))
    if not found.recommendations:
        yield _words(_("None has been taken in here. That does not mean that there are none."))
        return
    yield _table(
        (_("Recommendation"), _("By"), _("Response")),
        (
            (
                each.text, " ".join(part for part in (each.mechanism, each.session) if part),
                word(each.response) if each.response else "–",
            )
            for each in found.recommendations[:MOST]
        ),
    )  # fmt: skip
    if len(found.recommendations) > MOST:
        yield _words(_("{number} more are on the public page.").format(number=len(found.recommendations) - MOST))


def _to_ask(found: Profile) -> Iterator[Block]:
    """What a visit is for."""
    yield _heading(_("What to ask on a visit"))
    answered = {asked.question.id: asked for _title, section in found.sections for asked in section}
    rows = [
        (f"{question.id} {question.text}", why)
        for question in rubric().questions.values()
        if (why := _why(answered.get(question.id), found))
    ]
    yield _table((_("Question"), _("Why ask")), rows)


def _why(asked: Asked | None, found: Profile) -> str:
    if asked is None or all(each.answer == "not_known" for each in asked.answers):
        return _("nobody has answered")
    if asked.differ:
        return word("differ")
    if any(each.status == "contested" for each in asked.answers):
        return word("contested")
    days = [each.evidence_on for each in asked.answers if each.evidence_on]
    return _("the evidence is older than two years") if days and found.day - min(days) > OLD else ""
