"""New keys under the old words: the root's and the agencies', while the desk goes on reading and writing.

Every walk yields after each batch, may stop anywhere, and goes on where it stopped when it is called again.
"""

from collections.abc import Iterator

from django.db import transaction

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common.types import Actor
from amparo.vault import keyring, root, system_keys
from amparo.vault.keys.models import AgencyKey, SubjectKey, SystemKey

_AT_ONCE = 1000


def rotate_root(*, by: Actor) -> Iterator[int]:
    """Give the house a new root key and wrap every agency's and system key by it; yields how many in each batch."""
    allow(by, Permission.CLOCKS_RUN)
    file = root.key_file()
    if not _unwrapped_by_newest():  # else a rotation was interrupted: go on with its root key
        file.add_generation()
    while waiting := _unwrapped_by_newest():
        for key in waiting:
            if isinstance(key, AgencyKey):
                keyring.wrap_again(key)
            else:
                system_keys.wrap_again(key)
        yield len(waiting)
    file.drop_old()
    _say(by=by, verb="keys:root_rotated")


def rotate_agencies(*, by: Actor) -> Iterator[int]:
    """Give every agency new keys and wrap its subjects' keys by them; yields how many in each batch."""
    allow(by, Permission.CLOCKS_RUN)
    if not AgencyKey.objects.exclude(retired_at=None).exists():
        for key in AgencyKey.objects.filter(retired_at=None):
            keyring.succeed(key)
    for old in AgencyKey.objects.exclude(retired_at=None):
        new = keyring.agency_key(old.agency, old.compartment)
        while moved := _move(old, new):
            yield moved
        old.delete()
    _say(by=by, verb="keys:agencies_rotated")


def _unwrapped_by_newest() -> list[AgencyKey | SystemKey]:
    kid = root.newest()
    agencies = AgencyKey.objects.exclude(kid=kid)[:_AT_ONCE]
    return [*agencies, *SystemKey.objects.exclude(kid=kid)[:_AT_ONCE]]


def _move(old: AgencyKey, new: AgencyKey) -> int:
    """A batch under one lock: an erasure in between must stay one, so a destroyed key only changes its row."""
    with transaction.atomic(using="keys"):
        batch = list(SubjectKey.objects.select_for_update().filter(agency_key=old)[:_AT_ONCE])
        keyring.move(batch, old, new)
    return len(batch)


@gated
def _say(*, by: Actor, verb: str) -> None:
    rule = allow(by, Permission.CLOCKS_RUN)
    record(by, verb, "vault", rule=rule)
