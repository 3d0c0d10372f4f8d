"""A normalised record as one line of text and back: for the index and for encoded files."""

from dataclasses import fields

from amparo.methods.linkage.births import Birth
from amparo.methods.linkage.people import Person

_NAMES = [each.name for each in fields(Person) if each.name not in {"birth", "rare"}]
_LISTS = {each.name for each in fields(Person) if each.type == "tuple[str, ...]" or each.name.endswith("_keys")}
COLUMNS = (*_NAMES, "birth")


def cells(one: Person) -> dict[str, str]:
    """A record as text, a value a column; lists with spaces between."""
    plain = {name: " ".join(getattr(one, name)) if name in _LISTS else getattr(one, name) for name in _NAMES}
    born = one.birth
    numbers = [born.day, born.swapped, born.first, born.last, *(born.pairs or (None,) * 3)]
    return {**plain, "birth": " ".join("-" if each is None else str(each) for each in numbers)}


def from_cells(given: dict[str, str]) -> Person:
    """The record of such text. Raises `ValueError` for text that is none."""
    numbers = [None if each == "-" else int(each) for each in given["birth"].split(" ")]
    day, swapped, first, last, *three = numbers
    pairs = None if None in three else tuple(three)
    values = {name: tuple(given[name].split()) if name in _LISTS else given[name] for name in _NAMES}
    return Person(**values, birth=Birth(day, swapped, first, last, pairs))  # type: ignore[arg-type]


def kept(one: Person) -> str:
    return "\t".join(cells(one).values())


def thawed(text: str) -> Person:
    return from_cells(dict(zip(COLUMNS, text.split("\t"), strict=True)))
