"""Words to avoid are found, suggested for, and never changed (W1)."""

import pytest

from amparo.vocabulary import terms
from amparo.vocabulary.files import LANGUAGES
from tests import words

LAW = "Optional Protocol to the Convention on the Rights of the Child on the sale of children, child prostitution and child pornography"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_to_avoid_is_found_and_its_better_word_is_not(language):
    for word in terms.words(language):
        assert [found.word for found in terms.find(f"– {word.term} –", language)] == [word]
        assert terms.find(word.preferred.split(" (")[0], language, ours=True) == []


def test_a_word_is_found_where_it_stands_whatever_its_capitals_and_number():
    (found,) = terms.find("They called them Child  Prostitutes.", "en")
    assert (found.start, found.end, found.word.status) == (17, 35, "avoid")


def test_a_word_inside_another_word_is_none():
    assert terms.find("The clientele of a library.", "en") == []


def test_the_longer_word_wins_where_two_begin_alike():
    (found,) = terms.find("utilización de niños en la pornografía infantil", "es")
    assert found.word.term == "utilización de niños en la pornografía"


def test_the_title_of_a_law_is_left_as_it_is():
    assert terms.find(f"Article 2 of the {LAW}.", "en") == []
    assert len(terms.find(f"{LAW}. It is about child pornography.", "en")) == 1


def test_words_that_are_harmless_elsewhere_are_suggested_only_where_people_write():
    assert [found.word.term for found in terms.find("The client paid.", "en")] == ["client"]
    assert terms.find("The client sends a form.", "en", ours=True) == []


def test_our_own_pages_documents_and_lists_keep_to_the_preferred_words(capsys):
    assert words.main() == 0, capsys.readouterr().out


def test_a_page_that_does_not_is_named_with_its_line(monkeypatch, tmp_path, capsys):
    page = words.ROOT / "docs" / "made-up.md"
    monkeypatch.setattr(words, "texts", lambda: [(page, "en", "Fine.\nNot so child porn.\n")])
    assert words.main() == 1
    assert "docs/made-up.md:2 [en] child porn: say child sexual abuse material" in capsys.readouterr().out
