"""拒绝: what this room says no to, and why; registered for the constraints that stand behind."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.db.errors import register
from mashang.core.errors import (
    DomainError,
    Invalid,
    Missing,
    NotAllowed,
    TooMany,
    WrongState,
)
from mashang.core.wording import day


class WishTaken(DomainError):
    code = "wish_taken"
    message = N_("来晚一步，这个心愿刚刚被别人认领了；还有别的心愿在等，去看看吧")


class WishOffWall(DomainError):
    code = "wish_off_wall"
    message = N_("这个心愿刚刚从心愿墙上撤下了，不能再认领；还有别的心愿在等，去看看吧")


class NotOnWall(Missing):
    """As well for a wish that never was: whether one was taken down is nobody's business."""

    message = N_("这个心愿已经不在心愿墙上了，请回到心愿墙看看别的心愿")


class OwnWish(NotAllowed):
    code = "own_wish"
    message = N_("这是您自己家或亲属家的心愿，请留给别人来实现")


class NeedsGiver(DomainError):
    """The doors lead from here to the page on which a giver says how to be named."""

    code = "needs_giver"
    message = N_("认领之前，请先告诉我们怎么称呼您（昵称、是否公开）")


class StaffClaimAsPersons(NotAllowed):
    code = "staff_claim_as_persons"
    message = N_("工会工作人员只能以个人名义认领，请改选“个人认领”")


class TooManyClaims(DomainError):
    """`facts["most"]` is the number that may be under way at once."""

    code = "too_many_claims"
    message = N_("您还有几个认领没有送达，先送达或放弃一个，再认领新的")

    def __init__(self, most: int) -> None:
        message = _("同时最多认领 %(n)d 个心愿；先送达或放弃一个，再认领新的") % {"n": most}
        super().__init__(message=message, most=most)


class HasOverdueClaim(DomainError):
    code = "has_overdue_claim"
    message = N_("您有一个认领已经过了最晚送达日，请先送达或放弃它，再认领新的")


class NotExtended(DomainError):
    code = "not_extended"
    message = N_("延期只有一次，而且要在寄出之前、最晚送达日之前办理；有困难请联系工会")


class GoodsUnderWay(DomainError):
    code = "goods_under_way"
    message = N_("这个认领已经寄出、送达或结束，不能再放弃；有困难请联系工会")


class NotReinstated(DomainError):
    code = "not_reinstated"
    message = N_("这个心愿已由别人认领或已撤下，不能恢复原来的认领；已备好的物品可转给相近的心愿")


class SpendingStands(DomainError):
    code = "spending_stands"
    message = N_("这笔兜底支出没有被退回，不能放回心愿墙；请先由财务在“待复核帮扶”里退回登记")


class SpendingNotConfirmed(DomainError):
    code = "spending_not_confirmed"
    message = N_("这笔兜底支出还没有复核入账，请先由财务在“待复核帮扶”里复核，再转交")


class AlreadyAtFair(DomainError):
    code = "already_at_fair"
    message = N_("这个心愿已经放入另一场专场，请先从那里移出")


class WishNotForFair(DomainError):
    code = "wish_not_for_fair"
    message = N_("只有心愿墙上还没有人认领的心愿可以放入或移出专场，请刷新后再看")


class StockListed(DomainError):
    code = "stock_listed"
    message = N_("这种物品已经登记过，请在那一行补货")


class OutOfStock(DomainError):
    code = "out_of_stock"
    message = N_("这种物品刚刚发完，请换一种，或者补货后再发")


class FairIsOver(DomainError):
    code = "fair_is_over"
    message = N_("这场专场已经结束或取消，不能再改")


class FairNotToday(DomainError):
    code = "fair_not_today"
    message = N_("还没有到专场的日子，请当天再开始")


class FairNotRunning(DomainError):
    code = "fair_not_running"
    message = N_("这场专场还没有开始，或者已经结束；心愿墙上随时可以认领")


