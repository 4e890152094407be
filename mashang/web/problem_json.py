"""How a refusal looks at this door: application/problem+json (RFC 9457), with the house's code and sentence."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from mashang.core.errors import DomainError

PROBLEM = "application/problem+json"


def refuse(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """`code` is for programs, `detail` for people; `fields` names what is to be corrected.

    `similar` are the numbers of wishes that a late-comer may claim instead.
    """
    response = HttpResponse(
        json.dumps(_problem(refusal), ensure_ascii=False),
        content_type=PROBLEM,
        status=refusal.status,
    )
    response.headers["Cache-Control"] = "no-store"
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if retry_after := refusal.facts.get("retry_after"):
        response.headers["Retry-After"] = str(retry_after)
    if allow := refusal.facts.get("allow"):
        response.headers["Allow"] = str(allow)
    return response


def _problem(refusal: DomainError) -> dict[str, Any]:
    problem = {
        "type": "about:blank",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "code": refusal.code,
        "detail": gettext(refusal.message),
    }
    more = {
        "fields": getattr(refusal, "fields", None),
        "similar": refusal.facts.get("similar"),
    }
    return problem | {name: value for name, value in more.items() if value}
