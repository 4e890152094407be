"""告知: what the worker is told at each step, in plain words; impersonal facts only."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.models import Application, Holder, Publicity
from mashang.notices import actions as notices
from mashang.notices.kinds import Kind, kind
from mashang.reviews.models import Step
from mashang.reviews.queries import open_step_of

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


APPROVED = kind(
    "application.approved",
    "申请有进展",
    "“{step}”已通过，现在由{union}办理，预计 {day} 前完成。您不用做什么，有进展会再告诉您。",
)
GRANTED = kind(
    "application.granted",
    "申请已通过",
    "您的申请已经通过。{union}会和您联系后面的安排，有事可以拨打 {hotline}。",
)
SENT_BACK = kind(
    "application.sent_back",
    "需要您补充",
    "{union}看过您的申请，还有 {count} 项要补充或更正。请打开“我的事项”看清单，补好后再提交，不用从头填。",
)
REFUSED = kind(
    "application.refused",
    "申请没有通过",
    "很抱歉，{union}这次没有通过您的申请。原因写在“我的事项”里；情况有变化可以再次申请，不明白请拨打 {hotline}。",
)
PUBLICITY = kind(
    "application.publicity",
    "开始公示",
    "{union}已开始公示，到 {day} 结束。公示里不写您的证件号、住址和病情，到期自动撤下。",
)
GLASS_BROKEN = kind(
    "case.glass_broken",
    "有一次应急查阅",
    "{union}有一次应急查阅，请在今天核对原因是否恰当。",
    by_sms=False,
)


def tell(application: Application, what: Kind, *, by: User, **facts: object) -> None:
    """Tell the worker what was done for them; who acts on their behalf is told too (代办)."""
    inform(application, what, **facts)
    if application.holder.user_id != by.pk and what is not ASSISTED:
        inform(application, ASSISTED, **facts)


def inform(application: Application, what: Kind, **facts: object) -> None:
    """Into the inbox and by text message; one without an account gets the text message alone."""
    holder = application.holder
    told: dict[str, Any] = {
        "union": application.union.name,
        "hotline": application.union.hotline,
        **facts,
    }
    if holder.user is not None:
        notices.tell(holder.user, what, url=f"/matters/{application.pk}/", **told)
    elif what.by_sms and (phone := holder.phone.reveal() if holder.phone else ""):
        notices.text_phone(phone, what, holder.data_key, **told)


def approved(application: Application, step: Step) -> None:
    """The step is behind; where it lies now and by when, or that all is granted."""
    following = open_step_of(application.pk)
    if following is None:
        inform(application, GRANTED)
        return
    lies = {"union": following.union.name, "day": day_words(following.due_on)}
    inform(application, APPROVED, step=step.flow_step.name, **lies)


def sent_back(application: Application, step: Step) -> None:
    inform(application, SENT_BACK, union=step.union.name, count=len(application.missing))


def refused(application: Application, step: Step) -> None:
    inform(application, REFUSED, union=step.union.name, hotline=step.union.hotline)


def publicity_began(application: Application, notice: Publicity) -> None:
    last = timezone.localdate(notice.ends_at) - timedelta(days=1)
    inform(application, PUBLICITY, day=day_words(last))


def glass_broken(holder: Holder, keepers: Iterable[User]) -> None:
    """Every keeper on the line above the household hears of it at once."""
    for keeper in keepers:
        notices.tell(keeper, GLASS_BROKEN, url="/desk/alerts/", union=holder.union.name)


def day_words(day: date) -> str:
    return f"{day.month}月{day.day}日"
