"""存不下的字符: a request with a NUL or half a character is refused at the door, on every address and both databases.

SQLite would take them and PostgreSQL fail deep inside; so nothing behind this door ever meets one. A JSON
body is read by the interface, which asks the same (`refuse_unstorable`).
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as N_

from mashang.core.errors import Invalid
from mashang.core.text import is_storable, texts_in
from mashang.web.error_responses import refuse
from mashang.web.plain_pages import plain_answer

_BAD_HEADERS = (
    "浏览器发来的内容有误",
    "浏览器的请求里夹着看不见的控制字符，没有办理。请清除本站的 Cookie，或换一个浏览器再试。",
    "Your browser sent control characters, so nothing was done. "
    "Please clear the cookies of this site, or try another browser.",
)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class UnstorableText(Invalid):
    code = "unstorable_text"
    message = N_(
        "提交的内容或网址里夹着看不见的控制字符，没有收下。请按返回键，填过的内容还在；"
        "把粘贴来的那一段删掉，照着重新输入，再提交"
    )
    status = 400


def refuse_unstorable(value: object) -> None:
    """Raises UnstorableText if a text anywhere in it could not be stored."""
    if not all(is_storable(text) for text in texts_in(value)):
        raise UnstorableText


class UnstorableTextMiddleware:
    """Middleware; stands innermost but for the refusals, so that its pages are those of every other refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if all(is_storable(text) for text in _texts_of(request, kwargs)):
            return None
        return refuse(request, UnstorableText())


def headers_are_storable(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware, outermost: sessions and languages read headers and cookies before any page is drawn."""

    def answer(request: HttpRequest) -> HttpResponse:
        sent = [text for name, text in request.META.items() if name.startswith("HTTP_")]
        if all(is_storable(text) for text in texts_in([sent, request.COOKIES])):
            return get_response(request)
        told = {"code": UnstorableText.code}
        return plain_answer(request, UnstorableText.status, *_BAD_HEADERS, told)

    return answer


def _texts_of(request: HttpRequest, kwargs: dict[str, Any]) -> Iterator[str]:
    yield request.path_info
    yield from texts_in(kwargs)
    yield from texts_in(dict(request.GET.lists()))
    if request.content_type in FORMS and not request.path.startswith("/api/"):
        yield from texts_in(dict(request.POST.lists()))
        for _name, files in request.FILES.lists():
            yield from (file.name or "" for file in files)
