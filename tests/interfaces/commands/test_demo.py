"""The demonstration is built once, whole or not at all, and says who can sign in (X4)."""

from contextlib import ExitStack

import pytest
from django.db import transaction

from amparo.care.models import Assessment, Referral
from amparo.cases.models import Case, Incident, Moment
from amparo.common import clock
from amparo.common.types import OPERATOR
from amparo.demo import figures, papers
from amparo.demo.build import build
from amparo.demo.country import STAFF
from amparo.demo.founding import PASSWORD
from amparo.intake.models import Report, ReportMoment
from amparo.intake.postbox.models import Board, Inbound, Thread
from amparo.interfaces.commands.running import DEMO_SECRET
from amparo.justice.models import Stage
from amparo.linkage.models import Child
from amparo.organisation.models import Agency, Person
from amparo.vault.models import Sealed
from amparo.vocabulary.actions import load_shipped
from tests.interfaces.commands.test_commands import run

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _code_lists():
    load_shipped(by=OPERATOR)


@pytest.fixture
def demonstration(settings, tmp_path):
    settings.DEMO, settings.DATA = True, tmp_path
    return tmp_path


@pytest.fixture
def no_figures(monkeypatch):
    """Drawing the tables takes longer than the rest of so small a country."""
    monkeypatch.setattr(figures, "publish", lambda *_: None)


def coded() -> list[list[tuple]]:
    """Every coded fact of the histories, without the identifiers, which are always new."""
    found = (
        Child.objects.values_list("registered_at", "agency__code", "sex", "birth_year", "birth_precision", "language"),
        Case.objects.values_list("opened_at", "agency__code", "status", "risk", "closed_at", "close_reason"),
        Incident.objects.values_list("recorded_at", "form", "setting", "relationship", "happened_on", "age"),
        Moment.objects.values_list("at", "code", "term", "agency__code"),
        Report.objects.values_list("received_at", "status", "urgency", "agency__code", "outcome", "language"),
        ReportMoment.objects.values_list("at", "code", "term", "agency__code"),
        Assessment.objects.values_list("at", "urgency", "schooling", "housing"),
        Referral.objects.values_list("offered_at", "service", "status", "agency__code"),
        Stage.objects.values_list("began_on", "ended_on", "stage", "outcome", "reason"),
    )
    return [sorted(rows, key=str) for rows in found]


def test_the_same_seed_gives_the_same_histories_and_another_seed_others(no_figures, tmp_path):
    walked = []
    with clock.stopped(clock.now()):
        for seed in (3, 3, 4):
            with ExitStack() as stack:
                for alias in ("default", "vault", "keys", "door"):
                    stack.enter_context(transaction.atomic(using=alias))
                build(children=12, seed=seed, folder=tmp_path)
                walked.append(coded())
                for alias in ("default", "vault", "keys", "door"):
                    transaction.set_rollback(True, using=alias)
    assert walked[0] == walked[1] != walked[2]


@pytest.mark.parametrize("month", [1, 30])
def test_an_interrupted_build_leaves_an_empty_house(no_figures, tmp_path, month):
    heard = []

    def interrupted(done: int) -> None:
        heard.append(done)
        if len(heard) == month:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(children=20, seed=1, told=interrupted, folder=tmp_path)
    for model in (Agency, Person, Case, Report, Sealed, Thread, Board):
        assert not model.objects.exists(), model
    assert not list(tmp_path.iterdir())


def test_what_a_killed_build_left_at_the_door_is_wiped_by_the_next(no_figures, tmp_path):
    Thread.objects.create(locator="000000", salt=b"", verifier=b"", public_key=b"", wrapped_key=b"",
                          created_on=clock.today())  # fmt: skip
    build(children=0, seed=1, folder=tmp_path)
    assert not Thread.objects.exists()
    assert not Inbound.objects.exists()
    assert Agency.objects.count() == 14


def test_the_command_builds_once_and_keeps_what_is_there(no_figures, demonstration):
    shown = run("demo", "build", "--children", "3", "--seed", "5")
    assert shown.exit_code == 0, shown.output
    assert f"{sum(map(len, STAFF.values()))} people at 14 agencies" in shown.output
    before, key = coded(), (demonstration / papers.ANSWER_KEY).read_text()
    again = run("demo", "build", "--children", "3", "--seed", "6")
    assert again.exit_code == 0
    assert "was kept" in again.output
    assert coded() == before
    assert (demonstration / papers.ANSWER_KEY).read_text() == key


def test_it_says_who_can_sign_in_for_which_step_and_which_receipts_open_something(no_figures, demonstration):
    run("demo", "build", "--children", "1")
    shown = run("demo", "sign-ins").output
    assert PASSWORD in shown
    names = [f"{role.replace('_', '.')}.{code.lower()}" for code, roles in STAFF.items() for role in roles]
    assert all(f"  {name} " in shown for name in names)
    steps, everybody = shown.split("Everybody:")
    assert "statistician.stat" in steps
    assert [receipt for receipt, _about in papers.receipts(demonstration) if receipt in everybody]
    assert DEMO_SECRET not in shown


def test_a_code_of_the_second_factor_is_six_digits(demonstration):
    assert len(run("demo", "code").output.strip()) == 6


@pytest.mark.parametrize("command", [["demo", "build"], ["demo", "code"], ["demo", "sign-ins"]])
def test_outside_a_demonstration_nothing_is_built_or_told(command):
    shown = run(*command)
    assert shown.exit_code == 1
    assert "This is no demonstration" in shown.output


def test_a_taken_port_is_a_clear_error():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        shown = run("serve", "--port", str(taken.getsockname()[1]))
    assert shown.exit_code == 1
    assert "is taken" in shown.output
