"""The records that the matrix asks for, each in its relation to the agency NORTH and its first team."""

import json
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.test import Client

from amparo.access.models import Wall
from amparo.access.roles import Role
from amparo.care import actions as care
from amparo.cases import actions as cases
from amparo.cases import erasure, safety
from amparo.cases.actions import IncidentFacts
from amparo.cases.models import Case, Erasure
from amparo.common import clock
from amparo.common.ids import new_reference
from amparo.common.types import IMPORTER, OPERATOR
from amparo.counting.actions import take_snapshot
from amparo.intake import actions as intake
from amparo.intake.letters import Told
from amparo.intake.models import Report
from amparo.justice import actions as justice
from amparo.law import actions as law
from amparo.linkage import weighing
from amparo.linkage.models import Contact, Pair, Weights
from amparo.methods.linkage.comparisons import COMPARISONS
from amparo.monitoring import assessing, following
from amparo.organisation import actions as organisation
from amparo.organisation.machines import actions as machines
from amparo.organisation.models import Membership, Person
from amparo.organisation.queries import actor_of
from amparo.organisation.renewals import actions as renewals
from amparo.publication import actions as publication
from amparo.publication.estimates.models import Estimate
from amparo.vault.compartments import Compartment
from tests.care.build import FOUND, SPOKEN, in_days, offer, plan
from tests.cases.build import open_case, share
from tests.conftest import House, build_house
from tests.intake.build import receive, triaged, watched
from tests.justice.build import ago, open_proceeding
from tests.monitoring.build import lumeria

SYNTHETIC = "A synthetic sentence."


@dataclass
class World:
    """`records[kind, relation]` is a record; what is not in it does not exist."""

    house: House
    records: dict[tuple[str, str], object] = field(default_factory=dict)

    def id(self, kind: str, relation: str) -> UUID:
        found = self.records.get((kind, relation))
        return found.pk if found is not None else uuid4()


def build() -> World:
    """Two agencies as every test has them, a third, and a case of each relation with everything that a case can have."""
    house = build_house()
    _third_agency(house)
    world = World(house)
    world.records["post", "*"] = Membership.objects.get(person=house.people["reviewer", "NORTH"])
    world.records["person", "*"] = house.people["reviewer", "NORTH"]
    world.records["agency", "*"] = house.agencies["NORTH"]
    world.records["machine", "*"], _key = machines.make(
        by=house.actor("administrator", "NORTH", fresh=True), agency=house.agencies["NORTH"], name="Demo exchange",
        owner=house.people["supervisor", "NORTH"], role=Role.CASE_WORKER, allowed=["case.read"], days=30, ceiling=9,
    )  # fmt: skip
    world.records["renewal", "*"], _half = renewals.ask(
        by=house.actor("administrator", "NORTH", fresh=True), person=house.people["reviewer", "NORTH"],
        agency=house.agencies["NORTH"], factor=False, known_by="in_person",
    )  # fmt: skip
    for relation, (case, wall) in _cases(house).items():
        world.records |= {("case", relation): case, ("wall", relation): wall}
        _fill(world, relation, case)
    world.records |= {("referral", relation): referral for relation, referral in _referrals(house).items()}
    world.records |= {("report", relation): report for relation, report in _reports(house).items()}
    world.records |= {("erasure", relation): asked for relation, asked in _erasures(house).items()}
    _links(world)
    _figures(world)
    _answers(world)
    return world


def client_of(world: World, asker: str) -> Client:
    """A browser in which `asker` has signed in, without typing."""
    client = Client(headers={"host": settings.OFFICE_HOST})
    if asker == "nobody":
        return client
    person = world.house.people["case_worker" if asker == "password_only" else asker, "NORTH"]
    client.force_login(person, backend="amparo.config.backends.DeskBackend")
    factors = ["password"] if asker == "password_only" else ["password", "mfa"]
    session = client.session
    session["account_authentication_methods"] = [{"method": factor, "at": time.time()} for factor in factors]
    session["account_authentication_methods_user"] = user_id_to_str(person)
    session.save()
    return client


