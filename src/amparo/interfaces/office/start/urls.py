"""Where everybody begins."""

from django.urls import path

from amparo.interfaces.office.start import views

urlpatterns = [
    path("", views.day, name="day"),
    path("glass/", views.glass, name="glass"),
    path("record/", views.record, name="record"),
]
