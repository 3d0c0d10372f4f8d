"""Freezing the coded facts of the house, opening what was frozen, and wiping it when its time is over."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import AmparoError, Conflict, NotFound
from amparo.common.ids import new_id, new_reference
from amparo.common.types import Actor
from amparo.counting import sealing
from amparo.counting.frozen.drawing import Drawing
from amparo.counting.frozen.models import Frozen, Part, SavedView
from amparo.methods.tabulation.arrays import Read
from amparo.methods.tabulation.asking import Question, plan
from amparo.methods.tabulation.columns import Written, from_parquet, to_parquet
from amparo.methods.tabulation.indicators import catalogue
from amparo.methods.tabulation.schema import EDITION, TABLES
from amparo.vocabulary.classification.rules import shipped
from amparo.vocabulary.queries import editions

KEEP = timedelta(days=90)


@gated
def take(*, by: Actor) -> Frozen:
    """Freeze every coded fact of this moment: sealed, under numbers of its own, dated to the month."""
    rule = allow(by, Permission.SNAPSHOT_TAKE)
    tables = Drawing(secret(b"record keys")).tables()
    written = {name: to_parquet(table) for name, table in tables.items()}
    about = about_now() | {
        "tables": {name: {"rows": len(tables[name]), "hash": hash_of(each)} for name, each in written.items()}
    }
    now = clock.now()
    frozen = Frozen(
        id=new_id(), reference=new_reference("Z"), about=about, content_hash=hash_of_all(about), taken_by=by.id,
        taken_at=now, expires_at=now + KEEP,
    )  # fmt: skip
    frozen.save(force_insert=True)
    for name, each in written.items():
        keep(frozen, name, each)
    record(by, "frozen:taken", "frozen", frozen.id, rule=rule, detail={"rows": sum(map(len, tables.values()))})
    return frozen


@gated
def opened(*, by: Actor, frozen: Frozen) -> dict[str, Any]:
    """The tables as Arrow columns; each opening is recorded.

    Raises `Conflict` when the snapshot has ended, `AmparoError` when anything of it was altered.
    """
    rule = allow(by, Permission.SNAPSHOT_OPEN)
    record(by, "frozen:opened", "frozen", frozen.id, rule=rule)
    return tables_of(frozen)


@gated
def exported(*, by: Actor, frozen: Frozen, table: str) -> Written:
    """A table, to be written to a file without its record keys; recorded. Raises as `opened` does."""
    rule = allow(by, Permission.SNAPSHOT_OPEN)
    _check_whole(frozen)
    found = Written(table, _unsealed(frozen, frozen.parts.filter(name=table).first()))
    record(by, "frozen:exported", "frozen", frozen.id, rule=rule, detail={"table": table, "rows": found.rows})
    return found


@gated
def wipe_ended(*, by: Actor) -> int:
    """Wipe the parts of the snapshots that have ended; that they were taken stays known. Returns how many ended."""
    rule = allow(by, Permission.CLOCKS_RUN)
    ended = Frozen.objects.filter(expires_at__lte=clock.now(), parts__isnull=False).distinct()
    ids = list(ended.values_list("id", flat=True))
    if ids:
        Part.objects.filter(frozen__in=ids).delete()
        record(by, "frozen:wiped", "frozen", ids=ids, rule=rule)
    return len(ids)


@gated
def save_view(*, by: Actor, question: Question) -> SavedView:
    """Keep a question, never its answer, to look at it again. Raises `Invalid` for one that cannot be asked."""
    rule = allow(by, Permission.FIGURES_EXPLORE)
    plan(question, catalogue())
    where = {name: list(codes) for name, codes in question.where.items()}
    view = SavedView.objects.create(
        person=by.id, indicator=question.indicator, by=list(question.by), where=where, saved_at=clock.now()
    )
    record(by, "view:saved", "view", view.id, rule=rule)
    return view


@gated
def drop_view(*, by: Actor, id: UUID) -> None:
    """Forget a saved question of one's own. Raises `NotFound` for anybody else's."""
    rule = allow(by, Permission.FIGURES_EXPLORE)
    if not SavedView.objects.filter(id=id, person=by.id).delete()[0]:
        raise NotFound
    record(by, "view:dropped", "view", id, rule=rule)


def tables_of(frozen: Frozen) -> dict[str, Any]:
    """For the acts and looks here, which ask. Raises as `opened` does."""
    _check_whole(frozen)
    parts = {part.name: part for part in frozen.parts.filter(name__in=TABLES)}
    return {name: from_parquet(name, _unsealed(frozen, parts.get(name))) for name in TABLES}


def reading(frozen: Frozen) -> Read:
    """Column by column: a table is unsealed, and held to its hash, when the first of its columns is asked for."""
    _check_whole(frozen)
    opened: dict[str, Written] = {}

    def read(table: str, column: str) -> Any:
        if table not in opened:
            opened[table] = Written(table, _unsealed(frozen, frozen.parts.filter(name=table).first()))
        return opened[table].column(column)

    return read


def check_living(frozen: Frozen) -> None:
    """Raises `Conflict` when a snapshot has ended."""
    if frozen.expires_at <= clock.now():
        raise Conflict(_("This snapshot has ended. Take a new one."))


def keep(frozen: Frozen, name: str, plain: bytes) -> None:
    """Seal a part; one of the same name is replaced."""
    sealed = sealing.seal(frozen.id, plain)
    Part.objects.update_or_create(
        frozen=frozen, name=name, defaults={"content_hash": hash_of(plain), "sealed": sealed}
    )  # fmt: skip


def unsealed(frozen: Frozen, part: Part) -> bytes:
    """What a part holds. Raises `AmparoError` when it was altered."""
    plain = sealing.unseal(frozen.id, bytes(part.sealed))
    if hash_of(plain) != part.content_hash:
        raise _altered()
    return plain


def secret(purpose: bytes) -> bytes:
    """A secret of this house for a purpose, from the setting SNAPSHOT_KEY; the same in every snapshot."""
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"amparo figures", info=purpose)
    return derived.derive(settings.SNAPSHOT_KEY.encode())


def _check_whole(frozen: Frozen) -> None:
    check_living(frozen)
    if hash_of_all(frozen.about) != frozen.content_hash:
        raise _altered()


def _unsealed(frozen: Frozen, part: Part | None) -> bytes:
    if part is None:
        raise _altered()
    if part.content_hash != frozen.about["tables"][part.name]["hash"]:
        raise _altered()
    return unsealed(frozen, part)


def about_now() -> dict[str, Any]:
    newest: dict[str, str] = {}
    for each in editions():
        newest.setdefault(each.scheme, each.edition)
    rules = {each.code: each.edition for each in shipped().values()}
    now = f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"
    return {"clock": now, "schema": EDITION, "indicators": catalogue().edition, "lists": newest, "rules": rules}


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def hash_of_all(about: dict[str, Any]) -> str:
    return hash_of(json.dumps(about, sort_keys=True).encode())


def _altered() -> AmparoError:
    return AmparoError(_("This snapshot was altered after it was taken, and is not counted."))
