"""演示入口: into whose place a visitor of the demo may step."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.demo.households import PER_HOUSEHOLD
from mashang.demo.made_up import make_phone
from mashang.demo.personas import FIRMS_PHONE, GIVERS, HELPERS, STAFF, Colleague
from mashang.demo.timeline import lots

_NEWCOMER = 970_000_000  # the phone of somebody who has not applied yet
_SERIALS = [lot.serial for lot in lots(2)]

SEATS = tuple(colleague for colleague in STAFF if colleague.hint)


@dataclass(frozen=True)
class Visitor:
    """Somebody who comes in by phone."""

    key: str
    phone: str
    title: str
    hint: str


def _household(number: int) -> str:
    return make_phone(_SERIALS[number] * PER_HOUSEHOLD)


FAMILY = Visitor(
    "family", _household(0), N_("建了档的职工"), N_("打开自己的码，看收到的帮扶，看看谁看过档案。")
)
PHONES = (
    Visitor("newcomer", make_phone(_NEWCOMER), N_("刚知道这个平台的职工"), N_("做两分钟自测，再试着申请一次。")),
    FAMILY,
    Visitor("applicant", _household(1), N_("刚提交申请的职工"), N_("看办到哪一步了，还可以补材料或者撤回。")),
    Visitor("giver", GIVERS[0].phone, N_("爱心人士"), N_("在心愿墙上认领一个心愿，看每一步怎么走。")),
    Visitor("firm", FIRMS_PHONE, N_("爱心企业经办人"), N_("为单位一次认领几个心愿，或者先说想捐什么。")),
    Visitor("helper", HELPERS[_SERIALS[0] % len(HELPERS)].phone, N_("结对帮扶责任人"), N_("扫家庭的码，看六条基础信息，记一次联系。")),
)  # fmt: skip


def visitor(key: str) -> Visitor | None:
    return next((one for one in PHONES if one.key == key), None)


def person_in(key: str) -> tuple[Colleague, User] | None:
    """The colleague in this chair, if the demo is there."""
    seat = next((seat for seat in SEATS if seat.key == key), None)
    user = User.objects.filter(username=seat.username).first() if seat else None
    return (seat, user) if seat and user else None
