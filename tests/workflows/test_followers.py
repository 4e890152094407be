"""谁跟着办: for each verb that several rooms follow, what every room does when it is pressed at its door.

The table has a line for each pair of verb and room: what is seen there afterwards, or in words why
nothing is. A new room, or a new verb, fails here until it says what it does.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import Consent, User
from mashang.accounts.queries import live_consents
from mashang.aid.models import AidProposal
from mashang.cases.actions import pairings, transfers
from mashang.cases.models import Application, Case, CaseVersion, Holder, Pairing
from mashang.codes import actions as codes
from mashang.codes.models import Card, QrCode
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.reviews import actions as reviews
from mashang.reviews.models import Step
from mashang.unions.models import HolidayNotice, Post, Union
from mashang.unions.roles import Role
from mashang.wishes.models import Wish
from tests.builders import make_application, make_holder, make_staff, make_worker, sign_in
from tests.cases.answers import make_ready
from tests.cases.households import make_case
from tests.cases.offices import bring_to, make_office
from tests.wishes.families import WishRoom, make_wish_room

pytestmark = pytest.mark.django_db
ROOMS = {
    model._meta.app_label
    for model in apps.get_models()
    if model.__module__.startswith("mashang.")
    and model._meta.app_label not in ("core", "reference")
}


@dataclass
class World:
    """A household with a wish, a card, a helper; and its neighbour, to which it may go."""

    here: dict[str, Union]
    there: dict[str, Union]
    room: WishRoom
    wish: Wish
    pairing: Pairing

    @property
    def holder(self) -> Holder:
        return Holder.objects.get(pk=self.room.holder.pk)

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.room.case.pk)

    @property
    def worker(self) -> User:
        return self.room.worker

    def staff(self, role: Role, union: Union) -> Client:
        return sign_in(make_staff("工作人员", union, role))

    def address(self, rest: str) -> str:
        return f"/desk/holders/{self.room.holder.pk}/{rest}"

    def told(self, user: User) -> set[str]:
        return set(Notice.objects.filter(user=user).values_list("kind", flat=True))


@pytest.fixture
def world(branch_a, branch_b) -> World:
    room = make_wish_room(branch_a)
    codes.issue_for(room.holder, by=room.worker)
    pairing = pairings.propose(
        room.case,
        helper=make_worker("韦助"),
        by=make_staff("甲", branch_a["county"], Role.REVIEWER),
    )
    pairings.confirm(pairing, by=make_staff("乙", branch_a["county"], Role.APPROVER))
    sign_in(room.clerk)
    return World(branch_a, branch_b, room, room.post(), pairing)


# Pressed at the door -------------------------------------------------------------------------


def submit_application(world: World) -> None:
    newcomer = make_ready(User.objects.get(pk=world.worker.pk), world.here, "one_off")
    phone = sign_in(world.worker)
    key = re.search(r'name="key" value="([^"]+)"', phone.get("/apply/check/").text)[1]
    assert phone.post("/apply/check/", {"key": key}).status_code == 302
    assert Application.objects.get(pk=newcomer.pk).state == "submitted"


def approve_step(world: World) -> None:
    """The last step of one-off aid."""
    office = make_office(world.here)
    step = bring_to("decision", office, kind="one_off", user=make_worker("临时"))
    said = {"step": step.pk, "approve-granted_fen": "500"}
    answer = sign_in(office.approver).post(f"/desk/applications/{step.subject_id}/approve/", said)
    assert answer.status_code == 302


def accept_transfer(world: World) -> None:
    by = make_staff("甲方", world.here["own"], Role.REVIEWER)
    asked = transfers.ask(world.case, to=world.there["own"], why="搬家", by=by)
    taker = world.staff(Role.REVIEWER, world.there["own"])
    assert taker.post(f"/desk/transfers/{asked.pk}/accept/").status_code == 302


def close_case(world: World) -> None:
    clerk = sign_in(world.room.clerk)
    assert clerk.post(world.address("close/"), {"reason": "已解困脱困"}).status_code == 302


def reopen_case(world: World) -> None:
    close_case(world)
    clerk = sign_in(world.room.clerk)
    assert clerk.post(world.address("reopen/"), {"why": "旧病复发"}).status_code == 302


def merge_households(world: World) -> None:
    """The other file is the survivor: what the household had goes over to it."""
    survivor = make_case(world.here["own"])
    survivor.holder.id_index = world.holder.id_index
    survivor.holder.user = None
    survivor.holder.save()
    address = f"/desk/holders/{survivor.holder_id}/"
    asks, confirms = (world.staff(Role.KEEPER, world.here["province"]) for _ in range(2))
    said = {"other": world.case.case_no, "stands_as": "self", "why": "同一张身份证"}
    assert asks.post(f"{address}merge/", said).status_code == 302
    asked = survivor.holder.merges.get()
    assert confirms.post(f"{address}merges/{asked.pk}/confirm/").status_code == 302


def end_pairing(world: World) -> None:
    desk = world.staff(Role.REVIEWER, world.here["county"])
    address = world.address(f"pairings/{world.pairing.pk}/end/")
    assert desk.post(address, {"why": "工作调动"}).status_code == 302


def withdraw_consent(world: World) -> None:
    assert sign_in(world.worker).post("/me/consents/wish/withdraw/").status_code == 302


def end_post(world: World) -> None:
    """Of the last clerk who may accept what waits there; the county has another."""
    post = world.room.clerk.posts.get()
    Post.objects.filter(union=post.union).exclude(pk=post.pk).update(to_on=timezone.localdate())
    make_staff("县里", world.here["county"], Role.CLERK)
    reviews.install_default_flows(world.here["province"])
    waiting = make_application(make_holder(post.union, make_worker("申请")), kind="one_off")
    reviews.open_review(waiting.pk, kind="one_off", union=post.union, by=waiting.filled_by)
    admin = world.staff(Role.ADMIN, world.here["county"])
    assert admin.post(f"/desk/appointments/{post.pk}/end/").status_code == 302


def close_account(world: World) -> None:
    """Of the last clerk who may accept what waits there; the county has another, and a keeper."""
    post = world.room.clerk.posts.get()
    Post.objects.filter(union=post.union).exclude(pk=post.pk).update(to_on=timezone.localdate())
    make_staff("县里", world.here["county"], Role.CLERK)
    reviews.install_default_flows(world.here["province"])
    waiting = make_application(make_holder(post.union, make_worker("申请")), kind="one_off")
    reviews.open_review(waiting.pk, kind="one_off", union=post.union, by=waiting.filled_by)
    sign_in(world.room.clerk)
    keeper = world.staff(Role.KEEPER, world.here["county"])
    address = f"/desk/unions/{post.union_id}/people/{post.user_id}/close/"
    assert keeper.post(address).status_code == 302


def publish_holidays(world: World) -> None:
    province, year = world.here["province"], timezone.localdate().year + 1
    notice = HolidayNotice.objects.create(
        union=province, year=year, holidays={f"{year}-01-01": "元旦"}, make_up=[],
        source="通知", proposed_by=make_staff("录入人", province, Role.APPROVER),
    )  # fmt: skip
    checker = world.staff(Role.APPROVER, province)
    assert checker.post(f"/desk/holidays/{notice.pk}/publish/").status_code == 302


# What is seen afterwards ---------------------------------------------------------------------


def survivor_of(world: World) -> Holder:
    return world.holder.merged_into


def wish_now(world: World) -> Wish:
    return Wish.objects.get(pk=world.wish.pk)


def trail(action: str) -> bool:
    return TrailEntry.objects.filter(action=action).exists()


NOT_ITS = "has nothing that hangs on this"


class Stays:
    """What is so before and must be so afterwards."""

    def __init__(self, effect: Callable[[World], bool]) -> None:
        self.holds = effect

    def __call__(self, world: World) -> bool:
        return self.holds(world)


TABLE: dict[tuple[str, str], Callable[[World], bool] | str] = {
    # 通过一个环节（这里是临时救助的最后一个）
    ("approve_step", "accounts"): NOT_ITS,
    ("approve_step", "unions"): NOT_ITS,
    ("approve_step", "notices"): lambda w: Notice.objects.filter(
        kind="application.granted"
    ).exists(),
    ("approve_step", "reviews"): lambda w: trail("review.decided"),
    ("approve_step", "cases"): lambda w: Application.objects.filter(ending="aided").exists(),
    ("approve_step", "codes"): "the code is there since the application was handed in",
    ("approve_step", "aid"): lambda w: AidProposal.objects.filter(
        application__ending="aided"
    ).exists(),
    ("approve_step", "givers"): NOT_ITS,
    ("approve_step", "wishes"): "one-off aid has nothing to do with wishes",
    # 提交申请
    ("submit_application", "accounts"): "what was agreed to was written when it was ticked",
    ("submit_application", "unions"): NOT_ITS,
    ("submit_application", "notices"): lambda w: "application.submitted" in w.told(w.worker),
    ("submit_application", "reviews"): lambda w: Step.objects.filter(state="open").exists(),
    ("submit_application", "cases"): lambda w: trail("application.submitted"),
    ("submit_application", "codes"): Stays(
        lambda w: QrCode.objects.filter(holder=w.holder).count() == 1
    ),
    ("submit_application", "aid"): "nothing is granted yet",
    ("submit_application", "givers"): NOT_ITS,
    ("submit_application", "wishes"): "a wish hangs on the file, not on an application",
    # 接收档案
    ("accept_transfer", "accounts"): NOT_ITS,
    ("accept_transfer", "unions"): NOT_ITS,
    ("accept_transfer", "notices"): lambda w: "case.transferred" in w.told(w.worker),
    (
        "accept_transfer",
        "reviews",
    ): "an application under way keeps its file from being transferred",
    ("accept_transfer", "cases"): lambda w: w.case.union == w.holder.union == w.there["own"],
    ("accept_transfer", "codes"): lambda w: Card.objects.get().union == w.there["own"],
    ("accept_transfer", "aid"): "a line of the ledger stays where it was paid",
    ("accept_transfer", "givers"): NOT_ITS,
    ("accept_transfer", "wishes"): lambda w: wish_now(w).union == w.there["own"],
    # 销档
    ("close_case", "accounts"): NOT_ITS,
    ("close_case", "unions"): NOT_ITS,
    ("close_case", "notices"): lambda w: {"case.closed", "wish.closed"} <= w.told(w.worker),
    ("close_case", "reviews"): NOT_ITS,
    ("close_case", "cases"): lambda w: (
        w.case.state == "closed" and Pairing.objects.get().to_on is not None
    ),
    ("close_case", "codes"): Stays(
        lambda w: QrCode.objects.get().revoked_at is None
    ),  # good for life
    ("close_case", "aid"): "what was given stays in the ledger",
    ("close_case", "givers"): NOT_ITS,
    ("close_case", "wishes"): lambda w: wish_now(w).state == "closed",
    # 返困恢复
    ("reopen_case", "accounts"): NOT_ITS,
    ("reopen_case", "unions"): NOT_ITS,
    ("reopen_case", "notices"): lambda w: "case.reopened" in w.told(w.worker),
    ("reopen_case", "reviews"): NOT_ITS,
    ("reopen_case", "cases"): lambda w: (
        w.case.state == "active"
        and CaseVersion.objects.filter(case=w.case, why="旧病复发").exists()
    ),
    ("reopen_case", "codes"): Stays(lambda w: QrCode.objects.get().revoked_at is None),
    ("reopen_case", "aid"): NOT_ITS,
    ("reopen_case", "givers"): NOT_ITS,
    ("reopen_case", "wishes"): Stays(
        lambda w: wish_now(w).state == "closed"
    ),  # a new one is posted anew
    # 合并
    ("merge_households", "accounts"): lambda w: survivor_of(w).user == w.worker,
    ("merge_households", "unions"): NOT_ITS,
    ("merge_households", "notices"): lambda w: "case.merged" in w.told(w.worker),
    ("merge_households", "reviews"): "an application under way keeps a household from being merged",
    ("merge_households", "cases"): lambda w: (
        w.case.state == "closed" and survivor_of(w) is not None
    ),
    ("merge_households", "codes"): lambda w: (
        Card.objects.get().union == survivor_of(w).union and QrCode.objects.get().revoked_at is None
    ),
    ("merge_households", "aid"): "read under both halves: tests/cases/test_merged_household.py",
    ("merge_households", "givers"): NOT_ITS,
    ("merge_households", "wishes"): lambda w: wish_now(w).holder == survivor_of(w),
    # 结束结对
    ("end_pairing", "accounts"): NOT_ITS,
    ("end_pairing", "unions"): NOT_ITS,
    ("end_pairing", "notices"): lambda w: "pairing.ended" in w.told(w.pairing.helper),
    ("end_pairing", "reviews"): NOT_ITS,
    ("end_pairing", "cases"): lambda w: not Pairing.objects.live().exists(),
    ("end_pairing", "codes"): "a scan asks for the live pairing each time",
    ("end_pairing", "aid"): NOT_ITS,
    ("end_pairing", "givers"): NOT_ITS,
    ("end_pairing", "wishes"): NOT_ITS,
    # 撤回同意
    ("withdraw_consent", "accounts"): lambda w: (
        not live_consents(Consent.Purpose.WISH).filter(subject_id=w.holder.pk).exists()
    ),
    ("withdraw_consent", "unions"): NOT_ITS,
    ("withdraw_consent", "notices"): lambda w: "wish.taken_down" in w.told(w.worker),
    ("withdraw_consent", "reviews"): NOT_ITS,
    ("withdraw_consent", "cases"): Stays(lambda w: w.case.state == "active"),  # help goes on
    ("withdraw_consent", "codes"): NOT_ITS,
    ("withdraw_consent", "aid"): NOT_ITS,
    ("withdraw_consent", "givers"): NOT_ITS,
    ("withdraw_consent", "wishes"): lambda w: wish_now(w).state == "withdrawn",
    # 离任
    ("end_post", "accounts"): lambda w: not w.room.clerk.sign_ins.exists(),
    ("end_post", "unions"): lambda w: w.room.clerk.posts.get().to_on is not None,
    ("end_post", "notices"): lambda w: Notice.objects.filter(
        kind="application.step_moved"
    ).exists(),
    ("end_post", "reviews"): lambda w: trail("review.moved_up"),
    ("end_post", "cases"): "what waits there is told to its worker: the step is the review's",
    ("end_post", "codes"): NOT_ITS,
    ("end_post", "aid"): NOT_ITS,
    ("end_post", "givers"): NOT_ITS,
    ("end_post", "wishes"): NOT_ITS,
    # 停用账号
    ("close_account", "accounts"): lambda w: (
        not (User.objects.get(pk=w.room.clerk.pk).is_active or w.room.clerk.sign_ins.exists())
    ),
    ("close_account", "unions"): lambda w: w.room.clerk.posts.get().awaits_second_person,
    ("close_account", "notices"): lambda w: Notice.objects.filter(
        kind="application.step_moved"
    ).exists(),
    ("close_account", "reviews"): lambda w: trail("review.moved_up"),
    ("close_account", "cases"): "what waits there is told to its worker: the step is the review's",
    ("close_account", "codes"): NOT_ITS,
    ("close_account", "aid"): NOT_ITS,
    ("close_account", "givers"): NOT_ITS,
    ("close_account", "wishes"): NOT_ITS,
    # 放假通知生效
    ("publish_holidays", "accounts"): NOT_ITS,
    ("publish_holidays", "unions"): lambda w: HolidayNotice.objects.get().state == "published",
    ("publish_holidays", "notices"): "whoever waits is told: test_publish_holidays.py",
    (
        "publish_holidays",
        "reviews",
    ): "its running terms move: test_publish_holidays.py has one of each",
    (
        "publish_holidays",
        "cases",
    ): "its running terms move: test_publish_holidays.py has one of each",
    ("publish_holidays", "codes"): NOT_ITS,
    ("publish_holidays", "aid"): NOT_ITS,
    ("publish_holidays", "givers"): NOT_ITS,
    (
        "publish_holidays",
        "wishes",
    ): "its running terms move: test_publish_holidays.py has one of each",
}
VERBS = {verb: globals()[verb] for verb in workflows.__all__}


def test_every_room_says_what_it_does_when_a_verb_is_pressed():
    assert set(TABLE) == {(verb, room) for verb in workflows.__all__ for room in ROOMS}


@pytest.mark.parametrize("verb", workflows.__all__)
def test_at_the_door_every_follower_follows(verb, world):
    VERBS[verb](world)

    seen = {
        room: effect(world)
        for (name, room), effect in TABLE.items()
        if name == verb and not isinstance(effect, str)
    }
    assert seen and seen == dict.fromkeys(seen, True)


@pytest.mark.parametrize("verb", workflows.__all__)
def test_before_it_is_pressed_nothing_of_it_is_seen(verb, world):
    """The control of the test above: each effect, but for what stays as it is, was not there."""
    if verb == "reopen_case":
        close_case(world)
    seen = {
        room: _is_seen(effect, world)
        for (name, room), effect in TABLE.items()
        if name == verb and not isinstance(effect, str | Stays)
    }

    assert seen and seen == dict.fromkeys(seen, False)


def _is_seen(effect: Callable[[World], bool], world: World) -> bool:
    try:
        return effect(world)
    except (AttributeError, HolidayNotice.DoesNotExist):  # there is no survivor, no notice yet
        return False
