"""What the report itself recommends (paragraphs 115 and 116), and which questions tell whether it is done."""

from dataclasses import dataclass
from functools import cache

from amparo.monitoring import files


@dataclass(frozen=True)
class Recommended:
    """`addressee` is state, un or community; `checked_by` are ids of the rubric's questions, `targets`
    those of the Sustainable Development Goals, `terms` codes of the forms of exploitation that it is about.
    """

    code: str
    paragraph: str
    addressee: str
    checked_by: tuple[str, ...]
    targets: tuple[str, ...]
    terms: tuple[str, ...]
    titles: dict[str, str]

    @property
    def title(self) -> str:
        return files.said(self.titles)


@cache
def recommended() -> dict[str, Recommended]:
    """The report's recommendations by their codes, in their order."""
    return {
        row["code"]: Recommended(
            row["code"],
            row["paragraph"],
            row["addressee"],
            tuple(row["checked_by"].split()),
            tuple(row["targets"].split()),
            tuple(row["terms"].split()),
            files.titles(row),
        )
        for row in files.rows("recommendations.csv")
    }
