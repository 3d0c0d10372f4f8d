"""The public host: nothing to sign in to, nothing about any child."""

from django.urls import include, path

urlpatterns = [path("", include("amparo.interfaces.public_site.urls"))]
