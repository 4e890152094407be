"""The operations of the interface: each declares its policy and the token that it asks for."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NoReturn

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as N_
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.types import DictStrAny

from mashang.accounts.models import ApiToken
from mashang.api.gate import View, gated
from mashang.api.refusals import NotAsDescribed, Unreadable
from mashang.web.policies import Level, Rows, Who, policy
from mashang.web.problem_json import PROBLEM
from mashang.web.unstorable import UnstorableText, refuse_unstorable

PROBLEMS = {
    "description": "A refusal: `code` for programs, `detail` for people.",
    "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class StorableParser(Parser):
    """JSON as it comes, without characters that no database takes."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        body = super().parse_body(request)
        refuse_unstorable(body)
        return body


# No page of documentation: it would load code of others, which the content policy forbids.
api = NinjaAPI(
    title=N_("码上 · 微心愿"),
    version="1.0.0",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    parser=StorableParser(),
)
_gates: dict[str, Callable[[View], View]] = {}  # by the name of the operation


def operation(
    method: str,
    address: str,
    response: Any,
    *,
    rows: Rows,
    level: Level,
    scope: ApiToken.Scope | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares one operation. Without a scope anybody may call it."""
    who = Who.SIGNED_IN if scope else Who.ANYONE
    guard = policy(who=who, rows=rows, level=level, methods=(method,))

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        name = view.__name__.replace("_", "-")
        _gates[name] = lambda ours: gated(guard(ours), scope)
        tell: dict[str, Any] = {"responses": {"default": PROBLEMS}}
        if scope:
            tell["security"] = [{"token": []}]
        register = partial(api.api_operation, [method], address, response=response)
        return register(
            operation_id=name,
            url_name=name,
            summary=str(view.__doc__).split(".")[0],
            openapi_extra=tell,
        )(view)

    return declare


def addresses() -> Iterator[URLPattern]:
    """Ninja's addresses, each behind the gate of its operation."""
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name in _gates:
            guarded = _gates[pattern.name](pattern.callback)
            yield path(str(pattern.pattern), guarded, name=pattern.name)


# Refusals go up to the middleware, like those of every other view --------------------------


@api.exception_handler(Exception)
def _up(request: HttpRequest, error: Exception) -> NoReturn:
    raise error


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> NoReturn:
    if isinstance(error.__cause__, UnstorableText):
        raise error.__cause__
    raise Unreadable from error


@api.exception_handler(ValidationError)
def _not_as_described(request: HttpRequest, error: ValidationError) -> NoReturn:
    raise NotAsDescribed(fields={_name(each["loc"]): each["msg"] for each in error.errors})


def _name(place: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in place[1:])
