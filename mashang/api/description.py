"""What the interface offers, as OpenAPI 3.1, for programs and for those who write them."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from mashang.api.gate import gated
from mashang.api.operations import api
from mashang.api.problem import Problem
from mashang.web.policies import Level, anyone_page
from mashang.web.rooms import urls_of

ADDRESS = "/api/v1/"
DESCRIBED = urls_of("api")  # operations are declared once they are imported
BEARER = {"type": "http", "scheme": "bearer", "description": "A person's token for this app."}


@anyone_page(Level.P1)
def _show(request: HttpRequest) -> HttpResponse:
    return JsonResponse(openapi(), json_dumps_params={"ensure_ascii": False})


show = gated(_show, None)


@cache
def openapi() -> dict[str, Any]:
    """The description of all operations."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix=ADDRESS)
    parts = schema["components"]
    parts["schemas"]["Problem"] = Problem.model_json_schema()
    parts["securitySchemes"] = {"token": BEARER}
    return schema
