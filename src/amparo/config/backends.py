"""Who signs in: a person with a password, found together with today's posts in one statement."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from amparo.common import clock
from amparo.organisation.models import Person
from amparo.organisation.queries import person_with_posts


class DeskBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend; the posts come along with the person, for the actor of the request."""

    def get_user(self, user_id: Any) -> Person | None:
        found = person_with_posts(user_id)
        if found is None:
            return None
        person, posts = found
        person.posts = posts
        return person

    def user_can_authenticate(self, user: Person) -> bool:
        """Not with a first password that nobody changed in time (ASVS 6.4.1)."""
        until = user.first_password_until
        return super().user_can_authenticate(user) and (until is None or clock.now() < until)
