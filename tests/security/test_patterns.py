"""No regular expression of ours is slow on purpose-made text (ASVS 1.3.12): every one is taken apart, none is timed.

Python's engine tries every way in which a text can be divided among a pattern's repeats. It is slow only where one text
can be divided in many ways: a repeat within a repeat, alternatives that begin alike under a repeat, two repeats of the
same letters with nothing between them that they do not take, or a search that begins with a repeat and may then fail.
Where none of these stands, the work grows with the length of the text.
"""

import ast
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from re import _compiler as compiler
from re import _constants as c
from re import _parser as parser

import pytest

import amparo

ROOT = Path(amparo.__file__).parent
CALLS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
AT_ONE_PLACE = {"compile", "match", "fullmatch"}  # no other beginnings are tried
REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}
ONE_LETTER = {c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN, c.CATEGORY}
MANY = 40  # a repeat of fewer costs no more than a constant
LETTERS = frozenset([*map(chr, range(128)), *"é٣你🌱\u200f\u2028\xa0\u0301Ж"])


def in_code() -> Iterator[tuple[str, str, bool]]:
    """Where a pattern is written as a plain text in a call, the pattern, and whether it is searched for."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if is_call(node) and isinstance(node.args[0], ast.Constant):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0].value, node.func.attr not in AT_ONE_PLACE


def in_modules() -> Iterator[tuple[str, str, bool]]:
    """Patterns that modules hold, however they were put together."""
    for module in pkgutil.walk_packages([str(ROOT)], "amparo."):
        if ".migrations" in module.name or ".settings." in module.name or ".wsgi_" in module.name:
            continue
        try:
            held = vars(import_module(module.name))
        except ImportError:  # an extra that is not installed
            continue
        for name, each in held.items():
            if isinstance(each, re.Pattern):
                yield f"{module.name}.{name}", each.pattern, uses(held["__file__"], name) - AT_ONE_PLACE


def uses(file: str, name: str) -> set[str]:
    """The ways in which a module uses a pattern that it holds."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    return {
        node.attr for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }  # fmt: skip


def is_call(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS
        and isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and bool(node.args)
    )  # fmt: skip


