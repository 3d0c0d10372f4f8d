"""Writing down what a law says: by one person, with the provision; public once a second person read it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound
from amparo.common.hidden_files import no_hidden_files
from amparo.common.types import Actor
from amparo.law.elements import ELEMENTS, EVERY, MANY, NUMBERS
from amparo.law.models import Provision
from amparo.law.states import PROVISION
from amparo.vocabulary.queries import need

_STATE = re.compile(r"[A-Z]{3}")
_LENGTHS = {"law": 200, "pinpoint": 120, "address": 500, "external": 120}


@gated
def write(
    *,
    by: Actor,
    state: str,
    element: str,
    answer: str,
    law: str,
    pinpoint: str,
    in_force_on: date,
    offence: str = EVERY,
    items: Sequence[str] = (),
    years: int | None = None,
    age: int | None = None,
    least: int | None = None,
    most: int | None = None,
    address: str = "",
    repealed_on: date | None = None,
    external: str = "",
    replaces: Provision | None = None,
) -> Provision:
    """Say what a provision says of an element of an offence; it waits for a second person. Raises `Invalid` by field.

    `state` is the State's code of three letters, `offence` a code of `form` or empty for all; numbers are whole years.
    """
    rule = allow(by, Permission.PROVISION_WRITE)
    numbers = {"years": years, "age": age, "least": least, "most": most}
    _check_element(element, answer, items, numbers)
    _check_place(state, offence, in_force_on, repealed_on)
    words = {"law": law, "pinpoint": pinpoint, "address": address, "external": external}
    made = Provision.objects.create(
        state=state, offence=offence, element=element, answer=answer, items=sorted(items), **numbers,
        **_words(words), in_force_on=in_force_on, repealed_on=repealed_on, replaces=replaces, written_by=by.id,
        written_at=clock.now(),
    )  # fmt: skip
    record(by, "provision:written", "provision", made.id, rule=rule, detail={"state": state, "element": element})
    return made


@gated
def review(*, by: Actor, id: UUID, agree: bool) -> Provision:
    """A second person agrees, and it is public; or refuses it.

    Raises `NotFound`, and `Conflict` where it was decided already, or another provision is recorded as in force then.
    """
    found = Provision.objects.select_for_update(of=("self",)).filter(id=id).first()
    if found is None:
        raise NotFound
    rule = allow(by, Permission.PROVISION_REVIEW, found)
    found.status = PROVISION.after(found.status, "publish" if agree else "refuse")
    found.reviewed_by, found.reviewed_at = by.id, clock.now()
    if agree:
        _replace(found)
        found.published_at = clock.now()
    found.save()
    record(by, f"provision:{found.status}", "provision", found.id, rule=rule)
    return found


def _check_element(element: str, answer: str, items: Sequence[str], numbers: dict[str, int | None]) -> None:
    about = ELEMENTS.get(element)
    if about is None:
        raise Invalid({"element": _("Choose one of: {words}.").format(words=", ".join(ELEMENTS))})
    if answer not in about.answers:
        raise Invalid({"answer": _("Choose one of: {words}.").format(words=", ".join(about.answers))})
    if not set(items) <= set(about.items) or (about.items and element != "penalty" and not items):
        raise Invalid({"items": _("Choose some of: {words}.").format(words=", ".join(about.items or ("–",)))})
    for name, number in numbers.items():
        if number is not None and (name not in about.numbers or not 0 <= number <= NUMBERS[name]):
            raise Invalid({name: _("This is no number that belongs to this element.")})
    if missing := _missing(element, answer, items, numbers):
        raise Invalid({missing: _("This answer needs this number of years.")})


def _missing(element: str, answer: str, items: Sequence[str], numbers: dict[str, int | None]) -> str:
    """The number that an answer cannot do without."""
    if element == "limitation":
        if (answer in {"from_act", "from_majority"}) != (numbers["years"] is not None):
            return "years"
        return "age" if (answer == "from_majority") != (numbers["age"] is not None) else ""
    if element == "age":
        return "" if numbers["age"] is not None else "age"
    if element == "penalty":
        least, most = numbers["least"], numbers["most"]
        backwards = least is not None and most is not None and least > most
        return "most" if backwards or ((most is None) != ("life" in items)) else ""
    return ""


def _check_place(state: str, offence: str, begin: date, end: date | None) -> None:
    if not _STATE.fullmatch(state):
        raise Invalid({"state": _("A State is named by its code of three letters.")})
    if offence != EVERY:
        need("form", offence)
    if end and end <= begin:
        raise Invalid({"repealed_on": _("A provision ends after it came into force.")})


def _words(words: dict[str, str]) -> dict[str, str]:
    for field, said in words.items():
        if len(said) > _LENGTHS[field]:
            raise Invalid({field: _("This is longer than {most} signs.").format(most=_LENGTHS[field])})
        no_hidden_files(said, field)
    if not words["law"].strip() or not words["pinpoint"].strip():
        raise Invalid({"pinpoint": _("Name the law, and the article or section in it.")})
    return {field: said.strip() for field, said in words.items()}


def _replace(found: Provision) -> None:
    """Close what this one replaces; for the time before and after it the replaced one goes on being said."""
    for old in _overlapping(found):
        if old.pk != found.replaces_id:
            raise Conflict(
                _("{place} is recorded as in force then. Say that this one replaces it.").format(place=old.place)
            )
        old.status, old.superseded_at = PROVISION.after(old.status, "supersede"), clock.now()
        old.save()
        if old.in_force_on < found.in_force_on:
            _go_on(old, old.in_force_on, found.in_force_on)
        if found.repealed_on and (old.repealed_on is None or old.repealed_on > found.repealed_on):
            _go_on(old, found.repealed_on, old.repealed_on)


def _overlapping(found: Provision) -> QuerySet[Provision]:
    within = Q(repealed_on=None) | Q(repealed_on__gt=found.in_force_on)
    if found.repealed_on:
        within &= Q(in_force_on__lt=found.repealed_on)
    same: dict[str, Any] = {"state": found.state, "offence": found.offence, "element": found.element}
    if found.element in MANY:
        same["answer"] = found.answer
    return Provision.objects.select_for_update(of=("self",)).filter(within, status="published", **same)


def _go_on(old: Provision, begin: date, end: date | None) -> None:
    copy = Provision.objects.get(pk=old.pk)
    copy.pk, copy.replaces, copy.superseded_at = None, old, None
    copy.id = Provision._meta.pk.get_default()
    copy.in_force_on, copy.repealed_on, copy.status, copy.published_at = begin, end, "published", clock.now()
    copy.save(force_insert=True)
