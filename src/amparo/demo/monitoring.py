"""What is said of Lumeria: the only State about which answers are invented. Three roles, who do not agree."""

import random
from datetime import date
from typing import Any

from amparo.common.types import IMPORTER
from amparo.demo.founding import Country
from amparo.law import actions as law
from amparo.monitoring import assessing, following
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
    _legislate(country)
    _work(country, state)
    return state


# What is made up of Lumeria's law: element, answer, what goes with it, since when. The offence is every one, or named.
_SINCE, _OLD = date(2019, 7, 1), date(1995, 1, 1)
_LAWS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("", "limitation", "from_act", {"years": 10, "in_force_on": _OLD, "repealed_on": _SINCE}),
    ("", "limitation", "from_majority", {"years": 15, "age": 18, "in_force_on": _SINCE}),
    ("sale", "limitation", "never", {"in_force_on": _SINCE}),
    ("", "complaint", "not_needed", {"in_force_on": _SINCE}),
    ("", "reach", "given", {"items": ["nationals", "victims"], "in_force_on": _SINCE}),
    ("sale", "separate", "yes", {"in_force_on": _SINCE}),
    ("sale", "definition", "given", {"items": ["any_consideration", "no_movement_needed"], "in_force_on": _SINCE}),
    ("sale", "penalty", "given", {"least": 5, "most": 20, "in_force_on": _SINCE}),
    ("grooming", "separate", "yes", {"in_force_on": _SINCE}),
    ("grooming", "penalty", "given", {"most": 6, "items": ["fine"], "in_force_on": _SINCE}),
    ("", "age", "child", {"age": 18, "in_force_on": _SINCE}),
    ("", "age", "consent", {"age": 16, "in_force_on": _OLD}),
)


def _legislate(country: Country) -> None:
    """Law as data of the one State whose law may be invented, and a provision that waits at the desk."""
    editor, second = country.actor("monitor_editor", "NHRI"), country.actor("reviewer", "NHRI")
    for number, (offence, element, answer, more) in enumerate(_LAWS, 1):
        made = law.write(
            by=editor, state=CODE, offence=offence, element=element, answer=answer,
            law="Children Act of Lumeria (made up)", pinpoint=f"section {number}", **more,
        )  # fmt: skip
        if number < len(_LAWS):
            law.review(by=second, id=made.id, agree=True)


# What is done, as a reader of the public pages meets it: kind, how far, title, and what goes with it.
_PLAN = "Plan for children of Lumeria (made up)"
_LINES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("follow_up", "started", "One register of all agencies", {
        "subject": "115i", "role": "state", "lead": "Ministry for children (made up)", "due_on": date(2027, 6, 30),
        "funding": "2 million a year, State budget, 2026 to 2028", "milestones": [
            {"title": "Rules agreed", "due_on": "2026-03-31", "done_on": "2026-04-02"},
            {"title": "Three regions take part", "due_on": "2027-01-31", "done_on": ""},
        ],
    }),
    ("follow_up", "planned", "The law on complaints", {"subject": "115b", "role": "nhri"}),
    ("visit", "agreed", "Visit of the mandate holder", {"happened_on": date(2026, 9, 1)}),
    ("communication", "sent", "Letter on adoption agencies", {"happened_on": date(2026, 8, 3)}),
    ("practice", "described", "One house for interviews, doctors and lawyers", {
        "themes": ["J", "S"], "replicability": "adaptable", "happened_on": date(2025, 5, 5)}),
    ("company", "committed", "Hotels report what they see", {"lead": "Federation of hotels of Lumeria (made up)"}),
    ("call", "input_given", "Input on the sale of children and sport", {"role": "nhri"}),
    ("campaign", "done", "Training of border guards", {"happened_on": date(2026, 2, 2)}),
)  # fmt: skip


def _work(country: Country, state: State) -> None:
    """What is done with Lumeria, each line read by a second person."""
    editor, second = country.actor("monitor_editor", "NHRI"), country.actor("reviewer", "NHRI")
    for kind, progress, title, more in _LINES:
        made = following.enter(
            by=editor, state=state, kind=kind, progress=progress, title=title, source=_PLAN, **more
        )  # fmt: skip
        following.review_entry(by=second, id=made.id, agree=True)


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
    return {"answer": "altruistic" if question.type == "SURROGACY" else "party"}
