"""What the tree refuses, with its sentence; the constraints behind it say the same."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.db.errors import register
from mashang.core.errors import DomainError, Invalid, NotAllowed, WrongState


class CreditCodeTaken(Invalid):
    code = "credit_code_taken"
    message = N_("这个统一社会信用代码已登记在另一个工会名下，请核对证书")


class CodeTaken(Invalid):
    code = "union_code_taken"
    message = N_("这个编号已有工会使用，请换一个")


class StillInUse(WrongState):
    code = "union_in_use"
    message = N_("这个工会还有下级工会或在任人员，请先撤并下级、办理离任")


class StillAtWork(WrongState):
    """`going_on`: what there is, in words with their numbers."""

    code = "union_at_work"
    message = N_("这个工会还有没有办完的事，请先办结，或者转到别的工会，再来撤销")

    def __init__(self, going_on: list[str]) -> None:
        words = _("这个工会还有%(what)s，请先办结，或者转到别的工会，再来撤销")
        super().__init__(message=words % {"what": "、".join(going_on)})


class UnionClosed(WrongState):
    code = "union_closed"
    message = N_("这个工会已经撤销，不能再办理；请选择另一个仍在运行的工会")


class AlreadyHeld(DomainError):
    code = "post_already_held"
    message = N_("这个人在这里已有同样的任职")


class NotYourself(NotAllowed):
    code = "not_yourself"
    message = N_("不能为自己任职，也不能确认自己的任职，请由另一位管理员办理")


class NeedsAnother(NotAllowed):
    code = "needs_another"
    message = N_(
        "这项任职是您提出的，或者您和提出人中一位的任职是另一位办的，不能算两个人；请由另一位有权限的同志确认，本级没有的由上级工会确认"
    )


class PostElsewhere(NotAllowed):
    code = "post_elsewhere"
    message = N_("这位同事在您管理的范围以外也有任职，请由能管到全部任职的上级工会办理重置")


class ColleagueClosed(WrongState):
    code = "colleague_closed"
    message = N_("这个账号已经停用；要恢复的，先由管理员办理“重置登录”，再由第二人确认任职")


class ClosedElsewhere(NotAllowed):
    code = "account_elsewhere"
    message = N_(
        "这位同事在您管理的范围以外也有任职，请由能管到全部任职的上级工会停用；要马上停手的，先办理离任"
    )


class LastOne(WrongState):
    code = "last_one"
    message = N_(
        "这是本级和上级仅剩的一位系统管理员或档案管理员，停用以后没有人能接；请先任命另一位"
    )


class ResetNoted(WrongState):
    code = "reset_noted"
    message = N_("这次重置刚刚办过，请刷新页面看最新情况")


class RolesClash(NotAllowed):
    code = "roles_clash"
    message = N_("系统管理员不接触业务数据，不能与业务角色由同一人担任")


class RuleCardTaken(Invalid):
    code = "rule_card_taken"
    message = N_("这条规则在这一天已有一张卡，请先停用或换一个生效日期")


class HolidayNoticeWaits(WrongState):
    code = "holiday_notice_waits"
    message = N_(
        "这一年的放假通知已经录入，正等第二人核对；要改的话，先由录入的同志撤回，或者由另一位同事退回"
    )


class OwnHolidayNotice(NotAllowed):
    code = "own_holiday_notice"
    message = N_("这份放假通知是您录入的，请由省总工会另一位有权限的同事核对")


register("holiday_notice_waits_once", HolidayNoticeWaits)
register("holiday_notice_takes_two", OwnHolidayNotice)
register("union_credit_code_is_unique", CreditCodeTaken)
register("post_is_held_once", AlreadyHeld)
register("reset_is_noted_once", ResetNoted)
register("account_is_not_reset_by_oneself", NotYourself)
register("post_is_not_taken_by_oneself", NotYourself)
register("post_is_confirmed_by_another", NeedsAnother)
register("rule_card_starts_once", RuleCardTaken)
