"""Records that may be of one child."""

from django.urls import path

from amparo.interfaces.office.linkage import pairs, views

urlpatterns = [
    path("contacts/", views.inbox, name="linked_contacts"),
    path("contacts/<uuid:id>/", views.contact, name="linked_contact"),
    path("contacts/<uuid:id>/ask/", views.ask, name="contact_ask"),
    path("contacts/<uuid:id>/answer/", views.answer, name="contact_answer"),
    path("contacts/<uuid:id>/decline/", views.decline, name="contact_decline"),
    path("pairs/", pairs.queue, name="pairs"),
    path("pairs/quality/", pairs.quality, name="linkage_quality"),
    path("pairs/<uuid:id>/", pairs.pair, name="pair"),
    path("pairs/<uuid:id>/judge/", pairs.judge, name="pair_judge"),
    path("pairs/<uuid:id>/part/", pairs.part, name="pair_part"),
]
