"""任职：提出、确认、结束；账号开通与重置."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mashang import workflows
from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.unions.actions import posts
from mashang.unions.models import Post
from mashang.unions.queries import posts_to_confirm, seat
from mashang.unions.refusals import AlreadyHeld, NeedsAnother, NotYourself, RolesClash
from mashang.unions.roles import Permission, Role, holds
from tests.builders import make_staff, make_worker
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


@pytest.fixture
def admin(branch_a):
    return make_staff("管理员甲", branch_a["city"], Role.ADMIN)


@pytest.fixture
def second(branch_a):
    return make_staff("管理员乙", branch_a["city"], Role.ADMIN)


@pytest.fixture
def newcomer(branch_a):
    return make_staff("新来的", branch_a["county"])


def fresh(user):
    """The same person as the next request would see them."""
    return type(user).objects.get(pk=user.pk)


def test_a_clerk_is_appointed_and_can_work_at_once(branch_a, admin, newcomer) -> None:
    posts.appoint(newcomer, branch_a["county"], Role.CLERK, by=admin, from_on=TODAY)

    assert holds(fresh(newcomer), Permission.REVIEW_ACCEPT)
    assert seat(fresh(newcomer)).union == branch_a["county"].name


def test_an_approver_counts_when_a_second_person_has_confirmed(
    branch_a, admin, second, newcomer
) -> None:
    post = posts.appoint(newcomer, branch_a["county"], Role.APPROVER, by=admin, from_on=TODAY)
    before = holds(fresh(newcomer), Permission.REVIEW_APPROVE)

    assert list(posts_to_confirm(second)) == [post] and not posts_to_confirm(admin)
    posts.confirm(post, by=second)

    assert (before, holds(fresh(newcomer), Permission.REVIEW_APPROVE)) == (False, True)


def test_nobody_confirms_what_they_proposed_or_gain(branch_a, admin, newcomer) -> None:
    chair = make_staff("主席", branch_a["city"], Role.APPROVER)
    post = posts.appoint(newcomer, branch_a["county"], Role.APPROVER, by=admin, from_on=TODAY)
    own = posts.appoint(chair, branch_a["county"], Role.TREASURER, by=admin, from_on=TODAY)

    with pytest.raises(NeedsAnother):
        posts.confirm(post, by=admin)
    with pytest.raises(NotYourself):
        posts.confirm(own, by=chair)
    with pytest.raises(NotYourself):
        posts.appoint(admin, branch_a["county"], Role.ADMIN, by=admin, from_on=TODAY)


def test_the_database_too_wants_two_people(branch_a, admin, newcomer) -> None:
    post = posts.appoint(newcomer, branch_a["county"], Role.APPROVER, by=admin, from_on=TODAY)

    for column in ({"confirmed_by": admin}, {"confirmed_by": newcomer}, {"appointed_by": newcomer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(**column)


def test_clerks_and_the_administrator_beside_may_not(branch_a, branch_b, chen, newcomer) -> None:
    beside = make_staff("旁人", branch_b["city"], Role.ADMIN)

    for person in (chen, beside):
        with pytest.raises(NotAllowed):
            posts.appoint(newcomer, branch_a["county"], Role.CLERK, by=person, from_on=TODAY)


def test_the_administrator_takes_no_business_role(branch_a, admin, second, chen) -> None:
    with pytest.raises(RolesClash):
        posts.appoint(second, branch_a["county"], Role.CLERK, by=admin, from_on=TODAY)
    with pytest.raises(RolesClash):
        posts.appoint(chen, branch_a["county"], Role.ADMIN, by=admin, from_on=TODAY)


def test_a_worker_holds_no_post(branch_a, admin) -> None:
    with pytest.raises(Invalid):
        posts.appoint(make_worker(), branch_a["county"], Role.CLERK, by=admin, from_on=TODAY)


def test_a_post_is_held_once_and_confirmed_once(branch_a, admin, second, newcomer) -> None:
    where = branch_a["county"]
    post = posts.appoint(newcomer, where, Role.APPROVER, by=admin, from_on=TODAY)

    with pytest.raises(AlreadyHeld):
        posts.appoint(newcomer, where, Role.APPROVER, by=admin, from_on=TODAY)
    posts.confirm(post, by=second)
    with pytest.raises(WrongState):
        posts.confirm(post, by=second)


def test_a_post_that_was_ended_counts_no_more_from_that_moment_on(branch_a, admin, chen) -> None:
    post = workflows.end_post(chen.posts.get(), by=admin)

    assert post.to_on == timezone.localdate()
    assert not Post.objects.current(post.to_on).filter(user=chen).exists()
    assert Post.objects.current(post.to_on).exists()  # the administrator's
    with pytest.raises(WrongState):
        workflows.end_post(post, by=admin)


def test_the_open_page_of_somebody_who_left_does_nothing_more(branch_a, admin, chen, signed_in):
    """Her desk stands open; the moment the post ends she is out."""
    desk = signed_in(chen)
    assert desk.get("/desk/cases/").status_code == 200

    workflows.end_post(chen.posts.get(), by=admin)

    assert desk.get("/desk/cases/").status_code == 302 and not chen.sign_ins.exists()
    assert signed_in(chen).get("/desk/cases/").status_code == 403


def test_with_another_post_one_goes_on_in_that(branch_a, admin, signed_in):
    both = make_staff("双岗", branch_a["county"], Role.CLERK, Role.TREASURER)
    desk = signed_in(both)

    workflows.end_post(both.posts.get(role=Role.TREASURER), by=admin)

    assert desk.get("/desk/cases/").status_code == 200
    assert desk.get("/desk/aid/").status_code == 403


def test_a_reset_puts_approving_roles_to_sleep(branch_a, admin, second) -> None:
    chair = make_staff("主席", branch_a["county"], Role.APPROVER, Role.CLERK)

    enrolment = posts.reset_account(chair, at=branch_a["county"], by=admin)

    assert len(enrolment.code) == 19 and not fresh(chair).has_usable_password()
    assert not holds(fresh(chair), Permission.REVIEW_APPROVE)
    assert holds(fresh(chair), Permission.REVIEW_ACCEPT)
    posts.confirm(chair.posts.get(role=Role.APPROVER), by=second)
    assert holds(fresh(chair), Permission.REVIEW_APPROVE)


def test_people_elsewhere_are_not_there_for_a_reset(branch_a, branch_b, admin, lu) -> None:
    with pytest.raises(Missing):
        posts.reset_account(lu, at=branch_a["county"], by=admin)
    with pytest.raises(NotYourself):
        posts.reset_account(admin, at=branch_a["city"], by=admin)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_confirm_once(branch_a, admin, second, newcomer) -> None:
    third = make_staff("管理员丙", branch_a["city"], Role.ADMIN)
    post = posts.appoint(newcomer, branch_a["county"], Role.KEEPER, by=admin, from_on=TODAY)

    told = press_at_once([lambda person=p: posts.confirm(post, by=person) for p in (second, third)])

    assert sorted(type(answer).__name__ for answer in told) == ["Post", "WrongState"]
