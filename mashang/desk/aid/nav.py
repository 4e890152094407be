"""Places of the room `aid` in the side bar."""

from django.utils.translation import gettext_lazy as _

from mashang.desk.navigation import NavItem
from mashang.unions.roles import Permission as P

ITEMS = [
    NavItem(70, _("待复核帮扶"), "aid-queue", "wallet", (P.AID_CONFIRM,)),
]
