"""The data annex for a State's report under the Optional Protocol, from the tables that stand."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from amparo.common.errors import NotFound
from amparo.counting.positions import CHILDREN_IDENTIFIED
from amparo.interfaces.public_site.files import figure
from amparo.interfaces.public_site.language import in_the_readers_language
from amparo.methods.formats.annex import YEARS, annex, as_docx, as_xlsx
from amparo.publication import queries

FORMS = {
    "docx": (as_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@in_the_readers_language
def opsc(request: HttpRequest, last: str, form: str) -> HttpResponse:
    """Three years side by side, `last` the last of them. Not there when none of them is published."""
    end = int(last)
    of_a_year = (each for each in queries.standing_releases() if each.first_year == each.year)
    standing = {each.year: each for each in of_a_year if each.indicator == CHILDREN_IDENTIFIED}
    found = [each for year, each in standing.items() if end - YEARS < year <= end]
    if form not in FORMS or not found:
        raise NotFound
    write, media_type = FORMS[form]
    content = write(annex([figure(request, each) for each in found], end, _words()))
    name = f'attachment; filename="opsc_annex_{last}.{form}"'
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": name})


def _words() -> dict[str, str]:
    return {
        "annex": _("Data annex, Optional Protocol on the sale of children"), "year": _("Year"), "all": _("All"),
        "age_group": _("Age group"), "sex": _("Sex"), "region": _("Region"), "urban_rural": _("Urban or rural"),
        "hidden": _("hidden"), "absent": _("not available"), "sources": _("Where it comes from"),
        "coverage": _(
            "“Hidden” is not nought. “Not available” means that it is not counted, or not published for that year."
        ),
    }  # fmt: skip
