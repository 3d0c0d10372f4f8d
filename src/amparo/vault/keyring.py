"""From the root key to the key of an agency's compartment to the key of one subject: envelope encryption."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from amparo.audit import rows as bulk
from amparo.common import clock
from amparo.common.errors import AmparoError
from amparo.common.ids import new_id
from amparo.vault import cipher, root
from amparo.vault.compartments import Compartment
from amparo.vault.keys.models import AgencyKey, SubjectKey
from amparo.vault.system_keys import wrapper


class Erased(AmparoError):
    """The subject's key was destroyed; what it sealed is gone."""

    def __init__(self) -> None:
        super().__init__("This was erased.")


def key_for_writing(subject: UUID, agency: UUID, compartment: Compartment) -> bytes:
    """The subject's key, made at its first use. Raises `Erased`."""
    return keys_for_writing({subject}, agency, compartment)[subject]


def keys_for_writing(subjects: Collection[UUID], agency: UUID, compartment: Compartment) -> dict[UUID, bytes]:
    """The keys of many subjects; those that have none yet get one under the key of `agency`. Raises `Erased`."""
    keys = _opened(_kept(subjects, compartment), compartment)
    new = [subject for subject in subjects if subject not in keys]
    if new and SubjectKey.objects.filter(subject__in=new).exclude(destroyed_at=None).exists():
        raise Erased  # in another compartment: an erased subject gets no new keys
    return keys | _made(new, agency, compartment) if new else keys


def keys_for_reading(subjects: Iterable[UUID], compartment: Compartment) -> dict[UUID, bytes]:
    """The keys of many subjects in one statement; erased subjects are left out."""
    return _opened((each for each in _kept(subjects, compartment) if each.wrapped is not None), compartment)


class _Kept(NamedTuple):
    subject: UUID
    wrapped: bytes | memoryview | None
    wrapper: bytes | memoryview
    wrapper_id: UUID
    agency: UUID
    kid: str


_COLUMNS = (
    "subject", "wrapped", "agency_key__wrapped", "agency_key_id", "agency_key__agency", "agency_key__kid",
)  # fmt: skip


def _kept(subjects: Iterable[UUID], compartment: Compartment) -> Iterator[_Kept]:
    kept = SubjectKey.objects.filter(subject__in=list(subjects), compartment=compartment)
    return map(_Kept._make, kept.values_list(*_COLUMNS))


def _made(subjects: list[UUID], agency: UUID, compartment: Compartment) -> dict[UUID, bytes]:
    current = agency_key(agency, compartment)
    opener, keys = _plain(current), {subject: cipher.new_key() for subject in subjects}
    rows = [
        (new_id(), subject, compartment.value, current.id, cipher.seal(opener, key, _bound(subject, compartment)), None)
        for subject, key in keys.items()
    ]
    names = ["id", "subject", "compartment", "agency_key_id", "wrapped", "destroyed_at"]
    bulk.insert_values(SubjectKey, names, rows, unless_there=True)
    # Of two writers that give one subject its first key the earlier one wins, and both go on with that key.
    if SubjectKey.objects.filter(id__in=[row[0] for row in rows]).count() < len(rows):
        return _opened(_kept(subjects, compartment), compartment)
    return keys


def agency_key(agency: UUID, compartment: str) -> AgencyKey:
    """The key that wraps for an agency and compartment now, made at its first use."""
    kept = AgencyKey.objects.filter(agency=agency, compartment=compartment, retired_at=None).first()
    if kept is None:
        new = _sealed(AgencyKey(agency=agency, compartment=compartment), cipher.new_key())
        kept, _ = AgencyKey.objects.get_or_create(
            agency=agency, compartment=compartment, retired_at=None, defaults={"kid": new.kid, "wrapped": new.wrapped}
        )
        if kept.kid != root.newest():  # the root was rotated in this very moment
            wrap_again(kept)
    return kept


def wrap_again(kept: AgencyKey) -> None:
    """Wrap an agency's key by the newest root key."""
    before = kept.kid
    _sealed(kept, _plain(kept))
    AgencyKey.objects.filter(id=kept.id, kid=before).update(kid=kept.kid, wrapped=kept.wrapped)


def succeed(kept: AgencyKey) -> None:
    """Retire an agency's key for a new one."""
    with transaction.atomic(using="keys"):
        AgencyKey.objects.filter(id=kept.id).update(retired_at=clock.now())
        agency_key(kept.agency, kept.compartment)


def move(batch: list[SubjectKey], old: AgencyKey, new: AgencyKey) -> None:
    """Wrap subjects' keys by an agency's new key. A destroyed key stays destroyed."""
    opener, wrapper = _plain(old), _plain(new)
    for each in batch:
        bound = _bound(each.subject, each.compartment)
        each.agency_key = new
        if each.wrapped is not None:
            each.wrapped = cipher.seal(wrapper, cipher.unseal(opener, each.wrapped, bound), bound)
    bulk.update(batch, "agency_key", "wrapped")


def _opened(kept: Iterable[_Kept], compartment: Compartment) -> dict[UUID, bytes]:
    """The keys themselves; each agency's key is unwrapped once. Raises `Erased`."""
    openers: dict[UUID, bytes] = {}
    keys = {}
    for each in kept:
        if each.wrapped is None:
            raise Erased
        if each.wrapper_id not in openers:
            openers[each.wrapper_id] = _unwrapped(each.wrapper, each.kid, each.agency, compartment)
        keys[each.subject] = cipher.unseal(openers[each.wrapper_id], each.wrapped, _bound(each.subject, compartment))
    return keys


def _plain(key: AgencyKey) -> bytes:
    return _unwrapped(bytes(key.wrapped), key.kid, key.agency, key.compartment)


def _unwrapped(wrapped: bytes | memoryview, kid: str, agency: UUID, compartment: str) -> bytes:
    return cipher.unseal(wrapper(kid), wrapped, f"agency|{agency}|{compartment}")


def _sealed(key: AgencyKey, plain: bytes) -> AgencyKey:
    key.kid = root.newest()
    key.wrapped = cipher.seal(wrapper(key.kid), plain, f"agency|{key.agency}|{key.compartment}")
    return key


def _bound(subject: UUID, compartment: str) -> str:
    return f"subject|{subject}|{compartment}"
