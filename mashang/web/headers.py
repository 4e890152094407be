"""Headers that belong on every answer and that Django does not set itself."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from mashang.core.requests.secret_addresses import is_secret

GetResponse = Callable[[HttpRequest], HttpResponse]


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Tells the browser which parts of the device a page may ask for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware


def secret_addresses(get_response: GetResponse) -> GetResponse:
    """Middleware, outermost: whatever such an address answers, its refusals too, leads nobody to it.

    A page that is told nothing of where it came from cannot send a form: the browser calls its origin `null`.
    There the address stays hidden and the origin is told.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        is_one = is_secret(request.path_info)
        response = get_response(request)
        if is_one:
            response.headers["Referrer-Policy"] = "origin" if _has_form(response) else "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return middleware


def _has_form(response: HttpResponse) -> bool:
    return not response.streaming and b'method="post"' in response.content
