"""Children for counting, made by the same actions that people use, on the days that a test says."""

from datetime import UTC, datetime

from amparo.cases import actions
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.types import IMPORTER
from amparo.linkage.actions import ChildFacts, Identity, register_child

NAME = "Quillonia Testperson"


def identify(house, agency: str, *, year: int = 2025, age: int | None = 7, sex: str = "female", month: int = 5) -> Case:
    """A child who reaches `age` in the year, registered and met by an agency in that year."""
    with clock.stopped(datetime(year, month, 9, tzinfo=UTC)):
        born = None if age is None else year - age
        child = register_child(
            by=IMPORTER, agency=house.agencies[agency], identity=Identity(given=NAME),
            facts=ChildFacts(sex=sex, birth_year=born, birth_precision="year" if born else "unknown"),
        )  # fmt: skip
        return actions.open_case(by=IMPORTER, child=child, team=house.teams[agency])


def identify_table(house, counts: dict[tuple[int | None, str], int], *, year: int = 2025) -> None:
    """Many children: how many of which age at which agency."""
    for (age, agency), number in counts.items():
        for _ in range(number):
            identify(house, agency, year=year, age=age)
