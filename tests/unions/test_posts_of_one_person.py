"""早先由一个人办的任职：限期补确认，过期暂停，确认后恢复."""

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from mashang import workflows
from mashang.config.management.commands import tick
from mashang.core.errors import NotAllowed
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.unions.actions import late_confirmations as late
from mashang.unions.actions import posts
from mashang.unions.models import Post
from mashang.unions.queries import posts_to_confirm
from mashang.unions.refusals import NeedsAnother, NotYourself, PostElsewhere
from mashang.unions.roles import Permission, Role, holds
from tests.builders import make_staff, sign_in

pytestmark = pytest.mark.django_db
noted = import_module("mashang.unions.migrations.0004_posts_of_one_person")
marked = import_module("mashang.unions.migrations.0005_slept_posts_had_counted")


@pytest.fixture
def admin(branch_a):
    return make_staff("管理员甲", branch_a["city"], Role.ADMIN)


@pytest.fixture
def second(branch_a):
    return make_staff("管理员乙", branch_a["city"], Role.ADMIN)


@pytest.fixture
def alone(branch_a, admin, chen):
    """陈's post, as one administrator alone had given it; the others were installed on the server."""
    post = chen.posts.get()
    Post.objects.filter(pk=post.pk).update(appointed_by=admin)
    noted.note(apps, SimpleNamespace(connection=connection))
    return Post.objects.get(pk=post.pk)


def let_it_run_out(post):
    Post.objects.filter(pk=post.pk).update(confirm_by_on=timezone.localdate() - timedelta(days=1))


def may_work(user):
    return holds(type(user).objects.get(pk=user.pk), Permission.CASE_READ)


def test_only_what_one_person_gave_is_to_be_made_up(alone, admin, second, branch_a):
    both = make_staff("两人办的", branch_a["county"], Role.CLERK)
    Post.objects.filter(user=both).update(appointed_by=admin, confirmed_by=second)
    gone = make_staff("离任的", branch_a["county"], Role.CLERK)
    Post.objects.filter(user=gone).update(appointed_by=admin, to_on=timezone.localdate())
    noted.note(apps, SimpleNamespace(connection=connection))

    due = Post.objects.exclude(confirm_by_on=None)
    assert [post.pk for post in due] == [alone.pk]
    assert alone.confirm_by_on == timezone.localdate() + timedelta(days=30)


def test_a_second_person_finds_it_in_the_list_and_confirms_it_meanwhile_it_counts(
    alone, chen, admin, second
):
    assert may_work(chen)
    desk = sign_in(second)
    assert "前补确认，过期暂停" in desk.get("/desk/appointments/").text
    assert not posts_to_confirm(admin).exists()
    for by, refusal in ((admin, NeedsAnother), (chen, NotAllowed)):
        with pytest.raises(refusal):
            posts.confirm(alone, by=by)

    desk.post(f"/desk/appointments/{alone.pk}/confirm/")

    post = Post.objects.get(pk=alone.pk)
    assert (post.confirmed_by, post.confirm_by_on) == (second, None)
    assert may_work(chen) and not posts_to_confirm(second).exists()


def test_nobody_confirms_their_own(alone, branch_a, admin):
    chair = make_staff("主席", branch_a["county"], Role.APPROVER)
    Post.objects.filter(user=chair).update(appointed_by=admin)
    noted.note(apps, SimpleNamespace(connection=connection))
    with pytest.raises(NotYourself):
        posts.confirm(chair.posts.get(), by=chair)


def test_what_nobody_confirmed_in_time_sleeps_until_somebody_does(alone, chen, second, branch_a):
    keeper = make_staff("唐洁", branch_a["county"], Role.KEEPER)
    assert late.let_unconfirmed_sleep() == 0
    let_it_run_out(alone)

    assert late.let_unconfirmed_sleep in set(tick.tasks())
    assert late.let_unconfirmed_sleep() == 1

    assert not may_work(chen)
    assert Notice.objects.get(kind="unions.post_sleeps").user == keeper
    assert TrailEntry.objects.filter(action="post.slept").count() == 1
    assert late.let_unconfirmed_sleep() == 0
    posts.confirm(alone, by=second)
    assert may_work(chen)


