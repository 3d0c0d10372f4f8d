"""The public site."""

from django.urls import path, re_path

from amparo.interfaces.public_site import annex, estimates, files, monitor, sdmx, views, words

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("feed.atom", views.feed, name="feed"),
    path("figures/<str:reference>/", views.release, name="release"),
    re_path(r"^figures/(?P<reference>[^/]+)/table\.(?P<form>[a-z0-9.]{2,12})$", files.table, name="table"),
    re_path(
        r"^figures/(?P<reference>[^/]+)/table-(?P<number>[1-9])\.(?P<form>[a-z0-9.]{2,12})$", files.table, name="tables"
    ),
    path("figures/<str:reference>/definition.json", files.definition, name="definition"),
    path("figures/<str:reference>/chart-<str:language>-<str:ground>.svg", views.chart, name="chart"),
    path("figures/<str:reference>/chart-<int:number>-<str:language>-<str:ground>.svg", views.chart, name="charts"),
    re_path(r"^annex/opsc-(?P<last>\d{4})\.(?P<form>docx|xlsx)$", annex.opsc, name="annex"),
    path("sdmx/<path:question>", sdmx.service, name="sdmx"),
    path("estimates/<str:reference>/", estimates.estimate, name="estimate"),
    path("estimates/<str:reference>/table.csv", estimates.table, name="estimate_table"),
    path("estimates/<str:reference>/definition.json", estimates.definition, name="estimate_definition"),
    path("vocabulary/", words.vocabulary, name="vocabulary"),
    path("vocabulary/<str:scheme>/", words.scheme, name="scheme"),
    path("vocabulary/<str:scheme>/list.<str:kind>", words.list_file, name="list_file"),
    path("vocabulary/<str:scheme>/<str:code>/", words.term, name="term"),
    path("states/", monitor.monitor, name="monitor"),
    path("states/find/", monitor.find, name="find"),
    path("states/compare/", monitor.compare, name="compare"),
    path("states/sections/", monitor.heat, name="heat"),
    path("states/practices/", monitor.practices, name="practices"),
    path("states/sources/", monitor.sources, name="sources"),
    path("states/regions/<str:code>/", monitor.region, name="region"),
    path("states/by/<str:kind>/<str:code>/", monitor.topic_page, name="topic"),
    re_path(
        r"^states/by/(?P<kind>[a-z]+)/(?P<code>\w+)/table\.(?P<form>csv|json)$", monitor.topic_file, name="topic_file"
    ),
    path("states/<str:iso3>/", monitor.state, name="state"),
    re_path(r"^states/(?P<iso3>[A-Za-z]{3})/report\.(?P<form>pdf|docx)$", monitor.state_report, name="state_report"),
    re_path(r"^states/(?P<iso3>[A-Za-z]{3})/state\.(?P<form>csv|json)$", monitor.state_file, name="state_file"),
]
