"""Whatever is sent to whichever operation of the document: JSON, a status that the document names, and never a 5xx.

200 cases in the ordinary run; 2,000 with `--hypothesis-profile=long`.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from amparo.common import clock
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
# For a field of this name a code that its action takes, so that some cases come all the way through.
LIKELY = {
    "risk": "high", "sanction": "charged", "purpose": "referral", "urgency": "urgent", "schooling": "attends",
    "housing": "relatives", "given": "spoken", "domain": "education", "service": "education", "stage": "investigation",
    "consent": "given", "form": "grooming", "category": "payer", "relationship": "stranger", "way": "spoken",
    "risk_factors": "poverty", "needs": "education", "forms": "grooming", "decision": "placement", "key": "made-up",
}  # fmt: skip
PEOPLE = {
    "case_worker": "NORTH", "supervisor": "NORTH", "police": "SOUTH", "service_provider": "SOUTH",
    "intake_officer": "NORTH", "statistician": "NORTH",
}  # fmt: skip
ROLES = {"reports": "intake_officer", "figures": "statistician"}  # whoever comes furthest there
CASES = 2000 if settings.get_current_profile_name() == "long" else 200

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@dataclass
class Known:
    """Of every kind of record, by the word before its identifier in an address, one that somebody may see."""

    by_word: dict[str, str]
    others: list[str]

    @property
    def ids(self) -> list[str]:
        return [*self.by_word.values(), *self.others]


@pytest.fixture
def known(house) -> Known:
    mine, theirs = open_case(house, "NORTH"), open_case(house, "SOUTH")
    share(house, mine, "SOUTH")
    watched(house)
    offered, life_project = offer(house, mine), plan(mine)
    records = {
        "cases": mine, "proceedings": open_proceeding(house, mine), "reports": claimed(house), "referrals": offered,
        "persons-of-concern": actions.note_person(
            by=IMPORTER, case=mine, category="payer", relationship="stranger", name=NAME
        ),
        "alarms": actions.raise_alarm(by=IMPORTER, case=mine, sanction="charged"),
        "goals": life_project.goals.get(), "views": offered.view, "shares": mine.shares.first(),
    }  # fmt: skip
    others = [theirs, mine.child, life_project, *house.agencies.values(), *house.teams.values()]
    by_word = {word: str(record.id) for word, record in records.items()}
    return Known(by_word | {"vocabulary": "form"}, [str(record.id) for record in others] + [str(uuid4())])


def of_shape(shape: dict, ids: list[str], name: str = "") -> st.SearchStrategy:
    """Values of a JSON schema of the document, as far as it matters here."""
    if "$ref" in shape:
        return of_shape(DOCUMENT["components"]["schemas"][shape["$ref"].rpartition("/")[2]], ids, name)
    if "anyOf" in shape:
        return st.one_of([of_shape(each, ids, name) for each in shape["anyOf"]])
    if "enum" in shape:
        return st.sampled_from(shape["enum"])
    if shape.get("type") == "object":
        right = {field: of_shape(inner, ids, field) for field, inner in shape.get("properties", {}).items()}
        needed = {field: right[field] for field in shape.get("required", [])}
        may_be_left_out = {field: inner for field, inner in right.items() if field not in needed}
        wrong = {field: inner | anything for field, inner in right.items()}
        return st.fixed_dictionaries(needed, optional=may_be_left_out) | st.fixed_dictionaries({}, optional=wrong)
    if shape.get("type") == "array":
        return st.lists(of_shape(shape.get("items", {}), ids, name), max_size=2)
    return simple(shape, ids, name)


def simple(shape: dict, ids: list[str], name: str) -> st.SearchStrategy:
    likely = st.just(LIKELY[name]) if name in LIKELY else st.sampled_from(CODES)
    today = clock.today()
    kinds = {
        "string": likely | st.sampled_from(CODES) | st.text(max_size=60),
        "integer": st.integers(1, 12) | st.integers(-3, 2050) | st.integers(),
        "boolean": st.booleans(),
        "null": st.none(),
        "uuid": st.sampled_from(ids),
        "date": st.integers(-400, 400).map(lambda days: str(today + timedelta(days))) | st.dates().map(str),
        "date-time": st.datetimes().map(lambda at: f"{at.isoformat()}Z"),
    }
    return kinds.get(shape.get("format", shape.get("type", "")), anything)


def mostly(draw) -> bool:
    """Four times in five."""
    return draw(st.integers(0, 4)) < 4


def path_of(draw, path: str, told: dict, known: Known) -> str:
    asked = {}
    for parameter in told.get("parameters", []):
        name, shape = parameter["name"], parameter["schema"]
        if parameter["in"] == "path":
            word = path.partition(f"/{{{name}}}")[0].rpartition("/")[2]
            right = st.just(known.by_word[word]) if word in known.by_word else st.sampled_from(known.ids)
            value = draw(right if mostly(draw) else of_shape(shape, known.ids) | st.text(max_size=20))
            path = path.replace(f"{{{name}}}", value.replace("?", "").replace("#", "") or "x")
        elif draw(st.booleans()):
            asked[name] = str(draw(of_shape(shape, known.ids) | st.text(max_size=20)))
    return f"{path}?{urlencode(asked, errors='replace')}" if asked else path


def test_no_operation_breaks_whatever_it_is_sent(house, known, sign_in):
    clients = {role: sign_in(role, agency) for role, agency in PEOPLE.items()}

    @settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def any_case(data):
        path, verb, told = data.draw(st.sampled_from(OPERATIONS))
        role = (
            ROLES.get(told["tags"][0], "case_worker")
            if mostly(data.draw)
            else data.draw(st.sampled_from(sorted(PEOPLE)))
        )
        body = ""
        if "requestBody" in told:
            shape = told["requestBody"]["content"]["application/json"]["schema"]
            body = json.dumps(data.draw(of_shape(shape, known.ids) if mostly(data.draw) else anything))
        address = path_of(data.draw, path, told, known)
        answer = clients[role].generic(verb.upper(), address, body, content_type="application/json")
        assert answer.headers["content-type"].startswith("application/json"), address
        assert str(answer.status_code) in told["responses"], (address, answer.status_code)
        described = told["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
        whole = {**described, "components": DOCUMENT["components"]}
        Draft202012Validator(whole).validate(answer.json())

    any_case()
