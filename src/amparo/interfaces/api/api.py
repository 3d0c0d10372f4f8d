"""`/api/v1/`: one file an area. The document that describes it is drawn from the shapes; no page of it is served."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.security import APIKeyCookie, HttpBearer

from amparo.common.errors import AmparoError, Refused
from amparo.interfaces.api import (
    care,
    cases,
    children,
    estimates,
    figures,
    justice,
    labels,
    linkage,
    monitor,
    reports,
    safety,
    start,
    trust,
)  # fmt: skip
from amparo.interfaces.api.errors import answer, problem
from amparo.interfaces.api.schemas import PROBLEMS, Problem


class Session(APIKeyCookie):
    """The desk's own session, which the gatekeeper has asked for already; here the form token is."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002
        return request.user if request.user.is_authenticated else None


class Key(HttpBearer):
    """The key of an agency's system, which the gatekeeper has looked at already: no cookies, and so no form token."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002
        return request.actor if request.actor.kind == "machine" else None  # type: ignore[attr-defined]


class Api(NinjaAPI):
    """Operations are called as their functions are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **given: Any) -> Any:
        """The document. Every problem is told here, once: as an answer of each operation it would be a shape of its
        own, nine for each, and half of what the desk takes to begin.
        """
        document = super().get_openapi_schema(**given)
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema(mode="serialization")
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        problems = {status: {"description": HTTPStatus(status).phrase, "content": content} for status in PROBLEMS}
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"] |= problems
        return document


api = Api(
    title="Amparo",
    version="1",
    description="The desk's own actions and reads. Every call is decided by the same policy and leaves an audit row.",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=[Key(), Session()],
)
AREAS = (
    start, reports, children, linkage, cases, safety, labels, care, justice, trust, figures, estimates, monitor,
)  # fmt: skip
for area in AREAS:
    api.add_router("", area.router)


@api.exception_handler(AmparoError)
def _expected(_request: HttpRequest, error: AmparoError) -> HttpResponse:
    return answer(error)


@api.exception_handler(ValidationError)
def _wrong_shape(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What is wrong by field, never what was sent in it."""
    fields = {".".join(str(part) for part in each["loc"][2:]) or "body": each["msg"] for each in error.errors}
    return problem(422, _("Some of this is not as it should be."), fields)


@api.exception_handler(HttpError)
def _refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own: a body that it cannot read, and a missing form token."""
    if error.status_code == 403:  # noqa: PLR2004
        return answer(Refused(_("Send the form token of /me in the header X-CSRFToken.")))
    return problem(error.status_code, _("This is not JSON in UTF-8."))
