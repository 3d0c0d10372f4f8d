"""A table of a release as a figure that every format can write: what was published, its words, and where it is from."""

from collections.abc import Callable
from importlib.metadata import version

from django.conf import settings
from django.utils.translation import get_language

from amparo.common.errors import NotFound
from amparo.methods.figure import About, Dimension, Figure
from amparo.methods.tabulation.indicators import catalogue
from amparo.publication import indicators
from amparo.publication.kin import single
from amparo.publication.models import Release
from amparo.publication.naming import labels, title
from amparo.publication.sheets import sheets_of


def figure_of(release: Release, *, address: str, terms: Callable[[str], str], table: int = 0) -> Figure:
    """In the language that is active. `address` is where it stands for good, `terms` the address of a code list.

    Raises `NotFound` for a table that the release has not.
    """
    sheets = sheets_of(release)
    if table >= len(sheets):
        raise NotFound
    sheet = sheets[table]
    dimensions = tuple(
        Dimension(
            each, title(each), labels(each, codes), terms(scheme) if scheme else "",
            single(catalogue().indicator(release.indicator), each),
        )
        for each, codes in zip(sheet.by, sheet.codes, strict=True)
        for scheme in [catalogue().dimensions[each].scheme]
    )  # fmt: skip
    return Figure(_about(release, address, table), dimensions, sheet.cells)


def software() -> str:
    """The program and its version, as files say who made them."""
    return f"amparo {version('amparo')}"


def cite(release: Release, address: str) -> str:
    """How to cite it."""
    about = indicators.indicator(release.indicator)
    return f"{settings.PUBLIC_HOST}: {about.title}, {release.years}. {release.reference}, {_day(release)}. {address}"


def _about(release: Release, address: str, table: int) -> About:
    told = indicators.indicator(release.indicator)
    assert release.published_at is not None
    return About(
        reference=release.reference, indicator=release.indicator, title=str(told.title),
        unit=indicators.unit(release.indicator), counted=catalogue().indicator(release.indicator).unit,
        first_year=release.first_year, year=release.year, table=table,
        published=release.published_at.date(), definition=str(told.definition),
        not_said=str(told.not_said), source=str(told.source),
        method=indicators.method_of(release.indicator, release.policy),
        policy=release.policy, snapshot=release.snapshot_hash, software=release.software,
        licence=settings.DATA_LICENCE, address=address, cite=cite(release, address), language=get_language() or "en",
        demonstration=settings.DEMO,
    )  # fmt: skip


def _day(release: Release) -> str:
    assert release.published_at is not None
    return release.published_at.date().isoformat()
