"""What the door is made of may know nothing of cases: every import is one of these (design: two programs)."""

import ast
from pathlib import Path

import pytest

import amparo

ROOT = Path(amparo.__file__).parent
COMMON = ("amparo.common",)
POSTBOX = (*COMMON, "amparo.audit.chain", "amparo.audit.link", "amparo.audit.append_only", "amparo.intake.postbox")
MAY = {
    "intake/postbox": POSTBOX,
    "interfaces/report_door": ("amparo.common", "amparo.intake.postbox", "amparo.interfaces.report_door"),
}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.startswith("amparo")}


@pytest.mark.parametrize("folder", MAY)
def test_a_part_of_the_door_imports_only_what_the_door_may_know(folder):
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / folder).rglob("*.py")
        for name in imported(path)
        if not any(name == allowed or name.startswith(f"{allowed}.") for allowed in MAY[folder])
    }
    assert wrong == set()
