"""告知: what givers, workers and the union's colleagues are told of a wish; impersonal facts only."""

from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.notices import day_words
from mashang.givers.models import Organisation
from mashang.givers.queries import people_of
from mashang.notices import actions as notices
from mashang.notices.kinds import Kind, kind
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role
from mashang.wishes.models import Claim, Complaint, Wish
from mashang.wishes.offices import office_of
from mashang.wishes.queries.claims import comes_late
from mashang.wishes.queries.deliveries import another_answers_until, brought_by, other_helpers

CLAIMED = kind(
    "claim.made",
    "您的心愿有人认领了",
    "您的心愿已有人认领，预计 {day} 前送到{union}。送到后工会会联系您，您不用做什么。",
    by_sms=False,
)
CLAIMED_LATE = kind(
    "claim.made_late",
    "您的心愿有人认领了",
    "您的心愿已有人认领，最晚 {day} 送到{union}，可能比您希望的日子晚。认领人知道您希望的日子，会尽量早送；等不及的请拨打 {hotline}。",
    by_sms=False,
)
CLAIMED_TO_HOME = kind(
    "claim.made_to_home",
    "您的心愿有人认领了",
    "您的心愿已有人认领，预计 {day} 前送到您家。按您的同意，认领人为了送货，现在可以看到您的姓名、电话和住址。不想让他看到，请打开“我的心愿”点“不想再告诉住址”，或拨打 {hotline}。",
)
BACK_ON_WALL = kind(
    "claim.ended",
    "您的心愿还在等",
    "这次认领没有办成，您的心愿已回到心愿墙，排在前面。{union}会一直关注，您不用做什么。",
    by_sms=False,
)
OFF_WALL = kind(
    "claim.ended_off_wall",
    "您的心愿没有公开",
    "这次认领没有办成。按您的意思，心愿没有回到心愿墙；打开“我的心愿”，可以重新公开，也可以撤回。",
    by_sms=False,
)
FUNDED = kind(
    "wish.funded",
    "工会来实现您的心愿",
    "您的心愿由{union}来实现，东西备好后会联系您，您不用做什么。",
    by_sms=False,
)
TERM_MOVED = kind(
    "claim.term_moved",
    "最晚送达的日子有变动",
    "国家公布了新的放假安排，您认领的心愿最晚送达日改为 {day}，工作日天数不变。",
    by_sms=False,
)
REMINDED = kind(
    "claim.reminded",
    "别忘了您认领的心愿",
    "您认领的心愿请在 {day} 前送到，还有 {days} 个工作日。来不及可以在“我的认领”里延期一次。",
)
REMINDED_AGAIN = kind(
    "claim.reminded_again",
    "别忘了您认领的心愿",
    "您认领的心愿已经延期一次，请在 {day} 前送到，还有 {days} 个工作日。来不及请拨打 {hotline}。",
)
LAPSED = kind(
    "claim.lapsed",
    "认领已到期",
    "您认领的心愿过了约定日期，已回到心愿墙。如果您已经寄出或送到，请拨打 {hotline}，工会会为您核对。",
)
REVOKED = kind(
    "claim.revoked",
    "认领已由工会撤销",
    "{union}撤销了您的一个认领，原因写在“我的认领”里。有疑问请拨打 {hotline}。",
)
REINSTATED = kind(
    "claim.reinstated",
    "认领已恢复",
    "{union}恢复了您的一个认领，请在 {day} 前送到。谢谢您。",
)
PARCEL_SENT = kind(
    "parcel.sent",
    "有爱心物品在路上",
    "{union}有一个心愿的物品已经寄出或约好送达，请留意收货，收到当天验收。",
    by_sms=False,
)
SENT_HOME = kind(
    "parcel.sent_home",
    "您的心愿正在送到家",
    "认领人已把东西直接送往您家。收到了，请打开“我的心愿”点确认；没有收到或者不对，也在那里告诉{union}，电话 {hotline}。",
)
PARCEL_PASSED = kind(
    "parcel.passed",
    "工会已收到您送的物品",
    "{union}已收到并验收合格，接下来会转交给职工家庭。有进展会再告诉您，谢谢您的心意。",
)
PARCEL_REJECTED = kind(
    "parcel.rejected",
    "送到的物品需要换一下",
    "很抱歉，{union}验收时发现物品和心愿对不上。原因写在“我的认领”里，请在 {day} 前换好再送；有困难请拨打 {hotline}。",
)
WRONG_AT_HOME = kind(
    "parcel.wrong_at_home",
    "送到家里的东西要再送一次",
    "职工家庭反映东西没有收到或者不对，{union}已核实。说明写在“我的认领”里，请在 {day} 前重新送；有困难请拨打 {hotline}。",
)
HANDED_OVER = kind(
    "claim.handed_over",
    "您的心愿送到了",
    "{union}登记已把您的心愿送到您手里。请打开“我的心愿”确认；没有收到或者不对，也在那里告诉我们。{days} 天内没有反映的会自动确认。",
)
HANDED_OVER_TO_NEW = kind(
    "claim.handed_over_to_new",
    "您的心愿送到了",
    "{union}登记已把您的心愿送到您手里。您的账号是刚接上的，{day} 前由另一位同志来问您、替您确认，不会自动确认；没有收到或者不对，现在就可以打开“我的心愿”告诉我们，或拨打 {hotline}。",
)
ASK_THE_FAMILY = kind(
    "claim.ask_the_family",
    "请问问家里收到没有",
    "{union}有一户您结对帮扶的家庭，心愿已登记转交，账号是刚接上的，{day} 前不能自己确认。请当面或打电话问清楚，再在“我帮扶的家庭”里替他们确认。",
    by_sms=False,
)
HAVE_THE_FAMILY_ASKED = kind(
    "claim.have_the_family_asked",
    "有一户家庭要另一位同志去问",
    "{union}有一户家庭的心愿已登记转交，账号是刚接上的，办转交的同志也替这户填过申请，{day} 前不会自动确认。请另一位结对帮扶的同志问清楚、替家里确认；没有的，请先安排结对。",
    by_sms=False,
)
ON_ITS_WAY = kind(
    "claim.with_the_family",
    "心愿已经转交",
    "{union}已把您的心意转交给职工家庭，正在等家里确认。",
    by_sms=False,
)
FULFILLED = kind(
    "claim.fulfilled",
    "心愿实现了",
    "您认领的心愿已经实现，{union}为您颁发了爱心证书，打开“我的认领”可以查看和下载。谢谢您！",
)
COMPLAINT_RAISED = kind(
    "problem.raised",
    "有职工反映心愿的问题",
    "{union}有一户职工家庭反映心愿送达有问题，请在 {day} 前核实答复。",
    by_sms=False,
)
WISH_REPORTED = kind(
    "wish.reported",
    "有人反映心愿墙上的内容",
    "有人反映{union}一个心愿的公开内容有问题，请在 {day} 前核实答复；确有问题的请先下架。",
    by_sms=False,
)
COMPLAINT_ANSWERED = kind(
    "problem.answered",
    "您反映的问题有了答复",
    "{union}已答复您反映的问题，点开就能看到。还不满意请拨打 {hotline}。",
)
HANDED_OVER_AGAIN = kind(
    "claim.handover_undone",
    "心愿还在办理",
    "职工家庭反映心愿还没有妥善送到，{union}已核实，正在重新办理。您现在不用做什么，需要您配合时会联系您。",
    by_sms=False,
)
THANKED = kind(
    "thanks.shown",
    "有人对您说谢谢",
    "您帮助过的家庭写了一句感谢的话，打开“我的认领”就能看到。",
    by_sms=False,
)
PLEDGE_MATCHED = kind(
    "pledge.matched",
    "捐助意向已对接",
    "{union}为您单位的捐助意向对接了 {count} 个心愿，请到“我的爱心”看清单和送达日期。",
)
PLEDGE_DECLINED = kind(
    "pledge.declined",
    "捐助意向未采用",
    "{union}没有采用您单位的捐助意向，原因写在单位页面上。谢谢您的心意。",
)


