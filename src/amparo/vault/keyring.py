"""From the root key to the key of an agency's compartment to the key of one subject: envelope encryption."""

from collections.abc import Iterable
from uuid import UUID

from amparo.common.errors import AmparoError
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
    kept = SubjectKey.objects.filter(subject=subject, compartment=compartment).select_related("agency_key").first()
    if kept is None:
        wrapper = _agency_key(agency, compartment)
        key = cipher.new_key()
        wrapped = cipher.seal(_unwrapped(wrapper), key, _bound(subject, compartment))
        kept, _made = SubjectKey.objects.get_or_create(
            subject=subject, compartment=compartment, defaults={"agency_key": wrapper, "wrapped": wrapped}
        )
    return _opened(kept)


def keys_for_reading(subjects: Iterable[UUID], compartment: Compartment) -> dict[UUID, bytes]:
    """The keys of many subjects in one statement; erased subjects are left out."""
    kept = SubjectKey.objects.filter(
        subject__in=list(subjects), compartment=compartment, destroyed_at=None
    ).select_related("agency_key")
    return {each.subject: _opened(each) for each in kept}


def _agency_key(agency: UUID, compartment: Compartment) -> AgencyKey:
    kept = AgencyKey.objects.filter(agency=agency, compartment=compartment).first()
    if kept is None:
        wrapped = cipher.seal(_wrapper(), cipher.new_key(), f"agency|{agency}|{compartment}")
        kept, _made = AgencyKey.objects.get_or_create(
            agency=agency, compartment=compartment, defaults={"wrapped": wrapped}
        )
    return kept


def _unwrapped(key: AgencyKey) -> bytes:
    return cipher.unseal(_wrapper(), key.wrapped, f"agency|{key.agency}|{key.compartment}")


def _opened(kept: SubjectKey) -> bytes:
    if kept.wrapped is None:
        raise Erased
    return cipher.unseal(_unwrapped(kept.agency_key), kept.wrapped, _bound(kept.subject, kept.compartment))


def _wrapper() -> bytes:
    return cipher.derive(root_key(), "wrap agency keys")


def _bound(subject: UUID, compartment: str) -> str:
    return f"subject|{subject}|{compartment}"
