"""批量认领与捐助意向: many wishes of one organisation under one delivery plan; what it offers, matched.

Each wish is claimed in a transaction of its own, so that one that was taken a moment ago takes
nothing away from the others. The plan comes with the first claim: there is none without wishes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from os.path import commonprefix
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.actions.recusal import refuse_kin
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.core.requests.idempotency import KeyReused
from mashang.core.wording import day
from mashang.givers.models import Organisation
from mashang.givers.queries import approves, may_act_for, people_of
from mashang.givers.refusals import NotApproved
from mashang.reference.workdays import add_workdays
from mashang.screening.shared_words import check_shared, seen
from mashang.unions.models import Union
from mashang.unions.roles import Permission, require
from mashang.wishes import notices
from mashang.wishes.actions.claims import claim
from mashang.wishes.models import Category, Claim, DeliveryMode, DeliveryPlan, Pledge, Wish
from mashang.wishes.offices import office_of
from mashang.wishes.queries.of_giver import left_of
from mashang.wishes.refusals import (
    AllTaken,
    HasOverdueClaim,
    MoreThanPledged,
    OrganisationMayNotClaim,
    OutsidePledge,
    OwnWish,
    StaffClaimAsPersons,
    TooManyClaims,
    WishOffWall,
    WishTaken,
)
from mashang.wishes.rules import rules_at

MOST_AT_ONCE = 50
# How goods come to the union; 工会转交 is what the union does with them afterwards.
BY_FAMILY = (DeliveryMode.THROUGH_UNION, DeliveryMode.TO_HOME)  # a family's choice, not a plan's
WAYS = [choice for choice in DeliveryMode.choices if choice[0] not in BY_FAMILY]
LATE = (WishTaken, WishOffWall, OwnWish)
STOPPED = (TooManyClaims, HasOverdueClaim)  # nothing more for this organisation now


@dataclass(frozen=True)
class Arrangement:
    """How and when the goods of a whole plan come."""

    delivery_mode: str
    deliver_on: date
    words: str = ""


@dataclass
class Together:
    """What became of the chosen wishes: claimed, come too late, or beyond what may be claimed."""

    claims: list[Claim] = field(default_factory=list)
    late: list[Wish] = field(default_factory=list)
    beyond: list[Wish] = field(default_factory=list)


# 批量认领 ------------------------------------------------------------------------------------


def claim_together(
    wishes: Iterable[Wish],
    *,
    organisation: Organisation,
    arrangement: Arrangement,
    key: UUID,
    by: User,
) -> Together:
    """批量认领: all that are still free, under one plan whose id is `key`.

    The same key again finds what it has already claimed and goes on; with another arrangement it
    is KeyReused. Raises Invalid, AllTaken, or what stops the organisation from claiming at all.
    """
    chosen = _in_order(wishes)
    union = _common_office([wish.union for wish in chosen])
    _check(arrangement, union)
    values = {"organisation": organisation, "giver": by, "union": union, **vars(arrangement)}
    values["words"] = seen(arrangement.words)

    def one(wish: Wish) -> Claim:
        return _claim_planned(wish, key, values, by=by)

    return _each(chosen, one)


@action
def _claim_planned(wish: Wish, key: UUID, values: dict[str, object], *, by: User) -> Claim:
    delivery_plan, _ = DeliveryPlan.objects.get_or_create(
        pk=key, defaults={**values, "union_path": getattr(values["union"], "path", "")}
    )
    if any(
        getattr(delivery_plan, name) != value for name, value in values.items() if name != "union"
    ):
        raise KeyReused
    claimed = claim(
        wish, by=by, organisation=delivery_plan.organisation, delivery_plan=delivery_plan
    )
    # The organisation has it already, by itself or in another plan.
    if claimed.delivery_plan_id != delivery_plan.pk:
        raise WishTaken
    return claimed


def _each(wishes: list[Wish], one: Callable[[Wish], Claim]) -> Together:
    """One after the other; the first that is too many ends it."""
    together = Together()
    for place, wish in enumerate(wishes):
        try:
            together.claims.append(one(wish))
        except LATE:
            together.late.append(wish)
        except (*STOPPED, MoreThanPledged):
            if not together.claims:
                raise
            together.beyond = wishes[place:]
            break
    if not together.claims:
        raise AllTaken
    return together


def _in_order(wishes: Iterable[Wish]) -> list[Wish]:
    chosen = sorted(wishes, key=lambda wish: (wish.union_path, wish.pk))
    if not chosen:
        raise Invalid(fields={"wishes": N_("请至少选一个心愿，再往下走")})
    if len(chosen) > MOST_AT_ONCE:
        raise Invalid(
            fields={"wishes": _("一次最多选 %(n)d 个心愿，请分几次认领") % {"n": MOST_AT_ONCE}}
        )
    return chosen


def _common_office(unions: list[Union]) -> Union:
    """The nearest office above all of them: it sees to the whole plan."""
    shared = commonprefix([union.path for union in unions])
    whole = 2 + (len(shared) - 2) // 4 * 4
    return office_of(Union.objects.get(path=shared[:whole]))


def _check(arrangement: Arrangement, union: Union) -> None:
    DeliveryMode(arrangement.delivery_mode)
    today = timezone.localdate()
    latest = add_workdays(today, rules_at(union, today).workdays_to_fulfil)
    if not today <= arrangement.deliver_on <= latest:
        words = _("送达日期请在今天到 %(day)s 之间") % {"day": day(latest)}
        raise Invalid(fields={"deliver_on": words})
    check_shared(words=arrangement.words)


# 捐助意向 ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """What an organisation would give, and to whom: “20 quilts for children of county X”."""

    union: Union
    category: str
    item: str
    quantity: int
    for_whom: str = ""
    words: str = ""


@action
def pledge(offer: Offer, *, organisation: Organisation, by: User) -> Pledge:
    """提出捐助意向: the union looks for wishes that fit; nothing is claimed yet."""
    _require_acts_for(organisation, by)
    if not approves(offer.union):
        raise Invalid(fields={"union": N_("请选一个县级以上的工会来对接")})
    if offer.quantity < 1:
        raise Invalid(fields={"quantity": N_("数量至少是 1")})
    check_shared(item=offer.item, words=offer.words)
    Category(offer.category)
    made = Pledge.objects.create(
        **vars(offer), union_path=offer.union.path, organisation=organisation, giver=by
    )
    record("pledge.offered", made, by=by, union=made.union, quantity=made.quantity)
    return made


def match(
    pledge: Pledge, wishes: Iterable[Wish], *, arrangement: Arrangement | None = None, by: User
) -> Together:
    """对接: the union gives open wishes of its branch to a pledge, up to the number pledged.

    The first time needs an arrangement; later wishes come under the same plan.
    """
    require(by, Permission.CLAIM_MANAGE, at=pledge.union)
    chosen = _in_order(wishes)
    if any(not pledge.union.is_above(wish.union) for wish in chosen):
        raise OutsidePledge
    for wish in chosen:
        refuse_kin(wish.holder, by)
    _check_number(pledge, chosen)
    if pledge.delivery_plan_id is None:
        _check_given(arrangement, pledge.union)
    try:
        together = _each(chosen, lambda wish: _match_one(pledge, wish, arrangement, by=by))
    except STOPPED as refusal:
        raise OrganisationMayNotClaim from refusal
    notices.organisation_told(
        pledge.organisation, notices.PLEDGE_MATCHED, pledge.union, count=len(together.claims)
    )
    return together


def _check_number(pledge: Pledge, chosen: list[Wish]) -> None:
    if len(chosen) > left_of(pledge):
        raise MoreThanPledged


def _check_given(arrangement: Arrangement | None, union: Union) -> None:
    if arrangement is None:
        raise Invalid(fields={"deliver_on": N_("请写明怎样送、什么时候送到")})
    _check(arrangement, union)


@action
def _match_one(pledge: Pledge, wish: Wish, arrangement: Arrangement | None, *, by: User) -> Claim:
    """The pledge is locked, so that two colleagues together give no more than was pledged."""
    locked = Pledge.objects.select_for_update(of=("self",)).select_related("organisation", "union")
    pledge = locked.get(pk=pledge.pk)  # its plan is read afterwards: a join would not see a new one
    if pledge.state not in Pledge.RUNNING:
        raise WrongState(message=N_("这份捐助意向已经撤回或答复，请刷新后再看"))
    if not left_of(pledge):
        raise MoreThanPledged
    giver = _who_acts(pledge)
    if pledge.delivery_plan is None:
        pledge.transition_to(
            Pledge.State.MATCHED, delivery_plan=_delivery_plan_of(pledge, arrangement, giver)
        )
    claimed = claim(
        wish, by=giver, organisation=pledge.organisation, delivery_plan=pledge.delivery_plan
    )
    if claimed.delivery_plan_id != pledge.delivery_plan_id:
        raise WishTaken
    record("pledge.matched", pledge, by=by, union=pledge.union, wish=wish)
    return claimed


def _delivery_plan_of(pledge: Pledge, arrangement: Arrangement | None, giver: User) -> DeliveryPlan:
    if arrangement is None:
        raise WrongState
    return DeliveryPlan.objects.create(
        organisation=pledge.organisation,
        giver=giver,
        union=pledge.union,
        union_path=pledge.union_path,
        **vars(arrangement),
    )


def _who_acts(pledge: Pledge) -> User:
    """Whoever pledged, or an owner once they have left."""
    people = [representative.user for representative in people_of(pledge.organisation)]
    return pledge.giver if pledge.giver in people else people[0]


@action
def decline(pledge: Pledge, *, why: str, by: User) -> None:
    """不采用, with a reason that the organisation reads."""
    require(by, Permission.CLAIM_MANAGE, at=pledge.union)
    if not why.strip():
        raise Invalid(fields={"why": N_("请写明原因，单位看得到")})
    check_shared(why=why, by_office=True)
    pledge.transition_to(Pledge.State.DECLINED, declined_why=why.strip())
    notices.organisation_told(pledge.organisation, notices.PLEDGE_DECLINED, pledge.union)
    record("pledge.declined", pledge, by=by, union=pledge.union)


@action
def withdraw(pledge: Pledge, *, by: User) -> None:
    """撤回捐助意向: by anybody who acts for the organisation, before it is matched."""
    if not Pledge.objects.of_giver(by).filter(pk=pledge.pk).exists():
        raise Missing
    pledge.transition_to(Pledge.State.WITHDRAWN)
    record("pledge.withdrawn", pledge, by=by, union=pledge.union)


def _require_acts_for(organisation: Organisation, by: User) -> None:
    if by.is_colleague:
        raise StaffClaimAsPersons
    if not Organisation.objects.of_member(by).filter(pk=organisation.pk).exists():
        raise Missing
    if not may_act_for(by, organisation):
        raise NotApproved
