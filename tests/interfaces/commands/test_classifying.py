"""`amparo classify` (W2)."""

import json

import pytest
from click.testing import CliRunner

from amparo.cases import actions
from amparo.cases.actions import IncidentFacts
from amparo.common.types import IMPORTER
from amparo.config.cli import Group
from amparo.interfaces.commands.classifying import classify_command
from tests.cases.build import NAME, open_case
from tests.vocabulary.classification.specification import COLUMNS, STATES, facts_of, truth_table

LAW = """[about]
code = "lumeria"
edition = "2026"
title = "Penal Code of Lumeria"
source = "made up"
in_force = 2020-05-01
[define.gain]
any = ["consideration_given"]
[[offence]]
code = "LUM-7"
topic = "sale"
label = "Handing a child over against a benefit"
pinpoint = "section 7"
needs = ["under_18", "transferred", "gain"]
"""
CLI = Group("amparo", {"classify": classify_command})


def run(*arguments: str, told: str):
    return CliRunner().invoke(CLI, ["classify", "-", *arguments], input=told)


def test_one_incident_is_explained_in_words_with_the_next_question():
    answer = run(
        "--rules", "report", "--lang", "fr", told='{"age": 9, "transferred": "yes", "consideration_given": "yes"}'
    )
    assert answer.exit_code == 0
    assert "REPORT-SALE                 On ne peut pas encore le dire: Vente d’un enfant (para 89)" in answer.output
    assert ": L’avantage était-il lié à la remise de l’enfant ? [for_transfer]" in answer.output


def test_what_was_written_from_memory_is_marked_and_what_was_read_is_not():
    told = (
        '{"age": 9, "transferred": "yes", "consideration_given": "yes", "for_transfer": "yes", "purpose_sexual": "yes"}'
    )
    answer = run("--rules", "opsc", told=told).output
    assert "Sale of a child (art. 2 (a))" in answer
    assert "Sale of a child for sexual exploitation (art. 3 (1) (a) (i) a, not confirmed)" in answer
    marks = {each["code"]: each["verified"] for each in json.loads(run("--rules", "opsc", "--json", told=told).output)}
    assert (marks["OPSC-2A"], marks["OPSC-3-1-A-I-A"]) == (True, False)


def test_json_lines_give_a_line_an_incident():
    told = '{"age": 9, "union": "yes"}\n\n{"age": 9, "union": "no"}\n'
    lines = [json.loads(line) for line in run("--rules", "report", told=told).output.splitlines()]
    assert ["REPORT-MARRIAGE" in line["met"] for line in lines] == [True, False]


def test_another_reading_is_a_setting():
    told = '{"age": 9, "harboured": "yes", "purpose_labour": "yes", "moved": "no"}'
    state = {}
    for value in ("true", "false"):
        results = json.loads(run("--rules", "palermo", "--set", f"movement_needed={value}", "--json", told=told).output)
        state[value] = results[0]["state"]
    assert state == {"true": "not_met", "false": "met"}


@pytest.mark.parametrize(
    ("arguments", "told", "words"),
    [
        ([], '{"moved": "maybe"}', "<stdin>, line 1: moved: Answer yes, no, unknown, not_asked"),
        ([], '{\n"age": 9,\n"nonsense": "yes"\n}', "<stdin>, line 3: nonsense: There is no such element"),
        ([], '{\n"age": 25\n}', "<stdin>, line 2: age: Give the age when it happened"),
        (
            [],
            '{\n"age": 9,\n"live_streamed": "yes",\n"by_technology": "no"}',
            "line 4: by_technology: The facts contra",
        ),
        ([], '{"age": 3}\n{"age": 25}\n', "<stdin>, line 2: age:"),
        ([], '{"age": 3}\n{"penetration": "yes", "sexual_activity": "no"}\n', "<stdin>, line 2: "),
        ([], "no json at all", "<stdin>, line 1: no JSON"),
        ([], '{\n"age": 9,\n}', "<stdin>, line 3: no JSON"),
        ([], '{"age": 3}\n{"age": 4\n', "<stdin>, line 2: no JSON"),
        ([], "[1]", "<stdin>, line 1: facts are an object of elements"),
        ([], "\n", "<stdin>, line 1: there are no facts"),
        (["--rules", "nowhere"], "{}", "There is no rule set and no file nowhere"),
        (["--set", "movement_needed=perhaps"], "{}", "the names are: movement_needed"),
    ],
)
def test_bad_input_is_one_clear_line(arguments, told, words):
    answer = run(*arguments, told=told)
    assert answer.exit_code != 0
    assert words in answer.output
    assert "Traceback" not in answer.output


