# ruff: noqa: SIM905, E501
"""Made-up worlds for linkage: `python -m bench.worlds FOLDER --host cyrillic --children 4000 --seed 7`.

Writes records.csv, truth.csv, queries.csv and queries_truth.csv in the shape that `amparo link` knows. Nobody in them is
real: names are drawn and joined at random. Peoples, romanisations, slips and shares are this file's own guesses; they
share nothing with any sample the linkage was looked at with.
"""

import argparse
import csv
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

AGENCIES = {"police": 0.2, "hospital": 0.2, "school": 0.2, "hotline": 0.1, "shelter": 0.15, "border": 0.15}
END = date(2025, 12, 31)
FIELDS = ("record_id agency registered_on given_name middle_names family_name other_names sex date_of_birth dob_quality age_years "
          "mother_name father_name place_of_birth district settlement nationality phone national_id").split()  # fmt: skip
CYRILLIC = {
    "m": "Александр Алексей Андрей Антон Артём Борис Вадим Валерий Василий Виктор Виталий Владимир Геннадий Георгий Григорий Даниил Денис Дмитрий Евгений Игорь Илья Кирилл Константин Лев Максим Марк Михаил Никита Николай Олег Павел Пётр Роман Руслан Сергей Степан Тимур Фёдор Юрий Ярослав".split(),
    "f": "Алина Алла Анастасия Анна Валентина Валерия Вера Виктория Галина Дарья Диана Екатерина Елена Елизавета Жанна Зоя Инна Ирина Карина Кира Ксения Лариса Любовь Людмила Маргарита Марина Мария Милана Надежда Наталья Нина Оксана Ольга Полина Светлана София Татьяна Ульяна Юлия Яна".split(),
    "stem": "Абрам Бел Бонд Вор Гонч Гром Дан Жук Зай Иван Кал Ковал Кост Крав Куз Лаз Лит Лук Мак Мар Мель Мих Мор Нов Орл Пав Петр Пол Пон Попо Ряб Сав Сид Сокол Степ Тар Тим Ткач Фил Хар Цвет Черн Шев Щерб Юрк Яков".split(),
    "end": {"m": "ов ев ин енко ук чук ский ич як ец".split(), "f": "ова ева ина енко ук чук ская ич як ец".split()},
    "pet": {"Александр": "Саша", "Алексей": "Лёша", "Анастасия": "Настя", "Анна": "Аня", "Владимир": "Вова", "Дарья": "Даша", "Дмитрий": "Дима", "Екатерина": "Катя", "Елена": "Лена", "Иван": "Ваня", "Мария": "Маша", "Михаил": "Миша", "Николай": "Коля", "Ольга": "Оля", "Павел": "Паша", "Сергей": "Серёжа", "София": "Соня", "Татьяна": "Таня", "Юлия": "Юля"},
    "nations": ["RUS", "UKR", "BLR", "BGR", "KAZ"],
}  # fmt: skip
ARABIC = {  # the name, and how it is written in Latin letters
    "m": "أحمد:Ahmad,Ahmed,Achmed حسن:Hassan,Hasan حسين:Hussein,Husayn,Hocine علي:Ali,Aly عمر:Omar,Umar خالد:Khaled,Khalid سعيد:Said,Saeed يوسف:Yusuf,Youssef,Yousef إبراهيم:Ibrahim,Brahim محمود:Mahmoud,Mahmud مصطفى:Mustafa,Mostafa,Moustapha طارق:Tariq,Tarek كريم:Karim,Kareem رشيد:Rashid,Rachid,Rasheed ياسين:Yassin,Yasin,Yacine بلال:Bilal,Belal زياد:Ziad,Ziyad نبيل:Nabil,Nabeel سامي:Sami,Samy فيصل:Faisal,Faysal هشام:Hisham,Hicham جمال:Jamal,Gamal,Djamel قاسم:Qasim,Kassem,Kacem عثمان:Othman,Osman,Uthman بدر:Badr,Bader وليد:Walid,Waleed,Oualid ماجد:Majid,Maged حمزة:Hamza,Hamzah أنس:Anas,Anass أيمن:Ayman,Aymen".split(),
    "f": "فاطمة:Fatima,Fatma,Fatimah عائشة:Aisha,Aicha,Ayesha خديجة:Khadija,Khadidja زينب:Zainab,Zeinab,Zaynab مريم:Maryam,Mariam سارة:Sara,Sarah ليلى:Layla,Leila,Laila هدى:Huda,Houda نور:Nour,Noor,Nur سلمى:Salma,Selma آمنة:Amina,Amna رانيا:Rania,Raniya هناء:Hanaa,Hana سميرة:Samira,Sameera نادية:Nadia,Nadiya دعاء:Doaa,Duaa إسراء:Esraa,Israa شيماء:Shaimaa,Chaima حنان:Hanan,Hanane ريم:Reem,Rim رقية:Ruqaya,Rokaya أسماء:Asmaa,Asma جميلة:Jamila,Gamila,Djamila كوثر:Kawthar,Kaouthar وفاء:Wafaa,Ouafa لينا:Lina,Leena منى:Mona,Muna صفاء:Safaa,Safa هالة:Hala,Halah ياسمين:Yasmin,Yasmine".split(),
    "family": "الحسن:Al-Hassan,Elhassan الأحمد:Al-Ahmad,El_Ahmed العلي:Al-Ali,El_Ali السعيد:Al-Said,Elsaeed المصري:Al-Masri,El_Masry الشامي:Al-Shami,Chami الحداد:Al-Haddad,Haddad النجار:Al-Najjar,Naggar الخطيب:Al-Khatib,El_Khateeb القاضي:Al-Qadi,Kadi الزهراني:Al-Zahrani,Zahrani البغدادي:Al-Baghdadi,Baghdadi التميمي:Al-Tamimi,Tamimi العباسي:Al-Abbasi,Abbassi درويش:Darwish,Darwich منصور:Mansour,Mansur سليمان:Suleiman,Sulayman,Slimane صالح:Saleh,Salih حمدان:Hamdan,Hamdane عيسى:Issa,Eissa زيدان:Zidan,Zidane رمضان:Ramadan,Ramadhan شاهين:Shaheen,Chahine مراد:Murad,Mourad بركات:Barakat,Barakate كنعان:Kanaan,Canaan غانم:Ghanem,Ghanim عطار:Attar,Atar قباني:Qabbani,Kabbani بيطار:Bitar,Baytar".split(),
    "nations": ["SYR", "IRQ", "EGY", "MAR", "SDN"],
}  # fmt: skip
LATIN = {
    "m": "Adrian Albert Bastien Carlos Claude Cyril Damien Diego Emile Ernest Felix Fernando Gabriel Gaston Guillaume Hector Hugo Ignacio Jaime Javier Joaquin Jonas Julien Leandro Lorenzo Lucien Marcel Marco Martin Mateo Maurice Miguel Nicolas Octavio Pablo Pascal Philippe Rafael Ramon Raul Ricardo Roland Salvador Simon Stefano Thierry Tomas Vincent Xavier".split(),
    "f": "Adela Agnes Alba Amalia Beatriz Berta Camila Carla Cecilia Claire Clara Claudia Colette Cristina Delphine Diana Elisa Elodie Emilia Esther Fabiola Flora Gabriela Gloria Helene Ines Irene Isabel Jacinta Josefina Juliette Laura Leonor Lidia Louise Lucia Luisa Marcela Marta Mercedes Monica Nadine Natalia Nicole Noemi Paloma Pilar Raquel Rosalia Silvia Simone Sofia Susana Sylvie Teresa Valeria Veronica Yolanda".split(),
    "stem": "Alar Bald Barr Cald Camp Card Cast Cer Col Cor Cruz Dur Esc Far Fern Font Gall Garn Gir Gom Guer Herr Laf Lam Leb Lop Mal Mart Mend Mer Mol Mont Mor Nav Oliv Ort Pal Pel Per Quin Ram Riv Rob Rod Ros Sal Sanch San Ser Sol Tor Val Var Vel Vill Zam".split(),
    "end": "ez eau ero illo ard ier ano ona edo ales ant in ois ado elle era ieux osa uela uez".split(),
    "pet": {"Guillaume": "Guille", "Fernando": "Nando", "Gabriel": "Gabi", "Ignacio": "Nacho", "Javier": "Javi", "Isabel": "Isa", "Josefina": "Pepa", "Mercedes": "Meche", "Nicolas": "Nico", "Rafael": "Rafa", "Salvador": "Chava", "Teresa": "Tere", "Beatriz": "Bea", "Cristina": "Cris"},
    "nations": ["FRA", "ESP", "COL", "PER", "BEL"],
}  # fmt: skip
HOSTS = {
    "latin": {"latin": 0.6, "arabic": 0.22, "cyrillic": 0.18},
    "arabic": {"arabic": 0.75, "latin": 0.15, "cyrillic": 0.1},
    "cyrillic": {"cyrillic": 0.75, "latin": 0.15, "arabic": 0.1},
}
_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SCHEMES = [
    dict(zip(_LETTERS, each.split(","), strict=True))
    for each in (
        "a,b,v,g,d,e,yo,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya",
        "a,b,w,g,d,e,jo,sch,s,i,j,k,l,m,n,o,p,r,s,t,u,f,ch,z,tsch,sch,schtsch,,y,,e,ju,ja",
        "a,b,v,h,d,e,io,zh,z,y,i,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,iu,ia",
        "a,b,v,g,d,e,io,j,z,i,i,k,l,m,n,o,p,r,s,t,ou,f,kh,ts,tch,ch,chtch,,y,,e,iou,ia",
    )
]


