"""The time line tells nobody what a page does not show them (X1): neither care to the police nor a shelter's name."""

import pytest

from amparo.access.permissions import Permission
from amparo.care import actions as care
from amparo.care import queries as care_queries
from amparo.cases import lines, queries
from amparo.common.types import IMPORTER
from amparo.interfaces.office.care.words import MOMENTS as OF_CARE
from amparo.interfaces.office.justice.words import MOMENTS as OF_JUSTICE
from amparo.vault.compartments import Compartment
from tests.care.build import FOUND, offer, plan
from tests.cases.build import as_read, open_case, share
from tests.justice.build import open_proceeding

pytestmark = pytest.mark.django_db(databases="__all__")


def whole(house):
    """A case of NORTH with everything on it, shared with SOUTH."""
    case = open_case(house, "NORTH")
    care.assess(by=IMPORTER, case=case, found=FOUND)
    plan(case)
    offer(house, case, service="psychological")
    open_proceeding(house, case)
    share(house, case, "SOUTH", Compartment.IDENTITY)
    return case


def told(house, case, role: str, agency: str) -> set[str]:
    return {line.code for line in queries.timeline(as_read(house, case, role, agency))}


def test_each_reads_in_the_time_line_what_their_pages_show(house):
    case = whole(house)
    everything = told(house, case, "supervisor", "NORTH")
    assert {"child_assessed", "plan_made", "referral_offered", "proceeding_opened", "case_shared"} <= everything
    assert everything == told(house, case, "case_worker", "NORTH") == {line.code for line in case.moments.all()}
    police, provider = told(house, case, "police", "SOUTH"), told(house, case, "service_provider", "SOUTH")
    assert police == {"case_opened", "proceeding_opened"}
    assert {"case_opened", "child_assessed", "plan_made"} <= provider
    assert not provider & {"referral_offered", "case_shared", "proceeding_opened"}


def test_every_line_of_care_and_justice_needs_more_than_the_case(house):
    assert set(lines._NEEDED) >= {*OF_CARE, *OF_JUSTICE}


def test_the_difficulties_of_a_child_are_health_also_in_codes(house):
    case = whole(house)

    def schemes(role, agency):
        return {code.scheme for code in care_queries.care(by=house.actor(role, agency), case=case.id).codes}

    assert "disability_domain" in schemes("case_worker", "NORTH")
    assert "disability_domain" not in schemes("service_provider", "SOUTH")
    share(house, case, "SOUTH", Compartment.HEALTH)
    assert "disability_domain" in schemes("service_provider", "SOUTH")
    assert Permission.REVEAL_HEALTH in as_read(house, case, "service_provider", "SOUTH").may
