"""What to be wary of, each as a code with what fills its sentence, so that other languages can say it in their words.

What a caution is filled with is named alike everywhere: `method` and `least`, `most` are methods; `list`, `one`,
`other`, `small`, `large` are lists and `pairs` are pairs of lists; `stratum` is the values of a stratum; `part` is a
share of 1; all else are numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SENTENCES = {
    "everybody": "List {list} contains everybody who was observed: no other list shows anybody whom it misses.",
    "same": "Lists {one} and {other} hold the same people; they may be one list.",
    "added": "Histories that stand on several lines were added up ({more:,} more than there are histories).",
    "links": "The links are uncertain: {drawings:,} drawings of them were estimated and their answers pooled.",
    "few": "Only {several:,} of {observed:,} people are on more than one list: too few to estimate from.",
    "never": "Lists that never meet: {pairs}. They may work in different places, or exclude each other.",
    "inside": (
        "{part:.0%} of list {small} is on list {large}: one may be filled from the other, by referral; think of taking "
        "the two as one."
    ),
    "two": "With two lists nothing tells whether one depends on the other: the estimate supposes that it does not.",
    "unequal": (
        "Some people may be much harder to find than others, on every list. Models of dependent lists cannot exclude "
        "it on these data: every estimate is a lower bound only."
    ),
    "apart": "The methods differ by a factor of {factor:.1f} ({least} to {most}): show them all.",
    "edge": "The estimate lies at the edge, nobody hidden; that is rarely true.",
    "rests": "There is no estimate without {list}: everything rests on this list.",
    "moves": "The stepwise estimate without {list} is {less:,.0f} instead of {base:,.0f}.",
    "thin": "Too few people are on more than one list in {stratum}: join it to another part, or leave it out.",
    "carried": "Too few people are on more than one list in {stratum}: they are taken to be as hidden as the others.",
    "strata": "The strata add up to {added:,.0f}; without strata it would be {whole:,.0f}.",
    "open": (
        "These are {years} years together. People are born, come of age, move in and away: the longer the time, the "
        "less it holds that nobody came or left."
    ),
    "none": (
        "No estimate is defensible on these data: the methods' estimates do not exist, do not settle, contradict each "
        "other, or rest on too few people."
    ),
    # What a method says of itself.
    "absent": "The estimate does not exist on these data: too few lists meet.",
    "failed": "{part:.0%} of the resampled tables had no estimate.",
    "wide": "The interval is too wide to say anything.",
    "endless": "The data set no upper end.",
    "saturated": "The best model has as many terms as there are histories: nothing is left to check it by.",
    "disagree": "The chains do not agree (R-hat {r_hat:.3f}); do not use this.",
    "graphs": "The graphs are at hand for up to {lists} lists only.",
    "classes": "Two lists cannot tell classes of people apart.",
    "three": "Sample coverage needs three lists or more.",
    "stratum": "A stratum has no estimate.",
    "chapman": "Chapman's estimate is {total:,.0f}.",
    "mean": "The mean of all models, by their weights, is {total:,.0f}.",
    "chains": "R-hat {r_hat:.3f}, worth {worth:,.0f} independent draws.",
}


@dataclass(frozen=True)
class Caution:
    """A code of `SENTENCES` and what fills it. `str()` says it in English."""

    code: str
    given: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        pairs = ", ".join(" and ".join(pair) for pair in self.given.get("pairs", ()))
        stratum = ", ".join(self.given.get("stratum", ()))
        said = SENTENCES[self.code].format(**{**self.given, "pairs": pairs, "stratum": stratum})
        return f"{self.given['method']}: {said}" if "method" in self.given else said

    def of(self, method: str) -> "Caution":
        """The same, said of a method."""
        return Caution(self.code, {"method": method, **self.given})

    def plain(self) -> dict[str, Any]:
        """As JSON has it; numbers to three decimals."""
        given = {name: round(each, 3) if isinstance(each, float) else each for name, each in self.given.items()}
        return {"code": self.code, **given}


def caution(code: str, **given: Any) -> Caution:
    """A caution with what fills it."""
    return Caution(code, given)
