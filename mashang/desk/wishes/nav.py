"""Places of the room `wishes` in the side bar."""

from django.utils.translation import gettext_lazy as _

from mashang.desk.navigation import NavItem
from mashang.unions.roles import Permission as P

ITEMS = [
    NavItem(
        60,
        _("微心愿"),
        "wishes",
        "heart-handshake",
        (P.WISH_CHECK, P.WISH_OPEN),
        ("wish", "post-wish", "correct-wish", "withdraw-wish"),
    ),
    NavItem(
        100,
        _("心愿认领"),
        "claims",
        "heart-handshake",
        (P.CLAIM_MANAGE,),
        ("revoke-claim", "reinstate-claim"),
    ),
    NavItem(
        110,
        _("心愿送达"),
        "deliveries",
        "send",
        (P.CLAIM_MANAGE,),
        ("delivery-sheet", "parcel", "take-in", "hand-over-goods", "complaint"),
    ),
    NavItem(120, _("心愿督办"), "wish-board", "hourglass", (P.WISH_READ,)),
    NavItem(
        130,
        _("微心愿专场"),
        "fairs",
        "calendar",
        (P.FAIR_MANAGE,),
        (
            "plan-fair",
            "fair",
            "choose-wishes",
            "end-fair",
            "fair-list",
            "fair-visits",
            "find-card",
            "hand-out",
        ),
    ),
    NavItem(
        210,
        _("微心愿规则"),
        "wish-rules",
        "adjustments-horizontal",
        (P.RULE_MANAGE,),
        ("set-number", "list-item"),
    ),
]
