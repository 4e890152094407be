"""访问规则: every view says who may call it, whose rows it shows and how sensitive they are.

The gates are shut unless opened here: a view without a policy stops the start-up (see
`mashang.config.checks`), and a policy does not inherit. The scope itself is asked in the view
(`visible_to`, `own`) and the permission again in the action (`require`). Whatever is public is also
read at a pace that no network may exceed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.db.action import serving
from mashang.core.errors import NotAllowed
from mashang.unions.roles import Permission, holds
from mashang.web import public_throttle, resume_form
from mashang.web.error_responses import only_pressed
from mashang.web.kin_gate import has_declared
from mashang.web.request import network_of

View = Callable[..., HttpResponse]
FRESH_SECONDS = 5 * 60


class Who(Enum):
    ANYONE = N_("任何人")
    SIGNED_IN = N_("已登录的人")
    STAFF = N_("工会工作人员")


class Rows(Enum):
    NONE = N_("不含业务数据")
    PUBLIC = N_("公开数据")
    OWN = N_("本人的")
    PAIRED = N_("结对家庭的")
    SCOPE = N_("管辖范围内的")


class Level(Enum):
    """Levels of data (docs/security.md): P4 is sealed, P3 scoped and logged, P1 public."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"

    @property
    def is_private(self) -> bool:
        return self in {Level.P3, Level.P4}


@dataclass(frozen=True)
class Policy:
    who: Who
    rows: Rows
    level: Level
    methods: tuple[str, ...]
    permission: Permission | None = None
    fresh: bool = False
    kin_first: bool = True  # at the desk: only for who has said who their kin are


def policy(
    *,
    who: Who,
    rows: Rows,
    level: Level,
    methods: tuple[str, ...] = ("GET",),
    permission: Permission | None = None,
    fresh: bool = False,
    kin_first: bool = True,
) -> Callable[[View], View]:
    """Declare and enforce a view's policy. `fresh` asks for a sign-in of the last five minutes."""
    declared = Policy(who, rows, level, methods, permission, fresh, kin_first)

    def declare(view: View) -> View:
        @wraps(view)
        @head_as_get
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            refusal = _gate(declared, request)
            if refusal is not None:
                return refusal
            with serving():
                response = view(request, *args, **kwargs)
            if declared.level.is_private or request.user.is_authenticated:
                _keep_private(response)
            return response

        guarded.policy = declared  # type: ignore[attr-defined]
        return guarded

    return declare


IN_PLACE_OF = {"HEAD": "GET"}