def giver_told(claim: Claim, what: Kind, **facts: object) -> None:
    """The person who claimed; a union that claimed for itself needs no telling."""
    if claim.kind == Claim.Kind.UNION:
        return
    office = office_of(claim.union)
    values = {"union": office.name, "hotline": office.hotline, **facts}
    notices.tell(claim.giver, what, url=f"/giving/claims/{claim.pk}/", **values)


def worker_told(claim: Claim, what: Kind, **facts: object) -> None:
    """Whoever signs in for the family; others are told face to face."""
    values = {"union": claim.union.name, "hotline": claim.union.hotline, **facts}
    for owner in claim.wish.holder.owners():
        notices.tell(owner, what, url=f"/my-wishes/{claim.wish_id}/", **values)


def told_of_handover(claim: Claim, *, days: int) -> None:
    """The family, which confirms within days; of a new account, who is to ask it instead of that."""
    until = another_answers_until(claim)
    if until is None:
        worker_told(claim, HANDED_OVER, days=days)
        return
    day = day_words(until)
    worker_told(claim, HANDED_OVER_TO_NEW, day=day)
    for pairing in other_helpers(claim, brought_by(claim)).select_related("helper"):
        url = f"/families/{pairing.case_id}/wish/"
        notices.tell(pairing.helper, ASK_THE_FAMILY, url=url, union=claim.union.name, day=day)
    clerks_told(claim, HAVE_THE_FAMILY_ASKED, url="/desk/deliveries/?show=confirm", day=day)


