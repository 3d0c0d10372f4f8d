"""Addresses of the network are personal data of staff: the library would keep one with every session; we do not."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save

NOWHERE = "0.0.0.0"  # noqa: S104


def keep_no_address() -> None:
    """Called once, when the program starts."""
    pre_save.connect(_forget, sender=UserSession, dispatch_uid="no address of a session")


def _forget(instance: UserSession, **_signal: Any) -> None:
    instance.ip = NOWHERE
