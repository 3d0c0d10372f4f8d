# ruff: noqa: E501
"""Made-up worlds for linkage: `python -m bench.worlds FOLDER --host cyrillic --children 4000 --seed 7`.

Writes records.csv, truth.csv, queries.csv and queries_truth.csv in the shape that `amparo link` knows. Nobody in them is
real: names are drawn and joined at random. Peoples, romanisations, slips and shares are this file's own guesses; they
share nothing with any sample the linkage was looked at with. `--noise 1.6` makes every slip and gap so much likelier:
how a method stands in a worse world tells more than how it stands in the one it was looked at with.
"""

import argparse
import csv
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from bench.peoples import CYRILLIC, OWN_SCRIPT, PEOPLES, SCHEMES

AGENCIES = {"police": 0.2, "hospital": 0.2, "school": 0.2, "hotline": 0.1, "shelter": 0.15, "border": 0.15}
END = date(2025, 12, 31)
FIELDS = ["record_id", "agency", "registered_on", "given_name", "middle_names", "family_name", "other_names", "sex", "date_of_birth", "dob_quality", "age_years", "mother_name", "father_name", "place_of_birth", "district", "settlement", "nationality", "phone", "national_id"]  # fmt: skip
HOSTS = {
    "latin": {"latin": 0.48, "arabic": 0.16, "cyrillic": 0.12, "sahel": 0.1, "chinese": 0.08, "ethiopic": 0.06},
    "arabic": {"arabic": 0.65, "sahel": 0.13, "latin": 0.09, "ethiopic": 0.08, "cyrillic": 0.05},
    "cyrillic": {"cyrillic": 0.68, "latin": 0.12, "arabic": 0.12, "chinese": 0.08},
}
PETS = {name: pet for each in PEOPLES.values() for name, pet in each.get("pet", {}).items()}
LOOKS = str.maketrans("aeopcxy", "аеорсху")
# What somebody who calls a hotline does not say.
NOT_BY_PHONE = [
    "middle_names",
    "mother_name",
    "father_name",
    "place_of_birth",
    "national_id",
    "date_of_birth",
    "nationality",
]


@dataclass(slots=True)
class Child:
    person: str
    household: str
    twins: str
    people: str
    sex: str
    given: str
    middle: str
    family: str
    born: date
    mother: str
    mother_family: str
    father: str
    place: str
    home: tuple[str, str]
    nation: str
    phone: str
    number: str


@dataclass
class Writer:
    """Somebody who writes a child's names: in the child's own script, or in Latin letters by one scheme."""

    world: "World"
    people: str
    own: bool
    scheme: int

    def write(self, name: str) -> str:
        if not name:
            return ""
        world = self.world
        texts = [world.native(each) if self.own else world.latin(each, self) for each in name.split("+")]
        text = ("" if self.own else world.r.choice(["", " ", "-"])).join(texts)
        if len(texts) > 1 and not self.own:
            text = text.title()
        return world.typo(text) if world.happens(0.07) else text


