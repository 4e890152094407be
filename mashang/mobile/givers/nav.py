"""Where the room `givers` stands on the phone: tiles of the first page, rows of “我的”."""

from django.utils.translation import gettext_lazy as _

from mashang.mobile.navigation import NavItem

ROWS = [
    NavItem(
        200, _("我的爱心"), "giving", "heart-handshake", _("我认领的心愿、爱心证书、经办的单位")
    ),
]
