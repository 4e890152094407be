"""Where the room `codes` stands on the phone: tiles of the first page, rows of “我的”."""

from django.utils.translation import gettext_lazy as _

from mashang.mobile.navigation import NavItem

TILES = [
    NavItem(
        30,
        _("扫一扫"),
        "scanner",
        "scan",
        _("扫家庭的服务码"),
        lambda visitor: visitor.is_helper,
    ),
    NavItem(80, _("我的码"), "code", "qrcode", _("出示、查看")),
]
ROWS = [
    NavItem(
        320,
        _("扫一扫"),
        "scanner",
        "scan",
        _("扫服务卡或手机上的服务码"),
        lambda visitor: visitor.is_helper or visitor.is_staff,
    ),
]
