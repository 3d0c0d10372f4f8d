"""A list of the vocabulary as a file: the columns that `amparo vocabulary load` reads, or JSON with its crosswalk."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from amparo.interfaces.public_site.skos import address
from amparo.methods.disclosure.files import harmless
from amparo.vocabulary.files import HEADER, LANGUAGES, OPTIONAL
from amparo.vocabulary.models import Edition, Equivalent, Term


def as_csv(terms: Iterable[Term]) -> str:
    """UTF-8 in the columns in which a list is loaded; the edition stands in the file's name."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*HEADER, *OPTIONAL])
    for each in terms:
        told = [each.code, each.parent, each.order, each.definition, each.source]
        told += [each.labels.get(language, "") for language in LANGUAGES]
        told += [each.official, each.status, "true" if each.verified else "false"]
        told += [each.valid_from or "", each.valid_to or "", each.checked]
        writer.writerow([harmless(str(cell)) for cell in told])
    return text.getvalue()


def as_json(edition: Edition, terms: Iterable[Term], equivalents: Iterable[Equivalent], root: str) -> dict[str, Any]:
    """The edition, and each term with its address and its codes elsewhere; an empty list says: no equivalent."""
    elsewhere: dict[str, dict[str, list[str]]] = {}
    for row in equivalents:
        codes = elsewhere.setdefault(row.code, {}).setdefault(row.scheme, [])
        codes += [row.target] if row.target else []
    return {
        "scheme": edition.scheme, "edition": edition.edition, "title": edition.title, "source": edition.source,
        "address": address(root, edition.scheme),
        "terms": [
            {
                "code": each.code, "parent": each.parent or None, "labels": each.labels,
                "checked": each.checked.split(), "definition": each.definition, "source": each.source,
                "official": each.official or None,
                "status": each.status, "verified": each.verified, "elsewhere": elsewhere.get(each.code, {}),
                "address": address(root, edition.scheme, each.code),
            }
            for each in terms
        ],
    }  # fmt: skip
