"""陌生人扫码: most scans come from people who carry no cookie, so nobody here can know them.

They are answered before sessions, languages and templates are set to work: the neutral page goes
out as it was drawn once for everybody, without a query, and a scan of a code that is ours is written
down soon afterwards. One answer for all of them, after the same work, is then no matter of care in each view.
"""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request

from mashang.codes import token as tokens
from mashang.mobile.codes.scan_writer import WRITER
from mashang.web.page_cache import CachedPage, GetResponse, render_once

ADDRESS = "/S/"
NO_CODE = f"{ADDRESS}0"  # the page of a code that cannot exist
_AS_SCANNERS_SPELL_IT = re.compile(r"/+[Ss]/+([^/]+)/*")


class AnonymousScanMiddleware:
    """Middleware; stands behind Django's security middleware and before all others."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pages: dict[str, CachedPage] = {}  # by language

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _spell_cleanly(request)
        text = request.path_info.removeprefix(ADDRESS)
        if not _is_strangers_scan(request, text):
            return self.get_response(request)
        note_scan(text)
        language = get_language_from_request(request)
        page = self.pages.get(language) or render_once(self.get_response, request, NO_CODE)
        if page.status == HTTPStatus.OK:  # a request that was refused must not speak for the next
            self.pages[language] = page
        return page.response()


def _spell_cleanly(request: HttpRequest) -> None:
    """`/s/…`, `/S/…/`, `//S/…`: the one address on the card, as programs that scan it spell it.

    From here on nobody can tell them apart: one answer, and one spelling for whatever looks for codes in logs.
    """
    if match := _AS_SCANNERS_SPELL_IT.fullmatch(request.path_info):
        request.path = request.path.removesuffix(request.path_info) + ADDRESS + match[1]
        request.path_info = ADDRESS + match[1]


def note_scan(text: str) -> None:
    """Whether the database takes the row or not, and how long it needs, who scans is told the same: a page that
    fails, or is late, would tell that the code is one of ours."""
    WRITER.note(tokens.read(text))


def _is_strangers_scan(request: HttpRequest, text: str) -> bool:
    is_scan = request.path_info.startswith(ADDRESS) and text and "/" not in text
    return bool(is_scan and request.method == "GET" and not request.META.get("HTTP_COOKIE"))
