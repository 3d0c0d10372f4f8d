"""The desk's pages, an area each. Each name stands in `amparo.config.routes` with the permission it needs."""

from amparo.interfaces.office.care import urls as care
from amparo.interfaces.office.cases import urls as cases
from amparo.interfaces.office.figures import urls as figures
from amparo.interfaces.office.intake import urls as intake
from amparo.interfaces.office.justice import urls as justice
from amparo.interfaces.office.linkage import urls as linkage
from amparo.interfaces.office.monitor import urls as monitor
from amparo.interfaces.office.organisation import urls as organisation
from amparo.interfaces.office.start import urls as start

app_name = "office"
urlpatterns = [
    *start.urlpatterns,
    *intake.urlpatterns,
    *cases.urlpatterns,
    *linkage.urlpatterns,
    *care.urlpatterns,
    *justice.urlpatterns,
    *figures.urlpatterns,
    *monitor.urlpatterns,
    *organisation.urlpatterns,
]
