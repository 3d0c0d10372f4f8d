"""Two supervisors of two agencies merge two records over the API, each seeing only its own, and part them again."""

import pytest

from amparo.linkage.models import Pair
from tests.interfaces.api.asking import get, post
from tests.linkage.test_meeting import register
from tests.linkage.test_reviewing import pair_of

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_pair_is_judged_by_two_merged_and_parted(house, sign_in):
    pair = pair_of(register(house, "NORTH", "Quillonia"), register(house, "SOUTH", "Quillonija"))
    north = sign_in("supervisor", "NORTH")
    (waiting,) = get(north, "/pairs").json()
    assert (waiting["id"], waiting["status"]) == (str(pair.id), "open")
    assert "score" not in waiting
    sides = get(north, f"/pairs/{pair.id}").json()
    assert sorted(side is None for side in (sides["one"], sides["two"])) == [False, True]
    assert "Quillonija" not in str(sides)
    assert {step["bits"] for step in sides["steps"]} == {0.0}
    assert post(north, f"/pairs/{pair.id}/judge", {"verdict": "same_child"}).json()["status"] == "open"
    assert post(north, f"/pairs/{pair.id}/judge", {"verdict": "same_child"}).status_code == 409
    assert get(north, "/pairs").json() == []
    south = sign_in("supervisor", "SOUTH")
    assert post(south, f"/pairs/{pair.id}/judge", {"verdict": "made up"}).status_code == 422
    assert post(south, f"/pairs/{pair.id}/judge", {"verdict": "same_child"}).json()["status"] == "merged"
    (merge,) = get(south, "/pairs/merged").json()
    assert merge["fields"]["sex"]["rule"] == "known"
    assert post(south, f"/pairs/{pair.id}/part", {"reason": "wrong_merge"}).json()["parted_why"] == "wrong_merge"
    assert Pair.objects.get().status == "parted"


def test_how_good_the_links_are_is_told_by_agency(house, sign_in):
    assert get(sign_in("statistician", "NORTH"), "/pairs/quality").json() == {"edition": None, "lines": [], "drift": []}
    assert get(sign_in("case_worker", "NORTH"), "/pairs/quality").status_code == 403
