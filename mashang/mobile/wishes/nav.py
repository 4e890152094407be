"""Where the room `wishes` stands on the phone: tiles of the first page, rows of “我的”."""

from django.utils.translation import gettext_lazy as _

from mashang.mobile.navigation import NavItem

TILES = [
    NavItem(
        40,
        _("我的心愿"),
        "my-wishes",
        "heart-handshake",
        _("说出来，有人帮您实现"),
        lambda visitor: visitor.is_on_file,
    ),
    NavItem(100, _("心愿墙"), "wall", "heart-handshake", _("帮人圆一个心愿")),
]
