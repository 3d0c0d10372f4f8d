"""Who works where."""

from django.urls import path

from amparo.interfaces.office.organisation import views

urlpatterns = [
    path("organisation/", views.agencies, name="agencies"),
    path("organisation/found/", views.found, name="found-agency"),
    path("organisation/<uuid:id>/", views.agency, name="agency"),
    path("organisation/<uuid:id>/team/", views.team, name="add-team"),
    path("organisation/<uuid:id>/person/", views.person, name="add-person"),
    path("organisation/<uuid:id>/post/", views.post, name="give-post"),
    path("organisation/posts/<uuid:id>/end/", views.end_post, name="end-post"),
    path("organisation/people/<uuid:id>/lock/", views.lock, name="lock"),
]
