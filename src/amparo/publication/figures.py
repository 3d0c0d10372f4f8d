"""A release as a figure that every format can write: what was published, its words, and where it comes from."""

from collections.abc import Callable
from importlib.metadata import version

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.methods.disclosure import TOTAL
from amparo.methods.figure import About, Dimension, Figure
from amparo.publication.indicators import age_label, indicator, method_of, region_labels
from amparo.publication.models import Release
from amparo.publication.tables import published_of


def figure_of(release: Release, *, address: str, terms: Callable[[str], str]) -> Figure:
    """In the language that is active. `address` is where it stands for good, `terms` the address of a code list."""
    table, names = published_of(release), region_labels()
    ages, places = (*table.rows, TOTAL), (*table.columns, TOTAL)
    dimensions = (
        Dimension("region", _("Region"), {code: names.get(code, code) for code in places}),
        Dimension("age_group", _("Age group"), {code: age_label(code) for code in ages}, terms("age_group")),
    )
    cells: dict[tuple[str, ...], int | None] = {
        (region, age): table.cells[age, region] for region in places for age in ages
    }
    return Figure(_about(release, address), dimensions, cells)


def software() -> str:
    """The program and its version, as files say who made them."""
    return f"amparo {version('amparo')}"


def cite(release: Release, address: str) -> str:
    """How to cite it."""
    about = indicator(release.indicator)
    return f"{settings.PUBLIC_HOST}: {about.title}, {release.year}. {release.reference}, {_day(release)}. {address}"


def _about(release: Release, address: str) -> About:
    told = indicator(release.indicator)
    assert release.published_at is not None
    return About(
        reference=release.reference, indicator=release.indicator, title=str(told.title), unit=_("children"),
        year=release.year, published=release.published_at.date(), definition=str(told.definition),
        not_said=str(told.not_said), source=str(told.source), method=method_of(release.indicator, release.policy),
        policy=release.policy, snapshot=release.snapshot_hash, software=release.software,
        licence=settings.DATA_LICENCE, address=address, cite=cite(release, address), language=get_language() or "en",
        demonstration=settings.DEMO,
    )  # fmt: skip


def _day(release: Release) -> str:
    assert release.published_at is not None
    return release.published_at.date().isoformat()
