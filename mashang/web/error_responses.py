"""拒绝怎么显示: one place that turns a refusal of any room, or of the database, into an answer.

The same code, sentence and status at every door: as a page or a toast for people, as JSON for programs.
"""

from collections.abc import Callable

from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_noop as N_

from mashang.core.db.errors import refusal_for
from mashang.core.errors import DomainError, Missing, NotAllowed, TooMany, WrongState
from mashang.web import problem_json
from mashang.web.forms import seconds_to_wait

AT_DESK = ("desk/refusal.html", "desk/_toast.html")
ON_PHONE = ("mobile/refusal.html", "mobile/_toast.html")


class RefusalMiddleware:
    """Middleware: views need no `try`; a refusal keeps its code, sentence and status on every door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds_to_wait.set(0)
        response = self.get_response(request)
        if (seconds := seconds_to_wait.get()) and response.status_code >= 400:
            response.status_code = TooMany.status  # a form that came back with “not now”
            response.headers["Retry-After"] = str(seconds)
        return response

    def process_exception(self, request: HttpRequest, exc: Exception) -> HttpResponse | None:
        refusal = exc if isinstance(exc, DomainError) else refusal_for(exc)
        return refuse(request, refusal) if refusal else None


def refuse(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """The refusal as the door that was asked shows it."""
    if request.path.startswith("/api/"):
        return problem_json.refuse(request, refusal)
    return _refuse_person(
        request, refusal, AT_DESK if request.path.startswith("/desk/") else ON_PHONE
    )


def _refuse_person(
    request: HttpRequest, refusal: DomainError, templates: tuple[str, str]
) -> HttpResponse:
    """A toast for a swap, a page otherwise; `X-Refusal` carries the code for programs."""
    is_swap = request.headers.get("HX-Request") == "true"
    page, toast = templates
    context = {"refusal": refusal, "page_above": "" if is_swap else _page_above(request, refusal)}
    response = render(request, toast if is_swap else page, context, status=refusal.status)
    response.headers["X-Refusal"] = refusal.code
    response.headers["Cache-Control"] = "no-store"
    if is_swap:
        response.headers["HX-Retarget"] = "#toast"
        response.headers["HX-Reswap"] = "innerHTML"
    if retry_after := refusal.facts.get("retry_after"):
        response.headers["Retry-After"] = str(retry_after)
    return response


def _page_above(request: HttpRequest, refusal: DomainError) -> str:
    """Where one sees how the matter stands that had changed when one pressed: the nearest page above that address.

    Also for an address that can only be pressed. Empty where the page above is the first page of the door.
    """
    has_changed = request.method == "POST" and refusal.status == WrongState.status
    if not (has_changed or isinstance(refusal, OnlyPressed)):
        return ""
    above = request.path.rstrip("/").rpartition("/")[0] + "/"
    while above not in ("/", "/desk/"):
        if _can_be_read(above):
            return above
        above = above.rstrip("/").rpartition("/")[0] + "/"
    return ""


def _can_be_read(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    declared = getattr(view, "policy", None)
    return declared is not None and "GET" in declared.methods


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404`: the same page for what never was and for what is outside one's scope."""
    return refuse(request, Missing())


class OnlyPressed(DomainError):
    """The address of a button, opened as a page: reloaded after a mistake, or from the browser's history."""

    code = "only_pressed"
    message = N_(
        "这个地址要从页面上的按钮进去，不能直接打开；请回到页面上看办好没有，没有办好的再按一次"
    )
    status = 405


def only_pressed(request: HttpRequest) -> HttpResponse:
    return refuse(request, OnlyPressed())


class StaleForm(NotAllowed):
    code = "stale_form"
    message = N_(
        "这个页面打开太久，或您在别的窗口重新登录过，没有提交成功。请按返回键，填过的内容还在；刷新后再提交"
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: what the browser sent does not belong to its present session."""
    return refuse(request, StaleForm())


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
    return refuse(request, SignedOut() if ended else Malformed())
