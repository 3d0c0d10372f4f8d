"""Files of series and of recommendations: whole or not at all, twice the same, and never more memory than a batch (M3)."""

import json

import pytest

from amparo.audit.models import Event
from amparo.common.errors import Invalid, Refused
from amparo.common.types import OPERATOR
from amparo.monitoring import actions, queries
from amparo.monitoring.importing import reading
from amparo.monitoring.models import Observation, Recommendation, Source, State, TreatyStatus

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = "SeriesCode,GeoAreaCode,TimePeriod,Value,[Age],[Sex],[Nature]"


def take(file, **more):
    return actions.import_series(by=OPERATOR, file=file, source="test", title="A test", as_of="2026-10", **more)


def test_everything_that_is_shipped_is_taken_and_says_what_its_sources_say(db):
    read = actions.load_shipped(by=OPERATOR)
    assert (read, actions.load_shipped(by=OPERATOR)) == (1327 + 703 + Observation.objects.count(), 0)
    niger = queries.state("NER")
    number = {(each.series, each.year): each for each in queries.observations(niger)}
    assert number["SP_DYN_MRBF18", 2012].value == 76.3
    assert number["SP_DYN_MRBF18", 2012].source.as_of == "2020-10"
    assert Recommendation.objects.count() == len({each.external for each in Recommendation.objects.all()}) == 703
    total = sum(each.value for each in Observation.objects.filter(series="CYBERTIPLINE", year=2023))
    assert total == 34_315_796  # what no State was named for is left out
    assert State.objects.get(pk="USA").kind == "member"
    assert not Observation.objects.filter(series="US_TIP_TIER", state="USA").exists()
    assert {each.as_of for each in queries.sources() if each.code in {"sdg", "tip"}} == {"2020-10", "2025"}


def test_a_series_as_the_database_of_the_united_nations_gives_it(world, lines):
    outcome = take(lines(HEAD, "SP_DYN_MRBF18,562,2022.0,76.3,20-24,FEMALE,C"))
    found = Observation.objects.get()
    assert (outcome.made, found.state_id, found.year, found.value) == (1, "NER", 2022, 76.3)
    assert (found.age, found.sex, found.nature) == ("20_24", "female", "c")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("SP_NO_SUCH,562,2022,76.3,,,", "series"),
        ("SP_DYN_MRBF18,1,2022,76.3,,,", "state"),
        ("SP_DYN_MRBF18,562,22,76.3,,,", "year"),
        ("SP_DYN_MRBF18,562,2022,NaN,,,", "value"),
        ("SP_DYN_MRBF18,562,2022,<0.1,,,", "value"),
        ("SP_DYN_MRBF18,562,2022,,,,", "value"),
        ("US_TIP_TIER,562,2022,2,,,", "value"),
        ("SP_DYN_MRBF18,562,2022,1_0,,,", "value"),
    ],
)
def test_a_number_that_is_none_is_refused(world, lines, row, column):
    outcome = take(lines(HEAD, row))
    assert [(each.line, each.column) for each in outcome.refusals] == [(2, column)]
    assert (Observation.objects.count(), Source.objects.filter(code="test").exists()) == (0, False)


def test_a_long_file_is_read_in_batches_and_its_refusals_are_counted(world, tmp_path, monkeypatch):
    file = tmp_path / "long.csv"
    with file.open("w") as out:
        out.write(HEAD + "\n")
        for number in range(5000):
            out.write(
                f"SP_DYN_MRBF18,{'562' if number % 2 else '1'},{1950 + number // 25},{number % 100},,a{number % 25},\n"
            )
    heard = []
    outcome = take(file, keep_good=True, told=heard.append)
    assert (outcome.read, outcome.made, outcome.refused, len(outcome.refusals)) == (5000, 2500, 2500, reading.KEPT)
    assert heard[-1] == file.stat().st_size


def test_a_source_needs_a_day_that_is_one(world, lines):
    with pytest.raises(Invalid, match="2022-08"):
        actions.import_series(by=OPERATOR, file=lines(HEAD), source="x", title="X", as_of="soon")


def annotation(**changed):
    return {
        "AnnotationId": "a1", "Symbol": "CRC/C/OPSC/XXX/CO/1", "AnnotationType": "Recommendations",
        "PublicationDate": "2026-03-23", "Body": "CRC-OP-SC", "Countries": ["Norway"], "Themes": ["Children"],
        "UprCycle": None, "UprRecommendingCountry": [], "Text": "A synthetic sentence.",
    } | changed  # fmt: skip


@pytest.fixture
def index(tmp_path):
    def write(content):
        file = tmp_path / "uhri.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8")
        return file

    return write


def test_annotations_of_the_human_rights_index_become_recommendations_once(world, index):
    file = index({"_note": "x", "records": [annotation(), annotation(AnnotationId="a2", Countries=["Kenya"])]})
    assert actions.import_uhri(by=OPERATOR, file=file).made == 2
    assert actions.import_uhri(by=OPERATOR, file=file).same == 2
    found = Recommendation.objects.get(external="UHRI-a1")
    assert (found.state_id, found.mechanism, str(found.made_on)) == ("NOR", "CRC-OP-SC", "2026-03-23")


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"AnnotationType": "Concerns/Observations"}, "AnnotationType"), ({"Countries": ["Nowhere"]}, "Countries"),
        ({"Countries": []}, "Countries"), ({"Countries": "Norway"}, "Countries"), ({"AnnotationId": ""}, "AnnotationId"),
        ({"PublicationDate": "yesterday"}, "PublicationDate"),
    ],
)  # fmt: skip
def test_an_annotation_that_is_none_is_named_by_its_number(world, index, changed, column):
    outcome = actions.import_uhri(by=OPERATOR, file=index([annotation(), annotation(**changed)]))
    assert [(each.line, each.column) for each in outcome.refusals] == [(2, column)]


@pytest.mark.parametrize("content", ["", "{}", "[{", "[1, 2]", "[" + '{"a": ' * 10])
def test_what_is_no_list_of_objects_is_refused(world, index, content):
    with pytest.raises(Invalid):
        actions.import_uhri(by=OPERATOR, file=index(content))


def test_who_edits_the_monitor_imports_and_nobody_else_at_the_desk(house, world, lines):
    file = lines(HEAD, "SP_DYN_MRBF18,562,2022,76.3,,,")
    more = {"file": file, "source": "x", "title": "X", "as_of": "2026"}
    actions.import_series(by=house.actor("monitor_editor", "NORTH"), **more)
    assert Event.objects.latest("seq").verb == "series:imported"
    for role in ("supervisor", "statistician", "administrator"):
        with pytest.raises(Refused):
            actions.import_series(by=house.actor(role, "NORTH"), **more)


def test_what_was_said_before_an_import_stays_in_the_table(world, lines):
    take(lines(HEAD, "SP_DYN_MRBF18,562,2022,76.3,,,"))
    assert take(lines(HEAD, "SP_DYN_MRBF18,562,2022,75,,,")).changed == 1
    assert [each.value for each in Observation.objects.order_by("id")] == [76.3, 75]
    assert [each.value for each in queries.observations(queries.state("NER"))] == [75]
    assert not TreatyStatus.objects.exists()
