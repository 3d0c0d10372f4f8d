"""The house that most tests begin in is the one that the actions build."""

import pytest
from django.db import transaction

from amparo.audit.actions import verify
from amparo.audit.models import Event
from amparo.organisation.models import Agency, Membership, Person, Place, Team
from tests.conftest import build_house, furnished_house

pytestmark = pytest.mark.django_db(databases="__all__")
OWN = {"id", "seq", "at", "hash", "previous", "password"}


def plain(model):
    """Every row of a table without what differs from one house to the next; ids by what they stand for."""
    called = {each.id.hex: each.username for each in Person.objects.all()}
    called |= {each.id.hex: each.code for each in (*Place.objects.all(), *Agency.objects.all())}
    called |= {each.id.hex: f"team of {each.agency.code}" for each in Team.objects.all()}

    def said(value):
        text = str(value)
        for key, name in called.items():
            text = text.replace(key, name).replace(f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}", name)
        return text

    return sorted(
        str({name: said(value) for name, value in row.items() if name not in OWN}) for row in model.objects.values()
    )


def test_the_furnished_house_is_the_one_that_is_built():
    seen = []
    for build in (build_house, furnished_house):
        with transaction.atomic():
            build()
            assert verify().sound
            assert not any(person.has_usable_password() for person in Person.objects.all())
            seen.append([plain(model) for model in (Place, Agency, Team, Person, Membership, Event)])
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert len(seen[0][-1]) == 3 + 2 + 2 + 2 * len(seen[0][3]), "each row has its link"