def _third_agency(house: House) -> None:
    east = organisation.found_agency(
        by=OPERATOR, code="EAST", name="East office", kind="ministry", place=house.places["NORTH"], takes_reports=False
    )
    house.agencies["EAST"], house.teams["EAST"] = east, organisation.add_team(by=OPERATOR, agency=east, name="First")
    _somebody(house, "EAST", Role.SERVICE_PROVIDER)
    house.people["colleague", "NORTH"] = _somebody(house, "NORTH", Role.CASE_WORKER)


def _somebody(house: House, agency: str, role: Role) -> Person:
    """One more person of a role, whom no wall of the matrix names."""
    person = organisation.add_person(by=OPERATOR, username=f"more.{uuid4().hex[:8]}", name=f"Demo more {role}")
    organisation.give_post(
        by=OPERATOR, person=person, role=role, agency=house.agencies[agency], team=house.teams[agency]
    )
    return person


def _cases(house: House) -> dict[str, tuple[Case, Wall]]:
    """A case and a wall of it: before NORTH's people or agency if the matrix is about it, else before somebody in SOUTH."""
    made = {
        "own": open_case(house, "NORTH"),
        "own_team": open_case(house, "NORTH", worker=False),
        "other_team": open_case(house, "NORTH", worker=False),
        "other_agency": open_case(house, "SOUTH"),
        "shared": open_case(house, "SOUTH"),
        "share_expired": open_case(house, "SOUTH"),
        "walled": open_case(house, "NORTH"),
        "walled_share": open_case(house, "SOUTH"),
    }
    cases.assign(by=IMPORTER, case=made["own_team"], worker=house.people["colleague", "NORTH"])
    share(house, made["shared"], "NORTH", Compartment.IDENTITY)
    share(house, made["walled_share"], "NORTH", Compartment.IDENTITY)
    with clock.stopped(clock.now() - timedelta(days=60)):
        share(house, made["share_expired"], "NORTH", Compartment.IDENTITY)
    before = {
        "walled": [("person", house.people[role, "NORTH"].id) for role in Role.values],
        "walled_share": [("agency", house.agencies["NORTH"].id)],
    }
    elsewhere = [("person", house.people["police", "SOUTH"].id)]
    walls = {name: _wall(house, case, *before.get(name, elsewhere)) for name, case in made.items()}
    _move(made["other_team"], organisation.add_team(by=OPERATOR, agency=house.agencies["NORTH"], name="Second team"))
    return {name: (case, walls[name]) for name, case in made.items()}


def _move(case: Case, team) -> None:
    """Cases do not change their team yet; this one is born in the other."""
    case.team = team
    case.save()
    case.scopes.update(team=team)


def _fill(world: World, relation: str, case: Case) -> None:
    """Everything that a case can have, so that no address of it is turned away for want of a record."""
    house, by = world.house, {"by": IMPORTER}
    facts = IncidentFacts(form="grooming", setting="unknown", relationship="unknown")
    drafted = plan(case, approved=False)
    goal = drafted.goals.get()
    proceeding = open_proceeding(house, case)
    cases.judge_risk(**by, case=case, risk="high")
    safety.set_placement(**by, case=case, placement=safety.Placement(address=SYNTHETIC))
    made = {
        "assessment": care.assess(**by, case=case, found=FOUND, narrative=SYNTHETIC, health=SYNTHETIC),
        "incident": cases.record_incident(**by, case=case, facts=facts, narrative=SYNTHETIC),
        "view": care.hear_child(**by, case=case, decision="other", heard=SPOKEN),
        "goal": goal,
        "step": care.add_step(**by, goal=goal, service="psychological", due=in_days(20)),
        "proceeding": proceeding,
        "person": justice.note_person(
            **by, case=case, category="payer", relationship="stranger", proceeding=proceeding, name="Nobody Atall"
        ),
        "sanction": justice.raise_alarm(**by, case=case, sanction="detained", on=ago(20)),
        "share": case.shares.first() or _shared_elsewhere(house, case),
    }
    cases.record_elements(
        **by, incident=made["incident"], answers={"age": 9, "union": "no"}
    )  # that it is no marriage is met
    made["alarm"] = made["sanction"]
    world.records |= {(kind, relation): record for kind, record in made.items()}


