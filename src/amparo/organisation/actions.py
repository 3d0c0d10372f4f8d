"""Founding agencies and teams, naming people and their posts, telling people things."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.ids import new_reference
from amparo.common.types import Actor
from amparo.organisation.importing import PlaceRow
from amparo.organisation.models import Agency, Membership, Notice, Person, Place, Team
from amparo.organisation.queries import current, told

# Until when a first password must have been changed.
FIRST_PASSWORD_HOLDS = timedelta(days=7)


@gated
def add_place(*, by: Actor, code: str, name: str, parent: Place | None = None) -> Place:
    """Add a node to the tree of places. Raises `Invalid` when the code is taken or has a slash."""
    allow(by, Permission.ORGANISATION_WRITE)
    if not code or "/" in code:
        raise Invalid({"code": _("A code is letters and digits, without a slash.")})
    if Place.objects.filter(code=code).exists():
        raise Invalid({"code": _("There is a place with the code {code} already.").format(code=code)})
    path = f"{parent.path if parent else ''}{code}/"
    place = Place.objects.create(code=code, name=name, parent=parent, level=path.count("/") - 1, path=path)
    record(by, "place:added", "place", place.id)
    return place


@gated
def import_places(*, by: Actor, rows: list[PlaceRow]) -> list[Place]:
    """Take many places, parents in any order. Raises `Invalid` naming the line; then nothing was taken."""
    allow(by, Permission.ORGANISATION_WRITE)
    known = {place.code: place for place in Place.objects.all()}
    waiting, taken = list(rows), []
    while waiting:
        ready = [row for row in waiting if not row.parent or row.parent in known]
        if not ready:
            raise Invalid({"file": f"Line {waiting[0].line}: there is no place {waiting[0].parent} to lie in."})
        for row in ready:
            known[row.code] = _place_of(by, row, known)
            taken.append(known[row.code])
        waiting = [row for row in waiting if row not in ready]
    return taken


def _place_of(by: Actor, row: PlaceRow, known: dict[str, Place]) -> Place:
    try:
        return add_place(by=by, code=row.code, name=row.name, parent=known.get(row.parent))
    except Invalid as invalid:
        raise Invalid({"file": f"Line {row.line}: {invalid.fields['code']}"}) from None


@gated
def found_agency(
    *,
    by: Actor,
    code: str,
    name: str,
    kind: str,
    place: Place,
    takes_reports: bool = False,
    independent: bool = False,
) -> Agency:
    """Found an agency. `independent` ones may oversee: they answer to none of those they watch."""
    allow(by, Permission.ORGANISATION_WRITE)
    if Agency.objects.filter(code=code).exists():
        raise Invalid({"code": _("There is an agency with the code {code} already.").format(code=code)})
    agency = Agency.objects.create(
        code=code, name=name, kind=kind, place=place, takes_reports=takes_reports, independent=independent
    )
    record(by, "agency:founded", "agency", agency.id)
    return agency


@gated
def add_team(*, by: Actor, agency: Agency, name: str) -> Team:
    """Add a team to an agency."""
    allow(by, Permission.ORGANISATION_WRITE)
    if Team.objects.filter(agency=agency, name=name).exists():
        raise Invalid({"name": _("The agency has a team of this name already.")})
    team = Team.objects.create(agency=agency, name=name)
    record(by, "team:added", "team", team.id)
    return team


@gated
def add_person(*, by: Actor, username: str, name: str, email: str = "", language: str = "en") -> Person:
    """Add somebody who will sign in. They have no right until they hold a post, and no password until they set one."""
    allow(by, Permission.ORGANISATION_WRITE)
    if Person.objects.filter(username__iexact=username).exists():
        raise Invalid({"username": _("Somebody signs in with this name already.")})
    person = Person(username=username, name=name, email=email, language=language)
    person.set_unusable_password()
    person.save(force_insert=True)
    record(by, "person:added", "person", person.id)
    return person


@gated
def give_post(
    *,
    by: Actor,
    person: Person,
    role: str,
    agency: Agency,
    team: Team | None = None,
    from_date: date | None = None,
) -> Membership:
    """Give a person a role in an agency. Nobody gives themselves one."""
    allow(by, Permission.ORGANISATION_WRITE)
    if by.id == person.id:
        raise Conflict(_("Nobody gives a post to themselves; ask another administrator."))
    if team and team.agency_id != agency.id:
        raise Invalid({"team": _("This team is of another agency.")})
    if Membership.objects.filter(current(), person=person, role=role, agency=agency, team=team).exists():
        raise Conflict(_("This person holds this post already."))
    post = Membership.objects.create(
        person=person, role=role, agency=agency, team=team, from_date=from_date or clock.today()
    )
    record(by, "post:given", "person", person.id, detail={"role": role, "agency": str(agency.id)})
    return post


@gated
def add_person_with_post(
    *, by: Actor, username: str, name: str, password: str, role: str, agency: Agency, team: Team | None = None
) -> Person:
    """Add a person, a post and a first password in one go, which must be changed within a week.

    Raises `Invalid` when the password is too weak.
    """
    allow(by, Permission.ORGANISATION_WRITE)
    person = add_person(by=by, username=username, name=name)
    give_post(by=by, person=person, role=role, agency=agency, team=team)
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Invalid({"password": " ".join(weak.messages)}) from None
    person.set_password(password)
    person.first_password_until = clock.now() + FIRST_PASSWORD_HOLDS
    person.save(update_fields=["password", "first_password_until"])
    return person


def first_password() -> str:
    """A password of 80 random bits to hand over once; whoever gets it changes it after signing in."""
    return "-".join(new_reference("")[1:] for _ in range(2))


@gated
def end_post(*, by: Actor, post: Membership, on: date | None = None) -> Membership:
    """End a post with a day; what was done in it stays."""
    allow(by, Permission.ORGANISATION_WRITE)
    post.to_date = on or clock.today()
    post.save(update_fields=["to_date"])
    record(by, "post:ended", "person", post.person_id, detail={"role": post.role})
    return post


@gated
def lock(*, by: Actor, person: Person) -> Person:
    """Keep somebody out from this moment on, whatever session is open. Nobody locks themselves out."""
    allow(by, Permission.ORGANISATION_WRITE)
    if by.id == person.id:
        raise Conflict(_("Nobody locks their own account; ask another administrator."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(by, "person:locked", "person", person.id)
    return person


@gated
def unlock(*, by: Actor, person: Person) -> Person:
    """Let somebody in again; their posts are as they were."""
    allow(by, Permission.ORGANISATION_WRITE)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(by, "person:unlocked", "person", person.id)
    return person


def tell(
    *, code: str, kind: str, record_id: UUID, reference: str, agency: UUID | None = None, role: str = "",
    person: UUID | None = None,
) -> Notice:  # fmt: skip
    """Leave a notice, as part of another action's transaction, for a person or for a role of an agency."""
    whom: dict[str, Any] = {"agency_id": agency, "role": role, "person_id": person}
    return Notice.objects.create(code=code, kind=kind, record=record_id, reference=reference, at=clock.now(), **whom)


@gated
def see(*, by: Actor, notices: list[UUID]) -> int:
    """Mark notices that are for `by` as seen; returns how many. What is for a role is seen for all who hold it."""
    rule = allow(by, Permission.DAY_READ)
    mine = Notice.objects.filter(told(by), id__in=notices, seen_at=None)
    seen = mine.update(seen_at=clock.now())
    record(by, "notice:seen", "list", ids=notices, rule=rule)
    return seen
