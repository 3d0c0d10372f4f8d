"""The office host: signing in, and the desk."""

from allauth.account import views as account
from django.urls import include, path
from django.views.i18n import set_language

from amparo.config import middleware
from amparo.interfaces.api.api import api
from amparo.interfaces.office.organisation.renewals import renew
from amparo.interfaces.office.start.views import password

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/renew/", renew, name="sign_in_renew"),
    path("sign-out/", account.logout, name="account_logout"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("language/", set_language, name="set_language"),
    path("password/", password, name="account_change_password"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("api/v1/", api.urls),
    path("", include("amparo.interfaces.office.urls")),
]

handler400 = middleware.strange
handler403 = handler404 = middleware.absent
handler500 = middleware.broken
