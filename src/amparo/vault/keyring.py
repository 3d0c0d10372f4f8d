"""From the root key to the key of an agency's compartment to the key of one subject: envelope encryption."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple
from uuid import UUID

from amparo.audit import rows as bulk
from amparo.common.errors import AmparoError
from amparo.common.ids import new_id
from amparo.vault import cipher
from amparo.vault.compartments import Compartment
from amparo.vault.keys.models import AgencyKey, SubjectKey
from amparo.vault.root import root_key


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
    wrapped: bytes | None
    wrapper: bytes
    agency: UUID


def _kept(subjects: Iterable[UUID], compartment: Compartment) -> Iterator[_Kept]:
    kept = SubjectKey.objects.filter(subject__in=list(subjects), compartment=compartment)
    return map(_Kept._make, kept.values_list("subject", "wrapped", "agency_key__wrapped", "agency_key__agency"))


def _made(subjects: list[UUID], agency: UUID, compartment: Compartment) -> dict[UUID, bytes]:
    wrapper = _agency_key(agency, compartment)
    opener, keys = _unwrapped(wrapper.wrapped, agency, compartment), {subject: cipher.new_key() for subject in subjects}
    rows = [
        (new_id(), subject, compartment.value, wrapper.id, cipher.seal(opener, key, _bound(subject, compartment)), None)
        for subject, key in keys.items()
    ]
    names = ["id", "subject", "compartment", "agency_key_id", "wrapped", "destroyed_at"]
    bulk.insert_values(SubjectKey, names, rows, unless_there=True)
    # Of two writers that give one subject its first key the earlier one wins, and both go on with that key.
    if SubjectKey.objects.filter(id__in=[row[0] for row in rows]).count() < len(rows):
        return _opened(_kept(subjects, compartment), compartment)
    return keys


def _agency_key(agency: UUID, compartment: Compartment) -> AgencyKey:
    kept = AgencyKey.objects.filter(agency=agency, compartment=compartment).first()
    if kept is None:
        wrapped = cipher.seal(_wrapper(), cipher.new_key(), f"agency|{agency}|{compartment}")
        kept, _ = AgencyKey.objects.get_or_create(agency=agency, compartment=compartment, defaults={"wrapped": wrapped})
    return kept


def _opened(kept: Iterable[_Kept], compartment: Compartment) -> dict[UUID, bytes]:
    """The keys themselves; each agency's key is unwrapped once. Raises `Erased`."""
    openers: dict[UUID, bytes] = {}
    keys = {}
    for each in kept:
        if each.wrapped is None:
            raise Erased
        if each.agency not in openers:
            openers[each.agency] = _unwrapped(each.wrapper, each.agency, compartment)
        keys[each.subject] = cipher.unseal(openers[each.agency], each.wrapped, _bound(each.subject, compartment))
    return keys


def _unwrapped(wrapped: bytes, agency: UUID, compartment: Compartment) -> bytes:
    return cipher.unseal(_wrapper(), wrapped, f"agency|{agency}|{compartment}")


@cache
def _wrapper() -> bytes:
    return cipher.derive(root_key(), "wrap agency keys")


def _bound(subject: UUID, compartment: str) -> str:
    return f"subject|{subject}|{compartment}"
