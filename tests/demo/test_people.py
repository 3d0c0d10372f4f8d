"""The children of Lumeria are drawn, not written from life, and who is one child is known to the key alone (X4)."""

import csv
import json
import random
import re
import stat
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as some

from amparo.common.types import IMPORTER
from amparo.demo import names, papers, people, sentences
from amparo.demo.build import first_day
from amparo.demo.country import AGENCIES, CASELOAD, HELP_LINES, REGIONS
from amparo.linkage.meeting import have_we_met
from amparo.linkage.models import Child
from amparo.linkage.names import skeletons
from amparo.methods.hidden import Lists, Table, estimate
from amparo.organisation.models import Person
from amparo.vocabulary.queries import choices

pytestmark = pytest.mark.django_db(databases="__all__")
UNTIL = datetime(2026, 11, 24, 9, tzinfo=UTC)
FIRST = UNTIL - timedelta(days=1826)


def drawn(*, children: int = 2000, seed: int = 1) -> list[people.Known]:
    return people.draw(random.Random(seed), children=children, first=FIRST, until=UNTIL)


def by_child(records) -> dict[int, list[people.Known]]:
    found = defaultdict(list)
    for each in records:
        found[each.child.number].append(each)
    return found


def test_the_same_seed_draws_the_same_children_and_another_seed_others():
    assert drawn(children=50) == drawn(children=50) != drawn(children=50, seed=2)


def test_every_child_is_there_and_about_eight_in_a_hundred_at_a_second_agency():
    found = by_child(drawn())
    assert sorted(found) == list(range(1, 2001))
    twice = [records for records in found.values() if len(records) == 2]
    assert 120 <= len(twice) <= 200
    assert {len(records) for records in found.values()} == {1, 2, 3}
    assert all(len({each.agency for each in records}) == len(records) for records in found.values())


def test_a_second_record_is_written_in_every_other_way():
    second = Counter(each.way for each in drawn() if each.way != "latin")
    assert set(second) == set(names.WAYS[1:])


def test_brothers_sisters_and_twins_are_other_children_of_one_family():
    families = defaultdict(set)
    for each in drawn():
        families[each.child.family].add(each.child)
    many = [family for family in families.values() if len(family) > 1]
    assert len(many) > 100
    assert all(len({child.name.family for child in family}) == 1 for family in many)
    alike = [family for family in many if len({child.name.given[0] for child in family}) < len(family)
             and len({child.birth_year for child in family}) < len(family)]  # fmt: skip
    assert len(alike) > 10
    assert all(len({child.name for child in family}) == len(family) for family in alike)


@given(some.integers(0, 10**6))
def test_whatever_is_drawn_lies_within_the_years_and_is_of_a_child(seed):
    for each in drawn(children=5, seed=seed):
        assert FIRST - timedelta(days=1) <= each.at <= UNTIL
        assert each.facts.birth_year <= each.at.year
        assert 0 <= each.age <= 17


@given(some.integers(0, 10**6))
def test_a_name_is_made_of_invented_syllables_in_whatever_script(seed):
    name = names.draw(random.Random(seed))
    assert set(name.given + name.family) <= set(names.SYLLABLES)
    for way in names.WAYS:
        assert name.written(way).given
        assert name.written(way).family


def test_most_second_writings_meet_the_first_by_their_skeletons():
    """Hard enough to be worth looking for, and not hopeless."""
    pairs = [records for records in by_child(drawn()).values() if len(records) == 2]
    met = 0
    for records in pairs:
        one, other = (set(skeletons(each.identity.given, each.identity.family)) for each in records)
        met += len(one & other) >= 1
    assert 0.5 < met / len(pairs) < 1


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{4,}", text.lower()))


def test_no_place_agency_or_person_bears_the_name_of_a_country_or_a_language(lumeria):
    real = set()
    for scheme in ("country", "language"):
        for language in ("en", "fr", "es"):
            for code, label in choices(scheme, language):
                if len(code) <= 3:  # codes such as "unknown" name no country
                    real |= words_of(label)
    real -= words_of("and the new central south north islands republic united saint territory sign")
    ours = [*REGIONS.values(), *(about[0] for about in AGENCIES.values()), *(line[0] for line in HELP_LINES), "Lumeria"]
    ours += Person.objects.values_list("name", flat=True)
    for name in ours:
        assert not words_of(name) & real, name


