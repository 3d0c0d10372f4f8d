"""What is wrong with a file or a row, by line, field and rule: never by the value, which may be a name."""

from dataclasses import dataclass

from amparo.common.errors import AmparoError


@dataclass(frozen=True)
class Problem:
    """`line` counts the file's lines from 1; `field` is empty when the whole row or file is meant."""

    line: int
    field: str
    rule: str
    message: str


class FileRefused(AmparoError):
    """The file cannot be read as a whole; nothing of it is taken."""

    def __init__(self, problem: Problem) -> None:
        where = f"Line {problem.line}: " if problem.line else ""
        super().__init__(f"{where}{problem.message}")
        self.problem = problem


class CellRefused(Exception):
    """One cell breaks a rule. Says which rule, and nothing of the cell."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
