"""Addresses of the network are personal data of staff; the desk keeps none."""

from django.http import HttpRequest


def nobody(_request: HttpRequest) -> str:
    """The address that the lock-out notes down for everybody; it locks by sign-in name."""
    return "0.0.0.0"  # noqa: S104
