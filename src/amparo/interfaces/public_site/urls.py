"""The public site."""

from django.urls import path

from amparo.interfaces.public_site import estimates, views, words

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("figures/<str:reference>/", views.release, name="release"),
    path("figures/<str:reference>/table.csv", views.table, name="table"),
    path("figures/<str:reference>/definition.json", views.definition, name="definition"),
    path("figures/<str:reference>/chart-<str:language>-<str:ground>.svg", views.chart, name="chart"),
    path("estimates/<str:reference>/", estimates.estimate, name="estimate"),
    path("estimates/<str:reference>/table.csv", estimates.table, name="estimate_table"),
    path("estimates/<str:reference>/definition.json", estimates.definition, name="estimate_definition"),
    path("vocabulary/", words.vocabulary, name="vocabulary"),
    path("vocabulary/<str:scheme>/", words.scheme, name="scheme"),
    path("vocabulary/<str:scheme>/list.<str:kind>", words.list_file, name="list_file"),
    path("vocabulary/<str:scheme>/<str:code>/", words.term, name="term"),
]
