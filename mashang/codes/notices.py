"""告知: what a worker is told of the own card, and a keeper of a scan that was refused."""

from mashang.cases.models import Holder
from mashang.cases.queries.access import keepers_of
from mashang.codes.models import Card
from mashang.notices import actions as notices
from mashang.notices.kinds import kind

CARD_READY = kind(
    "card.printed",
    "服务卡已做好",
    "您的服务卡已经做好，请到{union}领取，或者等工作人员送到家里，领卡时签个字就行。",
)
SCAN_REFUSED = kind(
    "code.scan_refused",
    "有一次扫码被拒绝",
    "{union}有一户职工的服务码被别处的工作人员扫描，没有显示内容。请核对是否需要处理。",
    by_sms=False,
)


def card_ready(card: Card) -> None:
    """Whoever signs in for the household; others are told by the union, face to face."""
    for owner in card.code.holder.owners():
        notices.tell(owner, CARD_READY, url="/own/cards/", union=card.union.name)


def scan_refused(holder: Holder) -> None:
    for keeper in keepers_of(holder):
        notices.tell(keeper, SCAN_REFUSED, url="/desk/alerts/", union=holder.union.name)
