"""What the desk asks of the sign-in library: nobody registers themselves, and nobody's network address is kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from amparo.config.addresses import nobody


class DeskAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are added by an administrator or the operator, never by themselves."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same for everybody. Behind a socket there is none, and the library would refuse every sign-in."""
        return nobody(request)


def name_tried(_request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The name that the lock counts by: in one writing, for people sign in with capitals or without."""
    name = (credentials or {}).get("username")
    return name.strip().casefold() if name else None
