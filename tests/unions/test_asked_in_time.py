"""早先由一个人办的任职：能补确认的人及时知道，任职暂停的本人也知道."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from mashang.config.management.commands import tick
from mashang.core.wording import day
from mashang.notices.models import Message, Notice
from mashang.unions.actions import late_confirmations as late
from mashang.unions.actions import posts
from mashang.unions.models import Post
from mashang.unions.roles import Role
from tests.builders import make_staff

pytestmark = pytest.mark.django_db
MIGRATIONS = ("0004_posts_of_one_person", "0006_ask_for_second_person")
noted, asked = (import_module(f"mashang.unions.migrations.{name}") for name in MIGRATIONS)
ASKED, SLEEPS = "unions.confirm_in_time", "unions.post_sleeps"


@pytest.fixture
def admin(branch_a):
    return make_staff("管理员甲", branch_a["city"], Role.ADMIN)


@pytest.fixture
def second(branch_a):
    return make_staff("管理员乙", branch_a["city"], Role.ADMIN)


def gave_alone(by, *users):
    """The posts of these, as `by` alone had given them; then the house is updated."""
    Post.objects.filter(user__in=users).update(appointed_by=by)
    house = SimpleNamespace(connection=connection)
    noted.note(apps, house)
    asked.ask(apps, house)


def days_left(days):
    """As if so many days were left until the posts sleep."""
    last = timezone.localdate() + timedelta(days=days)
    for post in Post.objects.filter(confirm_by_on__isnull=False):
        gone = post.confirm_by_on - last
        post.confirm_by_on, post.ask_on = last, post.ask_on and post.ask_on - gone
        post.save(update_fields=["confirm_by_on", "ask_on"])


def told(kind):
    return {notice.user for notice in Notice.objects.filter(kind=kind)}


def test_who_may_confirm_and_the_holder_are_told_at_the_first_tick_and_seven_days_before(
    chen, admin, second, branch_a
):
    make_staff("省里的", branch_a["province"], Role.ADMIN)
    gave_alone(admin, chen)

    assert late.ask_for_second_person in set(tick.tasks())
    assert late.ask_for_second_person() == 1
    notice = Notice.objects.get(kind=ASKED)
    assert notice.user == second and notice.url == "/desk/appointments/"
    last = day(timezone.localdate() + timedelta(days=30))
    assert "有1项任职" in notice.body and last in notice.body
    assert told("unions.own_post_waits") == {chen}

    assert late.ask_for_second_person() == 0
    days_left(8)
    assert late.ask_for_second_person() == 0
    days_left(7)
    assert late.ask_for_second_person() == 1
    assert Notice.objects.filter(kind=ASKED, user=second).count() == 2
    days_left(1)
    assert late.ask_for_second_person() == 0


def test_where_nobody_at_the_union_counts_the_one_above_is_asked(chen, admin, branch_a):
    above = make_staff("省里的", branch_a["province"], Role.ADMIN)
    gave_alone(admin, chen)

    assert late.ask_for_second_person() == 1
    assert told(ASKED) == {above}


def test_what_was_confirmed_or_sleeps_is_not_asked_for(chen, admin, second, branch_a):
    clerk = make_staff("周敏", branch_a["county"], Role.CLERK)
    gave_alone(admin, chen, clerk)
    posts.confirm(clerk.posts.get(), by=second)
    posts.reset_account(chen, at=branch_a["county"], by=admin, phone="13800138000")

    assert Post.objects.filter(ask_on__isnull=False).count() == 2
    assert late.ask_for_second_person() == 0


def test_who_watches_hears_of_all_though_their_own_post_went_first(chen, admin, branch_a):
    keeper = make_staff("唐洁", branch_a["county"], Role.KEEPER)
    gave_alone(admin, keeper, chen)
    days_left(-1)

    assert late.let_unconfirmed_sleep() == 2
    assert Notice.objects.filter(kind=SLEEPS, user=keeper).count() == 2


def test_the_colleague_hears_that_their_post_stopped_at_the_phone_too(chen, admin, branch_a):
    chen.work_phone = "13800138000"
    chen.save()
    gave_alone(admin, chen)
    days_left(-1)

    assert late.let_unconfirmed_sleep() == 1
    assert told("unions.own_post_sleeps") == {chen}
    assert Message.objects.filter(kind="unions.own_post_sleeps").count() == 1
