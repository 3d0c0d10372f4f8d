"""Places and agencies as counting may read them: by code."""

from amparo.organisation.models import Agency, Place

REGION = 1  # the level below the country


def regions() -> list[tuple[str, str]]:
    """Codes and names of the regions, in the order of the tree."""
    return list(Place.objects.filter(level=REGION).order_by("path").values_list("code", "name"))


def region_of(path: str) -> str:
    """The code of the region in which a place lies, by its path; "unknown" for the country itself."""
    codes = path.split("/")
    return codes[REGION] if len(codes) > REGION and codes[REGION] else "unknown"


def agencies() -> dict[str, tuple[str, str]]:
    """Kind and path of the place of each agency, by its identifier."""
    rows = Agency.objects.values_list("id", "kind", "place__path")
    return {str(agency): (kind, path) for agency, kind, path in rows}


def agency_names() -> dict[str, str]:
    """Names of agencies by code: what an agency is called is public."""
    return dict(Agency.objects.order_by("code").values_list("code", "name"))