class NothingToHandOut(DomainError):
    code = "nothing_to_hand_out"
    message = N_("这个心愿还没有人认领，或者物品已经寄出、送到、发放，请刷新后再看")


class NotSendable(WrongState):
    code = "claim_not_sendable"
    message = N_("这个心愿现在不能再寄东西，请刷新“我的认领”看最新进展")


class ParcelOpen(WrongState):
    code = "parcel_open"
    message = N_("还有包裹在路上或没有验收，请先验收（或登记不合格）再转交")


class NothingReceived(WrongState):
    code = "nothing_received"
    message = N_("还没有验收合格的物品，不能转交；收到实物的请先登记收货")


class AlreadyHandedOver(WrongState):
    code = "already_handed_over"
    message = N_("这个心愿已经登记过转交，请刷新后再看")


class ComplaintStands(WrongState):
    code = "complaint_stands"
    message = N_("职工反映的问题还没有答复，答复以后再确认")


class ComplaintOpen(DomainError):
    code = "complaint_open"
    message = N_("您反映的问题工会正在处理，请在收到答复后再反映新的情况")


class AnotherAnswers(NotAllowed):
    """Of an account that was linked a short while ago: who filled in for the family and handed the goods over could
    be sitting behind it."""

    code = "newly_linked"

    def __init__(self, until: date, *, has_helper: bool) -> None:
        words = (
            _(
                "您的账号是刚接上的，东西又是替您填过申请的同志转交的：%(day)s以前请结对帮扶的同志替您确认，"
                "以后您可以自己确认。没有收到或者不对的，现在就可以告诉工会"
            )
            if has_helper
            else _(
                "您的账号是刚接上的，东西又是替您填过申请的同志转交的：请等到%(day)s自己确认，"
                "或者请工会安排另一位同志结对帮扶、替您确认。没有收到或者不对的，现在就可以告诉工会"
            )
        )
        super().__init__(message=words % {"day": day(until)})


class AnotherHelperAnswers(NotAllowed):
    """Of goods that the helper brought: they do not say yes for the family to what they did themselves.

    `until`: from which day on the family may say it, where its account was linked a short while ago.
    """

    code = "helper_handed_over"

    def __init__(self, until: date | None, *, has_other: bool) -> None:
        words = _(self._words(is_new=until is not None, has_other=has_other))
        super().__init__(message=words % {"day": day(until)} if until else words)

    @staticmethod
    def _words(*, is_new: bool, has_other: bool) -> str:
        if not is_new:
            return N_("东西是您送到的，不能再由您替家里确认；请家里自己确认")
        if has_other:
            return N_(
                "东西是您送到的，不能再由您替家里确认；请另一位结对帮扶的同志确认，或者等到%(day)s由家里自己确认"
            )
        return N_(
            "东西是您送到的，不能再由您替家里确认；请工会安排另一位同志结对帮扶、替家里确认，"
            "或者等到%(day)s由家里自己确认"
        )


class NotTheOneWhoHandedOver(NotAllowed):
    code = "needs_second_person"
    message = N_("转交是您经手的，职工反映的问题请由另一位同志核实答复")


class PhotoUsedTwice(Invalid):
    code = "photo_used_twice"
    message = N_("这张照片已经用在别的心愿上，请为这一次的物品重新拍一张")

    def __init__(self) -> None:
        super().__init__(fields={"photo": self.message})


class PictureShowsCode(Invalid):
    code = "picture_shows_code"
    message = N_("照片里有二维码，扫了就能找到人；请把它遮住，或者换个角度重新拍一张")

    def __init__(self) -> None:
        super().__init__(fields={"photo": self.message})


class NotOnFile(NotAllowed):
    code = "not_on_file"
    message = N_("建了帮扶档案的职工才能发布心愿；还没有建档的，请先申请帮扶")


class HasLiveWish(DomainError):
    code = "has_live_wish"
    message = N_("您家已有一个心愿正在办理，实现或撤回以后再发布下一个")


