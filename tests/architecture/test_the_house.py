"""The rules of the house that no linter knows (X1)."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2] / "src" / "amparo"
ORDER = [
    "audit", "access", "organisation", "machines", "renewals", "vocabulary", "law", "directory", "vault_keys", "vault", "postbox", "intake", "linkage",
    "cases", "care", "justice", "counting", "overlaps", "frozen", "publication", "estimates", "monitoring", "exchange",
]  # fmt: skip
OURS = [model for model in apps.get_models() if model.__module__.startswith("amparo.")]


def package(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_column_says_whether_it_is_fact_vault_or_public(model):
    undeclared = [
        field.name for field in model._meta.local_concrete_fields if field.db_comment not in {"fact", "vault", "public"}
    ]
    assert undeclared == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_relation_points_to_a_lower_step_and_never_into_the_vault(model):
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.ForeignKey):
            here, there = model._meta.app_label, field.related_model._meta.app_label
            assert ORDER.index(there) <= ORDER.index(here), field
            if here != there:
                assert there not in {"vault", "vault_keys"}
                assert field.remote_field.related_name == "+", field


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_record_can_hold_a_picture_or_any_other_file(model):
    assert not any(isinstance(field, models.FileField) for field in model._meta.local_concrete_fields)


# Who takes an actor and neither is gated nor asks the policy itself, and why that is right.
_PART = "part of an act or a look that asks: it writes its rows in that transaction"
_STEPS = "two transactions or databases: each step is a gated function of its own, which asks"
_ASKING = "it is the asking"
EXCEPTED = {
    "access/decisions.py:decide": _ASKING,
    "access/decisions.py:permitted": _ASKING,
    "access/decisions.py:picked": _ASKING,
    "access/decisions.py:ways": _ASKING,
    "access/gate.py:allow": _ASKING,
    "access/gate.py:allow_all": _ASKING,
    "access/gate.py:listed": _PART,
    "access/gate.py:look": _PART,
    "access/gate.py:record_refusal": _PART,
    "access/walls.py:behind": _ASKING,
    "access/walls.py:take_down": _PART,
    "audit/actions.py:record": _PART,
    "audit/actions.py:record_each": _PART,
    "care/words.py:words": _STEPS,
    "cases/actions.py:check_opening": _ASKING,
    "cases/erasure.py:confirm_erasure": _STEPS,
    "cases/erasure.py:resume": _STEPS,
    "cases/meeting.py:meet": _STEPS,
    "cases/questions.py:number_of": _PART,
    "cases/questions.py:readable": _PART,
    "cases/walls.py:carry_over": _PART,
    "intake/arrival.py:arrive": _PART,
    "intake/exchange.py:run": _STEPS,
    "intake/postbox/record.py:event": _PART,
    "intake/queries.py:conversation": _STEPS,
    "intake/queries.py:contact": _STEPS,
    "interfaces/exchange/exporting.py:write_export": _STEPS,
    "interfaces/exchange/importing.py:import_cases": _STEPS,
    "interfaces/exchange/importing.py:check": "gated; it asks by `_allow`, which knows the team too",
    "linkage/contacts.py:offer": _PART,
    "linkage/matching.py:candidates": _PART,
    "linkage/matching.py:everybody": _PART,
    "linkage/running.py:find": _STEPS,
    "monitoring/actions.py:settle": _PART,
    "organisation/queries.py:notices_for": "what is for oneself needs no permission; `told` asks the walls",
    "publication/estimates/actions.py:compute": _STEPS,
    "vault/reveal.py:compared": _STEPS,
    "vault/reveal.py:reveal": _STEPS,
    "vault/reveal.py:reveal_many": _STEPS,
    "vault/rotation.py:rotate_root": _STEPS,
    "vault/rotation.py:rotate_agencies": _STEPS,
}


def functions_with_by():
    """Every public function of the house that takes an actor; config and demo only call them, methods know none."""
    for path in sorted(ROOT.rglob("*.py")):
        if package(path) in {"config", "demo", "methods"}:
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = [argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]]
                if "by" in names:
                    yield f"{path.relative_to(ROOT)}:{node.name}", node


def called_in(node) -> set[str]:
    calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)}


def test_whoever_takes_an_actor_is_gated_asks_the_policy_and_takes_arguments_by_name():
    wrong = set()
    for name, node in functions_with_by():
        gated = any(isinstance(each, ast.Name) and each.id in {"gated", "looking"} for each in node.decorator_list)
        asks = called_in(node) & {"allow", "allow_all", "decide", "permitted"}
        if not gated or not asks or node.args.args:
            wrong.add(name)
    assert wrong == set(EXCEPTED)


def test_nothing_asks_the_operating_system_what_time_it_is():
    asked = {"now", "utcnow", "today"}
    wrong = []
    for path in ROOT.rglob("*.py"):
        if path.name == "clock.py" or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asked:
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id in {"datetime", "date", "timezone"}:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_files_stay_short():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in ROOT.rglob("*.py")
        if (lines := path.read_text().count("\n")) > 400
    }
    assert long == {}
