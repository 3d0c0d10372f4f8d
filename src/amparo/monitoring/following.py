"""What is done: follow-up of recommendations, and the mandate's own work with a State.

One line a thing: a follow-up, a visit, a communication, help asked for, a good practice, an agreement, a campaign, a
call for input, an activity, a duty of a company or federation.
Each is written by one person and public once a second one agreed; a newer line about the same thing closes the older.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Invalid, NotFound
from amparo.common.hidden_files import no_hidden_files
from amparo.common.types import Actor
from amparo.monitoring.assessing import ROLES
from amparo.monitoring.models import Entry, Recommendation, State
from amparo.monitoring.queries import UNITED_NATIONS
from amparo.monitoring.recommended import recommended
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.states import ENTRY

# How far a thing of each kind may have come.
PROGRESS: dict[str, tuple[str, ...]] = {
    "follow_up": ("not_begun", "planned", "started", "advanced", "done", "regressed"),
    "visit": ("requested", "reminded", "agreed", "postponed", "visited", "reported", "followed_up"),
    "communication": ("sent", "acknowledged", "replied_part", "replied"),
    "assistance": ("asked", "given_help"),
    "practice": ("described",),
    "agreement": ("negotiated", "signed", "in_use", "ended"),
    "campaign": ("planned", "started", "done"),
    "call": ("called", "input_given", "closed"),
    "activity": ("planned", "done"),
    "company": ("committed", "in_use", "reviewed", "ended"),
}
REPLICABLE = ("elsewhere", "adaptable", "local")  # a practice is used elsewhere, can be, or holds only where it is
REPLY_WITHIN = timedelta(days=60)  # a communication asks for an answer in so many days (paragraph 11)
_LONGEST, _TITLE = 4000, 200


@gated
def enter(
    *,
    by: Actor,
    state: State,
    kind: str,
    progress: str,
    title: str,
    role: str = "mandate",
    subject: str = "",
    text: str = "",
    lead: str = "",
    funding: str = "",
    milestones: Sequence[Mapping[str, str]] = (),
    themes: Collection[str] = (),
    replicability: str = "",
    partners: list[str] | None = None,
    happened_on: date | None = None,
    due_on: date | None = None,
    source: str = "",
    address: str = "",
) -> Entry:
    """Write one line about a State; it waits for a second person. Raises `Invalid` by field.

    `subject` of a follow-up is a code of the report's recommendations, or the external id of another one. A milestone
    has a `title`, and `due_on` and `done_on` as ISO 8601 or empty; `themes` are sections of the rubric.
    """
    rule = allow(by, Permission.ASSESSMENT_WRITE)
    if progress not in PROGRESS.get(kind, ()):
        raise Invalid({"progress": _("Choose one of: {words}.").format(words=", ".join(PROGRESS.get(kind, ("–",))))})
    if role not in ROLES or not title.strip() or not source.strip():
        raise Invalid({"title": _("It has a title, a role that says it, and a source.")})
    if kind == "follow_up" and not _is_recommended(state, subject):
        raise Invalid({"subject": _("A follow-up names a recommendation that this State was given.")})
    if not set(themes) <= set(rubric().sections) or replicability not in {"", *REPLICABLE}:
        raise Invalid({"themes": _("Themes are sections of the rubric; a practice says where else it can be used.")})
    if kind == "communication" and happened_on and due_on is None:
        due_on = happened_on + REPLY_WITHIN
    for field, words in (("title", title), ("text", text), ("lead", lead), ("source", source), ("funding", funding)):
        if len(words) > _LONGEST:
            raise Invalid({field: _("This is longer than {most} signs.").format(most=_LONGEST)})
        no_hidden_files(words, field)
    made = Entry.objects.create(
        state=state, kind=kind, progress=progress, title=title.strip(), role=role, subject=subject, text=text.strip(),
        lead=lead.strip(), funding=funding.strip(), milestones=[_milestone(each) for each in milestones],
        themes=sorted(themes), replicability=replicability, partners=sorted(partners or []),
        happened_on=happened_on, due_on=due_on,
        source=source.strip(), address=address, written_by=by.id, written_at=clock.now(),
    )  # fmt: skip
    record(by, "entry:written", "entry", made.id, rule=rule, detail={"kind": kind, "state": state.iso3})
    return made


@gated
def review_entry(*, by: Actor, id: UUID, agree: bool) -> Entry:
    """A second person agrees, and the line is public in the place of the one before; or refuses it.

    Raises `NotFound`, `Conflict` for a line that was decided already.
    """
    found = Entry.objects.select_for_update(of=("self",)).filter(id=id).first()
    if found is None:
        raise NotFound
    rule = allow(by, Permission.ENTRY_REVIEW, found)
    found.status = ENTRY.after(found.status, "publish" if agree else "refuse")
    found.reviewed_by, found.reviewed_at = by.id, clock.now()
    if agree:
        found.published_at = clock.now()
        same = {name: getattr(found, name) for name in ("state_id", "kind", "subject", "role", "title")}
        if found.subject:
            same.pop("title")
        Entry.objects.filter(status="published", superseded_at=None, **same).update(superseded_at=clock.now())
    found.save()
    record(by, f"entry:{found.status}", "entry", found.id, rule=rule)
    return found


def _milestone(told: Mapping[str, str]) -> dict[str, str]:
    """Raises `Invalid`."""
    title, due_on, done_on = (str(told.get(part, "")).strip() for part in ("title", "due_on", "done_on"))
    try:
        days = [date.fromisoformat(day).isoformat() if day else "" for day in (due_on, done_on)]
    except ValueError:
        days = []
    if not days or not 0 < len(title) <= _TITLE:
        raise Invalid({"milestones": _("A milestone has a title, and days such as 2026-11-24.")})
    no_hidden_files(title, "milestones")
    return {"title": title, "due_on": days[0], "done_on": days[1]}


def _is_recommended(state: State, subject: str) -> bool:
    own = recommended().get(subject)
    if own:
        return (own.addressee == "state") == (state.iso3 != UNITED_NATIONS)
    return Recommendation.objects.filter(external=subject, state=state, superseded_at=None).exists()
