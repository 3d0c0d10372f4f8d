"""The series about States for the tools of official statistics, by `methods.sdmx.series`."""

from django.utils.translation import override

from amparo.methods.sdmx.series import Point, Table
from amparo.monitoring.models import Observation, Source, State
from amparo.monitoring.series import all_series


def series_table() -> Table | None:
    """Every number that holds now, not the words; None where no source was taken in. Three statements."""
    newest = Source.objects.order_by("-loaded_at").first()
    if newest is None:
        return None
    kept = {code: each for code, each in all_series().items() if each.unit != "word"}
    rows = Observation.objects.filter(superseded_at=None, value__isnull=False, series__in=kept).values_list(
        "state_id", "series", "year", "age", "sex", "value", "nature", "source__title"
    )
    points = [
        Point(state, code, year, age, sex, value, kept[code].unit, nature, source)
        for state, code, year, age, sex, value, nature, source in rows.order_by(
            "state_id", "series", "age", "sex", "year"
        )
        if value is not None
    ]
    names = {each.iso3: each.names["en"] for each in State.objects.order_by("iso3")}
    with override("en"):
        titles = {code: each.title for code, each in kept.items()}
    areas = {code: names[code] for code in dict.fromkeys(each.state for each in points)}
    return Table(points, areas, titles, newest.loaded_at)
