"""拒绝: what this room says no to, and why; registered for the constraints that stand behind."""

from mashang.core.dberrors import register
from mashang.core.errors import DomainError, NotAllowed


class WishTaken(DomainError):
    code = "wish_taken"
    message = "来晚一步，这个心愿刚刚被别人认领了；还有别的心愿在等，去看看吧"


class WishOffWall(DomainError):
    code = "wish_off_wall"
    message = "这个心愿刚刚从心愿墙上撤下了，不能再认领；还有别的心愿在等，去看看吧"


class OwnWish(NotAllowed):
    code = "own_wish"
    message = "这是您自己家或亲属家的心愿，请留给别人来实现"


class NeedsGiver(DomainError):
    """The doors lead from here to the page on which a giver says how to be named."""

    code = "needs_giver"
    message = "认领之前，请先告诉我们怎么称呼您（昵称、是否公开）"


class OrganisationNotApproved(DomainError):
    code = "organisation_not_approved"
    message = "这个单位还没有通过工会核实，或已暂停，现在不能认领；请联系核实它的工会"


class StaffClaimAsPersons(NotAllowed):
    code = "staff_claim_as_persons"
    message = "工会工作人员只能以个人名义认领，请改选“个人认领”"


class TooManyClaims(DomainError):
    """`facts["most"]` is the number that may be under way at once."""

    code = "too_many_claims"
    message = "您还有几个认领没有送达，先送达或放弃一个，再认领新的"

    def __init__(self, most: int) -> None:
        message = f"同时最多认领 {most} 个心愿；先送达或放弃一个，再认领新的"
        super().__init__(message=message, most=most)


class HasOverdueClaim(DomainError):
    code = "has_overdue_claim"
    message = "您有一个认领已经过了最晚送达日，请先送达或放弃它，再认领新的"


class NotExtended(DomainError):
    code = "not_extended"
    message = "延期只有一次，而且要在寄出之前、最晚送达日之前办理；有困难请联系工会"


class GoodsUnderWay(DomainError):
    code = "goods_under_way"
    message = "这个认领已经寄出、送达或结束，不能再放弃；有困难请联系工会"


class NotReinstated(DomainError):
    code = "not_reinstated"
    message = "这个心愿已由别人认领或已撤下，不能恢复原来的认领；已备好的物品可转给相近的心愿"


register("wish_has_one_live_claim", WishTaken)
