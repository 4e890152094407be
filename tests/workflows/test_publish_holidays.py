"""放假通知: entered by one, put into effect by another; running terms are counted again, and told."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from mashang import workflows
from mashang.cases.actions import channels
from mashang.cases.models import Publicity
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.reference import workdays
from mashang.reference.models import WorkDay
from mashang.reviews.models import Step
from mashang.unions.actions import holidays
from mashang.unions.models import HolidayNotice
from mashang.unions.refusals import HolidayNoticeWaits, OwnHolidayNotice
from mashang.unions.roles import Role
from mashang.wishes.models import Claim, Complaint
from tests.access.further import new_number
from tests.builders import make_staff
from tests.cases.offices import application_of, bring_to, make_office, publish
from tests.wishes.deliveries import claimed

pytestmark = pytest.mark.django_db
WORDS = {"year": 2027, "source": "国办发明电〔2026〕1 号"}
TEXT = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。"
LONGER = "一、元旦：1月1日（周五）至6日（周三）放假调休，共6天。1月9日（周六）上班。"  # three days more than by law


@pytest.fixture(autouse=True)
def _end_of_december():
    workdays.forget()
    with time_machine.travel("2026-12-28 10:00+08:00", tick=False):
        yield
    workdays.forget()


@pytest.fixture
def first(branch_a):
    return make_staff("录入人", branch_a["province"], Role.APPROVER)


@pytest.fixture
def second(branch_a):
    return make_staff("核对人", branch_a["province"], Role.APPROVER)


@pytest.fixture
def notice(branch_a, first):
    return holidays.propose(branch_a["province"], text=LONGER, **WORDS, by=first)


def at_midnight(day):
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def told(user):
    return set(Notice.objects.filter(user=user).values_list("kind", flat=True))


def test_nothing_counts_until_a_second_person_has_read_it(notice, second):
    assert not WorkDay.objects.exists() and workdays.is_workday(date(2027, 1, 4))

    workflows.publish_holidays(notice, by=second)

    assert not workdays.is_workday(date(2027, 1, 4)) and workdays.is_workday(date(2027, 1, 9))
    assert not workdays.is_provisional(date(2027, 3, 1))
    actions = TrailEntry.objects.values_list("action", flat=True)
    assert {"holidays.proposed", "holidays.published", "reference.year_published"} <= set(actions)


def test_whoever_entered_it_does_not_publish_it_and_may_take_it_back(notice, first):
    with pytest.raises(OwnHolidayNotice):
        workflows.publish_holidays(notice, by=first)

    assert holidays.decline(notice, by=first).state == HolidayNotice.State.WITHDRAWN
    assert not WorkDay.objects.exists()


@pytest.mark.parametrize("place", ["county", "own"])
def test_only_the_province_answers_for_the_calendar(branch_a, notice, place):
    approver = make_staff("县里", branch_a[place], Role.APPROVER)

    with pytest.raises(NotAllowed):
        workflows.publish_holidays(notice, by=approver)
    with pytest.raises(NotAllowed):
        holidays.propose(branch_a[place], text=TEXT, **WORDS, by=approver)


def test_a_clerk_may_not(branch_a, notice):
    with pytest.raises(NotAllowed):
        workflows.publish_holidays(notice, by=make_staff("经办", branch_a["province"], Role.CLERK))


def test_it_is_published_once_and_one_waits_at_a_time(branch_a, notice, first, second):
    with pytest.raises(HolidayNoticeWaits):
        holidays.propose(branch_a["province"], text=TEXT, **WORDS, by=second)
    workflows.publish_holidays(notice, by=second)
    with pytest.raises(WrongState):
        workflows.publish_holidays(HolidayNotice.objects.get(), by=second)

    corrected = holidays.propose(branch_a["province"], text=TEXT, **WORDS, by=second)
    workflows.publish_holidays(corrected, by=first)
    assert workdays.is_workday(date(2027, 1, 4)) and not workdays.is_workday(date(2027, 1, 9))


def test_what_differs_from_the_notice_is_sent_back_and_entered_anew(
    branch_a, notice, first, second
):
    holidays.decline(notice, by=second)
    assert not WorkDay.objects.exists()

    assert holidays.propose(branch_a["province"], text=TEXT, **WORDS, by=first).pk


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"year": 2036}, "year"),
        ({"text": "二、春节：2月5日至11日放假。"}, "holidays"),
        ({"text": TEXT + "1月7日上班。"}, "make_up"),
        ({"text": "放假安排如下"}, "text"),
    ],
)
def test_what_cannot_be_a_notice_is_refused_by_name(branch_a, first, changed, field):
    with pytest.raises(Invalid) as refused:
        holidays.propose(branch_a["province"], **{**WORDS, "text": TEXT, **changed}, by=first)

    assert list(refused.value.fields) == [field]


# Running terms ---------------------------------------------------------------------------


def test_a_public_notice_still_stands_for_five_working_days_and_the_worker_is_told(
    branch_a, notice, second
):
    office = make_office(branch_a)
    shown = publish(step := bring_to("publicity", office), office.clerk)
    assert shown.ends_at == at_midnight(date(2027, 1, 6))  # 29, 30, 31 December, 4, 5 January
    due_on = Step.objects.get(pk=step.pk).due_on

    workflows.publish_holidays(notice, by=second)

    assert Publicity.objects.get().ends_at == at_midnight(date(2027, 1, 9))  # 29, 30, 31, 7, 8
    moved = Step.objects.get(pk=step.pk)
    assert moved.due_on > due_on
    assert workdays.workdays_between(date(2026, 12, 28), moved.due_on) == step.flow_step.workdays
    worker = application_of(step).holder.user
    assert {"application.publicity_moved", "application.term_moved"} <= told(worker)


def test_a_claim_and_an_answer_keep_their_working_days(branch_a, notice, second):
    claim = claimed(branch_a)
    raised = Complaint.objects.create(
        wish=claim.wish, kind="unfit", due_on=workdays.add_workdays(date(2026, 12, 28), 10)
    )
    before = [row.due_on for row in (claim, raised)]
    days = [workdays.workdays_between(date(2026, 12, 28), due_on) for due_on in before]

    workflows.publish_holidays(notice, by=second)

    after = [row.objects.unscoped(why="test").get().due_on for row in (Claim, Complaint)]
    assert all(new > old for new, old in zip(after, before, strict=True))
    assert [workdays.workdays_between(date(2026, 12, 28), due_on) for due_on in after] == days
    assert "claim.term_moved" in told(claim.giver)


def test_what_ends_before_the_holidays_stays_and_nobody_is_told(branch_a, notice, second):
    claim = claimed(branch_a)
    Claim.objects.filter(pk=claim.pk).update(due_on=date(2026, 12, 30))

    workflows.publish_holidays(notice, by=second)

    assert Claim.objects.get().due_on == date(2026, 12, 30)
    assert "claim.term_moved" not in told(claim.giver)


# At the desk -----------------------------------------------------------------------------


def test_two_colleagues_enter_and_publish_it_at_the_desk(signed_in, first, second):
    one, other = signed_in(first), signed_in(second)
    assert "通知还没有录入" in one.get("/desk/holidays/").text

    wrong = one.post("/desk/holidays/enter/", {**WORDS, "text": "放假安排如下"})
    assert wrong.status_code == 422 and "没有读懂" in wrong.text and "放假安排如下" in wrong.text
    assert one.post("/desk/holidays/enter/", {**WORDS, "text": LONGER}).status_code == 302

    own = one.get("/desk/holidays/").text
    assert "1月6日" in own and "1月9日" in own and "核对无误，生效</button>" not in own
    assert "核对无误，生效</button>" in other.get("/desk/holidays/").text
    pk = HolidayNotice.objects.get().pk
    assert one.post(f"/desk/holidays/{pk}/publish/").status_code == 403
    assert other.post(f"/desk/holidays/{pk}/publish/").status_code == 302
    assert "按本平台录入的通知" in one.get("/desk/holidays/").text


def test_a_county_reads_the_calendar_and_changes_nothing(signed_in, branch_a, notice):
    county = signed_in(make_staff("县里", branch_a["county"], Role.APPROVER))

    page = county.get("/desk/holidays/").text
    assert "2027" in page and "核对无误，生效</button>" not in page and "录入放假通知" not in page
    assert county.post(f"/desk/holidays/{notice.pk}/publish/").status_code == 403


def test_a_new_number_keeps_its_working_days_and_the_household_hears_the_new_day(
    branch_a, notice, second
) -> None:
    """Three working days from Wednesday the 30th: the fifth of January, and with three more holidays the eighth."""
    clerk, other = (make_staff(name, branch_a["own"], Role.CLERK) for name in ("经办甲", "经办乙"))
    with time_machine.travel("2026-12-30 10:00+08:00", tick=False):
        change = channels.confirm(new_number(other, clerk), by=other)
        before = change.effective_on

        workflows.publish_holidays(notice, by=second)

    change.refresh_from_db()
    assert (before, change.effective_on) == (date(2027, 1, 5), date(2027, 1, 8))
    assert "channel.term_moved" in told(change.holder.user)


def test_the_second_person_is_told_and_the_first_reads_who_that_is(
    branch_a, first, second, signed_in
):
    holidays.propose(branch_a["province"], text=LONGER, **WORDS, by=first)
    county = make_staff("县审批", branch_a["county"], Role.APPROVER)

    told = Notice.objects.filter(kind="unions.holidays_wait")
    page = signed_in(first).get("/desk/holidays/").text

    assert [(one.user, one.url) for one in told] == [(second, "/desk/holidays/")]
    assert "可以核对的同事：核对人" in page and county.name not in page
    assert "核对无误，生效" in signed_in(second).get("/desk/holidays/").text


def test_where_nobody_else_could_check_it_the_page_says_what_to_do(first, notice, signed_in):
    assert "再任命一位审批人" in signed_in(first).get("/desk/holidays/").text
