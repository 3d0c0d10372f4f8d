"""Names in any script, read the way the people who wrote them down may have heard them.

A name is first put into Latin letters (anyascii). Latin letters are ambiguous: a German `ch` is a Russian х, a French
`ch` is an Arabic ش, an English `j` is no Slavic one. So every part of a name is read with three *accents*; two parts
meet when any of their readings agree. A reading keeps the consonants only, confusable ones as one letter: Arabic writes
no short vowels, and vowels are what romanisations agree on least. The rules are those of the common romanisation
standards (BGN/PCGN, ISO 9, DIN 31635, French and English newspaper usage); no name of any data set is in them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii

from amparo.methods.linkage.nicknames import PETS

# Words that stand where a name is not known.
NOT_A_NAME = frozenset({
    "unknown", "unk", "none", "nn", "null", "anonymous", "noname", "baby", "infant", "newborn", "boy", "girl", "child",
    "male", "female", "son", "daughter", "minor", "niño", "niña", "bebe", "bebé", "menor", "desconocido", "desconocida",
    "nombre", "desconhecido", "inconnu", "inconnue", "enfant", "fille", "garçon", "garcon", "tifl", "mjhwl", "copil",
    "necunoscut", "necunoscuta", "neizvestno", "neizvestnyy", "rebenok",
})  # fmt: skip
_ARTICLES = frozenset({
    "al", "el", "ul", "ad", "ed", "an", "ar", "as", "ash", "at", "az", "de", "del", "la", "los", "las", "da", "do",
    "dos", "di", "du", "van", "von", "bin", "ben", "ibn", "bint", "bent", "ould", "abu", "abou", "umm", "oum", "y",
})  # fmt: skip
_ARABIC = str.maketrans({
    **dict.fromkeys("أإآٱ", "ا"), "ة": "ه", "ى": "ي", "ـ": "", "ئ": "ي", "ؤ": "و", "ء": "", "ی": "ي", "ک": "ك",
    **{chr(mark): "" for mark in range(0x064B, 0x0653)},
})  # fmt: skip
# Cyrillic letters that look Latin, typed into a Latin name (and the other way about).
_CYRILLIC_LOOKS, _LATIN_LOOKS = "аеорсухіјкмнтвАЕОРСУХІЈКМНТВ", "aeopcyxijkmhtbAEOPCYXIJKMHTB"
_TO_LATIN = str.maketrans(_CYRILLIC_LOOKS, _LATIN_LOOKS)
_TO_CYRILLIC = str.maketrans(_LATIN_LOOKS, _CYRILLIC_LOOKS)
_CJK = re.compile(r"[\u3400-\u9fff]+")
# The letters ʼ and ʻ are letters already.
_WORD = re.compile(r"[^\W\d_]+(?:['’`.][^\W\d_]+)*")
_NOT_LETTER = re.compile(r"[^a-z`]+")
_LATIN_LETTER = re.compile(r"[a-zA-Z]")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")

# One capital letter a class of sounds: S hissing, H throat, J as in Jamal, F lips with breath, P lips, T teeth, K.
_SHARED = (
    ("schtsch", "S"), ("shch", "S"), ("tsch", "S"), ("tch", "S"), ("tsh", "S"), ("dzh", "J"), ("sch", "S"), ("sh", "S"),
    ("sz", "S"), ("cz", "S"), ("zh", "S"), ("kh", "H"), ("gh", "H"), ("ck", "K"), ("ph", "F"), ("dh", "T"), ("dj", "J"),
    ("dg", "J"), ("ts", "S"), ("tz", "S"), ("qu", "K"), ("ou", "u"), ("ks", "X"), ("x", "X"),
    ("ce", "Se"), ("ci", "Si"), ("cy", "Sy"),
)  # fmt: skip
_ACCENTS = (
    {"ch": "S", "th": "T", "j": "J", "g": "H", "w": "F"},  # English and international
    {"ch": "H", "th": "T", "j": "i", "g": "H", "w": "F"},  # German, Slavic
    {"ch": "S", "th": "S", "j": "J", "g": "J", "w": "u"},  # Arabic, in French or English writing or its own
)
_MIDDLE = {"ch": "S", "th": "T", "j": "i", "g": "H", "w": "F"}  # one reading with vowels, for how alike two sound
_SINGLE = str.maketrans({
    "s": "S", "z": "S", "h": "H", "v": "F", "f": "F", "b": "P", "p": "P", "d": "T", "t": "T", "c": "K", "k": "K",
    "q": "K", "y": "i", "`": None, "e": "i", "o": "u",
})  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aiu]+")
# Endings that make a name small: Ivanko, Zlatka, Tarasik, Carlitos, Rosita.
_SMALL = re.compile(r"(.{3,}?)(?:[iy]?k[oa]|[iy]k|ch[iy]k|itos?|itas?)")
# Noureddine, Salahuddin: two words in one.
_OF_FAITH = re.compile(r"(.{2,}?)(?:e|u|a|i)?dd(?:i|ee|y)ne?")
# Abdulrahman, Abderrahmane, Abd al-Rahman: a servant of a name that follows, one name however it is cut.
_SERVANT = re.compile(r"[a`]bd(?:[aeiou]{0,2})(?:l|([rsntdz])(?=\1))([a-z`]{4,}|[^aeiou]{3,})")
_SERVANT_WORD = re.compile(r"[a`]bd(?:[aeiou]{0,2}[lrsntdz]?)?")
# One or two syllables as Chinese has them, in pinyin, Wade-Giles or the Cantonese writings.
_SYLLABLE = r"(?:zh|ch|sh|hs|ts|tz|sz|gw|kw|[bpmfdtnlgkhjqxrzcsyw])?[aeiou]{1,3}(?:ng|n|k|t|p|m|w|y|h)?"
_SYLLABLES = re.compile(f"(?:{_SYLLABLE}){{1,2}}")
_ONE_SYLLABLE = re.compile(_SYLLABLE)
_SIGNS = (
    *((each, "S") for each in ("tsz", "zh", "ch", "sh", "hs", "ts", "tz", "sz", "q", "x", "j", "z", "c", "s")),
    ("ng", "n"), ("kw", "K"), ("gw", "K"), ("g", "K"), ("k", "K"), ("b", "P"), ("p", "P"), ("d", "T"), ("t", "T"),
)  # fmt: skip
_TWO_WAYS = re.compile(r"[qxjzckh]|g(?!$)|ts|^[iuy]")  # what pinyin and Wade-Giles write differently
_SIGN_VOWELS = re.compile(r"([aeiouy])[aeiouy]*(?:h(?![aeiouy]))?")
# A patronymic without its ending is the father's name.
_PATRONYMIC = re.compile(r"(?:ov|ow|ev|ew|iev|iew|yev|jew)(?:ich|ych|itch|itsch|ytsch|ic|yc|na)$|(?:ivna|iwna|yivna)$")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name: its Latin letters, how it sounds with vowels, and its readings without."""

    plain: str
    sound: str
    readings: tuple[str, ...]


