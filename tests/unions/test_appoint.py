"""任职：提出、确认、结束；账号开通与重置."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mashang import workflows
from mashang.accounts.actions import staff
from mashang.accounts.devices import Device, Origin
from mashang.accounts.models import User
from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.notices.models import Message, Notice
from mashang.unions.actions import posts
from mashang.unions.models import Post
from mashang.unions.queries import are_two, how_many_to_confirm, posts_to_confirm, seat
from mashang.unions.refusals import (
    AlreadyHeld,
    NeedsAnother,
    NotYourself,
    PostElsewhere,
    RolesClash,
)
from mashang.unions.roles import Permission, Role, holds
from tests.builders import make_phone, make_staff, make_worker
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


@pytest.mark.parametrize("role", Role.values)
def test_no_role_is_given_by_one_person(branch_a, admin, second, newcomer, role) -> None:
    post = posts.appoint(newcomer, branch_a["county"], role, by=admin, from_on=TODAY)
    assert not fresh(newcomer).posts.current(timezone.localdate()).exists()

    posts.confirm(post, by=second)

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


def test_a_reset_puts_every_post_to_sleep_wherever_it_is(branch_a, branch_b, admin, second) -> None:
    chair = make_staff("主席", branch_a["county"], Role.APPROVER, Role.CLERK)
    elsewhere = Post.objects.create(
        user=chair, union=branch_b["county"], role=Role.CLERK, from_on=date(2026, 1, 1)
    )
    above = make_staff("省管理员", branch_a["province"], Role.ADMIN)
    with pytest.raises(PostElsewhere):
        posts.reset_account(chair, at=branch_a["county"], by=admin, phone=make_phone())

    posts.reset_account(chair, at=branch_a["county"], by=above, phone=make_phone())

    assert not fresh(chair).has_usable_password() and not sent_codes()
    assert not holds(fresh(chair), Permission.REVIEW_APPROVE)
    assert not holds(fresh(chair), Permission.REVIEW_ACCEPT)
    posts.confirm(chair.posts.get(role=Role.APPROVER), by=second)
    assert holds(fresh(chair), Permission.REVIEW_APPROVE) and len(sent_codes()) == 1
    elsewhere.refresh_from_db()
    assert elsewhere.awaits_second_person


def test_the_old_phone_hears_of_a_reset_and_the_new_one_gets_the_code(branch_a, admin, second):
    before, after = make_phone(), make_phone()
    post = posts.appoint_or_invite(
        branch_a["county"], "huang", "黄", Role.CLERK, TODAY, by=admin, phone=before
    )
    posts.confirm(post, by=second)

    posts.reset_account(post.user, at=branch_a["county"], by=admin, phone=after)
    posts.confirm(post, by=second)

    told = [(message.phone.reveal(), message.kind) for message in messages()]
    assert told == [(before, "staff.enrol"), (before, "staff.reset"), (after, "staff.enrol")]


def test_the_code_goes_to_the_person_and_to_nobody_who_asked(branch_a, admin, second) -> None:
    own = make_phone()
    post = posts.appoint_or_invite(
        branch_a["county"], "huang", "黄", Role.CLERK, TODAY, by=admin, phone=own
    )
    assert not sent_codes(), "before a second person has looked nobody can come in"

    posts.confirm(post, by=second)

    [message] = messages()
    [code] = sent_codes()
    assert message.phone.reveal() == own
    assert staff.check_enrolment("huang", code, origin=Origin(Device("d"), "9.9.9.9")) == post.user
    assert not Notice.objects.filter(body__contains=code).exists()


def test_a_phone_belongs_to_one_colleague(branch_a, admin) -> None:
    own = make_phone()
    where = branch_a["county"]
    posts.appoint_or_invite(where, "huang", "黄", Role.CLERK, TODAY, by=admin, phone=own)

    with pytest.raises(staff.WorkPhoneTaken) as refusal:
        posts.appoint_or_invite(where, "lan", "蓝", Role.CLERK, TODAY, by=admin, phone=own)
    with pytest.raises(Invalid) as without:
        posts.appoint_or_invite(where, "lan", "蓝", Role.CLERK, TODAY, by=admin)

    assert set(refusal.value.fields) == set(without.value.fields) == {"phone"}
    assert not User.objects.filter(username="lan").exists()


def test_a_puppet_and_its_maker_are_not_two(branch_a, admin, second, newcomer) -> None:
    """Who let somebody in does not have them confirm, nor confirms what they propose."""
    third = make_staff("管理员丙", branch_a["city"])
    puppet = posts.appoint(third, branch_a["city"], Role.ADMIN, by=admin, from_on=TODAY)
    posts.confirm(puppet, by=second)
    theirs = posts.appoint(newcomer, branch_a["county"], Role.CLERK, by=admin, from_on=TODAY)
    another = make_staff("又一位", branch_a["county"])
    puppets = posts.appoint(another, branch_a["county"], Role.KEEPER, by=third, from_on=TODAY)

    with pytest.raises(NeedsAnother):
        posts.confirm(theirs, by=third)
    with pytest.raises(NeedsAnother):
        posts.confirm(puppets, by=admin)

    assert theirs not in posts_to_confirm(third) and puppets not in posts_to_confirm(admin)
    assert set(posts_to_confirm(second)) == {theirs, puppets}
    posts.confirm(theirs, by=second)


def test_who_reset_an_account_does_not_count_beside_it_either(branch_a, admin, second, newcomer):
    posts.reset_account(second, at=branch_a["city"], by=admin, phone=make_phone())
    posts.confirm(second.posts.get(), by=make_staff("管理员丙", branch_a["city"], Role.ADMIN))
    post = posts.appoint(newcomer, branch_a["county"], Role.CLERK, by=admin, from_on=TODAY)

    with pytest.raises(NeedsAnother):
        posts.confirm(post, by=second)


def test_a_reset_forgets_nobody_who_opened_the_account(branch_a, admin, second, newcomer) -> None:
    """The maker of a puppet stays its maker, whoever resets it afterwards."""
    third = make_staff("管理员丙", branch_a["city"], Role.ADMIN)
    puppet = make_staff("新管理员", branch_a["city"])
    post = posts.appoint(puppet, branch_a["city"], Role.ADMIN, by=admin, from_on=TODAY)
    posts.confirm(post, by=second)

    posts.reset_account(puppet, at=branch_a["city"], by=third)

    with pytest.raises(NeedsAnother):
        posts.confirm(post, by=admin)
    with pytest.raises(NeedsAnother):
        posts.confirm(post, by=third)
    assert post not in posts_to_confirm(admin) and post not in posts_to_confirm(third)
    assert post in posts_to_confirm(second)
    posts.confirm(post, by=second)
    assert not are_two(admin, fresh(puppet)) and not are_two(fresh(puppet), third)
    assert are_two(fresh(puppet), second)


def test_a_proposal_gives_no_hold_on_somebody_elses_account(branch_a, branch_b, lu) -> None:
    """A village's administrator proposes another county's clerk, and would then reset her."""
    village = make_staff("村管理员", branch_a["own"], Role.ADMIN)
    before = lu.work_phone.reveal()
    posts.appoint(lu, branch_a["own"], Role.CLERK, by=village, from_on=TODAY)

    with pytest.raises(PostElsewhere):
        posts.reset_account(lu, at=branch_a["own"], by=village, phone=make_phone())

    assert fresh(lu).work_phone.reveal() == before
    assert holds(fresh(lu), Permission.REVIEW_ACCEPT)


def test_keeper_and_chair_hear_who_gets_in(branch_a, admin, second, newcomer) -> None:
    where = branch_a["county"]
    keeper = make_staff("管档", where, Role.KEEPER)
    chair = make_staff("主席", where, Role.APPROVER)
    above = make_staff("省管档", branch_a["province"], Role.KEEPER)

    post = posts.appoint(newcomer, where, Role.CLERK, by=admin, from_on=TODAY)
    posts.confirm(post, by=chair)
    posts.reset_account(newcomer, at=where, by=admin, phone=make_phone())

    said = ["unions.post_proposed", "unions.post_confirmed", "unions.account_reset"]
    assert kinds_told(keeper) == said
    assert kinds_told(chair) == [said[0], said[2]], "nobody is told of what they did themselves"
    assert kinds_told(above) == []
    own = make_staff("村里的", branch_a["own"])
    posts.appoint(own, branch_a["town"], Role.CLERK, by=admin, from_on=TODAY)
    assert kinds_told(keeper) == [*said, said[0]], "a union without either: the nearest above"


def kinds_told(user):
    return list(
        Notice.objects.filter(user=user).order_by("created_at").values_list("kind", flat=True)
    )


def messages():
    return list(Message.objects.order_by("created_at").select_related("data_key"))


def sent_codes():
    texts = [message.body.reveal() for message in messages() if message.kind == "staff.enrol"]
    return [
        found[0] for text in texts if (found := re.findall(r"[\dA-Z]{4}(?:-[\dA-Z]{4}){3}", text))
    ]


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


def test_the_number_beside_the_menu_costs_one_query_while_nothing_waits(
    branch_a, admin, second, newcomer, django_assert_num_queries
) -> None:
    holds(second, Permission.POST_CONFIRM)  # the posts are read once for the whole page
    with django_assert_num_queries(1):
        assert how_many_to_confirm(second) == 0

    posts.appoint(newcomer, branch_a["county"], Role.APPROVER, by=admin, from_on=TODAY)

    with django_assert_num_queries(5):
        assert how_many_to_confirm(second) == 1
    assert how_many_to_confirm(admin) == 0