# What somebody who calls a hotline does not say.
NOT_BY_PHONE = "middle_names mother_name father_name place_of_birth national_id date_of_birth nationality".split()


@dataclass
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
    scheme: dict

    def write(self, name: str) -> str:
        if not name:
            return ""
        world = self.world
        text = world.native(name) if self.own else world.latin(name, self.people, self.scheme)
        return world.typo(text) if world.r.random() < 0.07 else text


class World:
    """`size` children who are registered at least once; more live there."""

    def __init__(self, host: str, size: int, seed: int) -> None:
        self.r, self.host, self.size = random.Random(seed), host, size
        syllables = [a + b for a in "bcdfglmnprstv" for b in "aeiou"]
        count = max(60, size // 25)
        self.towns = [
            "".join(self.r.choices(syllables, k=3)).title() + self.r.choice(["", "ville", "ton", "grad"])
            for _ in range(count)
        ]
        self.districts = [f"District {each}" for each in self.towns[:14]]
        self.where = {town: self.r.choice(self.districts) for town in self.towns}

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
        if people == "arabic":
            name = self.pick(ARABIC["family"])
            return name, name
        if people == "cyrillic":
            stem, number = (
                self.r.choice(CYRILLIC["stem"]) + self.r.choice(["", "", "ар", "он", "иш"]),
                self.r.randrange(10),
            )
            return stem + CYRILLIC["end"]["m"][number], stem + CYRILLIC["end"]["f"][number]
        name = self.r.choice(LATIN["stem"]) + self.r.choice(LATIN["end"])
        return name, name

    def households(self):
        number = person = 0
        while person < self.size * 1.6:
            number += 1
            people = self.r.choices(list(HOSTS[self.host]), list(HOSTS[self.host].values()))[0]
            pools = {"arabic": ARABIC, "cyrillic": CYRILLIC, "latin": LATIN}[people]
            male, female = self.family(people)
            home, nation = self.town(), self.r.choice(pools["nations"])
            mother, father, wife = self.pick(pools["f"]), self.pick(pools["m"]), self.family(people)[1]
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
                given = self.pick(pools[sex])
                while given in used and len(used) < 15:
                    given = self.pick(pools[sex])
                used.add(given)
                middle = self.middle(people, sex, father, pools)
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

    def middle(self, people: str, sex: str, father: str, pools: dict) -> str:
        if people == "cyrillic":
            stem = father[:-1] + ("е" if father[-1] in "йь" else "") if father[-1] in "йьая" else father + "о"
            return stem + ("вич" if sex == "m" else "вна")
        if people == "arabic":
            return father
        return self.pick(pools[sex]) if self.r.random() < 0.3 else ""

    def latin(self, written: str, people: str, scheme: dict) -> str:
        if people == "arabic":
            return self.r.choice(written.split(":")[1].split(",")).replace("_", " ")
        return "".join(scheme.get(each, each) for each in written.lower()).title() if people == "cyrillic" else written

    def native(self, written: str) -> str:
        return written.split(":", maxsplit=1)[0]

    def record(self, of: Child, number: int, prefix: str) -> tuple[dict, dict]:
        """What one agency wrote of a child, and the truth about it."""
        r, tags = self.r, []
        agency = r.choices(list(AGENCIES), list(AGENCIES.values()))[0]
        at = min(END, max(of.born, END - timedelta(days=6 * 365)) + timedelta(days=r.randrange(1, 2000)))
        own = of.people != "latin" and r.random() < (0.7 if of.people == self.host else 0.1)
        writer = Writer(self, of.people, own=own, scheme=r.choice(SCHEMES))
        child = self.as_told(of, tags)
        given, family, middle = self.names(writer, child, of, tags)
        born, quality = self.born(of.born)
        age = str(max(0, (at - of.born).days // 365))
        minimal = agency == "hotline" and r.random() < 0.5
        mother = (
            writer.write(of.mother) + (" " + writer.write(of.mother_family) if r.random() < 0.2 else "")
            if r.random() < 0.6 else ""
        )  # fmt: skip
        phone = of.phone if r.random() < 0.7 else "".join(r.choices("0123456789", k=8))
        row = {
            "record_id": f"{prefix}{number:07}", "agency": agency, "registered_on": at.isoformat(), "given_name": given,
            "middle_names": middle, "family_name": family if r.random() < 0.96 else "", "other_names": "",
            "sex": "" if r.random() < 0.02 else (of.sex if r.random() < 0.985 else "mf"[of.sex == "m"]).upper(),
            "date_of_birth": born, "dob_quality": quality, "age_years": age if not born or r.random() < 0.4 else "",
            "mother_name": mother, "father_name": writer.write(of.father) if r.random() < 0.5 else "",
            "place_of_birth": of.place if r.random() < 0.5 else "", "district": child.home[1] if r.random() < 0.8 else "",
            "settlement": (self.typo(child.home[0]) if r.random() < 0.04 else child.home[0]) if r.random() < 0.88 else "",
            "nationality": of.nation if r.random() < 0.8 else "",
            "phone": r.choice(["0", "+99 ", ""]) + phone if r.random() < 0.5 else "",
            "national_id": of.number if r.random() < 0.5 else "",
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

    def as_told(self, of: Child, tags: list[str]) -> Child:
        """The child as somebody tells of it: another family name, a new home, a pet name."""
        r, child = self.r, replace(of)
        if r.random() < 0.06:
            child.family = r.choice([of.mother_family, of.father])
            tags.append("family")
        if r.random() < 0.1:
            child.home = self.town()
        pet = {"cyrillic": CYRILLIC, "latin": LATIN}.get(of.people, {}).get("pet", {}).get(of.given)
        if pet and r.random() < 0.15:
            child.given = pet
            tags.append("pet")
        return child

    def names(self, writer: "Writer", child: Child, of: Child, tags: list[str]) -> tuple[str, str, str]:
        """Given, family and middle name as they were written, sometimes in each other's place."""
        r = self.r
        given, family = writer.write(child.given), writer.write(child.family)
        middle = writer.write(of.middle) if r.random() < 0.4 else ""
        if r.random() < 0.03:
            given, family = family, given
            tags.append("swap")
        if middle and r.random() < 0.2:
            given, middle = f"{given} {middle}", ""
        return given, family, middle

    def born(self, of: date) -> tuple[str, str]:
        r, dice = self.r, self.r.random()
        if dice < 0.1:
            return "", r.choice(["unknown", ""])
        if dice < 0.16:
            return f"{of.year + r.choice([0, 0, 0, -1, 1])}-01-01", r.choice(["estimated", ""])
        if dice < 0.19:
            return of.isoformat()[: r.choice([4, 7])], ""
        if dice < 0.2 and of.day <= 12:
            return f"{of.year}-{of.day:02}-{of.month:02}", "exact"
        if dice < 0.24:
            return (of + timedelta(days=r.choice([1, -1, 10, 31, 365, -365]))).isoformat(), "exact"
        return of.isoformat(), r.choice(["exact", "exact", ""])

    def typo(self, text: str) -> str:
        if len(text) < 3:
            return text
        at = self.r.randrange(len(text) - 1)
        kinds = (
            text[:at] + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at] + text[at:],
        )
        return self.r.choice(kinds)


def build(folder: Path, *, host: str, children: int, seed: int, queries: int = 600) -> None:
    world, folder = World(host, children, seed), Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    everybody = list(world.households())
    registered = set(world.r.sample(range(len(everybody)), min(children, len(everybody))))
    rows = []
    for place in sorted(registered):
        for _ in range(min(8, int(world.r.expovariate(1 / 1.05)) + 1)):
            rows.append(world.record(everybody[place], 0, ""))  # noqa: PERF401
    world.r.shuffle(rows)
    for number, (row, truth) in enumerate(rows):
        row["record_id"] = truth["record_id"] = f"W{number:07}"
    _write(folder / "records.csv", [row for row, _ in rows])
    _write(folder / "truth.csv", [truth for _, truth in rows])
    if not queries:
        return
    asked = [_asked(world, everybody, registered, number) for number in range(queries)]
    _write(folder / "queries.csv", [row for row, _ in asked])
    _write(folder / "queries_truth.csv", [truth for _, truth in asked])


def _asked(world: World, everybody: list, registered: set, number: int) -> tuple[dict, dict]:
    place = world.r.choice(sorted(registered)) if number % 2 else world.r.randrange(len(everybody))
    row, truth = world.record(everybody[place], number, "Q")
    known = place in registered
    home = {everybody[each].household for each in registered} if not hasattr(world, "homes") else world.homes
    world.homes = home
    kind = (
        "existing"
        if known
        else "new_twin"
        if everybody[place].twins
        else "new_sibling"
        if everybody[place].household in home
        else "new"
    )
    row["query_id"] = row.pop("record_id")
    return row, {
        "query_id": row["query_id"],
        "kind": kind,
        "person_id": truth["person_id"] if known else "NEW",
        **{k: truth[k] for k in ("culture", "script", "minimal", "tags")},
    }


def _write(path: Path, rows: list[dict]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host", choices=HOSTS, default="latin")
    parser.add_argument("--children", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    build(given.folder, host=given.host, children=given.children, seed=given.seed)
