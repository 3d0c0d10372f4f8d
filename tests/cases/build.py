"""Cases for tests, made by the same actions that people use."""

from datetime import timedelta

from amparo.cases import actions, queries
from amparo.cases.models import Case, Share
from amparo.common import clock
from amparo.common.types import IMPORTER
from amparo.linkage.actions import ChildFacts, Identity, register_child
from amparo.vault.compartments import Compartment

NAME = "Quillonia Testperson"


def open_case(house, agency: str, *, worker: bool = True, given: str = NAME) -> Case:
    """A registered child of an agency and the child's open case, with its case worker."""
    child = register_child(
        by=IMPORTER, agency=house.agencies[agency], identity=Identity(given=given, contact="synthetic-contact-77"),
        facts=ChildFacts(sex="female", birth_year=2014, birth_precision="year"),
    )  # fmt: skip
    person = house.people["case_worker", agency] if worker else None
    return actions.open_case(by=IMPORTER, child=child, team=house.teams[agency], worker=person)


def share(
    house, case: Case, agency: str, *parts: Compartment, days: int = 30, consent: str = "given", limits=()
) -> Share:
    """Share a case with another agency."""
    return actions.share(
        by=IMPORTER, case=case, agency=house.agencies[agency], compartments=list(parts), purpose="referral",
        consent=consent, until=clock.now() + timedelta(days=days), limits=limits,
    )  # fmt: skip


def as_read(house, case: Case, role: str = "supervisor", agency: str = "NORTH") -> Case:
    """A case as somebody reads it: with what they may do on it."""
    return queries.case(by=house.actor(role, agency), id=case.id)
