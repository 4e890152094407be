"""举报 on the phone: no sign-in, a kind and a few words; slowed down by network, never by what others said."""

import pytest
from django.test import Client

from mashang.wishes.models import Complaint
from tests.wishes.builders import make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def wish(branch_a):
    return make_wish(union=branch_a["own"])


@pytest.fixture
def address(wish):
    return f"/wishes/{wish.number}/report/"


def test_the_wishs_page_leads_to_it(wish, address, client):
    assert address in client.get(f"/wishes/{wish.number}/").text

    page = client.get(address)
    assert page.status_code == 200 and "不用登录" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    for words in (wish.holder.name, wish.union.name, str(wish.pk)):
        assert words not in page.text


def test_anybody_may_say_so_and_is_thanked(address, wish, client):
    page = client.post(address, {"kind": "leak", "words": "有人认得出是谁"})

    assert page.status_code == 200 and "已收到，谢谢" in page.text
    complaint = Complaint.objects.get()
    assert (complaint.wish, complaint.kind, complaint.raised_by) == (wish, "leak", None)


def test_of_who_is_signed_in_nothing_is_kept_either(address, signed_in, li):
    signed_in(li).post(address, {"kind": "other"})

    assert Complaint.objects.get().raised_by is None


@pytest.mark.parametrize(
    "told", [{}, {"kind": "not_received"}, {"kind": "leak", "words": "长" * 201}]
)
def test_what_does_not_fit_is_said_beside_the_field(address, client, told):
    assert client.post(address, told | {"x": "1"}).status_code == 422
    assert not Complaint.objects.exists()


def test_what_leads_to_somebody_is_not_kept_and_nothing_typed_is_lost(address, client):
    words = "这家人住在幸福里3栋201，电话13800138000"
    page = client.post(address, {"kind": "leak", "words": words})

    assert page.status_code == 422 and not Complaint.objects.exists()
    assert words in page.content.decode() and "请去掉" in page.content.decode()


def test_a_wish_that_is_not_on_the_wall_cannot_be_reported(branch_a, client):
    for wish in (
        make_wish(union=branch_a["own"], is_hidden=True),
        make_wish(union=branch_a["own"], state="submitted"),
    ):
        for ask in (client.get, client.post):
            assert ask(f"/wishes/{wish.number}/report/").status_code == 404


@pytest.mark.parametrize("number", ["%20", "XY%2B", "x", "XY00000000000"])
def test_what_is_no_number_is_not_on_the_wall_either(client, number):
    for ask in (client.get, client.post):
        assert ask(f"/wishes/{number}/report/").status_code == 404


def test_one_network_is_slowed_down_and_the_next_is_not(address, client, settings):
    settings.MASHANG_LIMITS = {"reports": 2}
    answers = [client.post(address, {"kind": "unfit"}) for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0 and Complaint.objects.get().times == 2
    assert Client(REMOTE_ADDR="10.9.9.9").post(address, {"kind": "unfit"}).status_code == 200


def test_strangers_use_up_nothing_that_a_true_report_needs(address, wish, client, settings):
    """A hundred networks, each with an empty word; then somebody who has seen something."""
    settings.MASHANG_LIMITS = {"reports-of-wish": 1}
    for n in range(40):
        empty = Client(REMOTE_ADDR=f"10.9.{n}.9").post(address, {"kind": "unfit"})
        assert empty.status_code == 200

    true = client.post(address, {"kind": "leak", "words": "写了学校和年级"})

    assert true.status_code == 200
    entry = Complaint.objects.get()
    assert entry.times == 41 and ["leak", "写了学校和年级"] in entry.also_said


def test_one_network_says_so_of_one_wish_so_many_times_a_day(address, branch_a, client, settings):
    settings.MASHANG_LIMITS = {"reports-of-wish": 2}
    other = make_wish(union=branch_a["own"])
    answers = [client.post(address, {"kind": "unfit"}).status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assert client.post(f"/wishes/{other.number}/report/", {"kind": "unfit"}).status_code == 200
    assert Client(REMOTE_ADDR="10.9.9.9").post(address, {"kind": "unfit"}).status_code == 200