class YearIsFull(DomainError):
    code = "year_is_full"
    message = N_("您家今年实现的心愿已到上限，明年可以再发布；急需帮助请联系工会")


class NotAgreedToWall(DomainError):
    code = "not_agreed_to_wall"
    message = N_("还没有同意把隐去姓名的心愿放上心愿墙，请勾选同意后再提交；不同意也不影响帮扶")


class WishNotFit(Invalid):
    """`fields` maps each part of the wish to what is wrong with it."""

    code = "wish_not_fit"
    message = N_("心愿里有内容需要修改，请按提示改好再提交")


class NotAgreedToAddress(Invalid):
    """Asked anew for each wish."""

    code = "not_agreed_to_address"
    message = N_(
        "直接送到家要把姓名、电话和住址告诉认领人，请单独勾选同意；不同意的，请改选由工会转交"
    )

    def __init__(self) -> None:
        super().__init__(fields={"agrees_address": self.message})


class NotToHome(NotAllowed):
    code = "not_to_home"
    message = N_("这个心愿现在不能直接送到家，也不显示收货地址；请送到工会，由工会转交")


class TooManyGivenUp(TooMany):
    """A family hears of each claim that was made and given up; meanwhile nobody else could take its wish."""

    code = "too_many_given_up"

    def __init__(self, most: int) -> None:
        words = _(
            "一天里放弃了 %(most)d 个认领，先不能再认领：每一次家里都会收到消息，别人也认领不了。请明天这个时候再来"
        )
        super().__init__(message=words % {"most": most})


class TooManyDoors(TooMany):
    code = "too_many_doors"
    message = N_("一周里最多看 3 户家庭的收货地址；这一个请送到工会，由工会转交，或者过几天再看")


class GiverHandsOver(NotAllowed):
    code = "giver_hands_over"
    message = N_("这个心愿是您本人认领的，请交给同事转交")


class AlreadyClaimed(WrongState):
    code = "already_claimed"
    message = N_("这个心愿已有人认领、正在准备，不能再改或撤回；有变化请给工会打电话")


class NeedsOtherChecker(NotAllowed):
    code = "needs_other_checker"
    message = N_("这一步要由另一位同志办理：代发的不能初审和终审，初审的不能终审")


class TooFewAlike(Invalid):
    code = "too_few_alike"
    message = N_("按这样的描述，符合的家庭太少，容易被认出来；请选更笼统的一种")


class CatalogueItemTaken(Invalid):
    code = "catalogue_item_taken"
    message = N_("清单里这一天已有同名的物品，请先停用它或换一个生效日期")


class AllTaken(DomainError):
    code = "all_taken"
    message = N_("来晚一步，选中的心愿都已被认领或撤下；还有别的心愿在等，请另选几个")


class MoreThanPledged(DomainError):
    code = "more_than_pledged"
    message = N_("选的心愿比单位愿意捐助的多，请少选几个")


class OutsidePledge(DomainError):
    code = "outside_pledge"
    message = N_("有的心愿不在这份捐助意向的地区里，请重新选择")


class OrganisationMayNotClaim(DomainError):
    """The union's own words for what stops the organisation."""

    code = "organisation_may_not_claim"
    message = N_("这家单位同时认领的已到上限，或有逾期没有送达的，请先联系单位，再来对接")


class AlreadyThanked(DomainError):
    code = "already_thanked"
    message = N_("您已经写过感谢的话了，工会看过以后会转给对方")


register("wish_has_one_live_claim", WishTaken)
register("wish_is_at_one_fair", AlreadyAtFair)
register("stock_lists_an_item_once", StockListed)
register("stock_is_never_below_nothing", OutOfStock)
register("claim_is_handed_over_once", AlreadyHandedOver)
register("complaint_is_open_once_per_person", ComplaintOpen)
register("goods_photo_is_used_once", PhotoUsedTwice)
register("household_has_one_live_wish", HasLiveWish)
register("wish_is_checked_by_two_people", NeedsOtherChecker)
register("catalogue_item_starts_once", CatalogueItemTaken)
