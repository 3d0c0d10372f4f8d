"""The desk's pages. Each name stands in `amparo.config.routes` with the permission it needs."""

from django.urls import path

from amparo.interfaces.office import views

app_name = "office"
urlpatterns = [
    path("", views.day, name="day"),
    path("cases/", views.cases, name="cases"),
    path("cases/<uuid:id>/", views.case, name="case"),
    path("cases/<uuid:id>/identity/", views.identity, name="identity"),
    path("glass/", views.glass, name="glass"),
    path("record/", views.record, name="record"),
]
