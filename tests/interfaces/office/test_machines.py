"""The pages of agencies' systems: made, given a new key, shut out (T12)."""

import pytest

from amparo.organisation.machines.models import Machine
from tests.organisation.machines.build import machine

pytestmark = pytest.mark.django_db(databases="__all__")


def told(house, **more):
    return {
        "name": "Demo exchange", "owner": house.people["supervisor", "NORTH"].id, "role": "service_provider",
        "team": "", "allowed": ["referral.list"], "ceiling": 50, "days": 90,
    } | more  # fmt: skip


def test_an_administrator_makes_a_system_whose_key_is_shown_once(house, sign_in):
    client = sign_in("administrator", "NORTH")
    path = f"/organisation/{house.agencies['NORTH'].id}/system/"
    assert "Demo supervisor NORTH" in client.get(path).text
    made = client.post(path, told(house))
    token = made.context["token"]
    assert token in made.text
    system = Machine.objects.get()
    page = client.get(f"/organisation/systems/{system.id}/").text
    assert system.reference in page
    assert "See which referrals wait" in page
    assert token not in page
    assert system.reference in client.get("/organisation/systems/").text


def test_a_system_of_nobody_or_beyond_its_role_is_not_made_and_the_form_says_why(house, sign_in):
    client = sign_in("administrator", "NORTH")
    path = f"/organisation/{house.agencies['NORTH'].id}/system/"
    south = client.post(path, told(house, owner=house.people["supervisor", "SOUTH"].id))
    beyond = client.post(path, told(house, allowed=["case.list", "report.take_in"]))
    assert "Choose what this role includes" in beyond.text
    assert south.context["form"].errors.keys() == {"owner"}
    assert not Machine.objects.exists()


def test_a_new_key_is_shown_once_and_shutting_out_is_said(house, sign_in):
    made, old = machine(house)
    client = sign_in("administrator", "NORTH")
    new = client.post(f"/organisation/systems/{made.id}/key/", {"days": 30}).context["token"]
    assert new != old
    assert client.post(f"/organisation/systems/{made.id}/revoke/").status_code == 302
    assert "Shut out" in client.get(f"/organisation/systems/{made.id}/").text
    assert client.post(f"/organisation/systems/{made.id}/key/", {"days": 30}).status_code == 409


def test_the_auditor_sees_systems_and_changes_none_and_others_see_none(house, sign_in):
    made, _token = machine(house)
    auditor = sign_in("auditor", "NORTH")
    page = auditor.get(f"/organisation/systems/{made.id}/").text
    assert "Give a new key" not in page
    assert auditor.post(f"/organisation/systems/{made.id}/revoke/").status_code == 403
    assert sign_in("supervisor", "NORTH").get("/organisation/systems/").status_code == 403


def test_the_owner_hears_that_they_answer_for_it(house, sign_in):
    made, _token = machine(house)
    page = sign_in("supervisor", "NORTH").get("/").text
    assert "You answer for a system" in page
    assert made.reference in page
