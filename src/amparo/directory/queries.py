"""Reading the directory: it is public, and nothing here is guarded."""

from django.db.models import F

from amparo.directory.models import HelpLine


def help_lines() -> list[HelpLine]:
    """Every line, those for the whole State first, then by place and name. One statement."""
    return list(HelpLine.objects.select_related("place").order_by(F("place__path").asc(nulls_first=True), "name"))
