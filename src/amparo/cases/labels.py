"""What an incident is in law: its elements as somebody answered them, and the labels that a supervisor confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.cases import ledger
from amparo.cases.models import Case, Classification, Incident, IncidentElement
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound
from amparo.common.types import Actor
from amparo.vocabulary.classification import elements
from amparo.vocabulary.classification.classify import MET, OPEN
from amparo.vocabulary.classification.readings import Found, reading

NOT_ASKED = "not_asked"
GONE = "gone"


@gated
def record_elements(*, by: Actor, incident: Incident, answers: Mapping[str, object]) -> Incident:
    """Keep answers about an incident, `{element: answer}` and perhaps `age`; what is not named stays as it was.

    Raises `Invalid` as `elements.known` does, and nothing is kept then; `Conflict` when the case is closed.
    """
    rule = allow(by, Permission.CASE_WRITE, incident.case)
    ledger.need_open(incident.case)
    incident = _fresh(incident)
    given = dict(answers)
    age = given.pop("age", incident.age)
    kept = _kept(incident)
    elements.known({**kept, **given, "age": age})
    changed = {name: str(answer) for name, answer in given.items() if kept.get(name, NOT_ASKED) != answer}
    if not changed and age == incident.age:
        return incident
    _keep(by, incident, changed, age)
    ledger.note(incident.case, "elements_recorded", record=incident.id, agency=incident.case.agency_id)
    record(by, "incident:elements_recorded", "case", incident.case_id, rule=rule,
           detail={"incident": str(incident.id), "elements": ",".join(sorted(changed))})  # fmt: skip
    return incident


@gated
def confirm_label(
    *, by: Actor, incident: Incident, rules: str, code: str, settings: Mapping[str, bool] | None = None
) -> Classification:
    """Confirm what a reading of the rules says of an incident today; the same one twice is one.

    Raises `Invalid` for a rule set, setting or code that there is not, `Conflict` where it cannot be said yet.
    """
    rule = allow(by, Permission.CASE_CONFIRM, incident.case)
    ledger.need_open(incident.case)
    incident = _fresh(incident)
    found = _one(incident, rules, code, settings)
    if found.result.state == OPEN:
        raise Conflict(_("This cannot be said yet: facts are missing."))
    told = {"rules": rules, "edition": found.result.edition, "code": code, "state": found.result.state,
            "settings": found.reading.settings}  # fmt: skip
    last = standing(incident.labels.filter(rules=rules, code=code)).get((rules, code, _key(found.reading.settings)))
    if last and (last.edition, last.state) == (told["edition"], told["state"]):
        return last
    made = Classification.objects.create(incident=incident, confirmed_by=by.id, confirmed_at=clock.now(), **told)
    ledger.note(incident.case, "label_confirmed", term=code, record=incident.id, agency=incident.case.agency_id)
    record(by, "incident:label_confirmed", "case", incident.case_id, rule=rule,
           detail={"incident": str(incident.id), "code": code, "state": made.state})  # fmt: skip
    return made


def incident_of(found: Case, id: UUID) -> Incident:
    """One incident of a case that was read: part of that look. Raises `NotFound`."""
    incident = found.incidents.filter(id=id).first()
    if incident is None:
        raise NotFound
    incident.case = found
    return incident


def facts_of(incident: Incident) -> dict[str, object]:
    """What is known of an incident, as `classify` reads it."""
    return _kept(incident) | ({} if incident.age is None else {"age": incident.age})


def standing(labels: QuerySet[Classification]) -> dict[tuple[str, str, str], Classification]:
    """The labels of one incident that stand: the latest by rule set, code and reading."""
    return _latest(labels.order_by("confirmed_at", "id"))


def met_labels(incident: Incident) -> list[str]:
    """The codes of the labels that stand and are met under some reading, of an incident with its labels at hand."""
    return sorted({label.code for label in _latest(incident.labels.all()).values() if label.state == MET})


@dataclass(frozen=True)
class Change:
    """A confirmed label that today's rules no longer give: by edition and state, then and now."""

    reference: str
    incident: UUID
    rules: str
    code: str
    settings: dict[str, bool]
    then: tuple[str, str]
    now: tuple[str, str]


@gated
def rerun(*, by: Actor) -> list[Change]:
    """Which labels that stand would be others by the rules and the facts of today. Changes nothing."""
    rule = allow(by, Permission.LABELS_RERUN)
    rows = Classification.objects.select_related("incident__case").prefetch_related("incident__elements")
    found: list[Change] = []
    looked = 0
    for _incident, labels in groupby(
        rows.order_by("incident_id", "confirmed_at", "id").iterator(chunk_size=2000), key=lambda row: row.incident_id
    ):
        looked += 1
        found += [change for label in _latest(labels).values() if (change := _change(label))]
    record(by, "label:rerun", "list", rule=rule, detail={"incidents": looked})
    return found


def _change(label: Classification) -> Change | None:
    try:
        result = _one(label.incident, label.rules, label.code, label.settings).result
        now = (result.edition, result.state)
    except Invalid:  # the rule set, the setting or the label is no more
        now = ("", GONE)
    if now[1] == label.state:
        return None
    return Change(
        label.incident.case.reference, label.incident_id, label.rules, label.code, label.settings,
        (label.edition, label.state), now,
    )  # fmt: skip


def _fresh(incident: Incident) -> Incident:
    """As it is now, and nobody else's turn until this is done: two answers at once must see each other."""
    return Incident.objects.select_for_update(of=("self",)).select_related("case").get(pk=incident.pk)


def _kept(incident: Incident) -> dict[str, object]:
    return {row.element: row.answer for row in incident.elements.all()}


def _keep(by: Actor, incident: Incident, changed: Mapping[str, str], age: object) -> None:
    if age != incident.age:
        incident.age = age if isinstance(age, int) else None
        incident.save(update_fields=["age"])
    now = clock.now()
    IncidentElement.objects.bulk_create(
        [
            IncidentElement(incident=incident, element=name, answer=answer, by=by.id, at=now)
            for name, answer in changed.items()
        ],
        update_conflicts=True, unique_fields=["incident", "element"], update_fields=["answer", "by", "at"],
    )  # fmt: skip


def _one(incident: Incident, rules: str, code: str, settings: Mapping[str, bool] | None) -> Found:
    for found in reading(rules, settings).results(facts_of(incident)):
        if found.offence.code == code:
            return found
    raise Invalid({"code": _("There is no such label in these rules.")})


def _latest(labels: Iterable[Classification]) -> dict[tuple[str, str, str], Classification]:
    return {(label.rules, label.code, _key(label.settings)): label for label in labels}


def _key(settings: Mapping[str, bool]) -> str:
    return ",".join(f"{name}={value}" for name, value in sorted(settings.items()))


def key_of(found: Found) -> tuple[str, str, str]:
    """By which a result finds its label in `standing`."""
    return found.reading.rules.code, found.offence.code, _key(found.reading.settings)
