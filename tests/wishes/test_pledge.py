"""捐助意向: offered by an organisation, matched by the union to wishes of its branch."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.givers.refusals import NotApproved
from mashang.notices.models import Notice
from mashang.wishes.actions import delivery_plans
from mashang.wishes.actions.delivery_plans import Arrangement, Offer
from mashang.wishes.models import Claim, DeliveryPlan, Pledge
from mashang.wishes.queries import of_giver
from mashang.wishes.refusals import (
    MoreThanPledged,
    OrganisationMayNotClaim,
    OutsidePledge,
    StaffClaimAsPersons,
)
from tests.builders import make_staff, make_worker
from tests.crowd import press_at_once
from tests.wishes.builders import make_claim, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(branch_a):
    return Offer(
        union=branch_a["county"], category="goods", item="棉被", quantity=2, for_whom="child"
    )


@pytest.fixture
def offered(offer, organisation, wang):
    return delivery_plans.pledge(offer, organisation=organisation, by=wang)


@pytest.fixture
def wishes(branch_a):
    return [make_quilt(branch_a) for _ in range(3)]


@pytest.fixture
def soon():
    return Arrangement("in_person", timezone.localdate() + timedelta(days=2))


def make_quilt(branch, **also):
    return make_wish(union=branch["own"], item="棉被", for_whom="child", **also)


def fresh(pledge):
    return Pledge.objects.get(pk=pledge.pk)


def test_a_pledge_waits_for_the_union_and_claims_nothing(offered, branch_a):
    assert offered.state == "offered" and of_giver.left_of(offered) == 2
    assert not Claim.objects.exists()
    assert TrailEntry.objects.get(action="pledge.offered").facts == {"quantity": 2}


def test_only_who_acts_for_an_approved_organisation_pledges(offer, organisation, wang, branch_a):
    with pytest.raises(Missing):
        delivery_plans.pledge(offer, organisation=organisation, by=make_worker("别人"))
    colleague = make_staff("经办", branch_a["county"])
    organisation.representatives.create(user=colleague, role="member")
    with pytest.raises(StaffClaimAsPersons):
        delivery_plans.pledge(offer, organisation=organisation, by=colleague)
    type(organisation).objects.filter(pk=organisation.pk).update(
        state="suspended", suspended_why="逾期"
    )
    with pytest.raises(NotApproved):
        delivery_plans.pledge(offer, organisation=organisation, by=wang)


def test_a_pledge_of_nothing_or_to_nowhere_gets_its_sentence(offer, organisation, wang, branch_a):
    for change, name in (({"quantity": 0}, "quantity"), ({"union": branch_a["own"]}, "union")):
        with pytest.raises(Invalid) as refusal:
            delivery_plans.pledge(replace(offer, **change), organisation=organisation, by=wang)
        assert refusal.value.fields[name]


def test_what_fits_is_suggested_the_same_thing_first(offered, branch_a, branch_b, wishes):
    other = make_wish(union=branch_a["own"], item="书包", for_whom="child")
    make_wish(union=branch_a["own"], item="棉被", for_whom="parent")
    make_wish(union=branch_a["own"], category="study", item="棉被", for_whom="child")
    make_quilt(branch_b)
    make_claim(wishes[2])

    assert of_giver.suggestions(offered) == [*wishes[:2], other]


def test_the_union_matches_and_the_organisation_has_claims(offered, wishes, soon, chen, wang):
    done = delivery_plans.match(offered, wishes[:1], arrangement=soon, by=chen)

    pledge = fresh(offered)
    assert pledge.state == "matched" and of_giver.left_of(pledge) == 1
    assert done.claims[0].giver == wang and done.claims[0].delivery_plan == pledge.delivery_plan
    assert Notice.objects.filter(user=wang, kind="pledge.matched").exists()
    assert TrailEntry.objects.get(action="pledge.matched").actor_id == str(chen.pk)


def test_more_wishes_may_follow_under_the_same_plan_up_to_the_number(offered, wishes, soon, chen):
    delivery_plans.match(offered, wishes[:1], arrangement=soon, by=chen)

    delivery_plans.match(fresh(offered), wishes[1:2], by=chen)

    assert DeliveryPlan.objects.count() == 1 and of_giver.left_of(fresh(offered)) == 0
    with pytest.raises(MoreThanPledged):
        delivery_plans.match(fresh(offered), wishes[2:], by=chen)


def test_a_claim_that_came_to_nothing_frees_its_place(offered, wishes, soon, chen):
    done = delivery_plans.match(offered, wishes[:2], arrangement=soon, by=chen)

    Claim.objects.filter(pk=done.claims[0].pk).update(state="given_up")

    assert of_giver.left_of(fresh(offered)) == 1


def test_a_wish_taken_meanwhile_is_told(offered, wishes, soon, chen):
    make_claim(wishes[0])

    done = delivery_plans.match(offered, wishes[:2], arrangement=soon, by=chen)

    assert done.late == wishes[:1] and len(done.claims) == 1


def test_only_the_own_branch_matches_and_only_wishes_of_its_own(
    offered, wishes, soon, lu, wang, chen, branch_b
):
    for by in (lu, wang):
        with pytest.raises(NotAllowed):
            delivery_plans.match(offered, wishes, arrangement=soon, by=by)
    with pytest.raises(OutsidePledge):
        delivery_plans.match(offered, [make_quilt(branch_b)], arrangement=soon, by=chen)
    with pytest.raises(MoreThanPledged):
        delivery_plans.match(offered, wishes, arrangement=soon, by=chen)
    assert fresh(offered).state == "offered" and not Claim.objects.exists()


def test_the_first_match_says_how_and_when(offered, wishes, chen):
    with pytest.raises(Invalid) as refusal:
        delivery_plans.match(offered, wishes[:1], by=chen)
    assert refusal.value.fields["deliver_on"]


def test_a_colleague_does_not_match_the_wish_of_the_own_family(offered, soon, chen, branch_a):
    own = make_quilt(branch_a)
    type(own.holder).objects.filter(pk=own.holder_id).update(user=chen)
    own.holder.user = chen

    with pytest.raises(NotAllowed):
        delivery_plans.match(offered, [own], arrangement=soon, by=chen)


def test_what_stops_the_organisation_is_said_to_the_union(
    offered, wishes, soon, chen, wang, organisation, branch_a
):
    yesterday = timezone.localdate() - timedelta(days=1)
    late = make_wish(union=branch_a["own"])
    make_claim(late, wang, kind="organisation", organisation=organisation, due_on=yesterday)

    with pytest.raises(OrganisationMayNotClaim):
        delivery_plans.match(offered, wishes[:1], arrangement=soon, by=chen)
    assert fresh(offered).state == "offered"


def test_when_who_pledged_has_left_an_owner_takes_it_on(
    offer, organisation, wang, wishes, soon, chen
):
    left = make_worker("离开的人")
    representative = organisation.representatives.create(user=left, role="member")
    offered = delivery_plans.pledge(offer, organisation=organisation, by=left)
    type(representative).objects.filter(pk=representative.pk).update(left_at=timezone.now())

    done = delivery_plans.match(offered, wishes[:1], arrangement=soon, by=chen)

    assert done.claims[0].giver == wang


def test_a_pledge_is_declined_with_a_reason(offered, chen, lu, wang):
    with pytest.raises(NotAllowed):
        delivery_plans.decline(offered, why="不合适", by=lu)
    with pytest.raises(Invalid):
        delivery_plans.decline(offered, why=" ", by=chen)

    delivery_plans.decline(offered, why="今年棉被够了", by=chen)

    assert offered.declined_why == "今年棉被够了"
    assert Notice.objects.filter(user=wang, kind="pledge.declined").exists()
    with pytest.raises(WrongState):
        delivery_plans.decline(fresh(offered), why="再说一次", by=chen)


def test_the_organisation_withdraws_before_it_is_matched(offered, wishes, soon, chen, wang):
    with pytest.raises(Missing):
        delivery_plans.withdraw(offered, by=make_worker("别人"))

    delivery_plans.withdraw(offered, by=wang)

    with pytest.raises(WrongState):
        delivery_plans.match(fresh(offered), wishes[:1], arrangement=soon, by=chen)
    with pytest.raises(WrongState):
        delivery_plans.withdraw(fresh(offered), by=wang)


def test_what_was_matched_before_the_number_was_reached_stays(
    offered, wishes, soon, chen, monkeypatch
):
    """Two colleagues at once: what the second could still give is given, the rest is told."""
    delivery_plans.match(offered, wishes[:1], arrangement=soon, by=chen)
    monkeypatch.setattr(delivery_plans, "_check_number", lambda pledge, chosen: None)

    done = delivery_plans.match(fresh(offered), wishes[1:], by=chen)

    assert len(done.claims) == 1 and len(done.beyond) == 1


@pytest.mark.django_db(transaction=True)
def test_colleagues_matching_at_once_give_no_more_than_was_pledged(offered, wishes, soon, chen):
    press_at_once(
        [
            lambda wish=wish: delivery_plans.match(
                fresh(offered), [wish], arrangement=soon, by=chen
            )
            for wish in wishes
        ]
    )

    assert Claim.objects.count() == 2 and DeliveryPlan.objects.count() == 1
    assert of_giver.left_of(fresh(offered)) == 0
