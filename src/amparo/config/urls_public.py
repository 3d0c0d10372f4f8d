"""The public host: nothing to sign in to, nothing about any child."""

from django.urls import include, path

from amparo.config import middleware

urlpatterns = [path("", include("amparo.interfaces.public_site.urls"))]

handler400 = middleware.strange
handler403 = handler404 = middleware.absent
handler500 = middleware.broken
