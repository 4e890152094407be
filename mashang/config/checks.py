"""Start-up checks of the house: a view without a policy stops the start, and a limit that nobody knows."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.management.base import CommandError
from django.urls import URLPattern, URLResolver, get_resolver

from mashang.config import installation
from mashang.core.requests.limits import NAMED
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


def every_limit_that_is_set_is_one(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A name mistyped in MASHANG_LIMITS, or one whose number is a rule card's, would change nothing without a word."""
    get_resolver().url_patterns  # noqa: B018  (the rooms behind the doors name their limits when they are read)
    return [
        Error(
            f"MASHANG_LIMITS：没有叫 {name} 的限度，或 {most} 不是正整数，或这一项由规则卡“防护”定；名称见 docs/operating.md",
            id="mashang.E002",
        )
        for name, most in settings.MASHANG_LIMITS.items()
        if not _can_be_set(name, str(most))
    ]


def the_database_is_ours(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """For Django's own `migrate`, which does not pass by `mashang`; only where a command asks about its database."""
    if not databases:
        return []
    try:
        installation.require_own_house()
    except CommandError as error:
        return [Error(str(error), id="mashang.E003")]
    return []


def _can_be_set(name: str, most: str) -> bool:
    limit = NAMED.get(name)
    return limit is not None and limit.is_set_here and most.isdecimal() and int(most) > 0
