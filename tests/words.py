"""Our own pages, documents and code lists keep to the preferred words, in six languages: part of `make check`."""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from amparo.vocabulary import terms
from amparo.vocabulary.files import LANGUAGES, SHIPPED

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "amparo"
# The words themselves, and official wordings of other standards, which are quoted as they are.
QUOTED = (SHIPPED / "terminology", SHIPPED / "elsewhere", SRC / "interfaces" / "exchange" / "htcds" / "data")

# A law's own words, in a rule file.
_LAW = re.compile(r"^wording = .*$", re.MULTILINE)


def texts() -> Iterator[tuple[Path, str, str]]:
    """Each file with its language and its text; a code list comes once a language."""
    for path in sorted(path for kind in ("html", "py", "toml", "yaml", "js") for path in SRC.rglob(f"*.{kind}")):
        yield path, "en", _LAW.sub("", path.read_text(encoding="utf-8"))
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]):
        yield path, "en", path.read_text(encoding="utf-8")
    for path in sorted(SRC.rglob("*.po")):
        yield path, path.parts[-3].partition("_")[0], path.read_text(encoding="utf-8")
    for path in sorted(SHIPPED.glob("*.csv")):
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        for language in LANGUAGES:
            yield path, language, "\n".join(row[language] for row in rows)


def main() -> int:
    wrong = 0
    for path, language, text in texts():
        if any(folder in path.parents for folder in QUOTED):
            continue
        for found in terms.find(text, language, ours=True):
            wrong += 1
            line = text.count("\n", 0, found.start) + 1
            print(f"{path.relative_to(ROOT)}:{line} [{language}] {found.word.term}: say {found.word.preferred}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
