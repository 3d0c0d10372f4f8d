"""Who works where."""

from django.urls import path

from amparo.interfaces.office.organisation import machines, renewals, views

urlpatterns = [
    path("organisation/", views.agencies, name="agencies"),
    path("organisation/found/", views.found, name="found-agency"),
    path("organisation/<uuid:id>/", views.agency, name="agency"),
    path("organisation/<uuid:id>/team/", views.team, name="add-team"),
    path("organisation/<uuid:id>/person/", views.person, name="add-person"),
    path("organisation/<uuid:id>/post/", views.post, name="give-post"),
    path("organisation/posts/<uuid:id>/end/", views.end_post, name="end-post"),
    path("organisation/people/<uuid:id>/lock/", views.lock, name="lock"),
    path("organisation/renewals/", renewals.renewals, name="renewals"),
    path("organisation/renewals/<uuid:id>/", renewals.confirm, name="renewal_confirm"),
    path("organisation/<uuid:agency>/people/<uuid:id>/renew/", renewals.start, name="renewal_ask"),
    path("organisation/systems/", machines.machines, name="machines"),
    path("organisation/systems/<uuid:id>/", machines.machine, name="machine"),
    path("organisation/<uuid:id>/system/", machines.new, name="machine_new"),
    path("organisation/systems/<uuid:id>/key/", machines.renew, name="machine_renew"),
    path("organisation/systems/<uuid:id>/revoke/", machines.revoke, name="machine_revoke"),
]
