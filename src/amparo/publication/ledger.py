"""What was ever public of the same records, as the attacker keeps it, and the release that is to follow.

The cells of all releases that are kin are held in one frame (`publication.kin`): the codes of all their tables, the
populations that they tell of, and the snapshots that they were made from (`methods.disclosure.ledger`). What nobody can
count any more, because a snapshot has ended, is not known here either: of a former release, what the public saw.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from amparo.methods.disclosure import Policy
from amparo.methods.disclosure.cases import Case
from amparo.methods.disclosure.frame import Frame, Key
from amparo.methods.disclosure.ledger import Entry, Verdict, judge
from amparo.methods.disclosure.protecting import protect_step
from amparo.methods.disclosure.reader import Fact
from amparo.methods.disclosure.risks import number
from amparo.publication.kin import Asked, Counts, Kin
from amparo.publication.models import Release
from amparo.publication.sheets import Codes, Sheet, Shown, sheets_of

_SECONDS = 20.0  # to look for fewer hidden cells, in all populations
_ROUNDS = 12  # of hiding more where one population would tell of another


@dataclass
class Books:
    """`former`: every release that is kin and was ever public, the oldest first. `snapshot`: of the new one."""

    asked: Asked
    snapshot: str
    former: Sequence[Release]
    counts: Counts

    @cached_property
    def shown(self) -> list[tuple[Asked, list[Shown]]]:
        """What the public saw of each."""
        return [
            (Asked(each.indicator, each.first_year, each.year, tuple(sheets)), sheets)
            for each in self.former for sheets in [sheets_of(each)]
        ]  # fmt: skip

    @cached_property
    def kin(self) -> Kin:
        return Kin([*(asked for asked, _sheets in self.shown), self.asked], self.counts)

    @cached_property
    def keys(self) -> list[dict[Codes, Key]]:
        """What the cells of the new tables count."""
        return [self.kin.keys(self.asked, sheet) for sheet in self.asked.sheets]

    def protected(self, policy: Policy) -> list[Shown]:
        """The tables with what must be hidden hidden. Raises `Conflict` when the policy cannot be met.

        What was hidden before stays hidden: shown now, it might open what it protected then. What was shown of the same
        records is shown again. Each population is protected alone; where the attacker then gets at one through another,
        more is hidden there, and he tries again.
        """
        also: set[Key] = set()
        hidden: dict[int, frozenset[Key]] = {}
        todo = {key[0][0] for keys in self.keys for key in keys.values()}
        for _round in range(_ROUNDS):
            hidden |= {each: self._hidden(each, policy, also) for each in todo}
            sheets = [self._showing(place, frozenset().union(*hidden.values())) for place in range(len(self.keys))]
            if len(self.kin.populations) == 1 or not (opened := self.verdict(sheets, policy).findings):
                break
            more = {key for found in opened if found.key and (key := self._more(found.key, hidden))}
            if not more:
                break
            also, todo = also | more, {key[0][0] for key in more}
        return sheets

    def verdict(self, sheets: Sequence[Shown], policy: Policy) -> Verdict:
        """Attack tables together with all former ones."""
        facts = [fact for sheet, keys in zip(sheets, self.keys, strict=True) for fact in _facts(sheet, keys)]
        new = Entry("", self.snapshot, facts)
        former = [
            Entry(release.reference, _snapshot(release), [fact for fact, _value in told])
            for release, told in zip(self.former, self._told, strict=True)
        ]
        return judge(self.kin.frame, policy, new, self.kin.truth, former, self.kin.relations)

    @cached_property
    def _told(self) -> list[list[tuple[Fact, int | None]]]:
        """Of each former release its facts."""
        return [
            [
                (fact, sheet.cells[place])
                for sheet in sheets
                for place, fact in zip(sheet.cells, _facts(sheet, self.kin.keys(asked, sheet)), strict=True)
            ]
            for asked, sheets in self.shown
        ]

    def _hidden(self, population: int, policy: Policy, also: set[Key]) -> frozenset[Key]:
        """What must be hidden of one population, seen with all that was published of it."""
        wanted = {key for keys in self.keys for key in keys.values() if key[0] == (population,)}
        gone, same, other = self._before(population)
        counts = self.kin.truth[population]
        kept = {key for key in other - wanted if not policy.sensitive(number(self.kin.truth, key))}
        seen = (same | kept) - gone
        new = [key[1:] for key in wanted if key not in gone | seen]
        frame = Frame(self.kin.codes, {}) if self.kin.codes else Frame({"all": ("all",)}, {})
        case = Case(frame, counts if self.kin.codes else counts.reshape(1), policy, [])
        found = protect_step(
            case, new, {key[1:] for key in gone}, frozenset(key[1:] for key in seen),
            seconds=_SECONDS / len(self.kin.populations), also=frozenset(key[1:] for key in also & wanted),
        )  # fmt: skip
        return frozenset(gone | {((population,), *key) for key in found.hidden})

    def _before(self, population: int) -> tuple[set[Key], set[Key], set[Key]]:
        """What the newest former table hides; what was shown of the same snapshot; and of others."""
        newest: dict[Key, bool] = {}
        same: set[Key] = set()
        for release, told in zip(self.former, self._told, strict=True):
            mine = {fact.key: value is not None for fact, value in told if fact.key[0] == (population,)}
            newest |= mine
            if _snapshot(release) == self.snapshot:
                same |= {key for key, shown in mine.items() if shown}
        gone = {key for key, shown in newest.items() if not shown}
        return gone, same, set(newest) - gone - same

    def _more(self, opened: Key, hidden: dict[int, frozenset[Key]]) -> Key | None:
        """The smallest shown count of a population related to the one that lies open, over the same codes."""
        akin = {
            key[0] for relation in self.kin.relations for keys in [(*relation.more, *relation.less)]
            if opened[0] in {key[0] for key in keys} for key in keys
        }  # fmt: skip
        found = [
            (number(self.kin.truth, key), key)
            for keys in self.keys for key in keys.values()
            if key[0] in akin and key not in hidden[key[0][0]] and key[1:] == opened[1:]
        ]  # fmt: skip
        return min(((count, key) for count, key in found if count), default=(0, None))[1]

    def _showing(self, place: int, hidden: frozenset[Key]) -> Shown:
        sheet, keys = self.asked.sheets[place], self.keys[place]
        cells = {
            at: None if key in hidden else int(number(self.kin.truth, key)) for at, key in keys.items()
        }  # fmt: skip
        return Shown(sheet.by, sheet.codes, cells)


def _snapshot(release: Release) -> str:
    return str(release.frozen_id or release.snapshot_id)


def _facts(sheet: Sheet, keys: dict[Codes, Key]) -> Iterator[Fact]:
    assert isinstance(sheet, Shown)
    for place, value in sheet.cells.items():
        low, high = (0.0, inf) if value is None else (float(value), float(value))
        yield Fact(keys[place], "/".join(place), low, high)
