"""我的爱心: what a giver finds, says of themselves and answers; and the public list of honours."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mashang.givers import actions
from mashang.givers.models import Giver
from mashang.givers.queries import may_act_for
from mashang.wishes.models import Claim
from tests.builders import make_worker, sign_in
from tests.wishes.builders import make_claim, make_giver, make_organisation, make_wish

pytestmark = pytest.mark.django_db
HOME = "/giving/"


@pytest.fixture
def giver():
    return make_giver("山里的风")


@pytest.fixture
def phone(giver):
    return sign_in(giver)


@pytest.fixture
def claim(branch_a, giver):
    return make_claim(make_wish(union=branch_a["own"]), giver)


def test_one_finds_what_one_promised_and_by_when(claim, phone):
    page = phone.get(HOME).text

    assert "山里的风" in page and claim.wish.item in page and claim.wish.number in page
    assert "个工作日" in page and reverse("mobile:my-claim", args=[claim.pk]) in page


def test_nobody_sees_what_another_claimed_or_whose_wish_it_is(claim, phone):
    assert claim.wish.number not in sign_in(make_giver()).get(HOME).text
    page = phone.get(HOME).text
    for private in (claim.wish.holder.name, claim.union.name, str(claim.wish.holder_id)):
        assert private not in page


def test_who_is_not_signed_in_is_asked_who_they_are(client):
    assert client.get(HOME)["Location"].startswith("/sign-in/")


def test_a_giver_says_how_to_be_named_and_goes_on_to_where_they_came_from(branch_a):
    someone = make_worker()
    said = {"nickname": "小草", "shown_as": "nickname", "is_on_honour_list": "on"}

    answer = sign_in(someone).post("/giving/introduce/", {**said, "next": "/claim/XY1/"})

    assert answer["Location"] == "/claim/XY1/"
    assert someone.giver.nickname == "小草" and someone.giver.is_on_honour_list


def test_another_house_is_not_where_they_came_from(phone):
    said = {"nickname": "小草", "shown_as": "nobody", "next": "https://elsewhere.example/"}

    assert phone.post("/giving/introduce/", said)["Location"] == HOME


def test_a_nickname_with_a_number_is_said_beside_the_field(phone):
    answer = phone.post("/giving/introduce/", {"nickname": "加1380013", "shown_as": "nickname"})

    assert answer.status_code == 422 and "不要放号码" in answer.text
    assert "加1380013" in answer.text, "nothing typed is lost"


def test_an_invitation_is_accepted_or_declined_by_its_phone_alone(branch_a, giver, phone):
    owner = make_worker("王丽")
    organisation = make_organisation(branch_a["county"], owner)
    invitation = actions.invite(organisation, phone=giver.phone.reveal(), by=owner)
    assert organisation.name in phone.get(HOME).text
    accept = reverse("mobile:accept-invitation", args=[invitation.pk])

    assert sign_in(make_worker("别人")).post(accept).status_code == 404
    assert phone.post(accept).status_code == 302

    assert may_act_for(giver, organisation)
    assert phone.post(accept).status_code == 404, "it has been answered"


def test_an_invitation_is_declined(branch_a, giver, phone):
    owner = make_worker("王丽")
    organisation = make_organisation(branch_a["county"], owner)
    invitation = actions.invite(organisation, phone=giver.phone.reveal(), by=owner)

    phone.post(reverse("mobile:decline-invitation", args=[invitation.pk]))

    assert not may_act_for(giver, organisation)
    assert organisation.name not in phone.get(HOME).text


def test_anybody_reads_the_honours_of_a_year(client, giver, claim):
    Giver.objects.filter(user=giver).update(is_on_honour_list=True)
    Claim.objects.filter(pk=claim.pk).update(state="fulfilled", fulfilled_at=timezone.now())

    page = client.get("/wishes/honours/").text

    assert "山里的风" in page and "1 个" in page
    for private in (claim.wish.holder.name, claim.union.name, giver.name):
        assert private not in page


@pytest.mark.parametrize("year", ["1999", "x", "９", "99999999999999999999"])
def test_a_year_without_a_list_shows_this_one(client, year):
    page = client.get("/wishes/honours/", {"year": year})

    assert page.status_code == 200 and f"{timezone.localdate().year}年爱心榜" in page.text