def _shared_elsewhere(house: House, case: Case):
    share(house, case, "EAST")
    return case.shares.get()


def _referrals(house: House) -> dict[str, object]:
    """NORTH's cases ask SOUTH; SOUTH's ask NORTH or EAST."""
    asked_of = {
        "own": ("NORTH", "SOUTH"), "own_team": ("NORTH", "SOUTH"), "other_team": ("NORTH", "SOUTH"),
        "walled": ("NORTH", "SOUTH"), "other_agency": ("SOUTH", "EAST"), "asked": ("SOUTH", "NORTH"),
        "walled_asked": ("SOUTH", "NORTH"),
    }  # fmt: skip
    opened = {name: open_case(house, ours, worker=name != "other_team") for name, (ours, _asked) in asked_of.items()}
    made = {name: offer(house, case, asked_of[name][1], by=IMPORTER) for name, case in opened.items()}
    cases.assign(by=IMPORTER, case=opened["own_team"], worker=house.people["colleague", "NORTH"])
    _wall(house, opened["walled"], *[("person", house.people[role, "NORTH"].id) for role in Role.values])
    _wall(house, opened["walled_asked"], ("agency", house.agencies["NORTH"].id))
    _move(opened["other_team"], house.agencies["NORTH"].teams.get(name="Second team"))
    return made


def _reports(house: House) -> dict[str, Report]:
    """All that came in is NORTH's, but one that SOUTH's officer took in and one that is about NORTH."""
    watched(house)
    house.people["colleague officer", "NORTH"] = _somebody(house, "NORTH", Role.INTAKE_OFFICER)
    colleague = actor_of(house.people["colleague officer", "NORTH"])
    south = house.actor("intake_officer", "SOUTH")
    walled = triaged(house)
    for role in Role.values:
        Wall.objects.create(
            against_kind="person", against=house.people[role, "NORTH"].id, record=walled.id, reason="threat",
            raised_at=clock.now(), raised_by=OPERATOR.id,
        )  # fmt: skip
    return {
        "mine": triaged(house), "colleague": intake.claim(by=colleague, report=receive()), "unclaimed": receive(),
        "about_us": receive(about_agency="NORTH"), "walled": walled,
        "other_agency": intake.take_in_by_hand(by=south, agency=house.agencies["SOUTH"], told=Told(told=SYNTHETIC)),
    }  # fmt: skip


def _erasures(house: House) -> dict[str, Erasure]:
    """Asked by the supervisor of the case's team; NORTH meets a wall before one of SOUTH's."""
    opened = {"asked_elsewhere": "SOUTH", "asked_here": "NORTH", "walled": "SOUTH"}
    closed = {relation: open_case(house, agency) for relation, agency in opened.items()}
    for relation, case in closed.items():
        if relation == "walled":
            _wall(house, case, ("agency", house.agencies["NORTH"].id))
        cases.close(by=IMPORTER, case=case, reason="transferred")
    return {
        relation: erasure.request_erasure(
            by=house.actor("supervisor", opened[relation]), case=case, reason="person_asked"
        )
        for relation, case in closed.items()
    }


