"""Justice."""

from django.urls import path

from amparo.interfaces.office.justice import alarms, views

urlpatterns = [
    path("cases/<uuid:id>/justice/", views.justice, name="justice"),
    path("cases/<uuid:id>/justice/open/", views.open_proceeding, name="justice_open"),
    path("cases/<uuid:id>/justice/person/", views.person, name="justice_person"),
    path("cases/<uuid:id>/justice/alarm/", views.alarm, name="justice_alarm"),
    path("proceedings/<uuid:id>/move/", views.move, name="justice_move"),
    path("proceedings/<uuid:id>/stage/", views.end_stage, name="justice_stage"),
    path("proceedings/<uuid:id>/end/", views.end_proceeding, name="justice_end"),
    path("persons-of-concern/<uuid:id>/verdict/", views.verdict, name="justice_verdict"),
    path("persons-of-concern/<uuid:id>/name/", views.name, name="justice_name"),
    path("alarms/<uuid:id>/lift/", views.lift, name="justice_lift"),
    path("alarms/", alarms.alarms, name="alarms"),
    path("alarms/<uuid:id>/", alarms.alarm, name="alarm"),
    path("alarms/<uuid:id>/mended/", alarms.mended, name="alarm_mended"),
    path("figures/alarms/", alarms.counts, name="alarm_counts"),
    path("figures/persons/", alarms.person_counts, name="person_counts"),
]
