"""Registering a child at the desk: search first, then once (C1)."""

import re

import pytest

from amparo.access.models import Wall
from amparo.audit.models import Event
from amparo.cases import actions
from amparo.cases.models import Case
from amparo.common import clock
from amparo.linkage.models import Child
from amparo.organisation.queries import notices_for
from tests.cases.build import open_case
from tests.intake.build import triaged, watched

pytestmark = pytest.mark.django_db(databases="__all__")
SEARCH = {"given": "Quillonia", "family": "Testperson", "birth_year": "2014", "reason": "triage"}


def child(page, **more) -> dict[str, str]:
    """The second form as a browser would send it back, with what a person changed."""
    form = page.context["form"]
    filled = {name: form[name].value() for name in form.fields}
    filled = {name: str(value) for name, value in filled.items() if value not in (None, False)}
    return filled | {"key": page.context["key"]} | more


def test_a_search_comes_before_the_form_and_one_sending_makes_one_child(house, sign_in):
    client = sign_in("case_worker", "NORTH")
    first = client.get("/register/")
    assert "Search" in first.text
    page = client.post("/register/", SEARCH)
    assert "Nobody seems to have met" in page.text
    told = child(page, sex="female", contact="synthetic-contact-99")
    made = client.post("/register/", told)
    again = client.post("/register/", told)
    case = Case.objects.get()
    assert {made.headers["Location"], again.headers["Location"]} == {f"/cases/{case.id}/"}
    kept = Child.objects.get()
    assert (kept.sex, kept.birth_year, kept.birth_precision) == ("female", 2014, "year")
    assert "uillonia" not in str(list(Event.objects.values()))


