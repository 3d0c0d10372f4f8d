"""Figures."""

from django.urls import path

from amparo.interfaces.office.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/freeze/", views.freeze, name="freeze"),
    path("figures/snapshots/<uuid:id>/draft/", views.draft, name="draft"),
    path("figures/<uuid:id>/", views.release, name="release"),
    path("figures/<uuid:id>/check/", views.check, name="check"),
    path("figures/<uuid:id>/withdraw/", views.withdraw, name="withdraw"),
]
