"""States by what people call them. A name that is not known is never guessed: the nearest one is only suggested."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from anyascii import anyascii

from amparo.common.errors import Invalid
from amparo.monitoring import files
from amparo.monitoring.models import State

# What other sources call them, beside the six names of the United Nations.
ALSO = {
    "united states": "USA", "united kingdom": "GBR", "great britain": "GBR", "russia": "RUS", "iran": "IRN",
    "syria": "SYR", "bolivia": "BOL", "venezuela": "VEN", "tanzania": "TZA", "moldova": "MDA", "south korea": "KOR",
    "north korea": "PRK", "vietnam": "VNM", "laos": "LAO", "czech republic": "CZE", "turkey": "TUR",
    "swaziland": "SWZ", "macedonia": "MKD", "cape verde": "CPV", "ivory coast": "CIV", "palestine": "PSE",
    "netherlands": "NLD", "brunei": "BRN", "micronesia": "FSM", "democratic republic of congo": "COD",
}  # fmt: skip


@dataclass(frozen=True)
class Region:
    """A region or subregion of the M49 standard."""

    code: str
    parent: str
    titles: dict[str, str]

    @property
    def title(self) -> str:
        return files.said(self.titles)


@cache
def regions() -> dict[str, Region]:
    """Regions and subregions by code."""
    return {row["code"]: Region(row["code"], row["parent"], files.titles(row)) for row in files.rows("regions.csv")}


def name(state: State) -> str:
    """The name of a State in the reader's language."""
    return files.said(state.names)


class Atlas:
    """Every State by every name it has; made once for a file or a search."""

    def __init__(self, states: Iterable[State]) -> None:
        self.states: Sequence[State] = list(states)
        self._by_name: dict[str, State] = {}
        # Codes first: in Latin letters the Arabic name of Egypt is the code of Montserrat.
        for state in self.states:
            self._by_name |= {_plain(state.iso3): state, _plain(state.m49): state}
        for state in self.states:
            for called in state.names.values():
                self._by_name.setdefault(_plain(called), state)
        by_code = {each.iso3: each for each in self.states}
        for called, iso3 in ALSO.items():
            if iso3 in by_code:
                self._by_name.setdefault(called, by_code[iso3])

    def find(self, asked: str, field: str = "state") -> State:
        """The State of a code, a number of M49, or a name. Raises `Invalid` with the nearest names."""
        plain = _plain(asked)
        key = plain.zfill(3) if plain.isdigit() else plain
        if key and key in self._by_name:
            return self._by_name[key]
        raise Invalid({field: f"There is no State {asked.strip()[:80]}.{self._near(plain)}"})

    def search(self, asked: str, limit: int = 20) -> list[State]:
        """States in whose names, codes or numbers all of `asked` stands."""
        plain = _plain(asked)
        found = {state.iso3: state for called, state in self._by_name.items() if plain and plain in called}
        return sorted(found.values(), key=name)[:limit]

    def _near(self, plain: str) -> str:
        close = get_close_matches(plain, self._by_name, n=3, cutoff=0.7)
        names = dict.fromkeys(self._by_name[each].names["en"] for each in close)
        return f" Did you mean {' or '.join(names)}?" if names else ""


def _plain(text: str) -> str:
    return anyascii(text).casefold().strip()
