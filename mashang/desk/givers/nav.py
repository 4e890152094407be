"""Places of the room `givers` in the side bar."""

from django.utils.translation import gettext_lazy as _

from mashang.desk.navigation import NavItem
from mashang.unions.roles import Permission as P

ITEMS = [
    NavItem(
        140,
        _("爱心单位"),
        "organisations",
        "users",
        (P.GIVER_APPROVE,),
        ("organisation", "licence"),
    ),
    NavItem(150, _("捐助意向"), "pledges", "heart-handshake", (P.CLAIM_MANAGE,), ("pledge",)),
]
