"""One place that turns a refusal of any room, or of the database, into the door's own answer."""

from collections.abc import Callable

from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as N_

from mashang.api import door as api
from mashang.core.dberrors import refusal_for
from mashang.core.errors import DomainError, Missing, NotAllowed
from mashang.desk import door as desk
from mashang.mobile import door as mobile


class Refusals:
    """Middleware: views need no `try`; a refusal keeps its code, sentence and status on every door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exc: Exception) -> HttpResponse | None:
        refusal = exc if isinstance(exc, DomainError) else refusal_for(exc)
        return _door(request)(request, refusal) if refusal else None


def _door(request: HttpRequest) -> Callable[[HttpRequest, DomainError], HttpResponse]:
    doors = {"/desk/": desk.refuse, "/api/": api.refuse}
    mine = (refuse for address, refuse in doors.items() if request.path.startswith(address))
    return next(mine, mobile.refuse)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404`: the same page for what never was and for what is outside one's scope."""
    return _door(request)(request, Missing())


class StaleForm(NotAllowed):
    code = "stale_form"
    message = N_(
        "这个页面打开太久，或您在别的窗口重新登录过，没有提交成功。请按返回键，填过的内容还在；刷新后再提交"
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: what the browser sent does not belong to its present session."""
    return _door(request)(request, StaleForm())


class SignedOut(DomainError):
    code = "signed_out"
    message = N_("这台设备的登录刚刚在别处被结束，这一步没有完成，请重新登录")
    status = 400


class Malformed(DomainError):
    code = "malformed"
    message = N_("这次提交的内容不完整或过大，没有收下；请返回上一页，减少内容后再提交")
    status = 400


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`: a session that was ended meanwhile, or a request that Django would not read."""
    ended = isinstance(exception, SessionInterrupted)
    return _door(request)(request, SignedOut() if ended else Malformed())
