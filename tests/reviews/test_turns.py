"""谁来办: where nobody is left, the union above has its turn, with its term, and the trail says so."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.reference.workdays import add_workdays
from mashang.reviews import actions, turns
from mashang.reviews.models import Step
from mashang.reviews.queries import stages
from mashang.reviews.turns import place_now
from mashang.unions.actions import posts
from mashang.unions.models import AccountReset, Post
from mashang.unions.roles import Role
from tests.builders import make_branch, make_staff, make_worker
from tests.crowd import press_at_once
from tests.reviews.builders import approve, next_of, open_one_off

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def clerk(branch_a):
    return make_staff("周敏", branch_a["own"], Role.CLERK)


@pytest.fixture
def county_clerk(branch_a):
    return make_staff("陈静", branch_a["county"], Role.CLERK)


def begin(branch, by, filled_by=()):
    actions.install_default_flows(branch["province"])
    return actions.open_review(
        uuid4(), kind="one_off", union=branch["own"], by=by, filled_by=filled_by
    )


def end_posts_of(user):
    Post.objects.filter(user=user).update(to_on=TODAY())


# When a step opens


def test_where_somebody_may_take_it_the_step_stays(branch_a, li, clerk, county_clerk):
    step = begin(branch_a, li)

    assert step.union == branch_a["own"]
    assert step.instead_of is None and not step.has_nobody


def test_where_only_the_filler_is_left_it_opens_above(branch_a, li, clerk, county_clerk):
    step = begin(branch_a, li, filled_by=[clerk])

    assert step.union == branch_a["county"]  # the town has nobody for it either
    assert step.union_path == branch_a["county"].path and step.instead_of == branch_a["own"]
    assert stages(step.subject_id)[0].instead_of == branch_a["own"].name
    approve(step, county_clerk)


def test_a_second_colleague_keeps_it_where_it_is(branch_a, li, clerk, county_clerk):
    make_staff("吴芳", branch_a["own"], Role.CLERK)
    assert begin(branch_a, li, filled_by=[clerk]).union == branch_a["own"]


@pytest.mark.parametrize(
    "gone",
    [
        lambda user: end_posts_of(user),
        lambda user: user.posts.update(from_on=TODAY() + timedelta(days=1)),
        lambda user: user.posts.update(awaits_second_person=True),
        lambda user: type(user).objects.filter(pk=user.pk).update(is_active=False),
        lambda user: user.posts.update(role=Role.AUDITOR),
    ],
    ids=["left", "not yet there", "not confirmed", "account closed", "another role"],
)
def test_only_who_is_there_now_and_may_counts(branch_a, li, clerk, county_clerk, gone):
    gone(clerk)
    assert begin(branch_a, li).union == branch_a["county"]


def test_a_step_for_two_stays_where_one_is_and_somebody_above_may_come_along(
    branch_a, li, clerk, county_clerk
):
    step = open_one_off(branch_a, by=li, kind="file")
    approve(step, clerk)

    assert (next_of(step).work, next_of(step).union) == ("home_check", branch_a["own"])


def test_a_step_for_two_of_whom_none_is_here_goes_to_where_they_are(
    branch_a, li, clerk, county_clerk
):
    make_staff("苏玉梅", branch_a["county"], Role.CLERK)
    step = open_one_off(branch_a, by=li, kind="file")
    approve(step, clerk)
    Post.objects.filter(user=clerk).update(to_on=date(2026, 1, 2))

    assert place_now(next_of(step), date(2026, 11, 30)).union == branch_a["county"]


def test_whose_account_was_reset_is_about_to_come_back(branch_a, li, clerk, county_clerk):
    step = open_one_off(branch_a, by=li, kind="file")
    admin = make_staff("管理员", branch_a["county"], Role.ADMIN)
    posts.reset_account(clerk, at=branch_a["county"], by=admin)

    assert place_now(step, timezone.localdate()).union == branch_a["own"]
    AccountReset.objects.update(reset_at=timezone.now() - timedelta(days=8))
    assert place_now(step, timezone.localdate()).union == branch_a["county"]


def test_two_who_both_filled_in_leave_the_home_check_here_while_others_may_come(
    branch_a, li, clerk, county_clerk
):
    colleague = make_staff("吴芳", branch_a["own"], Role.CLERK)
    make_staff("苏玉梅", branch_a["county"], Role.CLERK)
    step = open_one_off(branch_a, by=li, kind="file")
    for by in (clerk, colleague):
        actions.take_part(step.subject_id, by=by)
    approve(step, county_clerk)

    assert next_of(step).union == branch_a["own"]


def test_whoever_has_had_a_hand_in_it_does_not_count_at_the_next_level(branch_a, li, county_clerk):
    both = make_staff("何平", branch_a["town"], Role.CLERK, Role.REVIEWER)
    make_staff("郑强", branch_a["county"], Role.REVIEWER)
    step = begin(branch_a, li)
    approve(step, both)

    assert (next_of(step).work, next_of(step).union) == ("recheck", branch_a["county"])
    assert next_of(step).instead_of == branch_a["town"]


def test_the_branch_beside_never_gets_it(branch_a, branch_b, li, clerk):
    for union in branch_b.values():
        if union != branch_a["province"]:
            make_staff("陆敏", union, Role.CLERK)
    step = begin(branch_a, li, filled_by=[clerk])
    assert step.union == branch_a["own"] and step.has_nobody


# While it is open


def test_when_the_last_one_leaves_it_moves_with_a_whole_term(branch_a, li, clerk, county_clerk):
    step = begin(branch_a, li)
    Step.objects.filter(pk=step.pk).update(due_on=TODAY() - timedelta(days=9))
    end_posts_of(clerk)

    moved = actions.move_up(step)

    assert moved.union == branch_a["county"] and moved.instead_of == branch_a["own"]
    assert moved.due_on == add_workdays(TODAY(), step.flow_step.workdays)
    entry = TrailEntry.objects.get(action="review.moved_up")
    assert str(branch_a["own"].pk) in str(entry.facts)


def test_while_somebody_is_left_nothing_moves(branch_a, li, clerk, county_clerk):
    step = begin(branch_a, li)
    assert actions.move_up(step) is None and next_of(step).union == branch_a["own"]


def test_a_step_that_is_done_does_not_move(branch_a, li, clerk, county_clerk):
    step = begin(branch_a, li)
    approve(step, clerk)
    end_posts_of(clerk)
    assert actions.move_up(step) is None
    assert Step.objects.get(pk=step.pk).union == branch_a["own"]


def test_moved_twice_it_still_says_for_whom(branch_a, li, clerk, county_clerk):
    make_staff("省里", branch_a["province"], Role.CLERK)
    step = begin(branch_a, li)
    for gone in (clerk, county_clerk):
        end_posts_of(gone)
        step = actions.move_up(step)
    assert step.union == branch_a["province"] and step.instead_of == branch_a["own"]


# Nobody anywhere


def test_with_nobody_up_to_the_top_it_stays_and_the_administrators_are_told_once(branch_a, li):
    admin = make_staff("韦明", branch_a["province"], Role.ADMIN)
    elsewhere = make_staff("别处", make_branch(branch_a["province"], "他山")["county"], Role.ADMIN)
    step = begin(branch_a, li)

    assert step.union == branch_a["own"] and step.has_nobody and step.instead_of is None
    told = Notice.objects.get(kind="review.nobody_may")
    assert told.user == admin != elsewhere and "受理初审" in told.body
    actions.move_up(step)
    assert Notice.objects.filter(kind="review.nobody_may").count() == 1

    make_staff("周敏", branch_a["own"], Role.CLERK)
    actions.move_up(step)
    assert not Step.objects.get(pk=step.pk).has_nobody


def test_a_room_above_says_who_keeps_apart(branch_a, li, clerk, county_clerk, monkeypatch):
    monkeypatch.setattr(turns, "_keep_apart", [lambda subject, people: {clerk.pk}])
    assert begin(branch_a, li).union == branch_a["county"]


# At once


@pytest.mark.django_db(transaction=True)
def test_moving_and_deciding_at_once_end_in_one_state():
    branch, li = make_branch(), make_worker()
    clerk = make_staff("周敏", branch["own"], Role.CLERK)
    make_staff("陈静", branch["county"], Role.CLERK)
    step = begin(branch, li)
    Post.objects.filter(user=clerk).update(to_on=TODAY())

    press_at_once(
        [lambda: actions.move_up(step) for _ in range(6)]
        + [lambda: approve(step, clerk) for _ in range(2)]
    )

    opened = Step.objects.get(subject_id=step.subject_id, state="open")
    moves = TrailEntry.objects.filter(action="review.moved_up").count()
    if opened.pk == step.pk:
        assert opened.union == branch["county"] and moves == 1
    else:  # decided first, by a page that was open before
        assert moves == 0
