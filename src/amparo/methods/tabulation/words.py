"""What indicators and dimensions are called, and what they count, in six languages; English is in the definition."""

from dataclasses import dataclass
from functools import cache

import yaml

from amparo.methods.tabulation.indicators import FOLDER, catalogue


@dataclass(frozen=True)
class Words:
    """A title, and for an indicator the sentence that says what is counted."""

    title: str
    sentence: str = ""


def words(code: str, language: str = "en") -> Words:
    """The words for an indicator or a dimension; the English ones where a language has none."""
    return _translated(language).get(code) or _english()[code]


@cache
def _english() -> dict[str, Words]:
    found = catalogue()
    titles = {code: Words(each.title) for code, each in found.dimensions.items()}
    return titles | {code: Words(each.title, each.sentence) for code, each in found.indicators.items()}


@cache
def _translated(language: str) -> dict[str, Words]:
    path = FOLDER / "words" / f"{language}.yaml"
    if not path.exists():
        return {}
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {code: Words(*([each] if isinstance(each, str) else each)) for code, each in told.items()}
