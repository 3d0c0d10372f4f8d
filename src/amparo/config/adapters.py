"""What the desk asks of the sign-in library: nobody registers themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class DeskAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are added by an administrator or the operator, never by themselves."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False
