"""What is said of Lumeria: the only State about which answers are invented. Three roles, who do not agree."""

import random
from datetime import date

from amparo.common.types import IMPORTER
from amparo.demo.founding import Country
from amparo.monitoring import assessing
from amparo.monitoring.actions import add_fictional_state
from amparo.monitoring.assessing import EvidenceFacts
from amparo.monitoring.models import Assessment, State
from amparo.monitoring.rubric.editions import LISTS, NUMBERED, Question, rubric

CODE = "XLM"
NAMES = {"en": "Lumeria", "fr": "Lumérie", "es": "Lumeria", "ru": "Лумерия", "zh": "卢梅里亚", "ar": "لوميريا"}
# Who answers how many of a hundred questions, and how kindly: the weights of met, partly, not met and not known.
_ROLES = {"nhri": (80, (4, 3, 3, 1)), "state": (60, (7, 2, 1, 1)), "civil_society": (25, (2, 3, 5, 2))}
_WORDS = ("met", "partly", "not_met", "not_known")
_LAW = EvidenceFacts("Children Act of Lumeria (made up)", "section 12", in_force_on=date(2023, 1, 1))
_WAITING = 4  # answers that wait at the desk


def answer(country: Country, chance: random.Random) -> State:
    """Answer the rubric about Lumeria, let one answer be contested, leave some at the desk, and publish the scores."""
    state = add_fictional_state(by=IMPORTER, iso3=CODE, names=NAMES)
    editor, second = country.actor("monitor_editor", "NHRI"), country.actor("reviewer", "NHRI")
    drafts = [
        _drafted(country, state, question, role, chance.choices(_WORDS, weights)[0])
        for role, (part, weights) in _ROLES.items()
        for question in rubric().questions.values()
        if chance.randrange(100) < part
    ]
    for each in drafts[:-_WAITING]:
        assessing.review(by=second, assessment=each, agree=True)
    contested = next(each for each in drafts if each.answer == "not_met")
    assessing.comment(by=editor, assessment=contested, role="state", text="A made-up bill is before parliament.")
    for role in _ROLES:
        assessing.publish_scores(by=editor, state=state, role=role)
    return state


def _drafted(country: Country, state: State, question: Question, role: str, word: str) -> Assessment:
    """A draft, handed over. What is no question of four grades is answered by a number, a list or a word."""
    by = country.actor("monitor_editor", "NHRI")
    told = {"answer": word} if question.type == "Q4" else _told(question)
    made = assessing.write(
        by=by, state=state, question=question.id, role=role, valid_from=date(2023, 1, 1), evidence=[_LAW], **told
    )
    return assessing.submit(by=by, assessment=made)


def _told(question: Question) -> dict[str, object]:
    if question.type in LISTS:
        return {"answer": "given", "items": LISTS[question.type][:2]}
    if question.type == "LIMITATION":
        return {"answer": "from_majority", "number": 20}
    if question.type in NUMBERED:
        return {"answer": "given", "number": 18 if question.type == "AGE" else 7}
    return {"answer": "altruistic"}
