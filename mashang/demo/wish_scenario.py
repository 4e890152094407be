"""演示心愿: what a household of the demo wishes for, and who makes it come true. A part of `scenario.Life`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from mashang.accounts.actions import consents
from mashang.accounts.models import Consent, User
from mashang.cases.form.consents import VERSION
from mashang.cases.models import Case
from mashang.givers.models import Organisation
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.wishes.actions import (
    claims,
    complaints,
    confirmations,
    deliveries,
    moderation,
    union_fund,
    wishes,
)
from mashang.wishes.actions import thanks as thanks_actions
from mashang.wishes.models import Claim, Parcel, Wish
from mashang.wishes.words import WishWords

if TYPE_CHECKING:
    from mashang.demo.base_data import Stage
    from mashang.demo.timeline import Lot

ASSISTED = "没有智能手机，本人到工会窗口说的"


@dataclass(frozen=True)
class Dream:
    """One small wish, in the words of whoever has it; nothing in them tells whose family it is."""

    category: str
    item: str
    yuan: int
    for_whom: str
    reason: str
    spec: str = ""


DREAMS = (
    Dream("goods", "电饭煲", 199, "family", "家里的锅用了十多年，煮饭老是夹生，想换一个小的。", "3 升"),
    Dream("study", "台灯", 129, "child", "孩子晚上写作业光线太暗，想要一盏护眼台灯。"),
    Dream("health", "血压计", 189, "parent", "老人血压高，去卫生站量一次不方便，想在家里量。", "上臂式"),
    Dream("goods", "棉被", 160, "self", "冬天值夜班冷，想要一床厚一点的棉被。", "1.5 米床"),
    Dream("study", "书包", 120, "child", "旧书包背带断了，缝过几次，想要一个新的。"),
    Dream("goods", "电热毯", 110, "parent", "母亲腿脚怕冷，想给她添一条电热毯。", "单人"),
    Dream("culture", "课外书", 100, "child", "孩子爱看科学故事，家里没有几本，想要一套。"),
    Dream("goods", "电磁炉", 180, "family", "住的地方不能烧煤气，想要一个电磁炉做饭。"),
    Dream("health", "轮椅", 460, "spouse", "爱人走不远，想要一把轻便的轮椅，能出门晒太阳。"),
    Dream("skill", "电工证培训教材", 150, "self", "下岗后想学一门手艺，自己看书备考，想要一套教材。"),
    Dream("goods", "电风扇", 150, "family", "夏天屋里闷热，老人孩子睡不好，想要一台风扇。", "落地式"),
    Dream("culture", "全家看一场电影", 160, "family", "一家人很久没有一起出门了，想带孩子看一场电影。"),
    Dream("goods", "电压力锅", 260, "family", "老人牙不好，想要一个能把饭菜煮软的锅。", "5 升"),
    Dream("career", "求职面试的西装", 300, "self", "想去应聘，面试没有一身像样的衣服。", "175/92A"),
    Dream("goods", "保温饭盒", 90, "self", "工地离食堂远，中午的饭总是凉的，想要一个保温饭盒。"),
    Dream("study", "儿童自行车", 320, "child", "孩子上学要走四十分钟，想要一辆小自行车。", "20 寸"),
    Dream("health", "老花镜", 80, "parent", "父亲看不清药盒上的小字，想给他配一副老花镜。"),
    Dream("goods", "电热水壶", 89, "family", "想要一个自动断电的水壶，老人一个人在家烧水也放心。"),
    Dream("culture", "全家福拍摄", 299, "family", "孩子都快成年了，一家人还没有一张合照。"),
    Dream("goods", "取暖器", 199, "parent", "屋子背阴，母亲冬天膝盖疼，想要一台取暖器。"),
    Dream("career", "劳保鞋", 159, "self", "干搬运伤过脚，想要一双防砸的鞋。", "42 码"),
    Dream("study", "新华字典", 60, "child", "老师让查生字，家里没有字典。"),
    Dream("health", "助行器", 150, "spouse", "爱人走路不稳，想要一个扶得住的助行器。"),
    Dream("skill", "月嫂培训", 480, "self", "孩子大了，想学一门能养家的手艺，报一个月嫂班。"),
)  # fmt: skip


class WishLife:
    """What can happen to a household's wish, act by act."""

    if TYPE_CHECKING:
        lot: Lot
        stage: Stage

        @property
        def worker(self) -> User: ...
        @property
        def clerk(self) -> User: ...
        @property
        def case(self) -> Case: ...
        @property
        def _office(self) -> Union: ...

    def wish(self) -> None:
        holder, is_assisted = self.case.holder, self.lot.fate.assisted
        by = self.clerk if is_assisted else self.worker
        consents.give(holder.pk, Consent.Purpose.WISH, version=VERSION, by=by, union=holder.union)
        wishes.post(
            holder, words=self._words(), by=by, assist_reason=ASSISTED if is_assisted else ""
        )

    def _words(self) -> WishWords:
        dream = DREAMS[self.lot.wishes_before % len(DREAMS)]
        return WishWords(
            category=dream.category, item=dream.item, price_fen=dream.yuan * 100,
            for_whom=dream.for_whom, reason=dream.reason, spec=dream.spec,
        )  # fmt: skip

    @property
    def _wish(self) -> Wish:
        rows = Wish.objects.select_related("holder__user", "holder__data_key", "union")
        return rows.filter(holder=self.case.holder).latest("created_at")

    def check_wish(self) -> None:
        poster = self.clerk if self.lot.fate.assisted else None
        moderation.check(self._wish, by=self.stage.who(Role.CLERK, self.case.union, but=poster))

    def return_wish(self) -> None:
        why = "请写清楚要几升的，我们好挑合适的"
        moderation.send_back(self._wish, why=why, by=self.clerk)

    def open_wish(self) -> None:
        moderation.open_on_wall(self._wish, by=self._opener)

    @property
    def _opener(self) -> User:
        return self.stage.who(Role.REVIEWER, self._office)

    # Who makes it come true ---------------------------------------------------------------

    @property
    def _claim(self) -> Claim:
        rows = Claim.objects.select_related("wish__holder__user", "union", "giver", "organisation")
        return rows.filter(wish=self._wish).latest("created_at")

    @property
    def _giver(self) -> User:
        return self.stage.givers[self.lot.serial % len(self.stage.givers)]

    def claim_wish(self) -> None:
        claims.claim(self._wish, by=self._giver)

    def give_up(self) -> None:
        claims.give_up(self._claim, by=self._claim.giver)

    def firm_claims(self) -> None:
        firm = Organisation.objects.approved().select_related("union").latest("created_at")
        by = firm.representatives.select_related("user").latest("created_at").user
        claims.claim(self._wish, by=by, organisation=firm)

    def fund_wish(self) -> None:
        union_fund.fund([self._wish], by=self.stage.who(Role.APPROVER, self._office))

    def send_goods(self) -> None:
        claim = self._claim
        deliveries.send(
            claim, mode="courier", goods=claim.wish.item, carrier="中国邮政",
            tracking=f"99{self.lot.serial:011}", by=claim.giver,
        )  # fmt: skip

    def pass_goods(self) -> None:
        deliveries.pass_parcel(
            self._parcel, matches=True, is_new=True, is_fresh=True, by=self.clerk
        )

    def reject_goods(self) -> None:
        deliveries.reject_parcel(self._parcel, why="送到时已经破损，请换一份", by=self.clerk)

    @property
    def _parcel(self) -> Parcel:
        return (
            Parcel.objects.select_related("claim__union")
            .filter(claim=self._claim)
            .latest("created_at")
        )

    def hand_goods(self) -> None:
        today = timezone.localdate()
        deliveries.hand_over(
            self._claim, handed_on=today, words="送到家里，当面试过", by=self.clerk
        )

    def confirm_goods(self) -> None:
        confirmations.confirm(self._claim, by=self.worker)

    def thank(self) -> None:
        thanks = thanks_actions.write(
            self._claim, words="收到了，很好用，谢谢您惦记着我们。", by=self.worker
        )
        thanks_actions.show(thanks, by=self.clerk)

    def report_complaint(self) -> None:
        complaints.raise_complaint(
            self._claim, kind="wrong_goods", words="插头接触不好，通不上电", by=self.worker
        )
