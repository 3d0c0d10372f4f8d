"""The monitor's desk."""

from django.urls import path

from amparo.interfaces.office.monitor import grid, views

urlpatterns = [
    path("monitor/", views.monitor, name="monitor"),
    path("monitor/new/", views.answer_new, name="answer_new"),
    path("monitor/grid/", grid.grid, name="answer_grid"),
    path("monitor/queue/", grid.queue, name="answer_queue"),
    path("monitor/<uuid:id>/", views.answer, name="answer"),
    path("monitor/<uuid:id>/submit/", views.answer_submit, name="answer_submit"),
    path("monitor/<uuid:id>/review/", views.answer_review, name="answer_review"),
    path("monitor/law/new/", views.provision_new, name="provision_new"),
    path("monitor/law/<uuid:id>/", views.provision, name="provision"),
    path("monitor/law/<uuid:id>/review/", views.provision_review, name="provision_review"),
    path("monitor/lines/new/", views.entry_new, name="entry_new"),
    path("monitor/lines/<uuid:id>/review/", views.entry_review, name="entry_review"),
]
