"""What is said at the door: complete in six languages, short, and without a lawyer's word (security notes 5.1, 5.6)."""

import ast
import gettext
import gzip
import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import amparo.interfaces.report_door as package
from tests.interfaces.report_door.conftest import LANGUAGES

DOOR = Path(package.__file__).parent
CATALOGUES = sorted(DOOR.glob("locale/*/LC_MESSAGES/django.po"))
TAG = re.compile(r"{%\s*translate\s+(?:\"([^\"]+)\"|'([^']+)')|{% blocktranslate[^%]*%}(.*?){% plural %}", re.DOTALL)
BUDGET = 30 * 1024


def said() -> set[str]:
    """Every text of the templates and of the code that is given to gettext."""
    found = set()
    for path in DOOR.rglob("*.html"):
        found |= {next(filter(None, match)) for match in TAG.findall(path.read_text())}
    for path in DOOR.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                found.add(node.args[0].value)
    return found


def catalogue(path: Path):
    with path.open("rb") as file:
        return read_po(file)


def texts(one_or_plural) -> tuple[str, ...]:
    return (one_or_plural,) if isinstance(one_or_plural, str) else tuple(one_or_plural)


def test_there_is_a_catalogue_for_each_language():
    assert [path.parts[-3] for path in CATALOGUES] == ["ar", "es", "fr", "ru", "zh_Hans"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_says_everything_and_nothing_else(path):
    messages = [message for message in catalogue(path) if message.id]
    ids = {message.id[0] if isinstance(message.id, tuple) else message.id for message in messages}
    assert ids == said()
    for message in messages:
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(words), message.id
        assert not message.fuzzy, message.id
        assert not list(message.check(None)), message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_is_that_of_the_written_one(path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {(*texts(message.id), *texts(message.string)) for message in read_mo(file) if message.id}
    assert compiled == {(*texts(message.id), *texts(message.string)) for message in catalogue(path) if message.id}
    with path.with_suffix(".mo").open("rb") as file:
        gettext.GNUTranslations(file)


def test_sentences_are_short():
    long = [
        sentence
        for text in said()
        for sentence in re.split(r"(?<=[.?!:])\s+", text)
        if len(re.findall(r"[\w’']+", sentence)) > 15
    ]
    assert long == []


def test_no_lawyers_word_and_no_empty_promise():
    avoided = re.compile(
        r"anonym|confidential|submit|authenticat|offence|perpetrator|complain|pursuant|abuse", re.IGNORECASE
    )
    assert [text for text in said() if avoided.search(text)] == []


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_with_all_it_loads_is_light(visitor, language):
    loaded = sum(len(gzip.compress(path.read_bytes())) for path in (DOOR / "static" / "door").iterdir())
    for step in ("start", "tell", "back", "help", "safety"):
        visitor.press(step, language=language)
        assert loaded + len(gzip.compress(visitor.page.encode())) <= BUDGET
    visitor.press("tell", language=language)
    visitor.press("send", language=language, told="One sentence.", danger="now")
    assert loaded + len(gzip.compress(visitor.page.encode())) <= BUDGET


@pytest.mark.django_db(databases="__all__")
def test_lengths_of_pages_fall_into_few_steps(visitor):
    lengths = set()
    for language in LANGUAGES:
        for step in ("start", "tell", "back", "help", "safety"):
            lengths.add(len(visitor.press(step, language=language).content))
    assert all(length % 4096 == 0 for length in lengths)
    assert len(lengths) <= 5


@pytest.mark.django_db(databases="__all__")
def test_what_is_loaded_comes_from_here_and_has_a_neutral_name(visitor):
    visitor.get()
    loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', visitor.page)
    assert sorted(loaded) == ["/static/door/door.css", "/static/door/dot.svg", "/static/door/exit.js"]
    for path in loaded:
        assert visitor.get(path).status_code == 200
