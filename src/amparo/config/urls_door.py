"""The door's host: nothing to sign in to, nothing about any case."""

from django.urls import include, path

from amparo.interfaces.report_door import problems

urlpatterns = [path("", include("amparo.interfaces.report_door.urls"))]

handler400 = problems.strange
handler403 = problems.strange
handler404 = problems.absent
handler500 = problems.broken
