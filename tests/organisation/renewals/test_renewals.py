"""A lost password or second factor comes back by two people, and by neither of them alone (ASVS 6.4.3, 6.4.6)."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.organisation.models import Notice, Person
from amparo.organisation.renewals import actions, queries
from amparo.organisation.renewals.models import Renewal

pytestmark = pytest.mark.django_db(databases="__all__")
NEW = "five quiet words of mine"


@pytest.fixture
def lost(house):
    """Somebody with a password, and a device that they may have lost."""
    person = house.people["case_worker", "NORTH"]
    person.set_password("four quiet words here")
    person.save()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return person


def ask(house, person, *, role="administrator", factor=False, **more):
    given = {"agency": house.agencies["NORTH"], "known_by": "in_person"} | more
    return actions.ask(by=house.actor(role, "NORTH", fresh=True), person=person, factor=factor, **given)


def both(house, person, **more):
    """A renewal with both of its halves."""
    renewal, first = ask(house, person, **more)
    return renewal, first, actions.confirm(by=house.actor("supervisor", "NORTH", fresh=True), renewal=renewal)


def use(person, first, second, password=NEW):
    actions.use(username=person.username, first=first, second=second, password=password)


def test_two_people_renew_a_password_and_the_second_factor_stays(house, lost):
    _renewal, first, second = both(house, lost)
    use(lost, first, second)
    lost.refresh_from_db()
    assert lost.check_password(NEW)
    assert Authenticator.objects.filter(user=lost).exists()
    told = list(
        Event.objects.filter(verb__startswith="renewal:").order_by("seq").values_list("verb", "actor", "record")
    )
    people = [house.people[role, "NORTH"].id for role in ("administrator", "supervisor", "case_worker")]
    assert told == [
        (verb, actor, lost.id) for verb, actor in
        zip(("renewal:asked", "renewal:confirmed", "renewal:used"), people, strict=True)
    ]  # fmt: skip
    assert Notice.objects.filter(code="sign_in_renewed", person=lost).exists()


def test_a_lost_factor_is_set_anew_at_the_next_sign_in(house, lost):
    _renewal, first, second = both(house, lost, factor=True)
    use(lost, first, second)
    assert not Authenticator.objects.filter(user=lost).exists()
    client = Client(headers={"host": settings.OFFICE_HOST})
    client.post("/sign-in/", {"login": lost.username, "password": NEW})
    assert client.get("/").url == "/second-factor/totp/activate/"


@pytest.mark.parametrize("which", ["first", "second", "both", "swapped"])
def test_one_half_is_nothing(house, lost, which):
    _renewal, first, second = both(house, lost)
    wrong = {
        "first": (first, "0000-0000"),
        "second": ("0000-0000", second),
        "both": ("", ""),
        "swapped": (second, first),
    }
    with pytest.raises(Invalid, match="does not open anything"):
        use(lost, *wrong[which])


def test_a_renewal_that_nobody_confirmed_opens_nothing(house, lost):
    _renewal, first = ask(house, lost)
    with pytest.raises(Invalid):
        use(lost, first, first)


def test_the_halves_are_read_as_people_write_them_and_are_kept_nowhere(house, lost):
    renewal, first, second = both(house, lost)
    kept = str(list(Renewal.objects.values())) + str(list(Event.objects.values()))
    assert first not in kept
    assert second not in kept
    use(lost, f" {first.lower().replace('-', ' ')} ", second.replace("0", "o").replace("1", "l"))
    renewal.refresh_from_db()
    assert renewal.ended_at
    with pytest.raises(Invalid):
        use(lost, first, second)  # once


def test_after_five_wrong_tries_even_the_right_halves_open_nothing(house, lost):
    _renewal, first, second = both(house, lost)
    for _ in range(5):
        with pytest.raises(Invalid):
            use(lost, first, "0000-0000")
    with pytest.raises(Invalid):
        use(lost, first, second)


def test_it_holds_for_a_day(house, lost):
    renewal, first, second = both(house, lost)
    with clock.stopped(clock.now() + timedelta(hours=24)):
        with pytest.raises(Invalid):
            use(lost, first, second)
        with pytest.raises(NotFound):
            queries.renewal(by=house.actor("supervisor", "NORTH"), id=renewal.id)


def test_a_weak_password_is_refused_and_the_halves_still_hold(house, lost):
    _renewal, first, second = both(house, lost)
    with pytest.raises(Invalid) as weak:
        use(lost, first, second, password="short")
    assert set(weak.value.fields) == {"password"}
    use(lost, first, second)


def test_nobody_confirms_what_they_started_or_their_own(house, lost):
    renewal, _first = ask(house, lost)
    with pytest.raises(Conflict, match="does not confirm"):
        actions.confirm(by=house.actor("administrator", "NORTH", fresh=True), renewal=renewal)
    supervisor = house.people["supervisor", "NORTH"]
    own, _first = ask(house, supervisor)
    with pytest.raises(Conflict, match="their own"):
        actions.confirm(by=house.actor("supervisor", "NORTH", fresh=True), renewal=own)
    with pytest.raises(Conflict, match="their own"):
        ask(house, house.people["administrator", "NORTH"])


def test_a_supervisor_of_another_agency_neither_sees_nor_confirms(house, lost):
    renewal, _first = ask(house, lost)
    outside = house.actor("supervisor", "SOUTH", fresh=True)
    assert queries.renewals(by=outside) == []
    with pytest.raises(NotFound):
        queries.renewal(by=outside, id=renewal.id)
    with pytest.raises(Conflict):
        actions.confirm(by=outside, renewal=renewal)
    assert [each.id for each in queries.renewals(by=house.actor("supervisor", "NORTH"))] == [renewal.id]


@pytest.mark.parametrize("role", ["supervisor", "case_worker", "auditor"])
def test_only_an_administrator_starts_and_with_a_fresh_factor(house, lost, role):
    with pytest.raises(Refused):
        ask(house, lost, role=role)
    with pytest.raises(Refused):
        actions.ask(
            by=house.actor("administrator", "NORTH"), person=lost, agency=house.agencies["NORTH"], factor=False,
            known_by="in_person",
        )  # fmt: skip


def test_a_case_worker_confirms_nothing(house, lost):
    renewal, _first = ask(house, lost)
    with pytest.raises(Refused):
        actions.confirm(by=house.actor("case_worker", "NORTH", fresh=True), renewal=renewal)


def test_a_second_asking_ends_the_first_and_a_second_confirmation_is_none(house, lost):
    old, first, second = both(house, lost)
    new, again = ask(house, lost)
    assert new.id != old.id
    with pytest.raises(Invalid):
        use(lost, first, second)
    half = actions.confirm(by=house.actor("supervisor", "NORTH", fresh=True), renewal=new)
    with pytest.raises(Conflict):
        actions.confirm(by=house.actor("supervisor", "NORTH", fresh=True), renewal=new)
    use(lost, again, half)


@pytest.mark.parametrize("wrong", [{"known_by": "a_mail"}, {"agency": "SOUTH"}])
def test_what_is_no_recognition_or_no_agency_of_theirs_is_refused(house, lost, wrong):
    if "agency" in wrong:
        wrong = {"agency": house.agencies[wrong["agency"]]}
    with pytest.raises(Invalid):
        ask(house, lost, **wrong)


def test_an_unknown_name_and_wrong_halves_are_told_alike(house, lost):
    both(house, lost)
    said = set()
    for name in (lost.username, "nobody.at.all", ""):
        with pytest.raises(Invalid) as wrong:
            actions.use(username=name, first="0000-0000", second="0000-0000", password=NEW)
        said.add(str(wrong.value))
    assert len(said) == 1
    assert Person.objects.get(pk=lost.pk).check_password("four quiet words here")
