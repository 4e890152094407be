"""拒绝: what only this door says no to."""

from django.utils.translation import gettext_noop as N_

from mashang.core.errors import DomainError, Invalid, NotAllowed


class NeedsToken(DomainError):
    code = "token_needed"
    message = N_("请带上应用令牌（Authorization: Bearer …）；本人可在“我的—登录设备”发放")
    status = 401


class TokenUnknown(DomainError):
    code = "token_unknown"
    message = N_("应用令牌不对、已停用或已过期，请本人在“我的—登录设备”重新发放")
    status = 401


class TokenMayOnlyLook(NotAllowed):
    code = "token_may_only_look"
    message = N_("这个应用令牌只能查看，请本人重新发放一个“查看并认领”的令牌")


class WrongMethod(DomainError):
    code = "wrong_method"
    message = N_("这个地址不接受这种请求方法，请按接口说明发送")
    status = 405


class NotOffered(DomainError):
    code = "not_offered"
    message = N_("这里只提供 application/json，请修改 Accept")
    status = 406


class NotJson(DomainError):
    code = "not_json"
    message = N_("请把内容按 application/json 发送")
    status = 415


class Unreadable(DomainError):
    code = "unreadable"
    message = N_("发来的内容不是完整的 JSON，请检查后重发")
    status = 400


class NotAsDescribed(Invalid):
    """`fields` names each value that is not as the OpenAPI says."""

    code = "not_as_described"
    message = N_("有内容不符合接口说明，请按 fields 里的提示修改后重发")