def test_a_post_that_ended_meanwhile_is_left_alone(alone):
    let_it_run_out(alone)
    Post.objects.filter(pk=alone.pk).update(to_on=date(2026, 11, 30))

    assert late.let_unconfirmed_sleep() == 0


# Asleep, it is no mere proposal ------------------------------------------------------------------


def run_out(post, by):
    let_it_run_out(post)
    assert late.let_unconfirmed_sleep() == 1


SLEEPS = {
    "reset": lambda post, by: None,
    "closed": lambda post, by: workflows.close_account(post.user, by=by),
    "run out": run_out,
}


@pytest.mark.parametrize("put_to_sleep", SLEEPS.values(), ids=SLEEPS.keys())
def test_whoever_reset_the_account_is_no_second_person_for_it(
    put_to_sleep, alone, chen, second, branch_a
):
    """Else one person types their own phone, confirms, and receives the code."""
    third = make_staff("管理员丙", branch_a["city"], Role.ADMIN)
    put_to_sleep(alone, third)
    posts.reset_account(chen, at=branch_a["county"], by=second, phone="13800138000")

    assert not posts_to_confirm(second).exists()
    with pytest.raises(NeedsAnother):
        posts.confirm(alone, by=second)
    assert posts_to_confirm(third).get() == alone
    posts.confirm(alone, by=third)
    assert may_work(chen)


def test_it_still_holds_its_colleague_against_a_reset_from_elsewhere(
    alone, chen, second, branch_a, branch_b
):
    beside = make_staff("邻县管理员", branch_b["county"], Role.ADMIN)
    posts.appoint(chen, branch_b["county"], Role.CLERK, by=beside, from_on=timezone.localdate())
    run_out(alone, second)

    with pytest.raises(PostElsewhere):
        posts.reset_account(chen, at=branch_b["county"], by=beside)


@pytest.mark.parametrize("is_marked_first", [True, False])
def test_one_that_was_stopped_before_it_got_its_day_is_no_proposal_either(
    is_marked_first, alone, chen, second, branch_a
):
    """Closed, then the house is updated, then reset; or both before."""
    workflows.close_account(chen, by=make_staff("管理员丙", branch_a["city"], Role.ADMIN))
    Post.objects.filter(pk=alone.pk).update(confirm_by_on=None)
    assert not Post.objects.get(pk=alone.pk).has_counted

    if is_marked_first:
        marked.mark(apps, SimpleNamespace(connection=connection))
    posts.reset_account(chen, at=branch_a["county"], by=second, phone="13800138000")
    marked.mark(apps, SimpleNamespace(connection=connection))

    assert Post.objects.get(pk=alone.pk).has_counted
    with pytest.raises(NeedsAnother):
        posts.confirm(alone, by=second)


def test_a_proposal_to_somebody_who_was_reset_earlier_stays_one(chen, admin, second, branch_a):
    posts.reset_account(chen, at=branch_a["county"], by=second, phone="13800138000")
    where = branch_a["county"]
    post = posts.appoint(chen, where, Role.REVIEWER, by=admin, from_on=timezone.localdate())

    marked.mark(apps, SimpleNamespace(connection=connection))

    assert not Post.objects.get(pk=post.pk).has_counted


def test_what_sleeps_already_is_not_put_to_sleep_again(alone, chen, admin, second, branch_a):
    make_staff("唐洁", branch_a["county"], Role.KEEPER)
    posts.reset_account(chen, at=branch_a["county"], by=admin, phone="13800138000")
    assert "前补确认" not in sign_in(second).get("/desk/appointments/").text
    let_it_run_out(alone)

    assert late.let_unconfirmed_sleep() == 0
    assert late._let_sleep(alone) is False
    assert not TrailEntry.objects.filter(action="post.slept").exists()
    assert not Notice.objects.filter(kind="unions.post_sleeps").exists()
