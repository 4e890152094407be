"""Where the room `notices` stands on the phone: tiles of the first page, rows of “我的”."""

from django.utils.translation import gettext_lazy as _

from mashang.mobile.navigation import NavItem

TILES = [
    NavItem(
        90,
        _("消息"),
        "inbox",
        "bell",
        _("工会发给您的"),
        lambda visitor: visitor.is_signed_in,
        news=lambda visitor: visitor.unread,
    ),
]
ROWS = [NavItem(100, _("消息"), "inbox", "bell", news=lambda visitor: visitor.unread)]
