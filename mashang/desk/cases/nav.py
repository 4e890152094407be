"""Places of the room `cases` in the side bar."""

from django.utils.translation import gettext_lazy as _

from mashang.cases.models import ChannelChange
from mashang.desk.navigation import NavItem
from mashang.unions.roles import Permission as P

ITEMS = [
    NavItem(
        10,
        _("待办"),
        "work-list",
        "list-check",
        (P.REVIEW_ACCEPT, P.REVIEW_CHECK, P.REVIEW_RECHECK, P.REVIEW_APPROVE),
        ("application", "application-tab"),
    ),
    NavItem(
        40,
        _("代办申请"),
        "assist",
        "user-check",
        (P.APPLICATION_ASSIST,),
        ("assist-overview", "assist-step", "assist-member", "assist-papers", "assist-withdraw"),
    ),
    NavItem(
        50,
        _("档案"),
        "cases",
        "folder",
        (P.CASE_READ,),
        ("holder", "holder-tab", "version", "merge", "close-case", "reopen-case"),
    ),
    NavItem(80, _("待接收档案"), "transfers", "transfer", (P.CASE_TRANSFER,)),
    NavItem(
        85,
        _("待确认换号换卡"),
        "channels",
        "phone",
        (P.CASE_CHANGE,),
        ("channel", "replace-phone"),
        count=lambda user: ChannelChange.objects.visible_to(user).how_many_to_confirm_by(user),
    ),
]
