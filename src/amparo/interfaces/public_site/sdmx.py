"""The SDMX web service: figures and series about States for the tools of official statistics, asked as any other.

Addresses of the 1.x and of the 2.x form of the standard; what is not here is a 404 with an SDMX error message.
"""

from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from amparo.common.errors import AmparoError, Invalid, NotFound
from amparo.interfaces.public_site.files import figure
from amparo.methods.figure import Figure
from amparo.methods.sdmx import series
from amparo.methods.sdmx.asking import asked
from amparo.methods.sdmx.endpoint import answer
from amparo.monitoring.exchanging import series_table
from amparo.publication import queries

_ERROR = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<mes:Error '
    'xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" '
    'xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">'
    '<mes:ErrorMessage code="{code}"><com:Text xml:lang="en">{words}</com:Text></mes:ErrorMessage></mes:Error>\n'
)


@require_safe
def service(request: HttpRequest, question: str) -> HttpResponse:
    """Data, structures, availability. The words of codes are English: SDMX tools show one language."""
    try:
        with translation.override("en"):
            what = asked(question, request.GET)
            about_states = what.what == "structure" or what.id == series.FLOW
            table = series_table() if about_states else None
            found = answer(what, _figures(request), request.headers.get("Accept", ""), table)
    except NotFound:
        return _refused(404, 100, "No results found.")
    except Invalid as wrong:
        return _refused(400, 140, "; ".join(map(str, wrong.fields.values())))
    except AmparoError as missing:
        return _refused(501, 501, str(missing.reason))
    headers = {"Cache-Control": "public, max-age=300", "Vary": "Accept", "Access-Control-Allow-Origin": "*"}
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)


def _figures(request: HttpRequest) -> list[Figure]:
    """Every table that stands; of two of one indicator, the same years and dimensions, the newer."""
    newest = {
        (each.indicator, each.first_year, each.year, tuple(by)): (each, number)
        for each in queries.standing_releases() for number, by in enumerate(each.tables)
    }  # fmt: skip
    return [figure(request, each, number) for each, number in newest.values()]


def _refused(status: int, code: int, words: str) -> HttpResponse:
    return HttpResponse(_ERROR.format(code=code, words=escape(words)), status=status, content_type="application/xml")
