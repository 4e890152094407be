"""Start-up checks of the house: a view without a policy stops the start."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from mashang.web.policies import Policy


def views(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every (route, view) of the house, doors and all."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from views(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def policy_of(view: Any) -> Policy | None:
    """The policy that the view declares, if it does."""
    return getattr(view, "policy", None)


def every_view_has_a_policy(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"{route} 没有声明访问规则 (@policy)", id="mashang.E001")
        for route, view in views()
        if policy_of(view) is None
    ]
