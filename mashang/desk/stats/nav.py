"""Places of the room `stats` in the side bar."""

from django.utils.translation import gettext_lazy as _

from mashang.accounts.queries import accounts_within
from mashang.cases.models import Alert
from mashang.desk.navigation import NavItem
from mashang.unions.roles import Permission as P

ITEMS = [
    NavItem(20, _("本级概况"), "branch", "chart-bar", (P.BRANCH_READ,)),
    NavItem(
        30,
        _("异常提醒"),
        "alerts",
        "alert-triangle",
        (P.ALERT_READ,),
        ("alert",),
        count=lambda user: (
            Alert.objects.visible_to(user)
            .unsettled()
            .exclude(about__in=accounts_within(user))
            .count()
        ),
    ),
]
