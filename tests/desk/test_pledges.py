"""捐助意向: the union finds the wishes that fit."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mashang.wishes.actions import delivery_plans
from mashang.wishes.models import Claim, Pledge
from tests.builders import make_worker, sign_in
from tests.wishes.builders import make_claim, make_organisation, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge(branch_a):
    wang = make_worker("王丽")
    organisation = make_organisation(branch_a["county"], wang)
    offer = delivery_plans.Offer(branch_a["county"], "goods", "棉被", 2)
    return delivery_plans.pledge(offer, organisation=organisation, by=wang)


@pytest.fixture
def wishes(branch_a):
    return [make_wish(union=branch_a["own"], item="棉被") for _ in range(3)]


@pytest.fixture
def desk(chen):
    return sign_in(chen)


def at(name, pledge):
    return reverse(f"desk:{name}", args=[pledge.pk])


def told(*wishes):
    soon = timezone.localdate() + timedelta(days=2)
    return {"wishes": [w.pk for w in wishes], "delivery_mode": "courier", "deliver_on": soon}


def test_what_waits_stands_on_the_list_of_its_branch(desk, pledge, lu):
    assert "棉被" in desk.get("/desk/pledges/").text
    assert "棉被" not in sign_in(lu).get("/desk/pledges/").text
    assert sign_in(lu).get(at("pledge", pledge)).status_code == 404
    assert "棉被" not in desk.get("/desk/pledges/?state=declined").text


def test_the_ticked_wishes_are_matched(desk, pledge, wishes):
    page = desk.get(at("pledge", pledge)).text
    assert all(wish.number in page for wish in wishes)

    desk.post(at("match-pledge", pledge), told(*wishes[:2]))

    assert Claim.objects.filter(delivery_plan__pledge=pledge).count() == 2
    assert "已对接 2 个" in desk.get(at("pledge", pledge)).text


def test_a_wish_taken_meanwhile_is_said(desk, pledge, wishes):
    make_claim(wishes[0])

    page = desk.post(at("match-pledge", pledge), told(*wishes[:2]), follow=True).text

    assert "已对接 1 个心愿，1 个没有对接上" in page


def test_a_second_match_asks_for_no_day(desk, pledge, wishes):
    desk.post(at("match-pledge", pledge), told(wishes[0]))
    assert "deliver_on" not in desk.get(at("pledge", pledge)).text

    desk.post(at("match-pledge", pledge), {"wishes": [wishes[1].pk]})

    assert Claim.objects.filter(delivery_plan__pledge=pledge).count() == 2


@pytest.mark.parametrize(("ticked", "word"), [(0, "至少选一个"), (3, "少选几个")])
def test_none_or_too_many_are_said_and_the_ticks_stay(desk, pledge, wishes, ticked, word):
    answer = desk.post(at("match-pledge", pledge), told(*wishes[:ticked]))

    assert answer.status_code == 422 and word in answer.text
    assert answer.text.count(" checked") == ticked and not Claim.objects.exists()


def test_a_pledge_is_declined_with_its_reason(desk, pledge):
    assert desk.post(at("decline-pledge", pledge), {"why": ""}).status_code == 422

    desk.post(at("decline-pledge", pledge), {"why": "今年够了"})

    assert Pledge.objects.get().declined_why == "今年够了"
    assert desk.post(at("decline-pledge", pledge), {"why": "再来"}).status_code == 409
