"""告知: what the worker is told at each step, in plain words; impersonal facts only."""

from mashang.accounts.models import User
from mashang.cases.models import Application
from mashang.notices import actions as notices
from mashang.notices.kinds import Kind, kind

SUBMITTED = kind(
    "application.submitted",
    "申请已提交",
    "您的申请已送到{union}，预计 {day} 前会有人受理。材料不齐或者有了进展，都会再告诉您。",
)
RESUBMITTED = kind(
    "application.resubmitted",
    "补正已提交",
    "您补充的内容已送到{union}，预计 {day} 前办理。",
)
ASSISTED = kind(
    "application.assisted",
    "工会替您办了一步",
    "{union}的工作人员受您委托，替您填写或提交了申请。如果不是您本人的意思，请拨打 {hotline}。",
)
WITHDRAWN = kind(
    "application.withdrawn",
    "申请已撤回",
    "申请已按您的意思撤回，不会再办理。以后需要帮助，随时可以重新申请。",
)


def tell(application: Application, what: Kind, *, by: User, **facts: object) -> None:
    """Tell the worker; one who has no account is told by the union, face to face."""
    user = application.holder.user
    if user is None:
        return
    told = {"union": application.union.name, "hotline": application.union.hotline, **facts}
    notices.tell(user, what, url=f"/matters/{application.pk}/", **told)
    if by.pk != user.pk and what is not ASSISTED:
        notices.tell(user, ASSISTED, url=f"/matters/{application.pk}/", **told)
