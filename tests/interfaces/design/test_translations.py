"""The desk speaks six languages: nothing untranslated, no placeholder lost, every catalogue compiled (X2)."""

import re

import pytest

from tests import translations

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|</?\w+>")


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_of_the_desk_is_translated_and_compiled(language):
    assert translations.problems(language) == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_no_placeholder_is_lost_in_translation(language):
    for message in translations.catalogue(language):
        for words, said in _pairs(message):
            assert sorted(PLACEHOLDER.findall(said)) == sorted(PLACEHOLDER.findall(words)), words


def _pairs(message):
    if not message.id:
        return []
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return [(message.id[1], said) for said in message.string]


def test_a_new_text_is_missed_at_once(monkeypatch):
    texts = translations.wanted()
    monkeypatch.setattr(translations, "wanted", lambda: texts | {("", "A made-up text."): None})
    assert translations.problems("fr") == ["no translation of 'A made-up text.'"]
