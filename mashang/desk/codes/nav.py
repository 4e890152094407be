"""Places of the room `codes` in the side bar."""

from django.utils.translation import gettext_lazy as _

from mashang.desk.navigation import NavItem
from mashang.unions.roles import Permission as P

ITEMS = [
    NavItem(90, _("服务卡"), "cards", "id", (P.CARD_MANAGE,), ("hand-over", "report-lost")),
]
