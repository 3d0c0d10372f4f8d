"""What the desk asks of the sign-in library: nobody registers themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class DeskAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are added by an administrator or the operator, never by themselves."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False


def name_tried(_request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The name that the lock counts by: in one writing, for people sign in with capitals or without."""
    name = (credentials or {}).get("username")
    return name.strip().casefold() if name else None
