"""工会兜底: what nobody claimed is bought by the union, and two people stand behind the spending."""

import pytest
from django.utils import timezone

from mashang.accounts.models import Relative
from mashang.aid import actions as ledger
from mashang.aid.models import AidProposal
from mashang.aid.queries import total_fen
from mashang.cases.actions.recusal import OwnCase
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from mashang.wishes.actions import claims, confirmations, deliveries, union_fund
from mashang.wishes.models import Claim, Wish
from mashang.wishes.refusals import SpendingNotConfirmed, SpendingStands, WishTaken
from tests.builders import make_staff
from tests.crowd import lock_off, press_at_once
from tests.wishes.builders import make_claim, make_giver, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def approver(branch_a):
    return make_staff("审批人", branch_a["county"], Role.APPROVER)


@pytest.fixture
def treasurer(branch_a):
    return make_staff("财务", branch_a["county"], Role.TREASURER)


@pytest.fixture
def wish(branch_a):
    return make_wish(union=branch_a["own"], price_fen=28_800)


def fund(wish, by):
    return union_fund.fund([wish], by=by)[0]


def turn_down(claim, treasurer):
    ledger.reject(claim.proposal, by=treasurer)


def test_the_union_takes_the_wish_and_its_price_waits_on_the_ledger(wish, approver):
    claim = fund(wish, approver)

    wish.refresh_from_db()
    assert (wish.state, claim.kind, claim.union) == ("claimed", "union", wish.union)
    assert claim.proposal.state == "proposed"
    assert (claim.proposal.fund, claim.proposal.project) == ("own_union", "goods")
    assert (claim.proposal.amount_fen, claim.proposal.goods) == (28_800, "微心愿 电饭煲")
    assert Notice.objects.filter(user=wish.holder.user, kind="wish.funded").count() == 1


def test_the_money_stands_on_the_ledger_once_another_has_confirmed(wish, approver, treasurer):
    claim = fund(wish, approver)
    assert total_fen(wish.holder) == 0

    ledger.confirm(claim.proposal, by=treasurer)

    assert total_fen(wish.holder) == 28_800


def test_several_are_funded_at_once_or_none_of_them(wish, approver, branch_a):
    taken = make_wish(union=branch_a["own"])
    make_claim(taken)

    with pytest.raises(WishTaken):
        union_fund.fund([wish, taken], by=approver)
    wish.refresh_from_db()
    assert wish.state == "open" and not AidProposal.objects.exists()

    another = make_wish(union=branch_a["own"])
    assert len(union_fund.fund([wish, another], by=approver)) == 2


def test_it_says_so_when_nothing_or_too_much_was_chosen(wish, approver):
    for chosen in ([], [wish] * 51):
        with pytest.raises(Invalid, match="50"):
            union_fund.fund(chosen, by=approver)


def test_a_colleague_without_the_right_or_of_another_branch_funds_nothing(wish, chen, branch_b):
    stranger = make_staff("绿水审批人", branch_b["county"], Role.APPROVER)
    for colleague in (chen, stranger):
        with pytest.raises(NotAllowed):
            fund(wish, colleague)


def test_nobody_funds_the_wish_of_a_relative(wish, approver):
    Relative.objects.create(user=approver, relation="兄弟", id_index=wish.holder.id_index)

    with pytest.raises(OwnCase):
        fund(wish, approver)


def test_a_wish_that_is_no_longer_shown_is_funded_all_the_same(wish, approver):
    Wish.objects.filter(pk=wish.pk).update(is_hidden=True)

    assert fund(wish, approver).state == "claimed"


def test_the_unions_claim_is_nobodys_own_and_weighs_on_no_limit(branch_a, approver):
    for _ in range(5):
        fund(make_wish(union=branch_a["own"]), approver)

    assert not Claim.objects.of_giver(approver).exists()


def test_what_the_union_bought_is_handed_over_after_the_second_person(
    wish, approver, treasurer, chen
):
    claim = fund(wish, approver)
    today = timezone.localdate()
    with pytest.raises(SpendingNotConfirmed):
        deliveries.hand_over(claim, handed_on=today, by=chen)

    ledger.confirm(claim.proposal, by=treasurer)

    deliveries.hand_over(claim, handed_on=today, by=chen)
    confirmations.confirm(claim, by=wish.holder.user)
    wish.refresh_from_db()
    assert wish.state == "fulfilled" and total_fen(wish.holder) == 28_800


def test_twice_is_refused(wish, approver):
    fund(wish, approver)

    with pytest.raises(WishTaken):
        fund(wish, approver)
    assert AidProposal.objects.count() == 1


def test_what_was_turned_down_goes_back_to_the_wall(wish, approver, treasurer):
    claim = fund(wish, approver)
    turn_down(claim, treasurer)

    union_fund.put_back(claim, by=approver)

    wish.refresh_from_db()
    claim.refresh_from_db()
    assert (wish.state, claim.state) == ("open", "revoked")
    assert claims.claim(wish, by=make_giver()).kind == "person"


def test_a_standing_spending_is_not_undone_behind_the_ledger(wish, approver, treasurer, chen):
    claim = fund(wish, approver)
    for undo in (
        lambda: union_fund.put_back(claim, by=approver),
        lambda: claims.revoke(claim, why="不买了", by=chen),
    ):
        with pytest.raises(SpendingStands):
            undo()
    ledger.confirm(claim.proposal, by=treasurer)
    with pytest.raises(SpendingStands):
        union_fund.put_back(claim, by=approver)


def test_putting_back_takes_the_right_and_happens_once(wish, approver, treasurer, chen):
    claim = fund(wish, approver)
    turn_down(claim, treasurer)

    with pytest.raises(NotAllowed):
        union_fund.put_back(claim, by=chen)
    union_fund.put_back(claim, by=approver)
    with pytest.raises(WrongState):
        union_fund.put_back(Claim.objects.get(pk=claim.pk), by=approver)


@pytest.mark.django_db(transaction=True)
def test_a_giver_and_the_union_pressing_at_once_make_one_claim(wish, approver):
    givers = [make_giver() for _ in range(10)]
    acts = [lambda giver=giver: claims.claim(fresh(wish), by=giver) for giver in givers]
    acts += [lambda: fund(fresh(wish), approver) for _ in range(10)]

    answers = press_at_once(acts)

    won = [answer for answer in answers if not isinstance(answer, Exception)]
    assert len(won) == 1 and Claim.objects.live().count() == 1
    assert AidProposal.objects.count() == Claim.objects.filter(kind="union").count()


@pytest.mark.django_db(transaction=True)
def test_without_locks_the_constraint_is_the_last_word(wish, approver):
    with lock_off():
        press_at_once([lambda: fund(fresh(wish), approver) for _ in range(10)])

    assert Claim.objects.live().count() <= 1


def fresh(wish):
    return Wish.objects.select_related("union", "holder__user").get(pk=wish.pk)
