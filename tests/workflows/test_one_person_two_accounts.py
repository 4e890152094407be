"""一个人两个账号: who gave the same own number for both accounts is one person, in whatever takes two.

Each act is tried by the second account of whoever began it, and once more, as a control, by somebody else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.accounts.actions.kin_declarations import declare
from mashang.accounts.actions.profile import declare_relative, withdraw_relative
from mashang.accounts.models import Relative, User
from mashang.accounts.queries import kin_declared_at
from mashang.aid import actions as aid
from mashang.cases.actions import (
    alerts,
    channels,
    declared_kin,
    merges,
    pairings,
    phones,
    transfers,
)
from mashang.cases.models import Alert, Checker, HomeCheck, Merge
from mashang.cases.preconditions import GATES
from mashang.core.errors import DomainError, Invalid, WrongState
from mashang.notices.models import Notice
from mashang.reviews.models import FlowStep
from mashang.reviews.refusals import SeatTaken
from mashang.unions.actions import holidays, posts
from mashang.unions.models import AccountReset
from mashang.unions.queries import are_two, posts_to_confirm
from mashang.unions.refusals import NeedsAnother, NotYourself, RolesClash
from mashang.unions.roles import Role
from mashang.unions.second_person import NOT_TWO
from mashang.wishes.actions import moderation
from mashang.wishes.models import Wish
from tests.builders import make_id_number, make_phone, make_staff, make_worker
from tests.cases.households import make_case
from tests.cases.offices import application_of, bring_to, make_office
from tests.reviews.builders import approve, next_of, open_one_off, relax
from tests.wishes.families import make_wish_room
from tests.workflows.test_publish_holidays import TEXT, WORDS

pytestmark = pytest.mark.django_db


def make_one_person(*accounts: User) -> None:
    """They say so themselves, when the desk asks for the own number."""
    number = make_id_number()
    for account in accounts:
        declare(number, [], has_none=True, by=account)


@dataclass
class Act:
    """What the first account began: `end` is the second person's part, `role` at `at` may do it."""

    first: User
    at: Any
    role: Role
    end: Callable[[User], Any]


def of_ledger(branch: dict[str, Any]) -> Act:
    first = make_staff("甲", branch["own"], Role.CLERK)
    proposal = aid.propose(
        make_case(branch["own"]).holder,
        project="living",
        fund="county",
        given_on=timezone.localdate(),
        amount_fen=100,
        by=first,
    )
    return Act(first, branch["county"], Role.TREASURER, lambda by: aid.confirm(proposal, by=by))


def of_transfer(branch: dict[str, Any]) -> Act:
    first = make_staff("甲", branch["county"], Role.KEEPER)
    transfer = transfers.ask(make_case(branch["own"]), to=branch["town"], why="换了单位", by=first)
    return Act(
        first, branch["county"], Role.KEEPER, lambda by: workflows.accept_transfer(transfer, by=by)
    )


def of_merge(branch: dict[str, Any]) -> Act:
    first = make_staff("甲", branch["county"], Role.KEEPER)
    one, other = make_case(branch["own"]).holder, make_case(branch["own"]).holder
    asked = merges.ask(one, into=other, stands_as="spouse", why="户口簿原件", by=first)
    assert asked.stands_as != Merge.SAME
    return Act(
        first, branch["county"], Role.KEEPER, lambda by: workflows.merge_households(asked, by=by)
    )


def of_pairing(branch: dict[str, Any]) -> Act:
    first = make_staff("甲", branch["county"], Role.REVIEWER)
    proposed = pairings.propose(make_case(branch["own"]), helper=make_worker("黄志强"), by=first)
    return Act(first, branch["county"], Role.APPROVER, lambda by: pairings.confirm(proposed, by=by))


def of_phone(branch: dict[str, Any]) -> Act:
    first = make_staff("甲", branch["own"], Role.CLERK)
    holder = make_case(branch["own"], worker=make_worker()).holder
    change = phones.ask_sign_in_phone(
        holder, holder.id_number.reveal(), make_phone(), why="手机丢了，补不回来", by=first
    )
    return Act(first, branch["own"], Role.CLERK, lambda by: channels.confirm(change, by=by))