def _links(world: World) -> None:
    """Questions between agencies, and pairs of records, by how NORTH stands to them."""
    house = world.house
    child = {relation: world.records["case", relation].child for relation in ("own", "other_agency", "walled")}
    worker = {code: house.people["case_worker", code].id for code in ("NORTH", "SOUTH")}
    between = {
        "mine": (worker["NORTH"], "NORTH", child["other_agency"]), "asked_here": (worker["SOUTH"], "SOUTH", child["own"]),
        "other_agency": (worker["SOUTH"], "EAST", child["other_agency"]),
        "walled": (worker["SOUTH"], "SOUTH", child["walled"]),
    }  # fmt: skip
    now = clock.now()
    for relation, (asker, asking, of) in between.items():
        world.records["contact", relation] = Contact.objects.create(
            reference=new_reference("M"), child=of, agency=of.agency, asker=asker, asking_agency=house.agencies[asking],
            may_be="same", purpose="triage", status="asked", offered_at=now, asked_at=now,
            respond_by=now + timedelta(days=2),
        )  # fmt: skip
    others = [open_case(house, "SOUTH").child, open_case(house, "SOUTH").child]
    model = json.loads(weighing.first().saved())
    weights = Weights.objects.create(number=1, origin="shipped", model=model, records=6, made_at=now)
    sides = {
        "ours": (child["own"], others[0]), "other_agency": tuple(others), "walled": (child["walled"], others[0]),
    }  # fmt: skip
    for relation, (one, two) in sides.items():
        low, high = sorted((one.id, two.id))
        world.records["pair", relation] = Pair.objects.create(
            reference=new_reference("L"), one_id=low, two_id=high, weights=weights, score=0.5, may_be="same",
            levels=[0] * len(COMPARISONS), band="doubt", found_at=now,
        )  # fmt: skip


def _figures(world: World) -> None:
    """Two frozen years, each with a drafted table."""
    for relation, agency, year in (("mine", "NORTH", 2023), ("theirs", "SOUTH", 2024)):
        by = world.house.actor("statistician", agency)
        snapshot = take_snapshot(by=by, year=year)
        world.records["release", relation] = publication.draft(by=by, snapshot=snapshot)
        world.records["snapshot", "*"] = snapshot
    world.records["release", "*"] = world.records["release", "mine"]
    for relation, agency in (("mine", "NORTH"), ("theirs", "SOUTH")):
        world.records["estimate", relation] = Estimate.objects.create(
            reference=new_reference("N"), first_year=2024, last_year=2025, grouping="agency", lists=["NORTH", "SOUTH"],
            methods=["main"], boot=50, seed=1, asked=1, sealed=b"", drafted_at=clock.now(),
            drafted_by=world.house.actor("statistician", agency).id,
        )  # fmt: skip
    world.records["estimate", "*"] = world.records["estimate", "mine"]


def _answers(world: World) -> None:
    """Two answers and two lines about a State that does not exist, by the editor of an agency each."""
    state = lumeria()
    for relation, agency in (("theirs", "SOUTH"), ("mine", "NORTH")):
        by = world.house.actor("monitor_editor", agency)
        drafted = assessing.write(
            by=by, state=state, question="L01", role="nhri", answer="not_known", valid_from=date(2020, 1, 1)
        )
        world.records["entry", relation] = following.enter(
            by=by, state=state, kind="practice", progress="described", title=SYNTHETIC, source=SYNTHETIC
        )
        world.records["assessment", relation] = assessing.submit(by=by, assessment=drafted)
        world.records["provision", relation] = law.write(
            by=by, state="XLM", element="complaint", answer="needed", law=SYNTHETIC, pinpoint="1",
            in_force_on=date(2020, 1, 1),
        )  # fmt: skip
    world.records["assessment", "*"] = world.records["assessment", "mine"]
    world.records["provision", "*"] = world.records["provision", "mine"]


def _wall(house: House, case: Case, *against: tuple[str, UUID]):
    """Raised by a supervisor of the case's team who meets no wall: nobody walls themselves out."""
    by = actor_of(_somebody(house, case.agency.code, Role.SUPERVISOR))
    walls = [
        cases.raise_wall(by=by, case=case, against_kind=kind, against=who, reason="threat") for kind, who in against
    ]
    return walls[0]
