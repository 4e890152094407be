"""早先由一个人办的任职：限期补确认，过期停用，确认后恢复."""

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from mashang.config.management.commands import tick
from mashang.core.errors import NotAllowed
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.unions.actions import posts
from mashang.unions.models import Post
from mashang.unions.queries import posts_to_confirm
from mashang.unions.refusals import NeedsAnother, NotYourself
from mashang.unions.roles import Permission, Role, holds
from tests.builders import make_staff, sign_in

pytestmark = pytest.mark.django_db
noted = import_module("mashang.unions.migrations.0004_posts_of_one_person")


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
    assert "前补确认，过期停用" in desk.get("/desk/appointments/").text
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
    assert posts.let_unconfirmed_sleep() == 0
    let_it_run_out(alone)

    assert posts.let_unconfirmed_sleep in set(tick.tasks())
    assert posts.let_unconfirmed_sleep() == 1

    assert not may_work(chen)
    assert Notice.objects.get(kind="unions.post_sleeps").user == keeper
    assert TrailEntry.objects.filter(action="post.slept").count() == 1
    assert posts.let_unconfirmed_sleep() == 0
    posts.confirm(alone, by=second)
    assert may_work(chen)


def test_a_post_that_ended_meanwhile_is_left_alone(alone):
    let_it_run_out(alone)
    Post.objects.filter(pk=alone.pk).update(to_on=date(2026, 11, 30))

    assert posts.let_unconfirmed_sleep() == 0
