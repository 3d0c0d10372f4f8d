"""Reading a rubric of YAML, with the file and the line of whatever is wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from amparo.common.errors import Invalid

# The same loader in C, where the library has it: a tenth of the time of the first page that asks.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(file: Path) -> yaml.MappingNode:
    """The file's outermost mapping. Raises `Invalid` for what is no YAML, or no mapping."""
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise Invalid({"file": f"{file.name}, line {line}: this is no YAML in UTF-8."}) from None
    if not isinstance(node, yaml.MappingNode):
        raise Invalid({"file": f"{file.name}, line 1: needs names with values."})
    return node


def mapping(file: Path, node: yaml.Node) -> dict[str, yaml.Node]:
    """The values of a mapping by their names. Raises `Invalid` for a name that comes twice."""
    if not isinstance(node, yaml.MappingNode):
        raise wrong(file, node, "needs names with values")
    found: dict[str, yaml.Node] = {}
    for name, value in node.value:
        if name.value in found:
            raise wrong(file, name, f"repeats {name.value}")
        found[name.value] = value
    return found


def items(file: Path, node: yaml.Node) -> Iterator[yaml.Node]:
    """The members of a list."""
    if not isinstance(node, yaml.SequenceNode):
        raise wrong(file, node, "needs a list")
    yield from node.value


def text(file: Path, node: yaml.Node) -> str:
    """A single value that is not empty."""
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise wrong(file, node, "needs words")
    return str(node.value)


def wrong(file: Path, node: yaml.Node, what: str) -> Invalid:
    """The error that says where."""
    return Invalid({"file": f"{file.name}, line {node.start_mark.line + 1}: {what}."})
