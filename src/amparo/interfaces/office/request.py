"""What the desk's views share: a request that knows who acts."""

from django.http import HttpRequest

from amparo.common.types import Actor


class DeskRequest(HttpRequest):
    """A request behind the gatekeeper: it knows who acts."""

    actor: Actor
