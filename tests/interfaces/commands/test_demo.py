"""The demonstration country walks the same actions, from a seed (X4)."""

import pytest

from amparo.access.roles import Role
from amparo.audit import actions as audit
from amparo.audit.models import Event
from amparo.cases.models import Case, Incident
from amparo.common.types import OPERATOR
from amparo.demo.build import build
from amparo.demo.country import AGENCIES, REGIONS, STAFF
from amparo.organisation.models import Agency, Person, Place
from amparo.vocabulary.actions import load_shipped
from tests.interfaces.commands.test_commands import run

pytestmark = pytest.mark.django_db(databases="__all__")


def facts() -> list[tuple]:
    return list(
        Incident.objects.order_by("recorded_at", "id").values_list(
            "form", "age", "happened_on", "case__risk", "case__status"
        )
    )


def test_lumeria_has_its_regions_agencies_and_somebody_of_every_role():
    assert (len(REGIONS), len(AGENCIES)) == (6, 14)
    assert {role for roles in STAFF.values() for role in roles} == set(Role.values)


def test_histories_are_walked_over_five_years_and_leave_a_sound_chain():
    load_shipped(by=OPERATOR)
    build(children=30, seed=7)
    assert (Place.objects.count(), Agency.objects.count(), Case.objects.count()) == (7, 14, 30)
    assert {case.opened_at.year for case in Case.objects.all()} == {2021, 2022, 2023, 2024, 2025, 2026}
    assert Case.objects.filter(status="closed").exists()
    assert audit.verify().links == Event.objects.count()


def test_the_same_seed_gives_the_same_histories():
    from django.db import transaction

    load_shipped(by=OPERATOR)
    walked = []
    for seed in (3, 3, 4):
        with transaction.atomic():
            build(children=10, seed=seed)
            walked.append(facts())
            transaction.set_rollback(True)
    assert walked[0] == walked[1] != walked[2]


def test_an_interrupted_build_leaves_an_empty_house():
    load_shipped(by=OPERATOR)

    def interrupted(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(children=100, seed=1, told=interrupted)
    assert not Agency.objects.exists()
    assert not Person.objects.exists()


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
