"""告知: what the worker is told at each step, in plain words; impersonal facts only."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.models import Application, Case, Holder, Pairing, Publicity
from mashang.cases.queries.access import leads_on
from mashang.notices import actions as notices
from mashang.notices.kinds import Kind, kind
from mashang.reviews.models import Step
from mashang.reviews.queries import open_step_of
from mashang.unions.models import Post
from mashang.unions.roles import Role

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
PUBLICITY_MOVED = kind(
    "application.publicity_moved",
    "公示结束的日子有变动",
    "国家公布了新的放假安排，您申请的公示改到 {day} 结束，仍是 5 个工作日。您不用做什么。",
    by_sms=False,
)
TERM_MOVED = kind(
    "application.term_moved",
    "办理期限有变动",
    "国家公布了新的放假安排，{union}办理您申请的最晚日期改为 {day}，工作日天数不变。您不用做什么。",
    by_sms=False,
)
STEP_MOVED = kind(
    "application.step_moved",
    "换了办理的工会",
    "原来的工会没有别的人可以办，“{step}”转到{union}办理，预计 {day} 前完成。您不用做什么，材料都已转过去。",
)
FILED = kind(
    "case.opened",
    "帮扶档案已建立",
    "您的申请已经通过，{union}为您家建立了帮扶档案。服务码照旧，服务卡做好后会通知您。有事可以拨打 {hotline}。",
)
CHANGED = kind(
    "case.changed",
    "档案内容有更新",
    "{union}更新了您家的档案内容。请打开“我的”里的“我的服务”核对，不对请拨打 {hotline}。",
)
CHANGE_DONE = kind(
    "change_request.done",
    "您申报的变动已核实",
    "{union}已核实您申报的变动，档案已经更新。您不用做什么。",
)
CHANGE_DECLINED = kind(
    "change_request.declined",
    "您申报的变动没有采纳",
    "{union}看过您申报的变动，这次没有更改档案。原因写在“申报变动”里，情况有变可以再申报。",
)
CHANGE_REPORTED = kind(
    "change_request.asked",
    "有职工申报变动",
    "{union}有一户家庭申报了变动，请核实后答复。",
    by_sms=False,
)
PAIRED = kind(
    "pairing.confirmed",
    "您有了帮扶责任人",
    "{union}为您家安排了帮扶责任人，以后有事可以直接找这位同志。联系方式在“我的服务”里。",
)
HELPS = kind(
    "pairing.helper",
    "请您担任帮扶责任人",
    "{union}请您与一户职工家庭结对。打开“结对家庭”可以看到基本情况和联系方式，请在一周内联系一次。",
)
PAIRING_ENDED = kind(
    "pairing.ended",
    "结对已结束",
    "{union}安排的一次结对已经结束。",
)
TRANSFERRED = kind(
    "case.transferred",
    "档案已转到新的工会",
    "您家的档案已转到{union}，以后由那里联系您。服务码和服务卡照常使用，什么都不会丢。",
)
MERGED = kind(
    "case.merged",
    "两份档案合并成了一份",
    "{union}把您家的两份档案合并成了一份。两张服务码都照用，收到的帮扶都在。内容不对请拨打 {hotline}。",
)
CLOSED = kind(
    "case.closed",
    "帮扶档案已办结",
    "{union}已为您家办结帮扶档案，记录会保存好。以后遇到难处可以随时再申请，或拨打 {hotline}。",
)
ENDED_WITH_FILE = kind(
    "case.ended_what_waited",
    "您提出的一件事随档案办结结束了",
    "{union}有一户的帮扶档案已经办结，您提出、还没有办成的“{step}”随之结束，不用再等。档案恢复以后可以重新提出。",
    by_sms=False,
)
NOT_AGREED = kind(
    "case.what_was_asked_is_declined",
    "您提出的一件事没有办成",
    "您为{union}的一户提出的“{step}”，别的同志没有同意或者撤回了，没有办成，不用再等。需要的，请核实后重新提出。",
    by_sms=False,
)
REOPENED = kind(
    "case.reopened",
    "帮扶档案已恢复",
    "{union}已恢复您家的帮扶档案，服务码照旧。有事可以拨打 {hotline}。",
)
CONSENT_TAKEN_BACK = kind(
    "consent.taken_back",
    "有职工撤回了一项授权",
    "{union}有一户家庭撤回了核对或者银行卡的授权，请联系本人，商量后面怎么办。",
    by_sms=False,
)
GLASS_BROKEN = kind(
    "case.glass_broken",
    "有一次应急查阅",
    "{union}有一次应急查阅，请在今天核对原因是否恰当。",
    by_sms=False,
)


# What a colleague asks of another for a household, as a notice names it.
TRANSFER, PAIRING, MERGE = N_("转出档案"), N_("结对"), N_("合并档案")


def tell(application: Application, what: Kind, *, by: User, **facts: object) -> None:
    """Tell the worker what was done for them; who acts on their behalf is told too (代办)."""
    inform(application, what, **facts)
    if not application.holder.belongs_to(by) and what is not ASSISTED:
        inform(application, ASSISTED, **facts)


def inform(application: Application, what: Kind, **facts: object) -> None:
    """Into the inbox and by text message; one without an account gets the text message alone."""
    holder = application.holder
    values: dict[str, Any] = {
        "union": application.union.name,
        "hotline": application.union.hotline,
        **facts,
    }
    owners = list(holder.owners())
    for owner in owners:
        notices.tell(owner, what, url=f"/matters/{application.pk}/", **values)
    if not owners and what.by_sms and (phone := holder.phone.reveal() if holder.phone else ""):
        notices.text_phone(phone, what, holder.data_key, **values)


def approved(application: Application, step: Step) -> None:
    """The step is behind; where it lies now and by when, or that all is granted."""
    following = open_step_of(application.pk)
    if following is None:
        inform(application, FILED if application.kind == Application.Kind.FILE else GRANTED)
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


def publicity_moved(application: Application, notice: Publicity) -> None:
    last = timezone.localdate(notice.ends_at) - timedelta(days=1)
    inform(application, PUBLICITY_MOVED, day=day_words(last))


def term_moved(application: Application, step: Step) -> None:
    inform(application, TERM_MOVED, union=step.union.name, day=day_words(step.due_on))


def step_moved(application: Application, step: Step) -> None:
    """To the union above, because nobody was left; the worker waits for another office by another day."""
    lies = {"union": step.union.name, "day": day_words(step.due_on)}
    inform(application, STEP_MOVED, step=step.flow_step.name, **lies)


def holder_told(case: Case, what: Kind, url: str = "/own/") -> None:
    """What has happened to the file: everybody who signs in for the household; one without an account
    is told by the union, face to face."""
    for owner in case.holder.owners():
        notices.tell(owner, what, url=url, union=case.union.name, hotline=case.union.hotline)


def asker_told(case: Case, asker: User, what: str, *, by: User) -> None:
    """Whoever had asked for something that ended with the file; not of what they end themselves."""
    _tell_asker(asker, ENDED_WITH_FILE, case.holder, what, by=by)


def asker_refused(holder: Holder, asker: User, what: str, *, by: User) -> None:
    """Whoever had asked for something that a colleague declines, or takes back; not of what they end themselves."""
    _tell_asker(asker, NOT_AGREED, holder, what, by=by)


def _tell_asker(asker: User, kind: Kind, holder: Holder, what: str, *, by: User) -> None:
    """With the way to the file where it still opens for them."""
    if asker.pk != by.pk:
        url = f"/desk/holders/{holder.pk}/" if leads_on(asker, [holder]) else ""
        notices.tell(asker, kind, url=url, union=holder.union.name, step=what)


def union_asked_to_call(holder: Holder) -> None:
    """“工会会和您联系”: the clerks of the household's union are told to."""
    posts = Post.objects.current(timezone.localdate()).filter(union=holder.union, role=Role.CLERK)
    for post in posts.select_related("user"):
        notices.tell(
            post.user,
            CONSENT_TAKEN_BACK,
            url=f"/desk/holders/{holder.pk}/",
            union=holder.union.name,
        )


def helper_told(pairing: Pairing, what: Kind) -> None:
    notices.tell(pairing.helper, what, url="/families/", union=pairing.case.union.name)


def change_reported(case: Case) -> None:
    """The clerks of the union that keeps the file have something to check."""
    today = timezone.localdate()
    posts = Post.objects.current(today).filter(union_id=case.union_id, role=Role.CLERK)
    for post in posts.select_related("user"):
        url = f"/desk/holders/{case.holder_id}/changes/"
        notices.tell(post.user, CHANGE_REPORTED, url=url, union=case.union.name)


def glass_broken(holder: Holder, keepers: Iterable[User]) -> None:
    """Every keeper on the line above the household hears of it at once."""
    for keeper in keepers:
        notices.tell(keeper, GLASS_BROKEN, url="/desk/alerts/", union=holder.union.name)


def day_words(day: date) -> str:
    return f"{day.month}月{day.day}日"
