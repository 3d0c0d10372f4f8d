"""A test with real truth (Binette and Steorts 2022): who is on one list is a population whose size is known.

Only the people of that list are kept; the other lists estimate how many they are. Any table of four lists or more can
so be held against itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amparo.common.errors import Invalid
from amparo.methods.hidden.lists import Lists
from amparo.methods.hidden.methods import How, Result, run

FEWEST_LISTS = 4


@dataclass(frozen=True)
class Known:
    """What a method said of the people of `list`, who are `truth` in number. `covered`: is it inside the interval?"""

    list: str
    truth: int
    result: Result

    @property
    def covered(self) -> bool | None:
        low, high = self.result.low, self.result.high
        return None if low is None else low <= self.truth and (high is None or self.truth <= high)


def internal_check(lists: Lists, *, methods: Sequence[str], how: How) -> Iterator[Known]:
    """Every method on every list. Lists whose people are on hardly any other list are passed over. Raises `Invalid`."""
    if len(lists.names) < FEWEST_LISTS:
        raise Invalid({"internal-check": f"It needs {FEWEST_LISTS} lists: one is estimated from the others."})
    for place, name in enumerate(lists.names):
        inside = lists.only_on(place)
        if all(inside.on(each) for each in range(len(inside.names))):
            for method in methods:
                yield Known(name, lists.on(place), run(method, inside, how))
