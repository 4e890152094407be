"""Where the room `accounts` stands on the phone: tiles of the first page, rows of “我的”."""

from django.utils.translation import gettext_lazy as _

from mashang.mobile.navigation import NavItem

ROWS = [
    NavItem(120, _("我的授权"), "consents", "shield-check", _("看我同意过什么，可以随时撤回")),
    NavItem(400, _("更换手机号"), "change-phone", "phone"),
    NavItem(410, _("登录设备"), "sign-ins", "device-mobile", _("看在哪些手机上登录着，可以退出")),
]
