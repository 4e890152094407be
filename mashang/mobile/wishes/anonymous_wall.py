"""路过的人: most who open the wall come by a shared link and carry no session.

Its first page is the same for all of them, so it goes out as it was drawn once, before sessions,
languages and templates are set to work. A drawing is thrown away as soon as this process has
changed a wish on the wall, and after a few seconds, in which another process may have. Whoever
has the same drawing already is told so in a few bytes. Whoever comes too fast goes on into the house,
which says so.
"""

import hashlib
import time
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.translation import get_language_from_request

from mashang.core.provinces import province_here
from mashang.web import public_throttle
from mashang.web.page_cache import CachedPage, GetResponse, render_once
from mashang.web.request import network_of
from mashang.wishes import wall_changes

ADDRESS = "/wishes/"
SECONDS = 3.0
# A cookie with one of these names may change the page: who one is, how large it is, in which language.
TELLING = (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "elder")
# What a 304 repeats (RFC 9110, 15.4.5), and what every answer of the house says.
KEPT = ("Cache-Control", "Content-Language", "ETag", "Vary", "X-Robots-Tag", "Referrer-Policy")


@dataclass(frozen=True)
class _Entry:
    """The page, and the answer to whoever has it already."""

    whole: CachedPage
    unchanged: CachedPage
    changes: int
    until: float

    @property
    def is_fresh(self) -> bool:
        return self.changes == wall_changes.seen() and time.monotonic() < self.until


class AnonymousWallCache:
    """Middleware; stands behind Django's security middleware and before all that knows people."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.entries: dict[tuple[str, str], _Entry] = {}  # by province and language

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_passer_by(request) or public_throttle.is_too_fast(network_of(request)):
            return self.get_response(request)
        where = (province_here(), get_language_from_request(request))
        entry = self.entries.get(where)
        if entry is None or not entry.is_fresh:
            entry = self._render(request)
            if entry.whole.status != HTTPStatus.OK:  # must not speak for the next request
                return entry.whole.response()
            self.entries[where] = entry
        return _answer(request, entry)

    def _render(self, request: HttpRequest) -> _Entry:
        changes = wall_changes.seen()  # before the drawing: what changes meanwhile counts
        whole = render_once(self.get_response, request, ADDRESS)
        whole.headers["ETag"] = f'"{hashlib.sha256(whole.content).hexdigest()[:32]}"'
        headers = ResponseHeaders(
            {name: whole.headers[name] for name in KEPT if name in whole.headers}
        )
        unchanged = CachedPage(HTTPStatus.NOT_MODIFIED, headers, b"")
        return _Entry(whole, unchanged, changes, time.monotonic() + SECONDS)


def _answer(request: HttpRequest, entry: _Entry) -> HttpResponse:
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    return (entry.unchanged if entry.whole.headers["ETag"] in known else entry.whole).response()


def _is_passer_by(request: HttpRequest) -> bool:
    if request.path_info != ADDRESS or request.method != "GET" or request.META["QUERY_STRING"]:
        return False
    cookies = request.META.get("HTTP_COOKIE", "")
    return not any(name in cookies for name in TELLING)
