"""举报: a reader of the wall says that a wish's words are wrong; the union looks into it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from mashang.core.errors import NotAllowed
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.wishes.actions import complaints, confirmations
from mashang.wishes.models import Complaint
from mashang.wishes.queries import deliveries_due
from mashang.wishes.refusals import NotOnWall
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


def test_several_readers_may_say_so(wish):
    for _ in range(2):
        complaints.report(wish, kind="leak")

    assert Complaint.objects.filter(wish=wish).count() == 2


def test_a_reader_keeps_no_delivery_from_being_confirmed(handed):
    complaints.report(handed.wish, kind="untrue")
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert confirmations.confirm_by_clock() == 1
