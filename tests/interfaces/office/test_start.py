"""My day, my team, notices, the record of looks, the shell around them (X1, X2)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from amparo.cases import actions, ledger
from amparo.common import clock
from amparo.common.types import IMPORTER
from amparo.organisation.actions import tell
from amparo.organisation.models import Notice
from tests.cases.build import open_case
from tests.interfaces.office.test_cases import statements

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_day_shows_what_is_late_and_what_waits(house, sign_in):
    case = open_case(house, "NORTH")
    ledger.ask(case, "await_referral", clock.now() + timedelta(days=2))
    ledger.ask(case, "find_child", clock.now() - timedelta(hours=3))
    page = sign_in("case_worker", "NORTH").get("/")
    assert "3 h late" in page.text
    assert [task.code for task in page.context["day"].waiting] == ["await_referral"]


def test_an_empty_day_says_so_kindly(sign_in):
    page = sign_in("case_worker", "NORTH").get("/")
    for words in ("Nothing is late.", "Nothing new for you.", "You wait for nobody."):
        assert words in page.text


def notice(house, *, person=None, role="", agency=None) -> Notice:
    return tell(code="case_waits", kind="agency", record_id=IMPORTER.id, reference="C-TEST-TEST", person=person,
                role=role, agency=agency)  # fmt: skip


def test_a_notice_that_was_seen_is_gone_and_only_ones_own_can_be(house, sign_in):
    mine = notice(house, person=house.people["case_worker", "NORTH"].id)
    roles = notice(house, role="case_worker", agency=house.agencies["NORTH"].id)
    theirs = notice(house, person=house.people["case_worker", "SOUTH"].id)
    client = sign_in("case_worker", "NORTH")
    assert client.get("/").text.count("C-TEST-TEST") >= 2
    ids = [str(each.id) for each in (mine, roles, theirs)]
    answer = client.post("/seen/", {"notice": [*ids, "nonsense"]})
    assert answer.headers["Location"] == "/"
    assert "C-TEST-TEST" not in client.get("/").text
    theirs.refresh_from_db()
    assert theirs.seen_at is None


def test_my_team_is_the_supervisors_page(house, sign_in):
    case = open_case(house, "NORTH")
    actions.judge_risk(by=IMPORTER, case=case, risk="high")
    page = sign_in("supervisor", "NORTH").get("/team/")
    assert "Demo case_worker NORTH" in page.text
    assert page.context["counted"] == [("open", "high", 1)]
    assert sign_in("case_worker", "NORTH").get("/team/").status_code == 403
    empty = sign_in("supervisor", "SOUTH").get("/team/")
    assert "Your team has no case yet" in empty.text


def test_day_and_team_ask_the_database_no_more_than_six_times(house, sign_in):
    for _ in range(3):
        open_case(house, "NORTH")
    notice(house, role="supervisor", agency=house.agencies["NORTH"].id)
    client = sign_in("supervisor", "NORTH")
    client.get("/team/")  # the code lists are read once a process
    assert len(statements(client, "/")) <= 6
    assert len(statements(client, "/team/")) <= 6


def test_the_record_is_narrowed_to_a_case_and_a_verb(house, sign_in):
    case, other = open_case(house, "NORTH"), open_case(house, "NORTH")
    worker = sign_in("case_worker", "NORTH")
    worker.get(f"/cases/{case.id}/")
    worker.get(f"/cases/{other.id}/")
    auditor = sign_in("auditor", "SOUTH")
    rows = auditor.get(f"/record/?reference={case.reference}&verb=case:read").context["events"]
    assert [row.record for row in rows] == [case.id]
    assert auditor.get("/record/?reference=C-0000-0000").context["events"] == []
    assert auditor.get("/record/?outcome=refused").context["events"] == []
    assert auditor.get("/record/?before=x&verb=nonsense").status_code == 200


def test_the_record_names_who_and_pages_backwards(house, sign_in):
    client = sign_in("auditor", "NORTH")
    page = client.get("/record/")
    older = client.get(f"/record/{page.context['next']}")
    assert older.context["events"][0].seq == page.context["events"][-1].seq - 1
    assert "Demo auditor NORTH" in client.get("/record/").text


def test_the_shell_says_who_i_am_and_shows_only_my_places(sign_in):
    page = sign_in("case_worker", "NORTH").get("/")
    for words in ("Demo case_worker NORTH", "Case worker", "North office", "Register a child", "Sign out"):
        assert words in page.text
    assert 'href="/record/"' not in page.text
    auditor = sign_in("auditor", "NORTH").get("/")
    assert 'href="/record/"' in auditor.text
    assert 'href="/register/"' not in auditor.text
    for door in ('href="/cases/"', 'href="/glass/"'):
        assert door in page.text
        assert door not in auditor.text


def test_the_language_is_chosen_without_script_and_kept(sign_in):
    client = sign_in("case_worker", "NORTH")
    answer = client.post("/language/", {"language": "ar", "next": "/cases/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cases/")
    assert 'dir="rtl"' in client.get("/cases/").text
    cookie = answer.cookies["language"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_a_language_form_leads_nowhere_else(sign_in):
    answer = sign_in("case_worker", "NORTH").post(
        "/language/", {"language": "fr", "next": "https://elsewhere.example/"}
    )
    assert not answer.headers["Location"].startswith("http")


def test_before_the_second_factor_no_place_is_shown(sign_in):
    page = sign_in("case_worker", "NORTH", factor=False).get("/second-factor/")
    assert page.status_code == 200
    assert 'href="/cases/"' not in page.text


def test_the_second_factors_picture_is_drawn_in_the_page_for_the_policy_forbids_any_other(sign_in):
    from tests.interfaces.office.conftest import PASSWORD

    client = sign_in("case_worker", "NORTH", factor=False)
    client.post("/again/?next=/second-factor/totp/activate/", {"password": PASSWORD})
    page = client.get("/second-factor/totp/activate/")
    assert "<svg" in page.text
    assert "data:image" not in page.text


def test_a_stale_second_factor_leads_to_giving_it_again_and_back(house, sign_in):
    case = open_case(house, "NORTH")
    from amparo.cases.safety import Placement

    actions.set_placement(by=IMPORTER, case=case, placement=Placement(address="Quillfeather Lane 7"))
    client = sign_in("case_worker", "NORTH")
    fresh = client.post(f"/cases/{case.id}/placement/", {"purpose": "care_planning"})
    assert "Quillfeather Lane 7" in fresh.text
    with clock.stopped(clock.now() + timedelta(minutes=6)):
        stale = client.post(f"/cases/{case.id}/placement/", {"purpose": "care_planning"})
        glass = client.get("/glass/")
    assert stale.headers["Location"] == f"/second-factor/reauthenticate/?next=%2Fcases%2F{case.id}%2Fplacement%2F"
    assert glass.headers["Location"] == "/second-factor/reauthenticate/?next=%2Fglass%2F"


def test_glass_without_a_reason_says_so_beside_the_field(sign_in):
    answer = sign_in("case_worker", "NORTH").post("/glass/", {"reference": "C-0000-0000"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"reason", "note"}


def test_a_stranger_may_choose_a_language_before_signing_in():
    client = Client(headers={"host": settings.OFFICE_HOST})
    assert client.post("/language/", {"language": "es", "next": "/sign-in/"}).status_code == 302
    assert 'lang="es"' in client.get("/sign-in/").text


@pytest.mark.parametrize(("path", "place"), [("/figures/explore/", "Explore figures"), ("/figures/", "Figures")])
def test_one_place_is_where_one_is_though_one_lies_within_another(sign_in, path, place):
    page = sign_in("statistician", "NORTH").get(path)
    assert [each["label"] for each in page.context["nav"] if each["active"]] == [place]


def test_on_my_day_only_my_day_is_where_one_is(sign_in):
    page = sign_in("case_worker", "NORTH").get("/")
    assert [each["route"] for each in page.context["nav"] if each["active"]] == ["office:day"]
