"""Reports."""

from django.urls import path

from amparo.interfaces.office.intake import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/new/", views.take_in, name="report_take_in"),
    path("reports/set-aside/", views.set_aside, name="set_aside"),
    path("reports/<uuid:id>/", views.report, name="report"),
    path("reports/<uuid:id>/walls/", views.walls, name="report_walls"),
    path("reports/<uuid:id>/told/", views.told, name="report_told"),
    path("reports/<uuid:id>/contact/", views.contact, name="report_contact"),
    path("reports/<uuid:id>/claim/", views.claim, name="report_claim"),
    path("reports/<uuid:id>/release/", views.release, name="report_release"),
    path("reports/<uuid:id>/triage/", views.triage, name="report_triage"),
    path("reports/<uuid:id>/classify/", views.classify, name="report_classify"),
    path("reports/<uuid:id>/answer/", views.answer, name="report_answer"),
    path("reports/<uuid:id>/forward/", views.forward, name="report_forward"),
    path("reports/<uuid:id>/close/", views.close, name="report_close"),
]