def of_holidays(branch: dict[str, Any]) -> Act:
    first = make_staff("甲", branch["province"], Role.APPROVER)
    notice = holidays.propose(branch["province"], text=TEXT, **WORDS, by=first)
    return Act(
        first,
        branch["province"],
        Role.APPROVER,
        lambda by: workflows.publish_holidays(notice, by=by),
    )


def of_wish(branch: dict[str, Any]) -> Act:
    room = make_wish_room(branch)
    wish = room.post()
    moderation.check(wish, by=room.clerk)
    wish = Wish.objects.get(pk=wish.pk)
    return Act(
        room.clerk,
        branch["county"],
        Role.REVIEWER,
        lambda by: moderation.open_on_wall(wish, by=by),
    )


def of_alert(branch: dict[str, Any]) -> Act:
    first = make_staff("甲", branch["own"], Role.CLERK)
    alert = alerts.over_the_limit(Alert.Kind.REVEALS, by=first)
    return Act(
        first,
        branch["county"],
        Role.KEEPER,
        lambda by: alerts.settle(alert, found="问过本人，是在核对", by=by),
    )


def of_post(branch: dict[str, Any]) -> Act:
    first = make_staff("管理员甲", branch["county"], Role.ADMIN)
    today = timezone.localdate()
    post = posts.appoint_or_invite(
        branch["own"], "new.clerk", "新来的", Role.CLERK, today, by=first, phone=make_phone()
    )
    return Act(first, branch["county"], Role.APPROVER, lambda by: posts.confirm(post, by=by))


ACTS = [
    of_ledger,
    of_transfer,
    of_merge,
    of_pairing,
    of_phone,
    of_holidays,
    of_wish,
    of_alert,
    of_post,
]


@pytest.mark.parametrize("begin", ACTS)
def test_the_second_account_is_no_second_person(branch_a, begin) -> None:
    act = begin(branch_a)
    twin = make_staff("甲（另一个账号）", act.at, act.role)
    make_one_person(act.first, twin)

    with pytest.raises(DomainError) as refused:
        act.end(twin)

    assert refused.value.code != "wrong_state"
    other = make_staff("乙", act.at, act.role)
    declare(make_id_number(), [], has_none=True, by=other)
    act.end(other)


def test_it_says_why_they_do_not_count_as_two(branch_a) -> None:
    act = of_ledger(branch_a)
    twin = make_staff("甲（另一个账号）", act.at, act.role)
    make_one_person(act.first, twin)

    with pytest.raises(DomainError, match="同一个身份证号") as refused:
        act.end(twin)

    assert (refused.value.code, refused.value.message) == ("needs_second_person", NOT_TWO)


@pytest.mark.parametrize("begin", [of_ledger, of_merge, of_pairing, of_transfer])
def test_whoever_let_the_first_one_in_is_no_second_person_either(branch_a, begin) -> None:
    """A former administrator who sits at a desk now, and the colleague whose account they opened anew."""
    act = begin(branch_a)
    maker = make_staff("从前的管理员", act.at, act.role)
    AccountReset.objects.create(user=act.first, by=maker, reset_at=timezone.now())

    with pytest.raises(DomainError, match="任职是另一位办的"):
        act.end(maker)


def test_nobody_appoints_or_confirms_the_own_other_account(branch_a) -> None:
    admin = make_staff("管理员甲", branch_a["county"], Role.ADMIN)
    twin = make_staff("管理员甲二", branch_a["county"], Role.ADMIN)
    make_one_person(admin, twin)
    other = make_staff("管理员乙", branch_a["county"], Role.ADMIN)
    today = timezone.localdate()

    with pytest.raises(NotYourself):
        posts.appoint(twin, branch_a["own"], Role.ADMIN, by=admin, from_on=today)
    post = posts.appoint(twin, branch_a["own"], Role.ADMIN, by=other, from_on=today)
    with pytest.raises(NotYourself):
        posts.confirm(post, by=admin)
    assert post not in posts_to_confirm(admin)


