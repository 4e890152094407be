"""On the spot: a scanned card, one tap, the screen on the wall; nothing of it leads to a family."""

import pytest
from django.test import Client
from django.utils import timezone

from mashang.wishes.actions import fairs
from mashang.wishes.models import Claim, Wish
from tests.wishes.builders import make_claim, make_giver, make_organisation, make_wish
from tests.wishes.fairs import make_fair, make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(branch_a, chen):
    return make_offer(branch_a["county"], chen, branch_a["own"])


def card(offer, act=""):
    return f"/events/w/{offer.code}/{act}"


def test_anybody_reads_what_is_wished_for_and_nobody_whose_wish_it_is(offer):
    page = Client().get(card(offer)).text

    assert offer.wish.item in page and offer.wish.number in page and "我来认领" in page
    assert offer.wish.holder.name not in page and str(offer.wish.holder.pk) not in page


def test_one_tap_claims_and_a_second_one_does_no_harm(offer, signed_in):
    client = signed_in(make_giver())
    for _ in range(2):
        assert client.post(card(offer, "claim/"), {"giver": "me"}).url == card(offer)

    assert Claim.objects.count() == 1
    assert "您已认领" in client.get(card(offer)).text


def test_who_acts_for_an_organisation_chooses_in_whose_name(offer, signed_in, branch_a):
    giver = make_giver()
    organisation = make_organisation(branch_a["county"], giver)
    client = signed_in(giver)

    assert organisation.name in client.get(card(offer)).text
    refused = client.post(card(offer, "claim/"), {"giver": "nobody"})
    client.post(card(offer, "claim/"), {"giver": organisation.pk})

    assert refused.status_code == 422
    assert Claim.objects.get().organisation == organisation


def test_who_comes_late_is_told_so(offer, signed_in):
    make_claim(offer.wish)
    client = signed_in(make_giver())

    assert "来晚一步" in client.get(card(offer)).text
    late = client.post(card(offer, "claim/"), {"giver": "me"})
    assert late.status_code == 409 and "来晚一步" in late.text


def test_a_stranger_signs_in_and_says_how_to_be_named_first(offer, signed_in, li):
    assert (
        Client().post(card(offer, "claim/")).status_code == 200
    )  # the page that asks who is there
    answer = signed_in(li).post(card(offer, "claim/"), {"giver": "me"})

    assert answer.url == f"/giving/introduce/?next=%2Fevents%2Fw%2F{offer.code}%2F"


def test_before_and_after_the_fair_the_card_leads_to_the_wall(branch_a, chen, offer, signed_in):
    planned = make_fair(branch_a["county"], chen)
    waiting = fairs.add_wish(planned, make_wish(union=branch_a["own"]), by=chen)
    fairs.finish(offer.fair, by=chen)
    for one in (waiting, offer):
        assert "现在不能在现场认领" in Client().get(card(one)).text
    late = signed_in(make_giver()).post(card(offer, "claim/"), {"giver": "me"})
    assert late.status_code == 409


def test_staff_find_the_way_to_hand_out_and_nobody_else(offer, chen, signed_in):
    way = f"/desk/events/w/{offer.code}/"

    assert way in signed_in(chen).get(card(offer)).text
    assert way not in signed_in(make_giver()).get(card(offer)).text


def test_a_code_that_was_never_printed_does_not_exist():
    assert Client().get("/events/w/AAAAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_what_was_withdrawn_or_hidden_since_is_nowhere_to_be_seen(offer):
    for gone in ({"state": "withdrawn"}, {"state": "open", "is_hidden": True}):
        Wish.objects.update(**gone)

        assert Client().get(card(offer)).status_code == 404
        assert ">0</dd>" in Client().get(f"/events/screen/{offer.fair.screen_key}/").text


def test_the_screen_counts_and_shows_the_newest_by_number_and_item(offer, chen):
    fairs.claim_on_the_spot(offer, by=make_giver())
    fairs.hand_out(offer, goods="电饭煲", by=chen)

    page = Client().get(f"/events/screen/{offer.fair.screen_key}/").text

    assert '<progress max="100" value="100"' in page
    assert offer.wish.number in page and offer.wish.holder.name not in page
    assert 'hx-trigger="every 5s"' in page and ">刷新</a>" in page


def test_what_was_handed_out_has_come_true_once_the_family_has_it(offer, signed_in, chen):
    """The giver's card says what the claim says: the union has it, in this order, and the family is asked."""
    giver = make_giver()
    claim = fairs.claim_on_the_spot(offer, by=giver)
    fairs.hand_out(offer, goods="电饭煲", by=chen)
    client = signed_in(giver)
    page = client.get(card(offer)).text
    assert "东西已在现场交给工会" in page and "已经实现" not in page
    assert f'href="/giving/claims/{claim.pk}/"' in page
    screen = Client().get(f"/events/screen/{offer.fair.screen_key}/").text
    assert "已发放" in screen and "已实现" not in screen
    steps = client.get(f"/giving/claims/{claim.pk}/").text
    assert steps.index("已认领") < steps.index("寄出或送到") < steps.index("工会验收合格")

    Wish.objects.filter(pk=offer.wish.pk).update(state="fulfilled", fulfilled_at=timezone.now())
    assert "这个心愿已经实现" in client.get(card(offer)).text


def test_a_cancelled_or_unknown_screen_does_not_exist(branch_a, chen):
    fair = make_fair(branch_a["county"], chen)
    assert Client().get(f"/events/screen/{fair.screen_key}/").status_code == 200
    fairs.cancel(fair, by=chen)

    for key in (fair.screen_key, "x" * 32):
        assert Client().get(f"/events/screen/{key}/").status_code == 404
