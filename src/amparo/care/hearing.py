"""The child is heard at every decision [A/HRC/43/40, para 108; CRC art. 12]: a part of the act that decides."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.care.facts import facts_of_view
from amparo.care.models import ChildView
from amparo.cases import ledger
from amparo.cases.models import Case
from amparo.common import clock, facts
from amparo.common.errors import Invalid
from amparo.vault import store
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import need

# The ways to be heard, codes of `view_given`; every other code says why there is no view.
WAYS = frozenset(
    {"yes", "spoken", "written", "play_or_drawing", "signed", "with_interpreter", "through_representative"}
)
_SAYS_NOTHING = frozenset({"unknown", "not_asked"})
DECISIONS = ("plan", "plan_review", "referral", "placement", "closing", "other")
# How soon a child who was heard gets an answer.
ANSWER_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Heard:
    """How the child was heard, or why not (code of `view_given`); the child's words, if the child wants them kept."""

    given: str
    words: str = ""


def hear(case: Case, decision: str, heard: Heard) -> ChildView:
    """Keep the view with the decision; a child who was heard is owed an answer.

    Raises `Invalid` for "unknown" and "not asked": neither says why a child was not heard.
    """
    need("view_given", heard.given)
    if heard.given in _SAYS_NOTHING:
        raise Invalid({"view": _("Say how the child was heard, or why not.")})
    view = ChildView.objects.create(
        case=case, agency_id=case.agency_id, at=clock.now(), decision=decision, given=heard.given,
        words=keep(case, "child_view", heard.words),
    )  # fmt: skip
    facts.changed("child_view", view.id, before=None, after=facts_of_view(view))
    ledger.note(case, "child_heard", term=heard.given, record=view.id, agency=case.agency_id)
    if heard.given in WAYS:
        ledger.ask(case, "answer_child", clock.now() + ANSWER_WITHIN, record=view.id)
    return view


def keep(case: Case, column: str, words: str, compartment: Compartment = Compartment.NARRATIVE) -> UUID | None:
    """Seal words about the child and return the pointer; None when there are none."""
    if not words.strip():
        return None
    return store.put(
        subject=case.child_id, agency=case.agency_id, compartment=compartment, column=column, value=words.strip()
    )
