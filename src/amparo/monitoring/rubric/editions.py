"""Editions of the rubric. An answer keeps the edition that it was given to; the newest is the one that is asked."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import yaml

from amparo.common.errors import Invalid
from amparo.monitoring import files
from amparo.monitoring.rubric import reading
from amparo.monitoring.rubric.known import KINDS, Known, there

FOLDER = Path(__file__).parent
# How much of a share an answer of four grades is worth; what is not known is worth nothing at all, which is not 0.
WORTH = {"met": 1.0, "partly": 0.5, "not_met": 0.0}
Q4 = (*WORTH, "not_known", "not_applicable")
# The answers of each type. A type without words is answered by a number or a list.
TYPES: dict[str, tuple[str, ...]] = {
    "Q4": Q4,
    "LIMITATION": ("none", "from_majority", "from_act", "other", "not_known"),
    "SURROGACY": ("banned", "altruistic", "commercial", "unregulated", "not_known"),
    "NUM": ("given", "not_known", "not_applicable"),
    "AGE": ("given", "not_known"),
    "REACH": ("given", "none", "not_known"),
    "SERVICES": ("given", "none", "not_known"),
    "DISAGGREGATION": ("given", "none", "not_known"),
    "STATUS": ("party", "signatory", "denounced", "not_bound", "not_known"),
    "REGIONAL": ("given", "none", "not_known"),
}
# What may stand in the list of an answer.
LISTS: dict[str, tuple[str, ...]] = {
    "REACH": ("nationals", "residents", "victims"),
    "SERVICES": ("medical", "psychological", "legal_aid", "education", "vocational"),
    "DISAGGREGATION": ("sex", "age", "disability", "migration", "ethnicity", "form", "place"),
    "REGIONAL": ("african_charter", "inter_american", "saarc", "council_of_europe", "other_region"),
}
NUMBERED = ("NUM", "AGE", "LIMITATION")
NATURES = ("structural", "process", "outcome")
_FIELDS = {"id", "type", "nature", "source", "key", "applies", "text"}


@dataclass(frozen=True)
class Question:
    """`key`: not met, it caps its section. `applies`: only where this is so. `words` by language."""

    id: str
    type: str
    nature: str
    source: str
    key: bool
    applies: str
    words: dict[str, str] = field(compare=False)

    @property
    def section(self) -> str:
        return self.id[0]

    @property
    def text(self) -> str:
        return files.said(self.words)

    @property
    def anchored(self) -> bool:
        """Not the report asks it, but another standard."""
        return self.source.startswith("anchor:")


@dataclass(frozen=True)
class Rubric:
    """`checked` are the languages that somebody of the field has checked; the others are drafts."""

    edition: str
    title: str
    checked: tuple[str, ...]
    sections: dict[str, dict[str, str]]
    questions: dict[str, Question]
    known: tuple[Known, ...] = ()

    def section(self, code: str) -> str:
        """The title of a section in the reader's language."""
        return files.said(self.sections[code])

    def question(self, id: str) -> Question:
        """Raises `Invalid`."""
        if any(each.id == id for each in self.known):
            raise Invalid({"question": f"{id} is answered by data: nobody writes an answer to it."})
        if id not in self.questions:
            raise Invalid({"question": f"Edition {self.edition} of the rubric has no question {id[:20]}."})
        return self.questions[id]

    def scored(self, section: str, nature: str) -> list[Question]:
        """The questions of four grades of a section, of one nature."""
        return self._scored.get((section, nature), [])

    @cached_property
    def _scored(self) -> dict[tuple[str, str], list[Question]]:
        """Asked once for every State of a heat map."""
        found: dict[tuple[str, str], list[Question]] = {}
        for each in self.questions.values():
            if each.type == "Q4":
                found.setdefault((each.section, each.nature), []).append(each)
        return found


@cache
def rubric(edition: str = "") -> Rubric:
    """An edition, or the newest. Raises `Invalid`."""
    there = editions()
    if edition and edition not in there:
        raise Invalid({"rubric": f"There is no edition {edition[:20]} of the rubric. There are: {', '.join(there)}."})
    return read(FOLDER / (edition or there[-1]))


