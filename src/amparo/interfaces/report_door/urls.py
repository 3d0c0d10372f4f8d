"""All addresses of the door: one for people in each language, one to leave by, four for programs."""

from django.urls import path

from amparo.interfaces.report_door import api, views

urlpatterns = [
    path("", views.negotiate),
    path("x", views.leave),
    path("api/reports", api.reports),
    path("api/help-codes", api.help_codes),
    path("api/threads", api.threads),
    path("api/threads/messages", api.messages),
    path("<slug:language>/", views.page),
]
