"""Taking a new edition of a code list, of a crosswalk, of a State's own rules."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.types import Actor
from amparo.vocabulary import crosswalks, files, queries
from amparo.vocabulary.classification import rules
from amparo.vocabulary.classification.rules import RuleSet
from amparo.vocabulary.crosswalks import Walk
from amparo.vocabulary.files import LANGUAGES, CodeList
from amparo.vocabulary.models import Crosswalk, Edition, Equivalent, Term


@gated
def load(*, by: Actor, code_list: CodeList) -> Edition:
    """Take an edition, whole or not at all; the same one twice changes nothing.

    Raises `Conflict` for other content under an edition's name that is there already: what was recorded with it
    must keep its meaning.
    """
    rule = allow(by, Permission.ORGANISATION_WRITE)
    kept = Edition.objects.filter(scheme=code_list.scheme, edition=code_list.edition).first()
    if kept and kept.content_hash == code_list.content_hash:
        return kept
    if kept:
        raise Conflict(
            f"{code_list.scheme} {code_list.edition} is here already with other content; give a new edition."
        )
    edition = Edition.objects.create(
        scheme=code_list.scheme, edition=code_list.edition, title=code_list.title, source=code_list.source,
        content_hash=code_list.content_hash, loaded_at=clock.now(),
    )  # fmt: skip
    Term.objects.bulk_create([_term(edition, row) for row in code_list.rows])
    record(by, "vocabulary:loaded", "edition", edition.id, rule=rule, detail={"scheme": code_list.scheme})
    queries.forget()
    transaction.on_commit(queries.forget)  # whoever asked in between read the edition before
    return edition


@gated
def load_shipped(*, by: Actor) -> int:
    """Take every code list and crosswalk that comes with Amparo; returns how many lists there are."""
    allow(by, Permission.ORGANISATION_WRITE)
    lists = files.shipped()
    for code_list in lists:
        load(by=by, code_list=code_list)
    for walk in crosswalks.shipped():
        load_crosswalk(by=by, walk=walk)
    return len(lists)


@gated
def load_crosswalk(*, by: Actor, walk: Walk) -> Crosswalk:
    """Take an edition of a crosswalk, whole or not at all; the same one twice changes nothing.

    Raises `Invalid` for a code or a target that its scheme has never had, `Conflict` for other content of an edition.
    """
    rule = allow(by, Permission.ORGANISATION_WRITE)
    kept = Crosswalk.objects.filter(scheme=walk.scheme, edition=walk.edition).first()
    if kept and kept.content_hash == walk.content_hash:
        return kept
    if kept:
        raise Conflict(f"The crosswalk {walk.scheme} {walk.edition} is here already with other content.")
    for row in walk.rows:
        for scheme, code in ((walk.scheme, row.code), (row.scheme, row.target)):
            if code and not queries.known(scheme, code):
                raise Invalid({"file": f"{walk.scheme}.csv, line {row.line}: {scheme} has no code {code}."})
    made = Crosswalk.objects.create(
        scheme=walk.scheme, edition=walk.edition, source=walk.source, content_hash=walk.content_hash,
        loaded_at=clock.now(),
    )  # fmt: skip
    Equivalent.objects.bulk_create(
        [Equivalent(crosswalk=made, code=r.code, scheme=r.scheme, target=r.target, note=r.note) for r in walk.rows]
    )
    record(by, "crosswalk:loaded", "edition", made.id, rule=rule, detail={"scheme": walk.scheme})
    return made


@gated
def take_rules(*, by: Actor, file: Path) -> RuleSet:
    """Take a State's own law as a rule file, read strictly, whole or not at all; the same one twice changes nothing.

    Raises `Invalid` that names file and line, `Conflict` for the code of a rule set that comes with Amparo, and for
    other content under an edition's name that is here already.
    """
    rule = allow(by, Permission.ORGANISATION_WRITE)
    told = rules.read(file)
    if told.code in rules.shipped():
        raise Conflict(f"The rules {told.code} come with Amparo; give your own another code.")
    target = Path(settings.RULES_FOLDER) / f"{told.code}-{told.edition}.toml"
    text = file.read_bytes()
    if target.exists() and target.read_bytes() != text:
        raise Conflict(f"The rules {told.code} {told.edition} are here already with other content; give a new edition.")
    record(by, "rules:taken", "rules", rule=rule, detail={"code": told.code, "edition": told.edition})
    part = target.with_suffix(".part")
    part.write_bytes(text)
    part.replace(target)
    return told


def _term(edition: Edition, row: dict[str, str]) -> Term:
    return Term(
        edition=edition, code=row["code"], parent=row["parent"], order=int(row["order"]),
        definition=row["definition_en"], source=row["source"],
        labels={language: row[language] for language in LANGUAGES if row[language]},
        official=row["official"], status=row["status"], verified=row["verified"] == "true",
        valid_from=row["valid_from"] or None, valid_to=row["valid_to"] or None, checked=row["checked"],
    )  # fmt: skip