def head_as_get(view: View) -> View:
    """HEAD does what GET does, whatever a view makes of methods that are not GET; the server leaves the body out."""

    @wraps(view)
    def turned(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.method
        request.method = IN_PLACE_OF.get(asked or "", asked)
        response = view(request, *args, **kwargs)
        request.method = asked
        return response

    return turned


def _gate(declared: Policy, request: HttpRequest) -> HttpResponse | None:
    allowed = {*declared.methods, "HEAD"} if "GET" in declared.methods else {*declared.methods}
    if request.method not in allowed:
        return _not_allowed(request, sorted(allowed))
    if declared.who is Who.ANYONE:
        if declared.rows is Rows.PUBLIC:
            public_throttle.count_page(network_of(request))
        return None
    if not request.user.is_authenticated or _is_half_in(declared, request):
        return _to("sign-in", declared, request)
    if declared.who is Who.STAFF:
        _check_staff(declared, request)
        if declared.kin_first and not has_declared(request):
            return _to("declare-kin", declared, request)
        _check_permission(declared, request)
    if declared.fresh and not is_fresh(request):
        return _to("confirm", declared, request)
    return None


def _not_allowed(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    """A page with the way back for whoever opens the address of a button; programs get the bare answer."""
    plain = HttpResponseNotAllowed(allowed)
    if request.method != "GET" or request.path.startswith("/api/"):
        return plain
    response = only_pressed(request)
    response.headers["Allow"] = plain.headers["Allow"]
    return response


def _is_half_in(declared: Policy, request: HttpRequest) -> bool:
    """A colleague who came in by phone code: at the desk that is not enough."""
    return declared.who is Who.STAFF and request.user.needs_second_factor  # type: ignore[union-attr]


def _check_staff(declared: Policy, request: HttpRequest) -> None:
    if not request.user.is_staff:
        raise Http404


def _check_permission(declared: Policy, request: HttpRequest) -> None:
    if declared.permission and not holds(request.user, declared.permission):  # type: ignore[arg-type]
        words = _("您没有“%(permission)s”的权限，如需办理请联系本级工会管理员")
        raise NotAllowed(message=words % {"permission": _(declared.permission.label)})


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved who they are within the last five minutes."""
    return timezone.now().timestamp() - proved_at(request) < FRESH_SECONDS


def _to(page: str, declared: Policy, request: HttpRequest) -> HttpResponse:
    """To the page that asks who is there; what a form has sent travels through it."""
    at_desk = declared.who is Who.STAFF or getattr(request.user, "is_staff", False)
    address = reverse(f"{'desk' if at_desk else 'mobile'}:{page}")
    if request.method == "POST":
        return _swap_whole_page(resolve(address).func(request, stashed=resume_form.stash(request)))
    query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return HttpResponseRedirect(f"{address}?{query}")


def prove_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks a colleague who is there, though they proved it a moment ago; the form goes on after it."""
    return _to("confirm", Policy(Who.STAFF, Rows.NONE, Level.P2, ()), request)


def proved_at(request: HttpRequest) -> float:
    """When the person last proved who they are; seconds since the epoch, 0 for never."""
    return float(request.session.get("proved_at", 0))


def _swap_whole_page(response: HttpResponse) -> HttpResponse:
    """A fragment that was asked for becomes a page of its own."""
    response.headers["HX-Retarget"] = "body"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _keep_private(response: HttpResponse) -> None:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"


# Named policies ------------------------------------------------------------------------------
#
# What most views need, under the name of whose rows they show. A `page` is read (GET), an `act` only
# does something (POST), a `form` is shown and sent (both). The level always stands at the view.

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")
Declare = Callable[[View], View]


def own_page(level: Level, *, fresh: bool = False) -> Declare:
    """Of whoever is signed in: their own rows and nobody else's."""
    return policy(who=Who.SIGNED_IN, rows=Rows.OWN, level=level, methods=GET, fresh=fresh)


def own_form(level: Level, *, fresh: bool = False) -> Declare:
    return policy(who=Who.SIGNED_IN, rows=Rows.OWN, level=level, methods=BOTH, fresh=fresh)


def own_act(level: Level, *, fresh: bool = False) -> Declare:
    return policy(who=Who.SIGNED_IN, rows=Rows.OWN, level=level, methods=POST, fresh=fresh)


def paired_page() -> Declare:
    """Of who helps families: those that the helper is paired with."""
    return policy(who=Who.SIGNED_IN, rows=Rows.PAIRED, level=Level.P3, methods=GET)


def paired_form() -> Declare:
    return policy(who=Who.SIGNED_IN, rows=Rows.PAIRED, level=Level.P3, methods=BOTH)


def staff_page(permission: Permission, level: Level, *, fresh: bool = False) -> Declare:
    """Of a colleague's branch; never without a permission."""
    return _staff(permission, level, GET, fresh)


def staff_form(permission: Permission, level: Level, *, fresh: bool = False) -> Declare:
    return _staff(permission, level, BOTH, fresh)


def staff_act(permission: Permission, level: Level, *, fresh: bool = False) -> Declare:
    return _staff(permission, level, POST, fresh)


def _staff(permission: Permission, level: Level, methods: tuple[str, ...], fresh: bool) -> Declare:
    return policy(
        who=Who.STAFF,
        rows=Rows.SCOPE,
        level=level,
        methods=methods,
        permission=permission,
        fresh=fresh,
    )


def colleague_page(level: Level, *, fresh: bool = False) -> Declare:
    """Of a colleague in person: the own account, the own inbox."""
    return policy(who=Who.STAFF, rows=Rows.OWN, level=level, methods=GET, fresh=fresh)


def colleague_form(level: Level, *, fresh: bool = False, kin_first: bool = True) -> Declare:
    """`kin_first=False`: also before one has said who one's kin are."""
    return policy(
        who=Who.STAFF, rows=Rows.OWN, level=level, methods=BOTH, fresh=fresh, kin_first=kin_first
    )


def colleague_act(level: Level, *, fresh: bool = False) -> Declare:
    return policy(who=Who.STAFF, rows=Rows.OWN, level=level, methods=POST, fresh=fresh)


def public_page() -> Declare:
    """Of everybody: what the union shows to the public, read at a pace."""
    return policy(who=Who.ANYONE, rows=Rows.PUBLIC, level=Level.P1, methods=GET)


def public_form() -> Declare:
    return policy(who=Who.ANYONE, rows=Rows.PUBLIC, level=Level.P1, methods=BOTH)


def anyone_page(level: Level) -> Declare:
    """Before anybody has signed in: nobody's rows."""
    return policy(who=Who.ANYONE, rows=Rows.NONE, level=level, methods=GET)


def anyone_form(level: Level) -> Declare:
    return policy(who=Who.ANYONE, rows=Rows.NONE, level=level, methods=BOTH)


def anyone_act(level: Level) -> Declare:
    return policy(who=Who.ANYONE, rows=Rows.NONE, level=level, methods=POST)
