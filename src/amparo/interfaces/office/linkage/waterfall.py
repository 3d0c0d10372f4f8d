"""Why two records were met: a bar for each thing compared, and the same as lines of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amparo.interfaces.design import plots
from amparo.interfaces.office.linkage.words import compared, level
from amparo.linkage.meeting import Step


@dataclass(frozen=True)
class Line:
    """What was compared, what it showed, and its weight in bits; None where it is not known."""

    what: str
    shown: str
    bits: float | None


@dataclass(frozen=True)
class Waterfall:
    """The drawing, and the table beside it."""

    plot: SafeString
    lines: list[Line]


def waterfall(steps: Sequence[Step]) -> Waterfall:
    """Draw what is known, in words of the reader's language; what is not known is in the table only."""
    lines = [Line(compared(each.name), level(each.level), each.bits if each.level else None) for each in steps]
    bars = [(line.what, line.bits) for line in lines if line.bits is not None]
    return Waterfall(plots.waterfall(bars, label=_("What speaks for the same child, and what against")), lines)
