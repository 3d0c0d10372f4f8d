"""Where everybody begins."""

from django.urls import path

from amparo.interfaces.office import wording
from amparo.interfaces.office.start import views

urlpatterns = [
    path("", views.day, name="day"),
    path("words/", wording.words, name="words"),
    path("seen/", views.seen, name="seen"),
    path("team/", views.team, name="team"),
    path("glass/", views.glass, name="glass"),
    path("walls/", views.walls, name="walls"),
    path("walls/<uuid:id>/lift/", views.lift, name="lift"),
    path("broken/", views.broken, name="broken"),
    path("broken/<uuid:id>/reviewed/", views.reviewed, name="glass_reviewed"),
    path("erasures/", views.erasures, name="erasures"),
    path("erasures/<uuid:id>/confirm/", views.confirm, name="erasure_confirm"),
    path("record/", views.record, name="record"),
]