def slow(pattern: str | bytes, *, searched: bool = True) -> list[str]:
    """What of a pattern could be slow, in words."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = parser.parse(text)
    found = list(within(list(tree), tree.state))
    if searched and many(first := flat(list(tree))[:1]) and can_fail(flat(list(tree))[1:]):
        found.append(f"a search that begins with a repeat and may fail: {first}")
    return found


def within(nodes: list, state) -> Iterator[str]:
    nodes = flat(nodes)
    yield from side_by_side(nodes, state)
    for op, value in nodes:
        if op in REPEATS:
            body = list(value[2])
            if many([(op, value)]):
                yield from repeated(body, state)
            yield from within(body, state)
        elif op is c.BRANCH:
            for way in value[1]:
                yield from within(list(way), state)
        elif op in {c.ASSERT, c.ASSERT_NOT}:
            yield from within(list(value[1]), state)


def repeated(body: list, state) -> Iterator[str]:
    """Under a repeat: another one that nothing closes off, or ways that begin alike."""
    body = flat(body)
    for op, value in body:
        if op is c.BRANCH:
            starts = [begins(list(way), state) for way in value[1]]
            if any(one & other for at, one in enumerate(starts) for other in starts[at + 1 :]):
                yield "alternatives that begin alike under a repeat"
        inner = letters([(op, value)], state) if many([(op, value)]) else set()
        others = [each for each in body if each != (op, value) and must(each)]
        if inner and not any(not letters([each], state) & inner for each in others):
            yield "a repeat within a repeat that nothing parts"


def side_by_side(nodes: list, state) -> Iterator[str]:
    for at, node in enumerate(nodes):
        if not many([node]):
            continue
        taken = letters([node], state)
        for later in nodes[at + 1 :]:
            if many([later]) and begins([later], state) & taken:
                yield "two repeats of the same letters with nothing between them"
            if must(later) and not letters([later], state) & taken:
                break


def flat(nodes: list) -> list:
    """Groups opened: their insides stand in the row, and so do repeats of exactly one."""
    row = []
    for op, value in nodes:
        if op is c.SUBPATTERN:
            row += flat(list(value[3]))
        elif op is c.ATOMIC_GROUP:
            row += flat(list(value))
        elif op in REPEATS and value[:2] == (1, 1):
            row += flat(list(value[2]))
        else:
            row.append((op, value))
    return row


def many(nodes: list) -> bool:
    return any(op in REPEATS and op is not c.POSSESSIVE_REPEAT and value[1] - value[0] >= MANY for op, value in nodes)


def must(node) -> bool:
    """Whether it always takes a letter."""
    op, value = node
    if op in ONE_LETTER:
        return True
    if op in REPEATS:
        return value[0] > 0 and any(must(each) for each in flat(list(value[2])))
    return op is c.BRANCH and all(any(must(each) for each in flat(list(way))) for way in value[1])


def can_fail(rest: list) -> bool:
    """Whether what follows may refuse the text: anything that must take a letter, or asks for a place in it."""
    return any(must(node) or node[0] in {c.AT, c.ASSERT, c.ASSERT_NOT} for node in rest)


def letters(nodes: list, state) -> set[str]:
    """Every letter that can stand in what these take."""
    found: set[str] = set()
    for op, value in flat(nodes):
        if op in ONE_LETTER:
            one = compiler.compile(parser.SubPattern(state, [(op, value)]))
            found |= {letter for letter in LETTERS.union(state.str) if one.fullmatch(letter)}
        elif op in REPEATS:
            found |= letters(list(value[2]), state)
        elif op is c.BRANCH:
            found = found.union(*(letters(list(way), state) for way in value[1]))
        elif op is c.GROUPREF:
            found |= LETTERS
    return found


def begins(nodes: list, state) -> set[str]:
    """Every letter with which these can begin."""
    found: set[str] = set()
    for node in flat(nodes):
        op, value = node
        if op is c.BRANCH:
            found = found.union(*(begins(list(way), state) for way in value[1]))
        else:
            found |= begins(list(value[2]), state) if op in REPEATS else letters([node], state)
        if must(node):
            break
    return found


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(a|a)*b",
        r"(a|ab)*c",
        r"\w*\w*!",
        r"\d+\d+x",
        r"(\w+\s?)*$",
        r"\s+$",
        r".*,.*x",
        r"([a-z]+)*1",
        r"^\s*\s*x",
    ],
)
def test_the_test_knows_a_slow_pattern(pattern):
    assert slow(pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"\d+", r"^\d+\.\d+$", r"(,\d+)*;", r"[a-z]{2,8}", r"^\s*x\s*$", r"(?:ab|cd)*e", r"a*b", r"^([A-Z]\d)+$"],
)
def test_the_test_knows_a_quick_one(pattern):
    assert not slow(pattern, searched=False)


PATTERNS = sorted(
    {(where, pattern, bool(searched)) for where, pattern, searched in [*in_code(), *in_modules()]}, key=str
)


@pytest.mark.parametrize(("where", "pattern", "searched"), PATTERNS, ids=[each[0] for each in PATTERNS])
def test_no_pattern_of_ours_is_slow(where, pattern, searched):
    assert slow(pattern, searched=searched) == [], f"{where}: {pattern}"


def test_every_pattern_is_found():
    """Written out in the call, or held by a module: none is made of what somebody typed.

    The list of words that need care is ours, and makes patterns of its own titles.
    """
    hidden = []
    for path in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        at_top = {call for node in tree.body for call in ast.walk(node) if not isinstance(node, ast.FunctionDef)}
        calls = [node for node in ast.walk(tree) if is_call(node) and node not in at_top]
        hidden += [path for call in calls if not isinstance(call.args[0], ast.Constant | ast.Name)]
    assert {str(path.relative_to(ROOT)) for path in hidden} == {"vocabulary/terms.py"}
