"""告知: what the worker and the giver are told at each step; impersonal facts only."""

from mashang.notices import actions as notices
from mashang.notices.kinds import Kind, kind
from mashang.wishes.models import Claim

CLAIMED = kind(
    "claim.made",
    "您的心愿有人认领了",
    "您的心愿已有人认领，预计 {day} 前送到{union}。送到后工会会联系您，您不用做什么。",
    by_sms=False,
)
BACK_ON_WALL = kind(
    "claim.ended",
    "您的心愿还在等",
    "这次认领没有办成，您的心愿已回到心愿墙，排在前面。{union}会一直关注，您不用做什么。",
    by_sms=False,
)
FUNDED = kind(
    "wish.funded",
    "工会来实现您的心愿",
    "您的心愿由{union}来实现，东西备好后会联系您，您不用做什么。",
    by_sms=False,
)
REMINDED = kind(
    "claim.reminded",
    "别忘了您认领的心愿",
    "您认领的心愿请在 {day} 前送到，还有 {days} 个工作日。来不及可以在“我的认领”里延期一次。",
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


def worker_told(claim: Claim, what: Kind, **facts: object) -> None:
    """Into the family's inbox; a worker without an account hears it from the union."""
    if user := claim.wish.holder.user:
        notices.tell(user, what, url="/own/", union=claim.union.name, **facts)


def giver_told(claim: Claim, what: Kind, **facts: object) -> None:
    told = {"union": claim.union.name, "hotline": claim.union.hotline, **facts}
    notices.tell(claim.giver, what, url=f"/giving/claims/{claim.pk}/", **told)