def test_an_administrator_sees_no_business_data_by_a_second_account(branch_a) -> None:
    admin = make_staff("管理员甲", branch_a["county"], Role.ADMIN)
    twin = make_staff("甲", branch_a["county"])
    make_one_person(admin, twin)
    other = make_staff("管理员乙", branch_a["county"], Role.ADMIN)

    with pytest.raises(RolesClash):
        posts.appoint(twin, branch_a["own"], Role.CLERK, by=other, from_on=timezone.localdate())


def test_what_one_account_opened_the_other_does_not_confirm(branch_a) -> None:
    """Three accounts: the puppet of the first is no second person for the second one."""
    first = make_staff("管理员甲", branch_a["county"], Role.ADMIN)
    second = make_staff("甲", branch_a["county"], Role.APPROVER)
    puppet = make_staff("木偶", branch_a["county"], Role.APPROVER)
    make_one_person(first, second)
    AccountReset.objects.create(user=puppet, by=first, reset_at=timezone.now())

    assert not are_two(second, puppet) and not are_two(puppet, second)
    assert are_two(second, make_staff("乙", branch_a["county"], Role.APPROVER))


def test_one_person_decides_one_step_by_whichever_account(branch_a, li) -> None:
    step = open_one_off(branch_a, by=li)
    relax(step, level="county", permission="review.recheck")
    clerk = make_staff("周敏", branch_a["county"], Role.REVIEWER)
    twin = make_staff("周敏二", branch_a["county"], Role.REVIEWER)
    make_one_person(clerk, twin)
    type(step).objects.filter(pk=step.pk).update(union=branch_a["county"])
    step.refresh_from_db()
    approve(step, clerk)

    with pytest.raises(SeatTaken):
        approve(next_of(step), twin)
    assert next_of(step).state == "open"
    approve(next_of(step), make_staff("何平", branch_a["county"], Role.REVIEWER))


def test_where_only_the_second_account_is_left_the_step_goes_up(branch_a, li) -> None:
    step = open_one_off(branch_a, by=li)
    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)
    twin = make_staff("周敏二", branch_a["town"], Role.REVIEWER)
    make_one_person(clerk, twin)
    make_staff("方正", branch_a["county"], Role.REVIEWER)

    approve(step, clerk)

    assert (next_of(step).work, next_of(step).union) == ("recheck", branch_a["county"])


def test_two_accounts_are_one_signature_under_the_home_check(branch_a) -> None:
    office = make_office(branch_a)
    step = bring_to("home_check", office)
    application = application_of(step)
    check = HomeCheck.objects.create(
        step_id=step.pk,
        application=application,
        visited_on=timezone.localdate(),
        findings={},
        agrees=True,
        recorded_by=office.clerk,
    )
    for checker in (office.clerk, office.colleague):
        Checker.objects.create(home_check=check, user=checker, signed_at=timezone.now())
    gate = GATES[FlowStep.Work.HOME_CHECK]
    assert not any("人签字" in words for words in gate(application, step))

    make_one_person(office.clerk, office.colleague)

    assert any("现在有 1 人" in words for words in gate(application, step))


@pytest.mark.parametrize("way", ["gate", "page", "as_kin"])
def test_nobody_becomes_somebody_else_by_a_made_up_number(branch_a, way) -> None:
    """The second account gives another own number and withdraws the first, or calls it a relative's."""
    act = of_ledger(branch_a)
    twin = make_staff("甲（另一个账号）", act.at, act.role)
    number = make_id_number()
    declare(number, [], has_none=True, by=act.first)
    declare(number, [], has_none=True, by=twin)

    ways: dict[str, Callable[[], object]] = {
        "gate": lambda: declare(make_id_number(), [], has_none=True, by=twin),
        "page": lambda: declare_relative(make_id_number(), Relative.SELF, by=twin),
        "as_kin": lambda: declare("", [("父母", number)], has_none=False, by=twin),
    }
    with pytest.raises(Invalid) as refused:
        ways[way]()

    assert "重置登录" in str(refused.value.fields) or way == "as_kin"
    own = Relative.objects.get(user=twin)
    with pytest.raises(WrongState, match="不能撤销"):
        withdraw_relative(own.pk, by=twin)
    assert not are_two(act.first, twin)


