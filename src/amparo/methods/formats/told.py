"""A figure as JSON: its definition, its codes with their words, its cells and its provenance in one document."""

import json
from typing import Any

from amparo.methods.figure import HIDDEN, SHOWN, Figure, provenance


def as_json(figure: Figure) -> bytes:
    """UTF-8, indented; a hidden cell's value is null."""
    return (json.dumps(document(figure), ensure_ascii=False, indent=2) + "\n").encode()


def document(figure: Figure) -> dict[str, Any]:
    """What `as_json` writes."""
    return definition(figure) | {
        "cells": [
            {
                **dict(zip((each.code for each in figure.dimensions), codes, strict=True)),
                "status": HIDDEN if value is None else SHOWN,
                "value": value,
            }
            for codes, _words, value in figure.lines()
        ],
    }


def definition(figure: Figure) -> dict[str, Any]:
    """All but the cells."""
    about = figure.about
    return {
        "reference": about.reference,
        "indicator": about.indicator,
        "title": about.title,
        figure.period[0]: about.year if figure.period[0] == "year" else figure.period[1],
        "language": about.language,
        "demonstration": about.demonstration,
        "unit": about.unit,
        "table": about.table + 1,
        "definition": about.definition,
        "does_not_say": about.not_said,
        "source": about.source,
        "method": about.method,
        "dimensions": {each.code: dict(each.words) for each in figure.dimensions},
        "titles": {each.code: each.title for each in figure.dimensions},
        "vocabulary": {each.code: each.terms for each in figure.dimensions if each.terms},
        **provenance(about),
        "policy": dict(about.policy),
    }
