"""Figures."""

from django.urls import path

from amparo.interfaces.office.figures import drafting, estimates, exploring, views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/freeze/", views.freeze, name="freeze"),
    path("figures/snapshots/<uuid:id>/draft/", views.draft, name="draft"),
    path("figures/draft/", drafting.draft, name="draft_tables"),
    path("figures/explore/", exploring.explore, name="explore"),
    path("figures/explore/views/", exploring.views, name="explore_views"),
    path("figures/estimates/", estimates.estimates, name="estimates"),
    path("figures/estimates/new/", estimates.estimate_new, name="estimate_new"),
    path("figures/estimates/<uuid:id>/", estimates.estimate, name="estimate"),
    path("figures/estimates/<uuid:id>/justify/", estimates.justify, name="estimate_justify"),
    path("figures/estimates/<uuid:id>/check/", estimates.check, name="estimate_check"),
    path("figures/estimates/<uuid:id>/withdraw/", estimates.withdraw, name="estimate_withdraw"),
    path("figures/<uuid:id>/", views.release, name="release"),
    path("figures/<uuid:id>/check/", views.check, name="check"),
    path("figures/<uuid:id>/withdraw/", views.withdraw, name="withdraw"),
]