def test_a_number_replaced_before_the_other_account_gave_it_still_counts(branch_a) -> None:
    act = of_ledger(branch_a)
    twin = make_staff("甲（另一个账号）", act.at, act.role)
    number = make_id_number()
    declare(number, [], has_none=True, by=twin)
    declare(make_id_number(), [], has_none=True, by=twin)

    declare(number, [], has_none=True, by=act.first)

    assert not are_two(act.first, twin)
    assert twin.relatives.filter(relation=Relative.SELF).count() == 1


def test_a_shared_number_that_was_a_slip_is_asked_for_anew_with_a_reset(branch_a) -> None:
    """The way out that the refusal names: an administrator, and whoever confirms."""
    one, other = (make_staff(name, branch_a["own"], Role.CLERK) for name in "甲乙")
    make_one_person(one, other)
    admin = make_staff("管理员", branch_a["county"], Role.ADMIN)

    posts.reset_account(other, at=branch_a["county"], by=admin, phone=make_phone())

    assert are_two(one, other) and kin_declared_at(other) is None
    declare(make_id_number(), [], has_none=True, by=other)
    assert are_two(one, other)


def test_whoever_gives_a_keepers_number_as_the_own_one_is_not_safe_from_that_keeper(
    branch_a,
) -> None:
    """It restrains nobody from closing, resetting, refusing, and a keeper is given posts as before."""
    liar = make_staff("甲", branch_a["own"], Role.CLERK)
    keeper = make_staff("管理员", branch_a["county"], Role.ADMIN)
    make_one_person(keeper, liar)
    other = make_staff("管理员乙", branch_a["county"], Role.ADMIN)
    today = timezone.localdate()
    alert = alerts.over_the_limit(Alert.Kind.REVEALS, by=liar)
    assert alert is not None

    posts.appoint(keeper, branch_a["own"], Role.ADMIN, by=other, from_on=today)
    proposed = posts.appoint(liar, branch_a["own"], Role.KEEPER, by=other, from_on=today)
    approver = make_staff("审批人", branch_a["county"], Role.APPROVER, Role.KEEPER)
    make_one_person(approver, make_staff("丙", branch_a["own"], Role.CLERK))
    Relative.objects.filter(user=liar).update(id_index=approver.relatives.get().id_index)
    alerts.take(alert, by=approver)
    posts.decline(proposed, by=approver)
    posts.reset_account(liar, at=branch_a["county"], by=keeper, phone=make_phone())
    workflows.close_account(liar, by=approver)


def test_one_number_of_two_accounts_is_looked_into_by_those_who_watch(branch_a) -> None:
    one, other = (make_staff(name, branch_a["own"], Role.CLERK) for name in "甲乙")
    keeper = make_staff("档案管理员", branch_a["county"], Role.KEEPER)
    auditor = make_staff("监督", branch_a["county"], Role.AUDITOR)
    number = make_id_number()

    declared_kin.declare(number, [], has_none=True, by=one)
    assert not Alert.objects.unscoped(why="test").exists()
    declared_kin.declare_relative(number, Relative.SELF, by=other)

    alert = Alert.objects.unscoped(why="test").get()
    assert (alert.about, alert.kind) == (other, Alert.Kind.SAME_OWN)
    for watcher in (keeper, auditor):
        assert Notice.objects.filter(user=watcher, title__contains="异常提醒").exists()


def test_one_account_has_one_own_number(branch_a) -> None:
    """Or one lie would keep several keepers off."""
    liar = make_staff("甲", branch_a["own"], Role.CLERK)
    for _ in range(3):
        declare_relative(make_id_number(), Relative.SELF, by=liar)

    assert liar.relatives.filter(relation=Relative.SELF).count() == 1


def test_kin_of_both_are_still_two_people(branch_a) -> None:
    """Two colleagues who name the same relative, and one who names the other, are no one person."""
    one, other = (make_staff(name, branch_a["own"], Role.CLERK) for name in "甲乙")
    shared, own = make_id_number(), make_id_number()
    declare(own, [], has_none=True, by=one)
    declare_relative(shared, "父母", by=one)
    declare_relative(shared, "父母", by=other)
    declare_relative(own, "配偶", by=other)

    assert are_two(one, other)
    assert NeedsAnother and Relative.objects.count() == 4
