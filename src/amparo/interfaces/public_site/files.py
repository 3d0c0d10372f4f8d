"""The table as lines of a file, and its definition for machines."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.methods.disclosure import TOTAL
from amparo.methods.disclosure.files import HIDDEN, harmless
from amparo.publication.indicators import age_label, indicator, method_of, region_labels
from amparo.publication.models import Release
from amparo.publication.tables import published_of

HEADER = ("indicator", "year", "age_group", "age_group_label", "region", "region_label", "status", "value")


def as_lines(release: Release) -> Iterator[list[str]]:
    """The header, then a line a cell, totals (``_T``) included. A hidden cell has no value: it is not nought."""
    yield list(HEADER)
    names = region_labels()
    for (age, region), value in published_of(release).cells.items():
        line = [
            release.indicator, str(release.year), age, age_label(age), region, names.get(region, region),
            HIDDEN if value is None else "shown", "" if value is None else str(value),
        ]  # fmt: skip
        yield [harmless(text) for text in line]


def as_definition(release: Release) -> dict[str, Any]:
    """Codes, words in the reader's language, the rule by which it was protected, and how to cite it."""
    about, names, table = indicator(release.indicator), region_labels(), published_of(release)
    return {
        "reference": release.reference,
        "indicator": release.indicator,
        "title": str(about.title),
        "year": release.year,
        "published": _day(release),
        "demonstration": settings.DEMO,
        "unit": _("children"),
        "definition": str(about.definition),
        "does_not_say": str(about.not_said),
        "source": str(about.source),
        "method": method_of(release.indicator, release.policy),
        "policy": release.policy,
        "dimensions": {
            "age_group": {code: age_label(code) for code in (*table.rows, TOTAL)},
            "region": {code: names.get(code, code) for code in (*table.columns, TOTAL)},
        },
        "vocabulary": {"age_group": reverse("public:scheme", "amparo.config.urls_public", args=["age_group"])},
        "status": {
            "shown": _("The count is shown."),
            HIDDEN: _("Hidden, so that nobody can be recognised; not nought."),
        },
        "cite": f"{settings.PUBLIC_HOST}: {about.title}, {release.year}. {release.reference}, {_day(release)}.",
    }  # fmt: skip


def _day(release: Release) -> str:
    assert release.published_at is not None
    return release.published_at.date().isoformat()
