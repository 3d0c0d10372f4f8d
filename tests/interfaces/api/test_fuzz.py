"""Whatever is sent to whichever operation of the document: JSON, a status that the document names, and never a 5xx.

200 cases in the ordinary run; 2,000 with `--hypothesis-profile=long`.
"""

import json
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from amparo.common.types import IMPORTER
from amparo.interfaces.api.api import api
from amparo.justice import actions
from amparo.justice.states import OUTCOMES, STAGES
from tests.care.build import offer, plan
from tests.cases.build import NAME, open_case, share
from tests.intake.build import claimed, watched
from tests.justice.build import open_proceeding

pytestmark = pytest.mark.django_db(databases="__all__")

DOCUMENT = json.loads(json.dumps(api.get_openapi_schema()))
OPERATIONS = [(path, verb, told) for path, verbs in DOCUMENT["paths"].items() for verb, told in verbs.items()]
CODES = [
    *STAGES,
    *sorted(set().union(*OUTCOMES.values())),
    "high",
    "grooming",
    "payer",
    "stranger",
    "other",
    "referral",
]
CASES = 2000 if settings.get_current_profile_name() == "long" else 200

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def ids(house) -> list[str]:
    """Of every kind of record one that some may see; one that is walled from nobody and nobody's; one of nothing."""
    mine, theirs = open_case(house, "NORTH"), open_case(house, "SOUTH")
    share(house, mine, "SOUTH")
    proceeding = open_proceeding(house, mine)
    person = actions.note_person(by=IMPORTER, case=mine, category="payer", relationship="stranger", name=NAME)
    alarm = actions.raise_alarm(by=IMPORTER, case=mine, sanction="charged")
    watched(house)
    report, referral, life_project = claimed(house), offer(house, mine), plan(mine)
    records = [
        mine, theirs, mine.child, proceeding, person, alarm, report, referral, life_project, *life_project.goals.all(),
        *house.agencies.values(), *house.teams.values(),
    ]  # fmt: skip
    return [str(record.id) for record in records] + [str(uuid4())]


def of_shape(shape: dict, ids: list[str]) -> st.SearchStrategy:
    """Values of a JSON schema of the document, as far as it matters here."""
    if "$ref" in shape:
        return of_shape(DOCUMENT["components"]["schemas"][shape["$ref"].rpartition("/")[2]], ids)
    if "anyOf" in shape:
        return st.one_of([of_shape(each, ids) for each in shape["anyOf"]])
    if "enum" in shape:
        return st.sampled_from(shape["enum"])
    if shape.get("type") == "object":
        fields = {name: of_shape(inner, ids) | anything for name, inner in shape.get("properties", {}).items()}
        return st.fixed_dictionaries({}, optional=fields) | st.fixed_dictionaries(
            {name: of_shape(inner, ids) for name, inner in shape.get("properties", {}).items()}
        )
    if shape.get("type") == "array":
        return st.lists(of_shape(shape.get("items", {}), ids), max_size=3)
    return simple(shape, ids)


def simple(shape: dict, ids: list[str]) -> st.SearchStrategy:
    formats = {
        "uuid": st.sampled_from(ids),
        "date": st.dates().map(str),
        "date-time": st.datetimes().map(lambda at: f"{at.isoformat()}Z"),
    }
    kinds = {
        "string": st.sampled_from(CODES) | st.text(max_size=60),
        "integer": st.integers(-3, 2050) | st.integers(),
        "boolean": st.booleans(),
        "null": st.none(),
    }
    found = {**kinds, **formats}
    return found.get(shape.get("format", shape.get("type", "")), anything)


def path_of(draw, path: str, told: dict, ids: list[str]) -> str:
    asked = {}
    for parameter in told.get("parameters", []):
        value = draw(of_shape(parameter["schema"], ids) | st.text(max_size=20))
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(value).replace("?", "").replace("#", "") or "x")
        elif draw(st.booleans()):
            asked[parameter["name"]] = str(value)
    return f"{path}?{urlencode(asked, errors='replace')}" if asked else path


def test_no_operation_breaks_whatever_it_is_sent(house, ids, sign_in):
    clients = [
        sign_in(role, agency)
        for role, agency in (
            ("case_worker", "NORTH"), ("supervisor", "NORTH"), ("police", "SOUTH"), ("service_provider", "SOUTH"),
            ("intake_officer", "NORTH"), ("statistician", "NORTH"),
        )
    ]  # fmt: skip

    @settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def any_case(data):
        path, verb, told = data.draw(st.sampled_from(OPERATIONS))
        client = data.draw(st.sampled_from(clients))
        body = ""
        if "requestBody" in told:
            shape = told["requestBody"]["content"]["application/json"]["schema"]
            body = json.dumps(data.draw(of_shape(shape, ids) | anything))
        address = path_of(data.draw, path, told, ids)
        answer = client.generic(verb.upper(), address, body, content_type="application/json")
        event(f"status {answer.status_code}")
        assert answer.headers["content-type"].startswith("application/json"), address
        assert str(answer.status_code) in told["responses"], (address, answer.status_code)
        described = told["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
        whole = {**described, "components": DOCUMENT["components"]}
        Draft202012Validator(whole).validate(answer.json())

    any_case()
