"""Who comes in: a program with a person's token, or anybody where all may look.

A session's cookie counts for nothing here. That is why these views need no CSRF token: a browser
sends no token by itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mashang.accounts.actions import tokens
from mashang.accounts.models import ApiToken, User
from mashang.accounts.queries import token_behind
from mashang.api import limits
from mashang.api.refusals import (
    NeedsToken,
    NotJson,
    NotOffered,
    TokenMayOnlyLook,
    TokenUnknown,
    WrongMethod,
)
from mashang.web import request as asking
from mashang.web.policies import Policy, head_as_get
from mashang.web.problem_json import PROBLEM

View = Callable[..., HttpResponse]
JSON = "application/json"


def gated(guarded: View, scope: ApiToken.Scope | None) -> View:
    """A view behind its policy, asked by a token of this scope; None lets anybody look."""
    declared: Policy = guarded.policy  # type: ignore[attr-defined]

    @wraps(guarded)
    @head_as_get
    def come_in(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _check_shape(request, declared)
        token = _token_of(request)
        limits.count_call(request, token)
        _check_scope(token, scope)
        request.user = _person_behind(token)
        return guarded(request, *args, **kwargs)

    return come_in


def _check_shape(request: HttpRequest, declared: Policy) -> None:
    if request.method not in declared.methods:
        raise WrongMethod(allow=", ".join(declared.methods))
    if not any(request.accepts(kind) for kind in (JSON, PROBLEM)):
        raise NotOffered
    if request.body and request.content_type != JSON:
        raise NotJson


def _token_of(request: HttpRequest) -> ApiToken | None:
    """The token that came along; who sends a wrong one is counted by network and told so."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return None
    token = token_behind(text.strip())
    if token is None:
        limits.count_network(asking.origin(request).network)
        raise TokenUnknown
    if token.is_quiet(timezone.now()):
        tokens.touch(token)
    return token


def _check_scope(token: ApiToken | None, scope: ApiToken.Scope | None) -> None:
    if scope and token is None:
        raise NeedsToken
    if scope == ApiToken.Scope.CLAIM and token and not token.may_claim:
        raise TokenMayOnlyLook


def _person_behind(token: ApiToken | None) -> User | AnonymousUser:
    """A colleague's token opens what a worker sees: the second factor stays at the desk."""
    if token is None:
        return AnonymousUser()
    user = token.user
    if user.is_staff:
        user.is_staff, user.needs_second_factor = False, True
    return user