class World:
    """`size` children who are registered at least once; more live there."""

    def __init__(self, host: str, size: int, seed: int, noise: float = 1.0) -> None:
        self.r, self.host, self.size, self.noise = random.Random(seed), host, size, noise
        syllables = [a + b for a in "bcdfglmnprstv" for b in "aeiou"]
        count = max(60, size // 25)
        self.towns = [
            "".join(self.r.choices(syllables, k=3)).title() + self.r.choice(["", "ville", "ton", "grad"])
            for _ in range(count)
        ]
        self.districts = [f"District {each}" for each in self.towns[:14]]
        self.where = {town: self.r.choice(self.districts) for town in self.towns}

    def happens(self, chance: float) -> bool:
        """A slip or a gap: likelier in a noisier world."""
        return self.r.random() < min(chance * self.noise, 0.9)

    def known(self, chance: float) -> bool:
        return self.r.random() < chance / max(self.noise, 1) ** 0.5

    def town(self) -> tuple[str, str]:
        place = (
            self.towns[min(int(self.r.paretovariate(0.6)) - 1, len(self.towns) - 1)]
            if self.r.random() < 0.5
            else self.r.choice(self.towns)
        )
        return place, self.where[place]

    def pick(self, pool: list[str]) -> str:
        """Some names are far more common than others."""
        return pool[min(int(self.r.expovariate(1 / (len(pool) / 3))), len(pool) - 1)]

    def family(self, people: str) -> tuple[str, str]:
        """A man's and a woman's form."""
        if people == "cyrillic":
            stem = self.r.choice(CYRILLIC["stem"]) + self.r.choice(["", "", "ар", "он", "иш"])
            number = self.r.randrange(10)
            return stem + CYRILLIC["end"]["m"][number], stem + CYRILLIC["end"]["f"][number]
        if people == "latin":
            name = self.r.choice(PEOPLES["latin"]["stem"]) + self.r.choice(PEOPLES["latin"]["end"])
        else:  # where there are no family names the father's, or his father's, stands for one
            name = self.pick(PEOPLES[people].get("family") or PEOPLES[people]["m"])
        return name, name

    def given(self, people: str, sex: str) -> str:
        pool = PEOPLES[people][sex]
        if people == "chinese" and self.r.random() < 0.75:
            return f"{self.pick(pool)}+{self.pick(pool)}"
        return self.pick(pool)

    def households(self):
        number = person = 0
        while person < self.size * 1.6:
            number += 1
            people = self.r.choices(list(HOSTS[self.host]), list(HOSTS[self.host].values()))[0]
            male, female = self.family(people)
            home, nation = self.town(), self.r.choice(PEOPLES[people]["nations"])
            mother, father, wife = self.given(people, "f"), self.given(people, "m"), self.family(people)[1]
            phone = "".join(self.r.choices("0123456789", k=8))
            children = self.r.choices([1, 2, 3, 4, 5], [35, 32, 18, 10, 5])[0]
            born, used, twins = END - timedelta(days=self.r.randrange(100, 17 * 365)), set(), ""
            for order in range(children):
                person += 1
                twins_now = order and self.r.random() < 0.025
                if order and not twins_now:
                    born, twins = born - timedelta(days=self.r.randrange(300, 1500)), ""
                if twins_now and not twins:
                    twins = f"T{number}"
                    last.twins = twins  # noqa: F821 - the child before
                sex = self.r.choice("mf")
                given = self.given(people, sex)
                while given in used and len(used) < 15:
                    given = self.given(people, sex)
                used.add(given)
                middle = self.middle(people, sex, father)
                if people == "ethiopic":
                    male = female = father
                last = Child(
                    f"P{person}",
                    f"H{number}",
                    twins,
                    people,
                    sex,
                    given,
                    middle,
                    male if sex == "m" else female,
                    born,
                    mother,
                    wife,
                    father,
                    home[0] if self.r.random() < 0.6 else self.town()[0],
                    home,
                    nation,
                    phone,
                    "".join(self.r.choices("0123456789", k=10)) if self.r.random() < 0.1 else "",
                )
                yield last

    def middle(self, people: str, sex: str, father: str) -> str:
        if people == "cyrillic":
            stem = father[:-1] + ("е" if father[-1] in "йь" else "") if father[-1] in "йьая" else father + "о"
            return stem + ("вич" if sex == "m" else "вна")
        if people == "arabic":
            return father
        return self.given(people, sex) if people in {"latin", "sahel"} and self.r.random() < 0.3 else ""

    def latin(self, written: str, by: Writer) -> str:
        if by.people == "cyrillic":
            scheme = SCHEMES[by.scheme % len(SCHEMES)]
            return "".join(scheme.get(each, each) for each in written.lower()).title()
        if ":" not in written:
            return written
        ways = written.split(":")[1].split(",")
        return (ways[by.scheme % len(ways)] if by.people == "chinese" else self.r.choice(ways)).replace("_", " ")

    def native(self, written: str) -> str:
        return written.split(":", maxsplit=1)[0].replace("_", " ")

    def record(self, of: Child, number: int, prefix: str) -> tuple[dict, dict]:
        """What one agency wrote of a child, and the truth about it."""
        r, tags = self.r, []
        agency = r.choices(list(AGENCIES), list(AGENCIES.values()))[0]
        at = min(END, max(of.born, END - timedelta(days=6 * 365)) + timedelta(days=r.randrange(1, 2000)))
        own = of.people in OWN_SCRIPT and r.random() < (0.7 if of.people == self.host else 0.1)
        writer = Writer(self, of.people, own, self.scheme(of))
        child = self.as_told(of, tags)
        given, family, middle = self.names(writer, child, of, tags)
        born, quality = self.born(of.born, ethiopic=of.people == "ethiopic")
        age = str(max(0, (at - of.born).days // 365))
        minimal = agency == "hotline" and self.happens(0.5)
        mother = (
            writer.write(of.mother) + (" " + writer.write(of.mother_family) if r.random() < 0.2 else "")
            if self.known(0.6) else ""
        )  # fmt: skip
        phone = of.phone if not self.happens(0.25) else "".join(r.choices("0123456789", k=8))
        row = {
            "record_id": f"{prefix}{number:07}", "agency": agency, "registered_on": at.isoformat(), "given_name": given,
            "middle_names": middle, "family_name": family if not self.happens(0.04) else "", "other_names": writer.write(pet) if (pet := PETS.get(of.given, "")) and r.random() < 0.15 else "",
            "sex": "" if self.happens(0.02) else (of.sex if not self.happens(0.012) else "mf"[of.sex == "m"]).upper(),
            "date_of_birth": born, "dob_quality": quality, "age_years": age if (not born and not self.happens(0.1)) or r.random() < 0.4 else "",
            "mother_name": mother, "father_name": writer.write(of.father) if self.known(0.5) else "",
            "place_of_birth": of.place if self.known(0.5) else "", "district": child.home[1] if self.known(0.8) else "",
            "settlement": (self.typo(child.home[0]) if self.happens(0.04) else child.home[0]) if self.known(0.88) else "",
            "nationality": of.nation if self.known(0.8) else "",
            "phone": r.choice(["0", "+99 ", ""]) + phone if self.known(0.5) else "",
            "national_id": of.number if self.known(0.5) else "",
        }  # fmt: skip
        if minimal:
            row |= dict.fromkeys(NOT_BY_PHONE, "")
            row |= {"family_name": row["family_name"] if r.random() < 0.4 else "", "age_years": age}
        truth = {
            "record_id": row["record_id"], "person_id": of.person, "household_id": of.household, "twin_set_id": of.twins,
            "culture": of.people, "script": of.people if own else "latin", "minimal": str(int(minimal)),
            "tags": ";".join(tags),
        }  # fmt: skip
        return row, truth

    def scheme(self, of: Child) -> int:
        """By which romanisation; in the families of one in six Chinese children Cantonese is spoken."""
        if of.people != "chinese":
            return self.r.randrange(12)
        return 2 if of.household[-1] in "17" and self.r.random() < 0.85 else self.r.random() < 0.25

    def as_told(self, of: Child, tags: list[str]) -> Child:
        """The child as somebody tells of it: another family name, a new home, a pet name."""
        r, child = self.r, replace(of)
        if self.happens(0.07):
            child.family = r.choice([of.mother_family, of.father, self.family(of.people)[of.sex == "f"]])
            tags.append("family")
        if self.happens(0.12):
            child.home = self.town()
        if (pet := PETS.get(of.given)) and self.happens(0.15):
            child.given = pet
            tags.append("pet")
        return child

    def names(self, writer: "Writer", child: Child, of: Child, tags: list[str]) -> tuple[str, str, str]:
        """Given, family and middle name as they were written, sometimes in each other's place."""
        r = self.r
        given, family = writer.write(child.given), writer.write(child.family)
        middle = writer.write(of.middle) if r.random() < 0.4 else ""
        if self.happens(0.15 if of.people == "chinese" else 0.03):
            given, family = family, given
            tags.append("swap")
        if middle and r.random() < 0.3:
            given, family, middle = (
                (f"{given} {middle}", family, "") if r.random() < 0.65 else (given, f"{middle} {family}", "")
            )
        if self.happens(0.008):
            given = ""
        if not writer.own and self.happens(0.002):
            given = given.translate(LOOKS)
        return given.lower() if self.happens(0.05) else given, family.upper() if self.happens(0.05) else family, middle

    def born(self, of: date, *, ethiopic: bool) -> tuple[str, str]:
        r = self.r
        if self.happens(0.13):
            return "", r.choice(["unknown", ""])
        if self.happens(0.004):
            return "1900-01-01", ""
        if self.happens(0.07):
            return f"{of.year + r.choice([0, 0, 0, -1, 1])}-01-01", r.choice(["estimated", ""])
        if self.happens(0.03):
            return of.isoformat()[: r.choice([4, 7])], ""
        if self.happens(0.015) and of.day <= 12:
            return f"{of.year}-{of.day:02}-{of.month:02}", "exact"
        if ethiopic and self.happens(0.1):  # the year of the Ethiopian calendar beside a day of ours
            return f"{of.year - 8}{min(of, of.replace(day=28)).isoformat()[4:]}", "exact"
        if self.happens(0.05):
            return self.slip(of).isoformat(), "exact"
        return of.isoformat(), r.choice(["exact", "exact", ""])

    def slip(self, of: date) -> date:
        """A day that somebody heard or typed wrongly."""
        return of + timedelta(days=self.r.choice([1, -1, 10, -10, 31, 365, -365, self.r.randrange(-400, 400)]))

    def typo(self, text: str) -> str:
        if len(text) < 3:
            return text
        at = self.r.randrange(len(text) > 3 and self.r.random() < 0.9, len(text) - 1)  # seldom in the first letter
        kinds = (
            text[:at] + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at] + text[at:],
        )
        return self.r.choice(kinds)


def build(folder: Path, *, host: str, children: int, seed: int, queries: int = 600, noise: float = 1.0) -> None:
    """Write a world's four files. A million records need about half a gigabyte: rows are written as they are drawn."""
    world, folder = World(host, children, seed, noise), Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    everybody = list(world.households())
    registered = set(world.r.sample(range(len(everybody)), min(children, len(everybody))))
    records = [place for place in sorted(registered) for _ in range(min(8, int(world.r.expovariate(1 / 1.05)) + 1))]
    world.r.shuffle(records)
    drawn = (world.record(everybody[place], number, "W") for number, place in enumerate(records))
    _write(folder / "records.csv", folder / "truth.csv", drawn)
    if not queries:
        return
    homes = {everybody[place].household for place in registered}
    asked = (_asked(world, everybody, registered, homes, number) for number in range(queries))
    _write(folder / "queries.csv", folder / "queries_truth.csv", asked)


def _asked(world: World, everybody: list, registered: set, homes: set, number: int) -> tuple[dict, dict]:
    """A question: half of children who are registered, half of anybody."""
    place = world.r.randrange(len(everybody))
    while number % 2 and place not in registered:
        place = world.r.randrange(len(everybody))
    row, truth = world.record(everybody[place], number, "Q")
    of, known = everybody[place], place in registered
    kind = "existing" if known else "new_twin" if of.twins else "new_sibling" if of.household in homes else "new"
    row = {"query_id": row.pop("record_id"), **row}
    asked = {"query_id": row["query_id"], "kind": kind, "person_id": of.person if known else "NEW"}
    return row, asked | {name: truth[name] for name in ("culture", "script", "minimal", "tags")}


def _write(records: Path, truths: Path, drawn) -> None:
    with (
        records.open("w", encoding="utf-8", newline="") as rows,
        truths.open("w", encoding="utf-8", newline="") as known,
    ):
        writers = []
        for both in drawn:
            if not writers:
                writers = [csv.DictWriter(lines, list(each)) for lines, each in zip((rows, known), both, strict=True)]
                for writer in writers:
                    writer.writeheader()
            for writer, each in zip(writers, both, strict=True):
                writer.writerow(each)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host", choices=HOSTS, default="latin")
    parser.add_argument("--children", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--noise", type=float, default=1.0, help="how much likelier slips and gaps are")
    given = parser.parse_args()
    build(given.folder, host=given.host, children=given.children, seed=given.seed, noise=given.noise)
