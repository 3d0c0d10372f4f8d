"""The rules of the house that no linter knows (X1)."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2] / "src" / "amparo"
ORDER = [
    "audit", "access", "organisation", "vocabulary", "directory", "vault_keys", "vault", "postbox", "intake", "linkage",
    "cases", "care", "justice", "counting", "publication", "monitoring", "exchange",
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


def functions_with_by(name: str):
    for path in sorted(ROOT.rglob(f"{name}.py")):
        if package(path) in {"audit", "interfaces", "demo"}:
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = [argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]]
                if "by" in names:
                    yield path, node


def test_every_action_and_named_query_asks_the_policy_itself():
    silent = []
    for kind in ("actions", "bulk", "queries"):
        for path, node in functions_with_by(kind):
            calls = {
                call.func.id
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            }
            if not calls & {"allow", "allow_all", "decide", "permitted"} and node.name != "notices_for":
                silent.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert silent == []


def test_every_action_is_gated_and_takes_its_arguments_by_name():
    wrong = []
    for path, node in [*functions_with_by("actions"), *functions_with_by("bulk")]:
        gated = any(isinstance(each, ast.Name) and each.id == "gated" for each in node.decorator_list)
        if not gated or node.args.args:
            wrong.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert wrong == []


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
