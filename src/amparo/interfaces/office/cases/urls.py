"""Cases."""

from django.urls import path

from amparo.interfaces.office.cases import acting, elements, keeping, registering, views, watching

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/file/", views.cases_file, name="cases_file"),
    path("cases/sheet/", views.cases_sheet, name="cases_sheet"),
    path("cases/find/", views.find, name="find"),
    path("register/", registering.register, name="register"),
    path("reports/<uuid:report>/register/", registering.register, name="register"),
    path("cases/<uuid:id>/", views.case, name="case"),
    path("cases/<uuid:id>/incidents/", views.incidents, name="incidents"),
    path("cases/<uuid:id>/incidents/<uuid:incident>/words/", views.told, name="told"),
    path("cases/<uuid:id>/incidents/<uuid:incident>/elements/", elements.elements, name="elements"),
    path("cases/<uuid:id>/incidents/<uuid:incident>/labels/", elements.confirm, name="confirm_label"),
    path("cases/<uuid:id>/identity/", views.identity, name="identity"),
    path("cases/<uuid:id>/placement/", views.placement, name="placement"),
    path("cases/<uuid:id>/placement/new/", acting.place, name="place"),
    path("cases/<uuid:id>/risk/", acting.risk, name="risk"),
    path("cases/<uuid:id>/acted/", acting.acted, name="acted"),
    path("cases/<uuid:id>/assign/", acting.assign, name="assign"),
    path("cases/<uuid:id>/close/", acting.close, name="close"),
    path("cases/<uuid:id>/reopen/", acting.reopen, name="reopen"),
    path("cases/<uuid:id>/missing/", acting.missing, name="missing"),
    path("cases/<uuid:id>/found/", acting.found, name="found"),
    path("cases/<uuid:id>/access/", watching.access, name="access"),
    path("cases/<uuid:id>/looks/", watching.looks, name="looks"),
    path("cases/<uuid:id>/share/", watching.share, name="share"),
    path("cases/<uuid:id>/shares/<uuid:share>/revoke/", watching.revoke, name="revoke"),
    path("cases/<uuid:id>/wall/", watching.wall, name="wall"),
    path("cases/<uuid:id>/keeping/", keeping.keeping, name="keeping"),
    path("cases/<uuid:id>/keeping/hold/", keeping.hold, name="hold"),
    path("cases/<uuid:id>/keeping/<uuid:hold>/lift/", keeping.lift, name="hold_lift"),
    path("cases/<uuid:id>/keeping/erase/", keeping.erase, name="erase"),
]