def parts(written: str) -> tuple[Part, ...]:
    """The parts of a name in the order given; articles and words that are no name are left out."""
    return _parts(written.strip()) if written else ()


@lru_cache(maxsize=200_000)
def _parts(written: str) -> tuple[Part, ...]:
    words = [word for each in _WORD.findall(written.translate(_ARABIC)) for word in _latin(_one_script(each))]
    named = list(_served([word for word in words if word not in NOT_A_NAME]))
    kept = [word for word in named if word not in _ARTICLES or len(named) == 1]
    return tuple(part(word) for word in kept if word.strip("`"))


def _served(words: list[str]) -> Iterator[str]:
    """The words, where a servant's name and the name that it serves have become one."""
    flow = iter(words)
    for word in flow:
        if not _SERVANT_WORD.fullmatch(word):
            yield word
            continue
        rest = next((each for each in flow if each not in _ARTICLES), "")
        yield "abd" + rest


def joined(named: Sequence[Part]) -> Part | None:
    """Two given names written as one: Annamaria, Xiaoming; None where there are not two."""
    return part("".join(each.plain for each in named)) if len(named) == 2 else None  # noqa: PLR2004 - two


def one_name(named: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts, where two Chinese syllables are one given name, as they are for who bears it."""
    if len(named) == 2 and all(_ONE_SYLLABLE.fullmatch(each.plain) for each in named):  # noqa: PLR2004 - two
        return (part(named[0].plain + named[1].plain),)
    return named


@lru_cache(maxsize=200_000)
def part(plain: str) -> Part:
    """One word of Latin letters as a part of a name."""
    heard = [_heard(plain, accent) for accent in _ACCENTS]
    sound = _heard(plain, _MIDDLE)
    if len(plain) > 5 and plain[:2] in {"al", "el"}:  # noqa: PLR2004 - "alubaidi": an article may have been joined
        heard.append(_heard(plain[2:], _ACCENTS[2]))
    if small := _SMALL.fullmatch(plain):
        heard.append(_heard(small[1], _ACCENTS[1]))
    readings = [_bare(each) for each in heard]
    if _TWO_WAYS.search(plain) and _SYLLABLES.fullmatch(plain):
        readings.append(_by_syllable(plain))
    return Part(plain.strip("`"), sound, tuple(dict.fromkeys(readings)))


def formal(one: Part) -> tuple[str, ...]:
    """The formal names that a pet name stands for, however it is spelled; empty for a name that is none."""
    return _formal().get(one.sound, ())


@cache
def _formal() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for pet, names in PETS.items():
        found.setdefault(part(pet).sound, set()).update(names)
    return {sound: tuple(sorted(names)) for sound, names in found.items()}


def father_in(one: Part) -> Part | None:
    """The father's name in a patronymic: `Petrovich`, `Petrivna` → `Petr`; None when it is no patronymic."""
    stem = _PATRONYMIC.sub("", one.plain)
    return part(stem) if stem != one.plain and len(stem) > 1 else None


def _one_script(written: str) -> str:
    """Mend letters of another script that only look alike: a word is in the script of most of its letters."""
    latin, cyrillic = len(_LATIN_LETTER.findall(written)), len(_CYRILLIC_LETTER.findall(written))
    if not latin or not cyrillic:
        return written
    return written.translate(_TO_LATIN if latin > cyrillic else _TO_CYRILLIC)


def _latin(word: str) -> list[str]:
    if _CJK.fullmatch(word):  # a Chinese full name: the first sign is the family's
        return [anyascii(each).lower() for each in ((word[0], word[1:]) if len(word) > 2 else (word,))]  # noqa: PLR2004
    if word.startswith("ال") and len(word) > 4:  # noqa: PLR2004 - the Arabic article is written together
        word = word[2:]
    plain = _NOT_LETTER.sub("", anyascii("a" + word[1:] if word[0] == "ا" else word).lower())
    if servant := _SERVANT.fullmatch(plain):
        return ["abd" + servant[2]]
    faith = _OF_FAITH.fullmatch(plain)
    return [faith[1], "din"] if faith else [plain]


def _heard(plain: str, accent: dict[str, str]) -> str:
    for written, sound in _SHARED:
        if written in plain:
            plain = plain.replace(written, sound)
    for written, sound in accent.items():
        if written in plain:
            plain = plain.replace(written, sound)
    if plain[:1] == "`":
        plain = "a" + plain[1:]
    return _DOUBLED.sub(r"\1", plain.translate(_SINGLE))


def _by_syllable(plain: str) -> str:
    """Chinese syllables keep a vowel each: without, half of all names would sound the same."""
    for written, sound in _SIGNS:
        plain = plain.replace(written, sound)
    return "c" + _SIGN_VOWELS.sub(lambda found: {"a": "a", "o": "u", "u": "u"}.get(found[1], "i"), plain)


def _bare(heard: str) -> str:
    """Without vowels, but for one sign that a vowel comes first; a breath at the end is not heard."""
    bare = _VOWELS.sub("", heard[1:])
    first = "a" if heard[:1] in "aiu" else heard[:1]
    return first + (bare[:-1] if bare.endswith("H") and len(bare) > 1 else bare)