def test_the_form_without_the_search_leads_to_the_search(house, sign_in):
    answer = sign_in("case_worker", "NORTH").post("/register/", SEARCH | {"key": "made up"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/register/")
    assert Child.objects.count() == 0


def test_the_form_of_one_persons_search_registers_nothing_for_another(house, sign_in):
    told = child(sign_in("case_worker", "NORTH").post("/register/", SEARCH))
    other = sign_in("supervisor", "NORTH")
    answer = other.post("/register/", told)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/register/")
    assert Child.objects.count() == 0


def test_ones_own_case_is_met_by_its_reference_and_anothers_only_by_agency(house, sign_in):
    mine = open_case(house, "NORTH", given="Quillonia Testperson")
    open_case(house, "SOUTH", given="Quillonia Testperson")
    page = sign_in("case_worker", "NORTH").post("/register/", SEARCH)
    assert mine.reference in page.text
    assert "South office" in page.text
    assert len(re.findall(r"C-[0-9A-Z]{4}-[0-9A-Z]{4}", page.text)) == 1


def test_a_colleagues_child_is_met_by_word_of_the_own_agency(house, sign_in):
    hidden = open_case(house, "NORTH", given="Quillonia Testperson", worker=False)
    page = sign_in("case_worker", "NORTH").post("/register/", SEARCH)
    assert hidden.reference not in page.text
    assert "ask your supervisor" in page.text


def test_a_walled_child_gives_the_asker_nothing_and_auditors_outside_the_wall_a_notice(house, sign_in):
    case = open_case(house, "SOUTH", given="Quillonia Testperson")
    Wall.objects.create(
        against_kind="agency", against=house.agencies["NORTH"].id, record=case.child_id, reason="threat",
        raised_at=clock.now(), raised_by=house.people["supervisor", "SOUTH"].id,
    )  # fmt: skip
    page = sign_in("case_worker", "NORTH").post("/register/", SEARCH)
    assert "Nobody seems to have met" in page.text
    assert "South office" not in page.text
    assert [each.code for each in notices_for(house.actor("auditor", "SOUTH"))] == ["walled_child_searched"]
    for role in ("auditor", "case_worker"):
        assert notices_for(house.actor(role, "NORTH")) == []


def test_after_so_many_searches_a_day_the_next_is_refused_and_supervisors_know(house, sign_in, settings):
    settings.SEARCHES_A_DAY = 2
    client = sign_in("case_worker", "NORTH")
    assert [client.post("/register/", SEARCH).status_code for _ in range(3)] == [200, 200, 403]
    assert "many_searches" in [each.code for each in notices_for(house.actor("supervisor", "NORTH"))]
    assert Event.objects.filter(verb="child:searched").count() == 2
    assert Event.objects.latest("seq").outcome == "refused"


@pytest.mark.parametrize(
    ("year", "asked", "not_asked"), [(3, "playing", "making_friends"), (9, "making_friends", "playing")]
)
def test_the_questions_about_disability_are_those_for_the_age(house, sign_in, year, asked, not_asked):
    born = str(clock.today().year - year)
    client = sign_in("case_worker", "NORTH")
    page = client.post("/register/", SEARCH | {"birth_year": born})
    assert f'name="hard_{asked}"' in page.text
    assert f'name="hard_{not_asked}"' not in page.text
    client.post("/register/", child(page, **{f"hard_{asked}": "a_lot"}))
    assert Child.objects.get().difficulties == {asked: "a_lot"}


@pytest.mark.parametrize(
    ("given", "year", "precision"),
    [
        ({"birth_day": "5", "birth_month": "6", "birth_year": "2014"}, 2014, "day"),
        ({"birth_month": "6", "birth_year": "2014"}, 2014, "month"),
        ({"birth_year": "2014", "estimated": "on"}, 2014, "estimated"),
        ({"birth_year": "", "age": "4"}, None, "estimated"),
        ({"birth_year": ""}, None, "unknown"),
    ],
)
def test_a_birth_is_kept_as_precisely_as_it_is_known(house, sign_in, given, year, precision):
    client = sign_in("case_worker", "NORTH")
    page = client.post("/register/", SEARCH)
    client.post("/register/", child(page, **given))
    kept = Child.objects.get()
    assert kept.birth_precision == precision
    assert kept.birth_year == (year or (clock.today().year - 4 if "age" in given else None))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"birth_day": "31", "birth_month": "2"}, "birth_day"),
        ({"birth_day": "3", "birth_month": ""}, "birth_month"),
        ({"birth_month": "3", "birth_year": ""}, "birth_year"),
        ({"sex": "nonsense"}, "sex"),
        ({"given": ""}, "given"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_registered(house, sign_in, given, field):
    client = sign_in("case_worker", "NORTH")
    page = client.post("/register/", SEARCH)
    answer = client.post("/register/", child(page, **given))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in answer.text
    assert Child.objects.count() == 0


@pytest.mark.parametrize("role", ["police", "service_provider", "statistician", "auditor"])
def test_those_who_do_not_register_do_not_come_here(house, sign_in, role):
    assert sign_in(role, "NORTH").get("/register/").status_code == 403


def test_from_a_report_the_case_opens_and_the_report_is_accepted(house, sign_in):
    watched(house)
    report = triaged(house)
    client = sign_in("intake_officer", "NORTH")
    page = client.post(f"/reports/{report.id}/register/", SEARCH)
    answer = client.post(f"/reports/{report.id}/register/", child(page))
    assert answer.headers["Location"] == f"/reports/{report.id}/"
    report.refresh_from_db()
    assert (report.status, report.case) == ("accepted", Case.objects.get().id)


def test_from_another_agencys_report_there_is_nothing(house, sign_in):
    watched(house)
    report = triaged(house)
    assert sign_in("intake_officer", "SOUTH").get(f"/reports/{report.id}/register/").status_code == 404


def test_a_child_met_in_a_closed_case_is_met_too(house, sign_in):
    mine = open_case(house, "NORTH", given="Quillonia Testperson")
    actions.close(by=house.actor("case_worker", "NORTH"), case=mine, reason="goals_reached")
    assert mine.reference in sign_in("case_worker", "NORTH").post("/register/", SEARCH).text