def editions() -> list[str]:
    """The editions that there are, the newest last."""
    return sorted(each.parent.name for each in FOLDER.glob("*/rubric.yaml"))


def read(folder: Path) -> Rubric:
    """An edition from its folder: `rubric.yaml`, and a file a language. Raises `Invalid` with file and line."""
    file = folder / "rubric.yaml"
    told = reading.mapping(file, reading.compose(file))
    if missing := {"edition", "title", "checked", "sections", "questions", "known"} - set(told):
        raise Invalid({"file": f"{file.name}, line 1: needs {', '.join(sorted(missing))}."})
    words = {language: _words(folder / f"{language}.yaml") for language in files.LANGUAGES[1:]}
    sections = {
        code: {"en": reading.text(file, title)} | {each: said["sections", code] for each, said in words.items()}
        for code, title in reading.mapping(file, told["sections"]).items()
    }
    questions: dict[str, Question] = {}
    for node in reading.items(file, told["questions"]):
        made = _question(file, node, sections, words)
        if made.id in questions:
            raise reading.wrong(file, node, f"repeats the id {made.id}")
        questions[made.id] = made
    known = tuple(_known(file, node, questions) for node in reading.items(file, told["known"]))
    if len({each.id for each in known}) < len(known):
        raise reading.wrong(file, told["known"], "repeats an id")
    checked = tuple(reading.text(file, each) for each in reading.items(file, told["checked"]))
    edition, title = reading.text(file, told["edition"]), reading.text(file, told["title"])
    return Rubric(edition, title, checked, sections, questions, known)


def _known(file: Path, node: yaml.Node, questions: dict[str, Question]) -> Known:
    told = {name: reading.text(file, value) for name, value in reading.mapping(file, node).items()}
    if set(told) != {"id", "kind", "code", "source"} or not there(told["kind"], told["code"]):
        raise reading.wrong(file, node, f"needs id, source, a kind of {', '.join(KINDS)} and a code of it")
    if told["id"] in questions:
        raise reading.wrong(file, node, f"repeats the id {told['id']}")
    return Known(**told)


class _Words(dict[tuple[str, str], str]):
    """The words of a language; what is missing is said with the file."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    def __missing__(self, key: tuple[str, str]) -> str:
        raise Invalid({"file": f"{self.file.name}: has no words for {key[1]}."})


def _words(file: Path) -> _Words:
    found, told = _Words(file), reading.mapping(file, reading.compose(file))
    for part in ("sections", "questions"):
        if part not in told:
            raise Invalid({"file": f"{file.name}, line 1: needs {part}."})
        for id, node in reading.mapping(file, told[part]).items():
            found[part, id] = reading.text(file, node)
    return found


def _question(file: Path, node: yaml.Node, sections: dict[str, dict[str, str]], words: dict[str, _Words]) -> Question:
    told = reading.mapping(file, node)
    if unknown := set(told) - _FIELDS:
        raise reading.wrong(file, node, f"has no field {', '.join(sorted(unknown))}")
    if missing := {"id", "type", "nature", "source", "text"} - set(told):
        raise reading.wrong(file, node, f"needs {', '.join(sorted(missing))}")
    said = {name: reading.text(file, value) for name, value in told.items()}
    for name, allowed in (("type", tuple(TYPES)), ("nature", NATURES), ("key", ("true", "false"))):
        if name in said and said[name] not in allowed:
            raise reading.wrong(file, told[name], f"{name} is one of {', '.join(allowed)}")
    if said["id"][0] not in sections:
        raise reading.wrong(file, told["id"], f"names no section: {said['id']}")
    texts = {"en": said["text"]} | {language: each["questions", said["id"]] for language, each in words.items()}
    return Question(
        said["id"],
        said["type"],
        said["nature"],
        said["source"],
        said.get("key") == "true",
        said.get("applies", ""),
        texts,
    )
