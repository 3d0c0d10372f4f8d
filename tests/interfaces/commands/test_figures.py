"""Figures from the command line (S3, X4)."""

from uuid import UUID, uuid4

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.conf import settings

from amparo.common.types import OPERATOR, WORKER
from amparo.config.cli import build
from amparo.counting import actions as counting
from amparo.counting.models import Cell, Snapshot
from amparo.counting.overlaps.models import SameChild
from amparo.publication.models import Release
from tests.counting.build import identify, identify_table
from tests.interfaces.office.conftest import PASSWORD, SECRET, code

pytestmark = pytest.mark.django_db(databases="__all__")


def run(*arguments: str, given: str = ""):
    return CliRunner().invoke(build(), ["figures", *arguments], input=given)


def test_a_year_is_frozen_and_one_that_is_not_over_is_not(house):
    identify(house, "NORTH")
    shown = run("snapshot", "2025")
    snapshot = Snapshot.objects.get()
    assert shown.output.startswith(f"{snapshot.reference}  1 children, ends ")
    refused = run("snapshot", "2999")
    assert (refused.exit_code, refused.output) == (1, "Error: Only a year that is over can be frozen.\n")


def test_a_recount_says_what_was_wrong_and_fails_once(house):
    identify(house, "NORTH")
    counting.fold(by=WORKER)
    Cell.objects.update(number=4)
    shown = run("recount")
    assert shown.exit_code == 1
    assert "2025 Y5T9 LM-NORTH female: was 4, is 1" in shown.output
    assert run("recount").output == "0 ended snapshots wiped.\nEvery count is what the records say.\n"


def test_a_statistician_drafts_with_both_factors(house):
    identify_table(house, {(2, "NORTH"): 2, (7, "NORTH"): 9, (2, "SOUTH"): 6, (7, "SOUTH"): 8})
    snapshot = counting.take_snapshot(by=OPERATOR, year=2025)
    person = house.people["statistician", "NORTH"]
    person.set_password(PASSWORD)
    person.save()
    Authenticator.objects.create(user=person, type="totp", data={"secret": get_adapter().encrypt(SECRET)})
    wrong = run("draft", snapshot.reference, "--by", person.username, given=f"{PASSWORD}\n000000\n")
    assert wrong.exit_code == 1
    assert "The name, the password or the code is wrong." in wrong.output
    shown = run("draft", snapshot.reference, "--by", person.username, given=f"{PASSWORD}\n{code()}\n")
    assert "4 cells hidden; the attacker found nothing" in shown.output
    assert Release.objects.get().drafted_by == person.id
    assert "There is no such snapshot." in run("draft", "S-0000-0000", "--by", person.username).output


def test_the_key_of_the_snapshots_is_not_the_vaults():
    assert settings.SNAPSHOT_KEY not in settings.ROOT_KEY_FILE.read_text()


@pytest.fixture
def clusters(tmp_path):
    def write(text: str):
        file = tmp_path / "clusters.csv"
        file.write_text(text)
        return str(file)

    return write


def test_what_linkage_found_is_taken_over_drawing_by_drawing(db, clusters):
    one, other = uuid4(), uuid4()
    lines = f"record_id,cluster_id,partition\n{one},c1,0\n{other},c1,0\n{one},c1,1\n{other},c2,1\n"
    shown = run("links", clusters(lines))
    assert shown.output == "2 records linked, 2 drawings of the links.\n"
    assert len(set(SameChild.objects.filter(drawing=0).values_list("child", flat=True))) == 1
    assert len(set(SameChild.objects.filter(drawing=1).values_list("child", flat=True))) == 2


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("a,b\n", "must name the columns"), ("", "must name the columns"),
        ("record_id,cluster_id\nx,c1\n", "Line 2: this is no record"),
        (f"record_id,cluster_id\n{UUID(int=7)},c1\n{UUID(int=7)},c2\n", "Line 3: this record stands here twice"),
        ("record_id,cluster_id\n", "Give 1 to 50 drawings"),
    ],
)  # fmt: skip
def test_a_file_of_links_that_makes_no_sense_changes_nothing(db, clusters, lines, said):
    shown = run("links", clusters(lines))
    assert shown.exit_code == 1
    assert said in shown.output
    assert not SameChild.objects.exists()