def worker_told_of_claim(claim: Claim, day: str, *, to_home: bool) -> None:
    """By when, and where to: whoever gives the address is told that it may be read from now on."""
    late = CLAIMED_LATE if comes_late(claim.wish, claim.due_on) else CLAIMED
    worker_told(claim, CLAIMED_TO_HOME if to_home else late, day=day)


def worker_told_of_end(claim: Claim) -> None:
    """The claim came to nothing: where the wish is now, and what can be done with it; of a wish that ended
    with it the family has heard."""
    if claim.wish.state == Wish.State.CLOSED:
        return
    worker_told(claim, OFF_WALL if claim.wish.is_hidden else BACK_ON_WALL)


def raiser_told(complaint: Complaint, user: User, what: Kind) -> None:
    """Whoever raised it, at the page where they raised it; a giver hears of the county's office."""
    wish = complaint.wish
    is_giver = complaint.claim is not None and complaint.claim.giver_id == user.pk
    union = office_of(wish.union) if is_giver else wish.union
    url = f"/giving/claims/{complaint.claim_id}/" if is_giver else f"/my-wishes/{wish.pk}/"
    notices.tell(user, what, url=url, union=union.name, hotline=union.hotline)


def clerks_told(
    one: Claim | Wish, what: Kind, *, url: str = "/desk/deliveries/", **facts: object
) -> None:
    """The clerks of the family's union and of the office where the goods arrive."""
    offices = {one.union_id, office_of(one.union).pk}
    posts = Post.objects.current(timezone.localdate()).filter(union_id__in=offices, role=Role.CLERK)
    for post in posts.select_related("user"):
        notices.tell(post.user, what, url=url, union=one.union.name, **facts)


def organisation_told(
    organisation: Organisation, what: Kind, union: Union, **facts: object
) -> None:
    """Everybody who acts for it."""
    url = f"/giving/organisations/{organisation.pk}/"
    for representative in people_of(organisation):
        notices.tell(representative.user, what, url=url, union=union.name, **facts)