@pytest.mark.parametrize("column", COLUMNS)
def test_json_lines_give_the_whole_truth_table(column):
    rules, settings, code = COLUMNS[column]
    told = "\n".join(json.dumps(facts_of(row)) for row in truth_table())
    chosen = [part for name, on in settings.items() for part in ("--set", f"{name}={str(on).lower()}")]
    lines = [json.loads(line) for line in run("--rules", rules, *chosen, told=told).output.splitlines()]
    states = ["met" if code in line["met"] else "open" if code in line["open"] else "not_met" for line in lines]
    assert states == [STATES[row[column]] for row in truth_table()]


@pytest.fixture
def own_law(tmp_path, settings):
    """A made-up State's law, which asks for a written contract's purpose to call it a sale."""
    settings.RULES_FOLDER = tmp_path / "rules"
    settings.RULES_FOLDER.mkdir()
    file = tmp_path / "law.toml"
    file.write_text(LAW, encoding="utf-8")
    return file


@pytest.mark.django_db(databases="__all__")
def test_a_states_own_law_is_taken_and_asked_beside_the_instruments(own_law):
    taken = CliRunner().invoke(CLI, ["classify", "take", str(own_law)])
    assert taken.output.startswith("lumeria 2026: 1 offences.")
    answer = run(told='{"age": 9, "transferred": "yes", "consideration_given": "yes", "for_transfer": "yes"}').output
    assert "LUM-7 " in answer
    assert "Met: Handing a child over against a benefit (section 7, not confirmed)" in answer
    assert "REPORT-SALE " in answer
    assert CliRunner().invoke(CLI, ["classify", "take", str(own_law)]).exit_code == 0
    own_law.write_text(LAW.replace("section 7", "section 8"), encoding="utf-8")
    assert "give a new edition" in CliRunner().invoke(CLI, ["classify", "take", str(own_law)]).output


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (LAW.replace('"transferred"', '"handed_over"'), "law.toml, line 14: there is no element handed_over"),
        (LAW.replace('any = ["consideration_given"]', 'any = ["gain"]'), "law.toml, line 7: gain needs gain: a circle"),
        (LAW.replace("2020-05-01", '"May"'), "law.toml, line 6: in_force is a day"),
        (LAW.replace('code = "lumeria"', 'code = "opsc"'), "give your own another code"),
        (LAW.replace('edition = "2026"', 'edition = "../../2026"'), "law.toml, line 3: edition has letters"),
    ],
)  # fmt: skip
def test_a_broken_law_is_named_with_its_line_and_not_taken(own_law, settings, wrong, words):
    own_law.write_text(wrong, encoding="utf-8")
    answer = CliRunner().invoke(CLI, ["classify", "take", str(own_law)])
    assert answer.exit_code != 0
    assert words in answer.output
    assert list(settings.RULES_FOLDER.iterdir()) == []


@pytest.mark.django_db(databases="__all__")
def test_rerun_names_the_labels_that_would_change_and_changes_none(house):
    case = open_case(house, "NORTH")
    incident = actions.record_incident(by=IMPORTER, case=case, facts=IncidentFacts(form="child_marriage", age=9))
    actions.record_elements(by=IMPORTER, incident=incident, answers={"union": "yes"})
    actions.confirm_label(by=IMPORTER, incident=incident, rules="report", code="REPORT-MARRIAGE")
    same = CliRunner().invoke(CLI, ["classify", "rerun"])
    assert (same.exit_code, same.output) == (0, "0 confirmed labels would change; nothing was changed.\n")
    actions.record_elements(by=IMPORTER, incident=incident, answers={"union": "no"})
    told = CliRunner().invoke(CLI, ["classify", "rerun"]).output
    assert f"{case.reference}  REPORT-MARRIAGE: confirmed as met (2026-11), today not met (2026-11)" in told
    line = json.loads(CliRunner().invoke(CLI, ["classify", "rerun", "--json"]).output)
    assert (line["reference"], line["now"]) == (case.reference, ["2026-11", "not_met"])
    assert incident.labels.get().state == "met"
    assert NAME not in told
