"""A request behind the gatekeeper: it knows who acts."""

from django.http import HttpRequest

from amparo.common.types import Actor


class ApiRequest(HttpRequest):
    """A request behind the gatekeeper: it knows who acts."""

    actor: Actor
