"""Nothing is missing in any of six languages: lists, labels, statuses, what the pages say, at the desk and at the door."""

from importlib import import_module

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from amparo.access.roles import Role
from amparo.common.types import LifeCycle
from amparo.interfaces.office.templatetags.words import MOMENTS, PLAIN
from amparo.vocabulary import files
from amparo.vocabulary.classification import rules
from tests import translations

LISTS = {each.scheme: {row["code"]: row for row in each.rows} for each in files.own()}
CYCLES = [
    cycle
    for step in ("intake", "cases", "care", "justice", "publication")
    for cycle in vars(import_module(f"amparo.{step}.states")).values()
    if isinstance(cycle, LifeCycle)
]
DESK = {"ar": "ar", "es": "es", "fr": "fr", "ru": "ru", "zh": "zh-hans"}


def test_every_term_has_its_words():
    missing = [
        (scheme, code, language)
        for scheme, terms in LISTS.items() for code, row in terms.items()
        for language in files.LANGUAGES if not row[language]
    ]  # fmt: skip
    assert missing == []


def test_every_label_that_the_rules_give_has_its_words_and_no_label_is_left_over():
    given = {offence.code for each in rules.shipped().values() for offence in each.offences}
    assert given == set(LISTS["offence"])


def test_a_label_is_confirmed_exactly_where_its_rule_is():
    """What was written from memory leaves in no export, by whichever way it is asked for."""
    rule = {offence.code: offence.verified for each in rules.shipped().values() for offence in each.offences}
    assert {code: row["verified"] == "true" for code, row in LISTS["offence"].items()} == rule


def test_every_setting_and_topic_of_the_rules_is_named_on_the_page():
    for each in rules.shipped().values():
        for name in each.settings:
            assert {name, f"not {name}"} <= set(PLAIN)
        assert {f"topic_{offence.topic}" for offence in each.offences if offence.topic} <= set(PLAIN)


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_nothing_that_the_desk_says_is_missing_or_left_over(language):
    assert translations.problems(language) == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_nothing_that_the_door_says_is_missing(language):
    path = translations.SRC / "interfaces" / "report_door" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        kept = read_po(file, locale=language)
    assert [message.id for message in kept if message.id and not (message.string and all(message.string))] == []


@pytest.mark.parametrize("language", DESK.values())
@pytest.mark.parametrize("cycle", CYCLES, ids=lambda each: each.name)
def test_a_refusal_names_the_status_in_the_readers_language(cycle, language):
    for status in cycle.statuses if cycle.called else ():
        english = str(cycle.not_now(status))
        with translation.override(language):
            said = str(cycle.not_now(status))
        assert said != english
        assert "{" not in said
        assert str(cycle.called[status]) not in said  # the English word for the status


@pytest.mark.parametrize("cycle", CYCLES, ids=lambda each: each.name)
def test_every_status_is_called_something(cycle):
    assert set(cycle.called) in ({*cycle.statuses}, set())


@pytest.mark.parametrize("language", DESK.values())
def test_roles_and_lines_of_the_time_line_are_said_in_the_readers_language(language):
    english = {role: str(role.label) for role in Role}
    with translation.override(language):
        alike = {Role.SUPERVISOR, Role.AUDITOR, Role.POLICE}  # the same word in two languages
        assert [role for role in Role if str(role.label) == english[role] and role not in alike] == []
        lines = {code: str(words) for code, (words, _scheme) in MOMENTS.items()}
    assert [code for code, words in lines.items() if words == str(MOMENTS[code][0])] == []
