"""拒绝: what this room says no to, and why."""

from django.utils.translation import gettext_noop as N_

from mashang.core.db.errors import register
from mashang.core.errors import DomainError


class CardRevoked(DomainError):
    """Said only to people who have a relation to the holder; a stranger sees the neutral page."""

    code = "card_revoked"
    message = N_("这张卡已挂失作废，请使用新卡；还没有领到新卡的，请联系工会")
    status = 410


class NotYourCode(DomainError):
    code = "not_your_code"
    message = N_("您与这张卡的主人没有工作关系，不能查看。本次扫码已记录，并已告知档案管理员")
    status = 403


class HelperNotAgreed(DomainError):
    code = "helper_not_agreed"
    message = N_("职工本人没有同意（或已撤回）向帮扶责任人展示信息，请先电话联系工会")
    status = 403


class CodeKeyGone(DomainError):
    """The key by which the code was made is no longer in the settings: nobody can make its letters again."""

    code = "code_key_gone"
    message = N_("这张服务卡的旧码已经不能用了，请挂失补发，换一张新卡")


class AlreadyHasCode(DomainError):
    code = "already_has_code"
    message = N_("这位职工的服务码刚刚已经生成，请刷新后查看")


register("holder_has_one_live_code", AlreadyHasCode)
register("code_generation_is_unique", AlreadyHasCode)
