"""Names that belong to nobody, put together from syllables that can be written in three scripts.

No list of true names lies behind them. Early syllables come more often, as with true names, so that children who are
not one child share names too.
"""

import random
from dataclasses import dataclass

from amparo.linkage.actions import Identity

# Latin: Arabic, Cyrillic.
SYLLABLES = {
    "zar": ("زر", "зар"), "bel": ("بل", "бел"), "tak": ("تك", "так"), "nim": ("نم", "ним"), "gol": ("قل", "гол"),
    "ruv": ("رف", "рув"), "fes": ("فس", "фес"), "lum": ("لوم", "люм"), "dor": ("دور", "дор"), "kiz": ("كز", "киз"),
    "mov": ("موف", "мов"), "sul": ("سل", "сул"), "pat": ("بت", "пат"), "vin": ("فن", "вин"), "rek": ("رك", "рек"),
    "shu": ("شو", "шу"),
}  # fmt: skip
_KNOWN = tuple(SYLLABLES)
_LIKELY = range(len(_KNOWN), 0, -1)

# The ways in which a second agency writes a name down. Only the last three change what the letters say.
WAYS = ("latin", "arabic", "cyrillic", "swapped", "spelt", "typed_wrong")
_SPELT = (("k", "c"), ("f", "ph"), ("i", "y"), ("z", "s"), ("u", "oo"))


@dataclass(frozen=True)
class Name:
    """A name in its syllables."""

    given: tuple[str, ...]
    family: tuple[str, ...]

    def written(self, way: str = "latin", *, contact: str = "") -> Identity:
        """The name in one of `WAYS`, for the vault."""
        if way in {"arabic", "cyrillic"}:
            column = 0 if way == "arabic" else 1
            parts = ["".join(SYLLABLES[each][column] for each in part) for part in (self.given, self.family)]
            return Identity(given=parts[0], family=parts[1], contact=contact)
        given, family = "".join(self.given), "".join(self.family)
        if way == "swapped":
            given, family = family, given
        if way == "spelt":
            given, family = _spelt(given), _spelt(family)
        if way == "typed_wrong":
            family = family[:2] + family[3:]
        return Identity(given=given.title(), family=family.title(), contact=contact)


def draw(chance: random.Random, family: tuple[str, ...] = ()) -> Name:
    """A new name, perhaps of a family that is there already."""
    return Name(_some(chance, 2), family or _some(chance, 3))


def twin_of(chance: random.Random, name: Name) -> Name:
    """A brother's or sister's name that begins alike: easily taken for the same, and not the same."""
    others = [each for each in _KNOWN if each != name.given[-1]]
    return Name((*name.given[:-1], chance.choice(others)), name.family)


def _some(chance: random.Random, number: int) -> tuple[str, ...]:
    return tuple(chance.choices(_KNOWN, _LIKELY, k=number))


def _spelt(part: str) -> str:
    for written, otherwise in _SPELT:
        part = part.replace(written, otherwise)
    return part
