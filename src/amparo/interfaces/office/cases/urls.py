"""Cases."""

from django.urls import path

from amparo.interfaces.office.cases import views

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/<uuid:id>/", views.case, name="case"),
    path("cases/<uuid:id>/identity/", views.identity, name="identity"),
]
