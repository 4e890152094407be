"""Where the room `cases` stands on the phone: tiles of the first page, rows of “我的”."""

from django.utils.translation import gettext_lazy as _

from mashang.mobile.navigation import NavItem

TILES = [
    NavItem(
        10,
        _("我帮扶的家庭"),
        "families",
        "home-heart",
        _("看情况、打电话、记走访"),
        lambda visitor: visitor.is_helper,
        is_main=True,
    ),
    NavItem(20, _("申请帮扶"), "apply", "heart-handshake", _("长期帮扶、临时救助"), is_main=True),
    NavItem(
        50,
        _("两分钟自测"),
        "selftest",
        "list-check",
        _("看看能不能申请"),
        lambda visitor: not visitor.is_on_file,
    ),
    NavItem(60, _("申请指南"), "guide", "book", _("要准备什么")),
    NavItem(70, _("我的事项"), "matters", "clipboard-list", _("办到哪一步了")),
]
ROWS = [
    NavItem(110, _("我的服务"), "own", "clipboard-list", _("进度、帮扶、谁看过我的档案")),
    NavItem(
        310, _("我帮扶的家庭"), "families", "home-heart", shown=lambda visitor: visitor.is_helper
    ),
]