def test_every_number_is_one_that_is_kept_free_for_fiction(lumeria):
    written = [each.identity.contact for each in drawn() if each.identity.contact]
    for number in [*written, *(line[1] for line in HELP_LINES)]:
        assert re.fullmatch(r"555-01\d\d", number)


def test_every_sentence_can_be_answered_in_its_own_language():
    assert set(sentences.TOLD) == set(sentences.ANSWERED)


@pytest.fixture
def key(lumeria) -> list[dict[str, str]]:
    with (lumeria.folder / papers.ANSWER_KEY).open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_key_names_every_record_once_and_which_are_one_child(lumeria, key):
    assert sorted(line["record"] for line in key) == sorted(
        str(id) for id in Child.objects.values_list("id", flat=True)
    )
    agencies = {str(child.id): child.agency.code for child in Child.objects.select_related("agency")}
    assert all(line["agency"] == agencies[line["record"]] for line in key)
    numbers = Counter(line["child"] for line in key)
    assert len(numbers) == 60
    assert 0 < sum(number == 2 for number in numbers.values()) <= 12
    sex = {str(child.id): child.sex for child in Child.objects.all()}
    for child in numbers:
        assert len({sex[line["record"]] for line in key if line["child"] == child}) == 1


def test_the_key_holds_no_name_and_only_its_owner_reads_it(lumeria, key):
    assert set(key[0]) == {"record", "agency", "child", "family", "written"}
    for paper in (papers.ANSWER_KEY, papers.RECEIPTS):
        assert stat.S_IMODE((lumeria.folder / paper).stat().st_mode) == 0o600


def test_no_database_knows_the_key(lumeria, key):
    """Not as a column of a table of ours, and not as a value: only the ways of writing are words that can be sought."""
    columns = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    assert not columns & {"family", "true_child", "same_as", "answer_key"}
    told = json.dumps([child.__dict__ for child in Child.objects.all()], default=str)
    assert not any(way in told for way in ("cyrillic", "typed_wrong", "swapped"))


def as_built(lumeria) -> list[people.Known]:
    """The children of the built country, drawn again."""
    now = lumeria.now.replace(second=0, microsecond=0)
    first, until = first_day(now) + timedelta(days=1), now - timedelta(hours=1)
    return people.draw(random.Random(3), children=60, first=first, until=until)


def test_the_key_is_right(lumeria, key):
    """It says of the written records what was true of the drawn children."""
    drawn_again = Counter((str(each.child.number), each.agency, each.way) for each in as_built(lumeria))
    assert Counter((line["child"], line["agency"], line["written"]) for line in key) == drawn_again


def test_a_second_agency_that_asks_whether_it_met_the_child_is_told_whom_to_ask(lumeria):
    pairs = [records for records in by_child(as_built(lumeria)).values() if len(records) == 2]
    found = 0
    for one, other in (sorted(records, key=lambda each: each.at) for records in pairs):
        met = have_we_met(by=IMPORTER, identity=other.identity, facts=other.facts, reason="verification")
        assert lumeria.country.agencies[other.agency].id in {each.agency for each in met}
        found += lumeria.country.agencies[one.agency].id in {each.agency for each in met}
    assert found > 0


@pytest.mark.parametrize("seed", [1, 2])
def test_the_truth_lies_in_the_interval_of_what_the_lists_say_or_a_verdict_warns(seed):
    """One truth through the whole chain: who was met by which agency, and how many by none."""
    codes = list(CASELOAD)
    counts = np.zeros(2 ** len(codes) - 1)
    for records in by_child(drawn(children=1000, seed=seed)).values():
        counts[sum({1 << codes.index(each.agency) for each in records}) - 1] += 1
    truth = 1000 + people.hidden(random.Random(seed), children=1000)
    found = estimate(Table("", Lists(tuple(codes), counts)), methods=("stepwise", "dga", "lcmcr"), boot=100).combined
    assert 4500 < truth < 6500
    assert found.verdict != "ok" or found.low <= truth <= found.high
