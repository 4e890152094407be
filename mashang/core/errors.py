"""Refusals: the one language in which every room says no. Doors turn them into a page, a toast or JSON."""

from django.utils.translation import gettext_noop as N_


class DomainError(Exception):
    """拒绝: what happened and what to do, in a sentence that a worker can read.

    Rooms name their own refusals by subclass (`class WishTaken(DomainError)` with `code` and
    `message`) or raise one of the classes below with a code and a sentence of their own.
    `facts` are identifiers, counts and times for the door; never names or numbers of people.
    """

    code: str = "refused"
    message: str = N_("现在不能这样做，请刷新页面后再看")
    status: int = 409

    def __init__(
        self,
        code: str | None = None,
        message: str | None = None,
        status: int | None = None,
        **facts: object,
    ) -> None:
        self.code = code or self.code
        self.message = message or self.message
        self.status = status or self.status
        self.facts = facts
        super().__init__(self.code, self.message)

    def __str__(self) -> str:
        return self.message


class NotAllowed(DomainError):
    code = "not_allowed"
    message = N_("您没有办理这件事的权限，请联系本级工会管理员")
    status = 403


class Missing(DomainError):
    """Also for what lies outside one's scope: there it does not exist."""

    code = "missing"
    message = N_("没有找到这一项，它可能已被移走")
    status = 404


class WrongState(DomainError):
    code = "wrong_state"
    message = N_("这件事刚刚有了变化，请刷新后再看")
    status = 409


class Gone(DomainError):
    """The data key was destroyed: nobody can read this any more."""

    code = "gone"
    message = N_("这份资料已按规定销毁，无法再查看")
    status = 410


class Invalid(DomainError):
    """Input that breaks a rule; `fields` maps a field's name to its sentence."""

    code = "invalid"
    message = N_("有内容需要改正，请按提示修改后再提交")
    status = 422

    def __init__(
        self,
        code: str | None = None,
        message: str | None = None,
        status: int | None = None,
        *,
        fields: dict[str, str] | None = None,
        **facts: object,
    ) -> None:
        super().__init__(code, message, status, **facts)
        self.fields: dict[str, str] = fields or {}


class TooMany(DomainError):
    """`facts["retry_after"]` is the number of seconds until the next try counts."""

    code = "too_many"
    message = N_("操作太频繁，请稍后再试")
    status = 429


class Busy(DomainError):
    """Known not to have happened: the database rolled it back."""

    code = "busy"
    message = N_("系统正忙，这一步没有保存，请稍后再试一次")
    status = 503


class OutcomeUnknown(DomainError):
    """Nobody can say whether it was stored; repeating with the same key tells."""

    code = "outcome_unknown"
    message = N_("网络或系统刚刚中断，还不能确定是否已保存；请再点一次，不会重复办理")
    status = 503


SURE = "is_sure"  # the tick that lets what was asked back stand


class AskedBack(Invalid):
    """追问: not a no. What was typed is unlikely; the same form with the tick `is_sure` goes through."""

    code = "asked_back"
    message = N_("有的地方前后不一样，请核对；没有填错的，勾选“核对过了”再保存")

    def __init__(self, fields: dict[str, str]) -> None:
        tick = N_("请再核对一遍；没有填错的，勾选这一项再保存")
        super().__init__(fields={**fields, SURE: tick})
