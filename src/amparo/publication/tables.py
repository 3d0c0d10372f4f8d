"""Which codes a table names, what is to be published together, and what was published of the same records before."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from amparo.common.errors import Invalid
from amparo.counting.positions import UNKNOWN
from amparo.methods.disclosure import TOTAL
from amparo.methods.tabulation.asking import Question, plan
from amparo.methods.tabulation.indicators import TIMES, catalogue
from amparo.methods.tabulation.schema import NOT_RECORDED
from amparo.publication.kin import Asked, Counts, periods
from amparo.publication.models import Release
from amparo.publication.naming import order
from amparo.publication.sheets import REST, Codes, Sheet

MOST_DIMENSIONS, MOST_TABLES, MOST_CELLS = 3, 4, 2000
LONG = 40  # codes of a list: of a longer one a table names those with enough, and puts the rest together
FEWEST = 5
_PLAIN = {"sex", "age", "age_group", "region"}  # of these unknown is what is not recorded
_FIXED = {"age": tuple(map(str, range(18)))}
_ANSWERS = ("yes", "no")


def asked_of(indicator: str, first: int, last: int, tables: Sequence[Sequence[str]], counts: Counts) -> Asked:
    """What is to be published. Raises `Invalid` for what the indicator does not allow, or what is too much."""
    found = catalogue().indicator(indicator)
    if found.of:
        raise Invalid({"indicator": _("This indicator gives middle values; only counts can be published.")})
    if first > last:
        raise Invalid({"first": _("The first year comes after the last.")})
    if not tables or len(tables) > MOST_TABLES or len({frozenset(by) for by in tables}) < len(tables):
        raise Invalid({"tables": _("Ask for one to {most} different tables.").format(most=MOST_TABLES)})
    sheets = tuple(_sheet(indicator, first, last, tuple(by), counts) for by in tables)
    if sum(len(list(sheet.places)) for sheet in sheets) > MOST_CELLS:
        raise Invalid(
            {"tables": _("This is more than {most} cells. Choose fewer dimensions or years.").format(most=MOST_CELLS)}
        )
    return Asked(indicator, first, last, sheets)


def kin_before(release: Release) -> list[Release]:
    """Every release of the same records that was ever public, the oldest first; withdrawing makes nobody forget.

    Of the same rows by the same moment, in the same years, or in years that another of them holds together with these.
    """
    mine = catalogue().indicator(release.indicator)
    kin = [
        each.code for each in catalogue().indicators.values()
        if (each.source, each.moment) == (mine.source, mine.moment)
    ]  # fmt: skip
    found = Release.objects.filter(indicator__in=kin, published_at__isnull=False).exclude(pk=release.pk)
    every = list(found.prefetch_related("cells").order_by("published_at", "id"))
    return [each for each in every if each.pk in _in_touch(release, every)]


def _in_touch(release: Release, every: Iterable[Release]) -> set[object]:
    """Those whose years meet these years, directly or through others."""
    years, found, grown = set(range(release.first_year, release.year + 1)), set[object](), True
    while grown:
        near = [
            each for each in every if each.pk not in found and years & set(range(each.first_year, each.year + 1))
        ]  # fmt: skip
        found |= {each.pk for each in near}
        years.update(year for each in near for year in range(each.first_year, each.year + 1))
        grown = bool(near)
    return found


def _sheet(indicator: str, first: int, last: int, by: Codes, counts: Counts) -> Sheet:
    if len(by) > MOST_DIMENSIONS or len(set(by)) < len(by):
        raise Invalid({"tables": _("A table has up to {most} different dimensions.").format(most=MOST_DIMENSIONS)})
    plan(Question(indicator, by), catalogue())
    return Sheet(by, tuple(_codes(indicator, first, last, dimension, counts) for dimension in by))


def _codes(indicator: str, first: int, last: int, dimension: str, counts: Counts) -> Codes:
    """Every code of the list, what the records have besides, and the total: an empty line tells of nobody."""
    if dimension in TIMES:
        return (*periods(dimension, first, last), TOTAL)
    of = catalogue().indicator(indicator)
    where = {"year": tuple(periods("year", first, last))} if of.moment else {}
    seen = Counter({place[0]: n for place, n in (counts(indicator, (dimension,), where) or {}).items()})
    listed = order(dimension) or list(_FIXED.get(dimension, _ANSWERS))
    if len(listed) > LONG:
        return (*(code for code in listed if seen[code] >= FEWEST), REST, TOTAL)
    last_of_all = UNKNOWN if dimension in _PLAIN else NOT_RECORDED
    extra = sorted(set(seen) - {*listed, last_of_all})
    return (*(code for code in listed if code != last_of_all), *extra, last_of_all, TOTAL)
