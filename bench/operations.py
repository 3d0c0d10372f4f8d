"""What is measured at the desk: the operations P1 to P9, P15, P19, P20 and P23 of the plan, as requests."""

import random
from collections.abc import Iterator
from itertools import count
from urllib.parse import quote, urlencode

from amparo.access.roles import Role
from amparo.cases.models import Case, Scope
from amparo.common import clock
from amparo.common.ids import new_id
from amparo.linkage import functioning, tickets
from amparo.organisation.models import Membership, Person, Place
from bench.house import SECRET_COOKIE
from bench.load import Call


def form(path: str, *, expected: tuple[int, ...] = (200,), **given: object) -> Call:
    """A form as a browser sends it."""
    return Call(path, urlencode({"csrfmiddlewaretoken": SECRET_COOKIE, **given}, doseq=True), expected=expected)


class Desk:
    """The largest agency of the crowd: its supervisor, one of its workers, and cases of both."""

    def __init__(self) -> None:
        largest = Membership.objects.filter(agency__code="CR01").select_related("person", "team")
        self.supervisor: Person = largest.get(role=Role.SUPERVISOR).person
        worker = largest.filter(role=Role.CASE_WORKER).first()
        assert worker is not None
        assert worker.team is not None
        self.worker, self.team = worker.person, worker.team
        own = Scope.objects.filter(kind="own", team=self.team, status="open").order_by("-opened_at", "-case_id")
        self.rows = list(own.values_list("case_id", "opened_at", "reference")[:20_000])
        self.mine = list(Case.objects.filter(worker=self.worker, status="open").values_list("id", flat=True)[:200])
        self.place = Place.objects.filter(code__startswith="CR-").order_by("code").first()

    def reads(self) -> dict[str, list[Call]]:
        """Operation → the calls that are made in turn."""
        cases = [f"/cases/{id}/" for id, _at, _reference in self.rows[:200]]
        found = {
            "P1 list, newest open": [Call("/cases/")],
            "P3 status + risk + sex + age": [Call(f"/cases/?risk=high&sex=female&age={age}") for age in range(8, 17)],
            "P4 two answers of the assessment": [Call("/cases/?status=open&schooling=attends&housing=relatives")],
            "P5 a region": [Call(f"/cases/?status=open&region={quote(self.place.path)}")] if self.place else [],
            "P6 name, two parts": [form("/cases/find/", written=f"Arbel {each}cor") for each in ("Dun", "El", "Fim")],
            "P7 reference, fragment": [Call(f"/cases/?status=&reference={ref[:6]}") for *_x, ref in self.rows[:50]],
            "P8 the page of a case": [Call(each) for each in cases],
            "P9 my team": [Call("/team/")],
            "P9 my day": [Call("/")],
        }  # fmt: skip
        for name, depth in (("P2 page at row 200", 200), ("P2 page at row 2,000", 2_000)):
            if len(self.rows) > depth:
                id, at, _reference = self.rows[depth]
                found[name] = [Call(f"/cases/?status=open&at={quote(at.isoformat())}&case={id}")]
        return {name: calls for name, calls in found.items() if calls}

    def files(self) -> dict[str, list[Call]]:
        """P17: the whole list of the supervisor's agency as a file."""
        readable = Scope.objects.filter(agency=self.team.agency_id).exclude(kind="glass").count()
        return {
            f"P17 {readable:,} cases as {name}": [Call(f"/cases/{path}/?status=")]
            for name, path in (("CSV", "file"), ("XLSX", "sheet"))
        }

    def searches(self) -> Iterator[Call]:
        """P15: have we met this child? Each with another name."""
        for number in count():
            given = f"Bel{'abcdefghij'[number % 10]}cor"
            yield form("/register/", given=given, family="Dunelfim", birth_year=2010 + number % 8, reason="triage")

    def saves(self) -> Iterator[Call]:
        """P19: one field of one case, saved for good."""
        for number in count():
            id, *_rest = self.rows[number % len(self.rows)]
            risk = ("high", "medium", "low")[number % 3]
            yield form(f"/cases/{id}/risk/", risk=risk, expected=(302,))

    def registrations(self) -> Iterator[Call]:
        """P20: a child registered and a case opened, under a number that a search gave out."""
        year = clock.today().year - 12
        unknown = ("nationality", "language", "migration_status", "separation", "care_status")
        given = dict.fromkeys(unknown, "unknown") | {"sex": "female", "birth_year": year, "team": self.team.id}
        given |= {f"hard_{domain}": "not_asked" for domain in functioning.domains(12)}
        for number in count():
            key = tickets.issue(self.worker.id, new_id())
            names = {"given": f"New{words(number)}", "family": "Child"}
            yield form("/register/", expected=(302,), key=key, **names, **given)

    def mixed(self) -> Iterator[Call]:
        """P23: 55 % lists and filters, 15 % names, 20 % cases, 8 % saves, 2 % the team in numbers."""
        chance = random.Random(1)
        reads, saves = self.reads(), self.saves()
        lists = [call for name, calls in reads.items() if name[:2] in {"P1", "P2", "P3", "P4", "P5"} for call in calls]
        while True:
            drawn = chance.random()
            if drawn < 0.55:
                yield chance.choice(lists)
            elif drawn < 0.70:
                yield chance.choice(reads["P6 name, two parts"])
            elif drawn < 0.90:
                yield chance.choice(reads["P8 the page of a case"])
            else:
                yield next(saves) if drawn < 0.98 else reads["P9 my team"][0]


def words(number: int) -> str:
    """A number in letters: names have no digits."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def statements(person: Person, call: Call) -> int:
    """What the databases are asked for one page, without the marks of transactions. In this process, unmeasured."""
    from contextlib import ExitStack

    from django.conf import settings
    from django.db import connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench.house import signed_in

    client = Client(headers={"host": settings.OFFICE_HOST})
    cookie = signed_in(person).split(";")[0]
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie.partition("=")[2]
    marks = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")

    def ask() -> None:
        method = "POST" if call.body else "GET"
        client.generic(method, call.path, call.body, "application/x-www-form-urlencoded")

    ask()  # the code lists are read once a process
    with ExitStack() as stack:
        seen = [
            stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in ("default", "vault", "keys")
        ]
        ask()
        return sum(not query["sql"].startswith(marks) for each in seen for query in each.captured_queries)
