"""Sessions as Django keeps them in the database, found by a question that is made once: every page asks it."""

from django.contrib.sessions.backends.db import SessionStore as Kept
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField

from amparo.audit.asking import Given, Question
from amparo.common import clock

_FOUND = Question(
    lambda: Session.objects.filter(session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField()))
)


class SessionStore(Kept):
    def _get_session_from_db(self) -> Session | None:
        found = _FOUND(key=self.session_key, now=clock.now())
        if not found:
            self._session_key = None
        return found[0] if found else None
