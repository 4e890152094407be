"""批量认领: many wishes, one plan; what was taken a moment ago takes nothing from the rest."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mashang.core.errors import Invalid, Missing
from mashang.core.requests.idempotency import KeyReused
from mashang.givers.refusals import NotApproved
from mashang.unions.models import RuleCard
from mashang.wishes.actions.delivery_plans import MOST_AT_ONCE, Arrangement, claim_together
from mashang.wishes.models import Claim, DeliveryPlan, Wish
from mashang.wishes.queries import of_giver
from mashang.wishes.refusals import (
    AllTaken,
    HasOverdueClaim,
    StaffClaimAsPersons,
    TooManyClaims,
)
from tests.builders import make_staff, make_worker
from tests.crowd import press_at_once
from tests.wishes.builders import make_claim, make_organisation, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def wishes(branch_a):
    return [make_wish(union=branch_a["own"]) for _ in range(4)]


def arrangement(days=3, **also):
    values = {"delivery_mode": "courier", "words": "统一采购，一次寄到"} | also
    return Arrangement(deliver_on=timezone.localdate() + timedelta(days=days), **values)


def together(wishes, organisation, by, key=None, **also):
    how = arrangement(**also)
    return claim_together(
        wishes, organisation=organisation, arrangement=how, key=key or uuid4(), by=by
    )


def test_the_chosen_wishes_come_under_one_plan(wishes, organisation, wang, branch_a):
    done = together(wishes, organisation, wang)

    delivery_plan = DeliveryPlan.objects.get()
    assert len(done.claims) == 4 and not done.late
    assert {claim.delivery_plan for claim in done.claims} == {delivery_plan}
    assert {claim.kind for claim in done.claims} == {"organisation"}
    assert delivery_plan.union == branch_a["county"] and delivery_plan.delivery_mode == "courier"


def test_goods_for_several_unions_come_together_above_them(organisation, wang, branch_a, branch_b):
    here, there = make_wish(union=branch_a["own"]), make_wish(union=branch_b["own"])

    together([here, there], organisation, wang)

    assert DeliveryPlan.objects.get().union == branch_a["province"]


def test_what_was_taken_a_moment_ago_is_told_and_the_rest_is_claimed(wishes, organisation, wang):
    make_claim(wishes[0])
    stale = list(Wish.objects.filter(pk__in=[wish.pk for wish in wishes]))

    done = together(stale, organisation, wang)

    assert len(done.claims) == 3 and done.late == [wishes[0]]


def test_when_all_are_taken_there_is_no_empty_plan(wishes, organisation, wang):
    make_claim(wishes[0])

    with pytest.raises(AllTaken):
        together(wishes[:1], organisation, wang)
    assert not DeliveryPlan.objects.exists()


def test_the_same_key_again_goes_on_where_it_stopped(wishes, organisation, wang):
    key = uuid4()
    together(wishes[:2], organisation, wang, key)

    done = together(wishes, organisation, wang, key)

    assert (
        len(done.claims) == 4 and DeliveryPlan.objects.count() == 1 and Claim.objects.count() == 4
    )


def test_the_same_key_with_another_arrangement_is_refused(wishes, organisation, wang):
    key = uuid4()
    together(wishes[:2], organisation, wang, key)

    with pytest.raises(KeyReused):
        together(wishes, organisation, wang, key, delivery_mode="in_person")
    other = make_worker("别家")
    elsewhere = make_organisation(organisation.union, other)
    with pytest.raises(KeyReused):
        together(wishes, elsewhere, other, key)


def test_a_wish_that_the_organisation_has_already_stays_in_its_plan(wishes, organisation, wang):
    together(wishes[:1], organisation, wang)

    done = together(wishes[:2], organisation, wang)

    assert done.late == wishes[:1] and DeliveryPlan.objects.count() == 2


def test_beyond_the_limit_the_rest_stays_on_the_wall(wishes, organisation, wang, branch_a):
    RuleCard.objects.create(
        union=branch_a["province"], kind="wish", code="claims_per_organisation",
        body={"value": 2}, source="x", valid_from="2026-01-01",
    )  # fmt: skip

    done = together(wishes, organisation, wang)

    assert (len(done.claims), len(done.beyond)) == (2, 2)
    with pytest.raises(TooManyClaims):
        together(done.beyond, organisation, wang)


def test_an_overdue_claim_stops_the_organisation(wishes, organisation, wang, branch_a):
    late = make_wish(union=branch_a["own"])
    yesterday = timezone.localdate() - timedelta(days=1)
    make_claim(late, wang, kind="organisation", organisation=organisation, due_on=yesterday)

    with pytest.raises(HasOverdueClaim):
        together(wishes, organisation, wang)
    assert not DeliveryPlan.objects.exists()


def test_who_does_not_act_for_it_claims_nothing(wishes, organisation, wang, branch_a):
    with pytest.raises(Missing):
        together(wishes, organisation, make_worker("别人"))
    colleague = make_staff("经办", branch_a["county"])
    organisation.representatives.create(user=colleague, role="member")
    with pytest.raises(StaffClaimAsPersons):
        together(wishes, organisation, colleague)
    type(organisation).objects.filter(pk=organisation.pk).update(
        state="suspended", suspended_why="逾期"
    )
    with pytest.raises(NotApproved):
        together(wishes, organisation, wang)
    assert not Claim.objects.exists() and not DeliveryPlan.objects.exists()


@pytest.mark.parametrize("days", [-1, 60])
def test_the_day_lies_within_what_the_rules_give(wishes, organisation, wang, days):
    with pytest.raises(Invalid) as refusal:
        together(wishes, organisation, wang, days=days)
    assert "之间" in refusal.value.fields["deliver_on"]


def test_none_and_too_many_get_a_sentence(wishes, organisation, wang):
    for chosen, word in (([], "至少选一个"), (wishes * 13, f"最多选 {MOST_AT_ONCE} 个")):
        with pytest.raises(Invalid) as refusal:
            together(chosen, organisation, wang)
        assert word in refusal.value.fields["wishes"]


def test_how_far_a_plan_has_come_is_read_from_its_claims(wishes, organisation, wang):
    done = together(wishes, organisation, wang)
    for claim, state in zip(done.claims, ("under_way", "fulfilled", "given_up"), strict=False):
        Claim.objects.filter(pk=claim.pk).update(state=state)

    row = of_giver.delivery_plans_of(wang, organisation)[0]

    assert (row.total, row.sent, row.fulfilled) == (3, 2, 1)
    assert len(of_giver.planned(row.delivery_plan)) == 3


@pytest.mark.django_db(transaction=True)
def test_two_organisations_at_once_share_the_wishes(wishes, branch_a):
    people = [make_worker(f"经办{n}") for n in range(4)]
    organisations = [make_organisation(branch_a["county"], person) for person in people]
    mine = [wish.pk for wish in wishes]

    def press(organisation, person):
        return together(list(Wish.objects.filter(pk__in=mine)), organisation, person)

    answers = press_at_once(
        [lambda o=o, p=p: press(o, p) for o, p in zip(organisations, people, strict=True)]
    )

    won = [claim for done in answers if not isinstance(done, AllTaken) for claim in done.claims]
    assert len(won) == len({claim.wish_id for claim in won}) == 4
    assert DeliveryPlan.objects.count() == len({claim.delivery_plan_id for claim in won})


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_many_times_at_once_makes_one_plan(wishes, organisation, wang):
    key, mine = uuid4(), [wish.pk for wish in wishes]

    press_at_once(
        [
            lambda: together(list(Wish.objects.filter(pk__in=mine)), organisation, wang, key)
            for _ in range(8)
        ]
    )

    assert DeliveryPlan.objects.count() == 1 and Claim.objects.count() == 4
