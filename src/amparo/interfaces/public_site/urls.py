"""The public site."""

from django.urls import path, re_path

from amparo.interfaces.public_site import (
    annex,
    estimates,
    files,
    monitor,
    monitor_pictures,
    monitor_search,
    monitor_tables,
    monitor_work,
    sdmx,
    views,
    words,
)

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
    path("states/find/", monitor_search.find, name="find"),
    path("states/compare/", monitor_tables.compare, name="compare"),
    re_path(r"^states/compare/table\.(?P<form>csv|json)$", monitor_tables.compare, name="compare_file"),
    path("states/sections/", monitor_tables.heat, name="heat"),
    re_path(r"^states/sections/table\.(?P<form>csv|json)$", monitor_tables.heat, name="heat_file"),
    path("states/recommendations/", monitor_work.recommended_page, name="recommended"),
    path("states/work/", monitor_work.work, name="work"),
    path("states/practices/", monitor_work.practices, name="practices"),
    path("states/sources/", monitor.sources, name="sources"),
    path("states/regions/<str:code>/", monitor_tables.region, name="region"),
    re_path(r"^states/regions/(?P<code>\w+)/table\.(?P<form>csv|json)$", monitor_tables.region, name="region_file"),
    path("states/by/<str:kind>/<str:code>/", monitor.topic_page, name="topic"),
    re_path(
        r"^states/by/(?P<kind>[a-z]+)/(?P<code>\w+)/table\.(?P<form>csv|json)$", monitor.topic_file, name="topic_file"
    ),
    re_path(
        r"^states/by/(?P<kind>[a-z]+)/(?P<code>\w+)/(?P<what>map|wave)\.(?P<form>png|pdf)$",
        monitor_pictures.topic_picture,
        name="topic_picture",
    ),
    path("states/<str:iso3>/", monitor.state, name="state"),
    re_path(
        r"^states/(?P<iso3>[A-Za-z]{3})/series/(?P<code>\w+)\.(?P<form>png|pdf)$",
        monitor_pictures.series_picture,
        name="series_picture",
    ),
    re_path(
        r"^states/(?P<iso3>[A-Za-z]{3})/report\.(?P<form>pdf|docx)$", monitor_pictures.state_report, name="state_report"
    ),
    re_path(r"^states/(?P<iso3>[A-Za-z]{3})/state\.(?P<form>csv|json)$", monitor.state_file, name="state_file"),
]
