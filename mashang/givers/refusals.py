"""拒绝: what this room says no to, and why."""

from django.utils.translation import gettext_noop as N_

from mashang.core.db.errors import register
from mashang.core.errors import DomainError, Invalid, NotAllowed


class OddNickname(Invalid):
    code = "odd_nickname"
    message = N_("昵称请用 2–12 个汉字或字母，数字最多两个，不要用符号")

    def __init__(self) -> None:
        super().__init__(fields={"nickname": self.message})


class NumberInNickname(OddNickname):
    code = "number_in_nickname"
    message = N_("昵称里不要放号码或账号，请换一个普通的称呼")


class ContactInNickname(OddNickname):
    code = "contact_in_nickname"
    message = N_("昵称里不要放联系方式，也不要用单位的名义，请换一个普通的称呼")


class BusinessInNickname(OddNickname):
    code = "business_in_nickname"
    message = N_("昵称里不要揽生意、借钱或者做广告，请换一个普通的称呼")


class AlreadyRegistered(DomainError):
    """Also for what another branch registered: a credit code is public, who acts for it is not."""

    code = "organisation_registered"
    message = N_("这个统一社会信用代码已经登记过，请贵单位的管理员邀请您；有疑问请拨打 12351")


class TooManyApplications(DomainError):
    code = "too_many_applications"
    message = N_("您已有几家单位在等待核实，请等工会答复后再申请")


class NotOwner(NotAllowed):
    code = "not_owner"
    message = N_("这件事要由单位的管理员办理，请联系贵单位的管理员")


class OwnOrganisation(NotAllowed):
    code = "own_organisation"
    message = N_("您是（或曾是）这家单位的经办人，不能由您核实，请另一位同志办理")


class NotApproved(DomainError):
    code = "organisation_not_approved"
    message = N_("这家单位还没有通过工会核实（或已暂停），现在不能办理；请联系核实的工会")


class AlreadyMember(DomainError):
    code = "already_member"
    message = N_("这位同志已经是贵单位的经办人，不用再邀请")


class AlreadyInvited(DomainError):
    code = "already_invited"
    message = N_("已经邀请过这个手机号，请等对方登录后答复；也可以先收回再邀请")


class TooManyPeople(DomainError):
    code = "too_many_people"
    message = N_("经办人和待答复的邀请合起来最多 20 位，请先收回不用的邀请或请出不再经办的同志")


class LastOwner(DomainError):
    code = "last_owner"
    message = N_("您是唯一的管理员，请先把别的经办人设为管理员；单位不再参加的，请联系核实的工会")


register("credit_code_is_registered_once", AlreadyRegistered)
register("person_acts_for_an_organisation_once", AlreadyMember)
register("phone_is_invited_once", AlreadyInvited)
