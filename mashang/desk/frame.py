"""外框: the side bar of the desk, with the places that this colleague may go to."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.unions.roles import Permission, holds


@dataclass(frozen=True)
class Place:
    """One item of the side bar, for those who hold one of its permissions."""

    name: str
    view: str
    icon: str
    permissions: tuple[Permission, ...] = ()
    views: tuple[str, ...] = ()  # further pages that belong to this place

    @property
    def address(self) -> str:
        return reverse(f"desk:{self.view}")


_P = Permission
REVIEWING = (
    _P.REVIEW_ACCEPT,
    _P.REVIEW_CHECK,
    _P.REVIEW_RECHECK,
    _P.REVIEW_APPROVE,
)
ASSISTING = (
    "assist-overview",
    "assist-step",
    "assist-member",
    "assist-papers",
    "assist-withdraw",
)
DELIVERING = ("delivery-sheet", "parcel", "take-in", "hand-over-goods", "problem")
EVENTS = (
    "plan-event",
    "event",
    "choose-wishes",
    "end-event",
    "event-list",
    "event-visits",
    "find-card",
    "hand-out",
)
PLACES = (
    Place(N_("待办"), "work-list", "list-check", REVIEWING, ("application", "application-tab")),
    Place(N_("本级概况"), "branch", "chart-bar", (_P.BRANCH_READ,)),
    Place(N_("异常提醒"), "alerts", "alert-triangle", (_P.ALERT_READ,)),
    Place(N_("代办申请"), "assist", "user-check", (_P.APPLICATION_ASSIST,), ASSISTING),
    Place(
        N_("档案"),
        "cases",
        "folder",
        (_P.CASE_READ,),
        ("holder", "holder-tab", "version", "merge", "close-case", "reopen-case"),
    ),
    Place(
        N_("微心愿"),
        "wishes",
        "heart-handshake",
        (_P.WISH_CHECK, _P.WISH_OPEN),
        ("wish", "post-wish", "correct-wish", "withdraw-wish"),
    ),
    Place(N_("待复核帮扶"), "aid-queue", "wallet", (_P.AID_CONFIRM,)),
    Place(N_("待接收档案"), "transfers", "transfer", (_P.CASE_TRANSFER,)),
    Place(N_("服务卡"), "cards", "id", (_P.CARD_MANAGE,), ("hand-over", "report-lost")),
    Place(
        N_("心愿认领"),
        "claims",
        "heart-handshake",
        (_P.CLAIM_MANAGE,),
        ("revoke-claim", "reinstate-claim"),
    ),
    Place(N_("心愿送达"), "deliveries", "send", (_P.CLAIM_MANAGE,), DELIVERING),
    Place(N_("心愿督办"), "wish-board", "hourglass", (_P.WISH_READ,)),
    Place(N_("微心愿专场"), "events", "calendar", (_P.EVENT_MANAGE,), EVENTS),
    Place(
        N_("爱心单位"), "organisations", "users", (_P.GIVER_APPROVE,), ("organisation", "licence")
    ),
    Place(N_("捐助意向"), "pledges", "heart-handshake", (_P.CLAIM_MANAGE,), ("pledge",)),
    Place(
        N_("工会与任职"),
        "unions",
        "sitemap",
        (_P.TREE_MANAGE,),
        ("union", "found-union", "appoint"),
    ),
    Place(N_("待确认任职"), "appointments", "users", (_P.POST_CONFIRM,)),
    Place(N_("行政区划"), "regions", "map-pin", (_P.TREE_MANAGE,), ("region",)),
    Place(N_("审核流程"), "flows", "sitemap", (_P.RULE_MANAGE,), ("retime-flow",)),
    Place(N_("规则与标准"), "rules", "scale", (_P.RULE_MANAGE,), ("set-rule", "set-standard")),
    Place(
        N_("微心愿规则"),
        "wish-rules",
        "adjustments-horizontal",
        (_P.RULE_MANAGE,),
        ("set-number", "list-item"),
    ),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor; costs nothing on pages that do not draw the desk."""
    user = getattr(request, "user", None)
    if user is None or not request.path.startswith("/desk/"):
        return {}
    return {
        "places": SimpleLazyObject(lambda: _places(request, user)),
        "may_change": SimpleLazyObject(lambda: _may_change(user)),
    }


def _may_change(user: Any) -> bool:
    """Whether links to changing a household are worth showing; the pages ask again."""
    return user.is_authenticated and holds(user, _P.CASE_CHANGE)


def places_of(user: User) -> list[Place]:
    """Where this colleague may go, in the order of the side bar."""
    return [
        place
        for place in PLACES
        if not place.permissions or any(holds(user, needed) for needed in place.permissions)
    ]


def _places(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    if not (user.is_authenticated and user.is_staff):
        return []
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [
        {
            "name": place.name,
            "icon": place.icon,
            "href": place.address,
            "current": here in (place.view, *place.views),
        }
        for place in places_of(user)
    ]
