"""举报: a reader of the wall says that a wish's words are wrong; the union looks into it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from mashang.core.errors import Invalid, NotAllowed
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.wishes.actions import complaints, confirmations
from mashang.wishes.models import Complaint
from mashang.wishes.queries import deliveries_due
from mashang.wishes.refusals import NotOnWall
from tests.crowd import press_at_once
from tests.wishes.builders import make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def wish(branch_a):
    return make_wish(union=branch_a["own"])


def test_it_stands_among_the_complaints_of_its_branch(wish, chen, lu):
    with time_machine.travel(date(2026, 11, 20), tick=False):  # a Friday
        complaint = complaints.report(wish, kind="leak", words=" 写了学校的名字 ")

    assert (complaint.raised_by, complaint.claim, complaint.words) == (None, None, "写了学校的名字")
    assert complaint.due_on == date(2026, 11, 27)
    assert list(deliveries_due.open_complaints(chen)) == [complaint]
    assert not deliveries_due.open_complaints(lu).exists()


def test_the_clerks_are_told(wish, chen):
    complaints.report(wish, kind="untrue")

    told = Notice.objects.get(user=chen, kind="wish.reported")
    assert told.url == f"/desk/problems/{Complaint.objects.get().pk}/"


def test_the_trail_names_nobody(wish):
    complaints.report(wish, kind="unfit")

    assert TrailEntry.objects.get(action="problem.reported").actor_id == ""


def test_whoever_may_answer_writes_what_was_done(wish, chen, lu):
    complaint = complaints.report(wish, kind="leak")
    with pytest.raises(NotAllowed):
        complaints.answer(complaint, words="没有问题", by=lu)

    complaints.answer(complaint, words="核实过，已改写", by=chen)

    assert Complaint.objects.get().state == "answered"
    assert not Notice.objects.filter(kind="problem.answered").exists()


@pytest.mark.parametrize("gone", [{"is_hidden": True}, {"state": "submitted"}])
def test_of_what_is_not_on_the_wall_nobody_says_anything(branch_a, gone):
    with pytest.raises(NotOnWall):
        complaints.report(make_wish(union=branch_a["own"], **gone), kind="other")

    assert not Complaint.objects.exists()


def test_what_several_readers_say_on_one_day_is_one_entry_with_a_count(wish, chen):
    for kind, words in (
        ("leak", "写了学校"),
        ("leak", "写了学校"),
        ("unfit", ""),
        ("leak", "还有年级"),
    ):
        complaints.report(wish, kind=kind, words=words)

    entry = Complaint.objects.get()
    assert (entry.kind, entry.words, entry.times) == ("leak", "写了学校", 4)
    assert entry.also == [("内容不合适", ""), ("透露了个人信息", "还有年级")]
    assert Notice.objects.filter(user=chen, kind="wish.reported").count() == 1


def test_the_next_day_and_after_an_answer_it_is_a_new_entry(wish, chen):
    with time_machine.travel(date(2026, 11, 20), tick=False):
        first = complaints.report(wish, kind="leak")
    second = complaints.report(wish, kind="leak")
    complaints.answer(second, words="核实过，已改写", by=chen)
    complaints.report(wish, kind="leak", words="改写以后还看得出")

    assert Complaint.objects.count() == 3
    assert Complaint.objects.get(pk=first.pk).times == 1


def test_a_flood_of_words_pushes_no_earlier_one_out(wish, chen):
    """“有人真的说了孩子的学校，后面一堆乱说的，就再也看不到了。” What is beyond one entry begins another."""
    flood = [f"说法{a}{b}" for a in "甲乙丙丁戊己庚辛壬癸" for b in "春夏秋冬"]
    for words in ("写了学校的名字", *flood, "写了学校的名字", flood[-1]):
        complaints.report(wish, kind="leak", words=words)

    first, second = Complaint.objects.order_by("created_at")
    assert (first.words, first.times) == ("写了学校的名字", Complaint.MOST_SAID + 2)
    assert (second.times, second.also[-1][1]) == (len(flood) - Complaint.MOST_SAID + 1, flood[-1])
    kept = {row.words for row in (first, second)} | {
        w for row in (first, second) for _, w in row.also
    }
    assert kept == {"写了学校的名字", *flood}
    assert Notice.objects.filter(user=chen, kind="wish.reported").count() == 2
    complaints.answer(first, words="核实过，已改写", by=chen)
    assert Complaint.objects.get(state="open") == second


def test_a_later_reader_s_words_are_checked_and_marked_as_the_first_ones_are(wish, chen, signed_in):
    complaints.report(wish, kind="unfit")
    with pytest.raises(Invalid):
        complaints.report(wish, kind="leak", words="打这个电话 13800138000")
    complaints.report(wish, kind="leak", words="\u202d写了\u200b学校的名字\u2069")

    assert Complaint.objects.get().also_said == [["leak", "写了学校的名字"]]
    assert (
        "写了学校的名字"
        in signed_in(chen).get(f"/desk/problems/{Complaint.objects.get().pk}/").text
    )


def test_what_was_said_meanwhile_is_not_settled_unread(wish, chen, signed_in):
    complaints.report(wish, kind="unfit")
    address = f"/desk/problems/{Complaint.objects.get().pk}/"
    desk = signed_in(chen)
    seen = desk.get(address).text.split('name="seen" value="')[1].split('"')[0]
    complaints.report(wish, kind="leak", words="写了学校的名字")

    typed = {"words": "没有问题", "seen": seen}
    page = desk.post(address, typed)

    assert page.status_code == 409 and "写了学校的名字" in page.text and "没有问题" in page.text
    assert Complaint.objects.get().state == "open"
    assert "访客反映 2 次" in desk.get("/desk/deliveries/?show=complaints").text


@pytest.mark.django_db(transaction=True)
def test_ten_reports_at_once_are_one_entry(wish):
    press_at_once([lambda: complaints.report(wish, kind="leak")] * 10)

    assert Complaint.objects.get().times == 10


def test_a_reader_keeps_no_delivery_from_being_confirmed(handed):
    complaints.report(handed.wish, kind="untrue")
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert confirmations.confirm_by_clock() == 1
