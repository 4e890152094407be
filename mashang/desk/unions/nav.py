"""Places of the room `unions` in the side bar."""

from django.utils.translation import gettext_lazy as _

from mashang.desk.navigation import NavItem
from mashang.unions.queries import how_many_to_confirm
from mashang.unions.roles import Permission as P

ITEMS = [
    NavItem(
        160,
        _("工会与任职"),
        "unions",
        "sitemap",
        (P.TREE_MANAGE,),
        ("union", "found-union", "appoint"),
    ),
    NavItem(
        170,
        _("待确认任职"),
        "appointments",
        "users",
        (P.POST_CONFIRM,),
        count=how_many_to_confirm,
    ),
    NavItem(180, _("行政区划"), "regions", "map-pin", (P.TREE_MANAGE,), ("region",)),
    NavItem(190, _("审核流程"), "flows", "sitemap", (P.RULE_MANAGE,), ("retime-flow",)),
    NavItem(200, _("规则与标准"), "rules", "scale", (P.RULE_MANAGE,), ("set-rule", "set-standard")),
    NavItem(205, _("放假安排"), "holidays", "calendar", (P.RULE_MANAGE,), ("propose-holidays",)),
]
