"""心愿随档案走: the file moves, ends or is merged, and the wish with it."""

from functools import partial

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.accounts.actions import consents
from mashang.cases.actions import merges, transfers
from mashang.cases.models import Case, Holder
from mashang.core.errors import NotAllowed
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from mashang.wishes.actions import addresses, moderation, wishes
from mashang.wishes.actions import consents as consent_actions
from mashang.wishes.models import Wish
from mashang.wishes.queries.history import fulfilled_in
from mashang.wishes.refusals import HasLiveWish
from tests.builders import make_staff, sign_in
from tests.cases.households import make_case, merge, twin_of
from tests.crowd import press_at_once
from tests.wishes.builders import make_claim, make_wish
from tests.wishes.families import make_wish_room, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(branch_a):
    return make_wish_room(branch_a)


@pytest.fixture
def moving(room, branch_b):
    keeper = make_staff("甲", room.case.union, Role.REVIEWER)
    return transfers.ask(room.case, to=branch_b["own"], why="搬家", by=keeper)


def now(wish):
    return Wish.objects.get(pk=wish.pk)


def end_file(room, by=None):
    workflows.close_case(Case.objects.get(pk=room.case.pk), reason="脱困", by=by or room.clerk)


def test_an_unclaimed_wish_is_moderated_where_the_file_has_gone(room, moving, branch_b):
    wish = room.post()
    workflows.accept_transfer(moving, by=make_staff("乙", branch_b["own"], Role.REVIEWER))

    assert (now(wish).union, now(wish).union_path) == (branch_b["own"], branch_b["own"].path)
    with pytest.raises(NotAllowed):
        moderation.check(now(wish), by=room.clerk)
    moderation.check(now(wish), by=make_staff("丙", branch_b["own"], Role.CLERK))


def test_a_claimed_wish_is_delivered_where_it_was_claimed(room, moving, branch_b):
    wish = make_wish(room.holder)
    make_claim(wish)
    workflows.accept_transfer(moving, by=make_staff("乙", branch_b["own"], Role.REVIEWER))

    assert now(wish).union == room.case.union


def test_with_the_file_ends_the_wish_that_nobody_has_claimed(room):
    wish = make_wish(room.holder)
    end_file(room)

    assert (now(wish).state, now(wish).closed_why) == ("closed", "帮扶档案已办结")
    assert not Wish.objects.on_wall().exists()
    assert Notice.objects.filter(user=room.worker, kind="wish.closed").exists()


def test_what_is_claimed_is_still_delivered(room):
    wish = make_wish(room.holder)
    make_claim(wish)
    end_file(room)

    assert now(wish).state == "claimed"


def test_who_may_not_close_the_file_ends_no_wish(room, lu):
    wish = make_wish(room.holder)
    with pytest.raises(NotAllowed):
        end_file(room, by=lu)

    assert now(wish).state == "open"


# Merging ------------------------------------------------------------------------------------------


@pytest.fixture
def twin(room, branch_b):
    """The same worker's second file, at another union."""
    twin = make_case(branch_b["own"]).holder
    Holder.objects.filter(pk=twin.pk).update(id_index=room.holder.id_index, user=None)
    return Holder.objects.get(pk=twin.pk)


@pytest.fixture
def keeper(branch_a):
    return make_staff("谢管", branch_a["province"], Role.KEEPER)


def files_of(room, twin):
    return Holder.objects.get(pk=room.holder.pk), Holder.objects.get(pk=twin.pk)


def merge_room(room, twin, keeper):
    """The worker's own file is the duplicate; the one at the other union goes on."""
    duplicate, into = files_of(room, twin)
    merge(duplicate, into=into, by=keeper)


def test_an_unclaimed_wish_goes_on_with_the_file_that_remains(room, twin, keeper):
    wish = make_wish(room.holder)
    merge_room(room, twin, keeper)

    moved = now(wish)
    assert (moved.holder, moved.union, moved.union_path, moved.state) == (
        twin,
        twin.union,
        twin.union_path,
        "open",
    )
    assert moved.is_of(room.worker) and moved in Wish.objects.own(room.worker)


def test_the_consent_to_the_wall_goes_with_it_and_can_be_taken_back(room, twin, keeper):
    wish = make_wish(room.holder)
    merge_room(room, twin, keeper)
    workflows.withdraw_consent(Holder.objects.get(pk=twin.pk), "wish", by=room.worker)

    assert now(wish).state == "withdrawn"


def test_the_tick_for_the_address_goes_with_it(room, twin, keeper):
    wish = make_wish(room.holder, delivery_mode="to_home")
    consent_actions.settle_address(room.holder, "to_home", agrees=True, by=room.worker)
    merge_room(room, twin, keeper)

    claim = make_claim(now(wish))

    assert addresses.look(claim, by=claim.giver).name == twin.name


def test_beside_another_wish_the_unclaimed_one_ends_with_a_reason(room, twin, keeper):
    wish, other = make_wish(room.holder), make_wish(twin, posted_by=room.worker)
    merge_room(room, twin, keeper)

    assert now(wish).state == "closed" and "一户同时只能有一个" in now(wish).closed_why
    assert now(other).state == "open"
    told = Notice.objects.get(user=room.worker, kind="wish.closed")
    assert sign_in(room.worker).get(told.url).status_code == 200


def test_beside_another_wish_a_claimed_one_is_still_delivered(room, twin, keeper):
    wish, other = make_wish(room.holder), make_wish(twin, posted_by=room.worker)
    make_claim(wish)
    merge_room(room, twin, keeper)

    assert (now(wish).state, now(wish).holder) == ("claimed", room.holder)
    assert now(other).state == "open"


def test_the_worker_still_sees_and_confirms_what_was_claimed_there(room, twin, keeper):
    wish = make_wish(room.holder)
    make_wish(twin, posted_by=room.worker)
    make_claim(wish)
    worker = room.worker
    merge_room(room, twin, keeper)

    assert Holder.objects.get(pk=room.holder.pk).user is None
    assert now(wish).is_of(worker) and worker in now(wish).holder.owners()
    assert set(Wish.objects.own(worker)) == set(
        Wish.objects.filter(holder__in=files_of(room, twin))
    )
    assert sign_in(worker).get(f"/my-wishes/{wish.pk}/").status_code == 200


def test_a_claimed_wish_alone_goes_on_and_is_delivered_where_it_was_claimed(room, twin, keeper):
    wish = make_wish(room.holder)
    make_claim(wish)
    merge_room(room, twin, keeper)

    assert (now(wish).state, now(wish).holder) == ("claimed", twin)
    assert now(wish).union == room.case.union


def test_into_a_household_that_is_not_on_file_no_wish_goes_on(room, twin, keeper):
    wish = make_wish(room.holder)
    Case.objects.update(state="closed", closed_on=timezone.localdate())
    merge_room(room, twin, keeper)

    assert (now(wish).state, now(wish).closed_why) == ("closed", "帮扶档案已办结")


def test_past_wishes_count_for_the_household_that_remains(room, twin, keeper):
    make_wish(room.holder, state="fulfilled", fulfilled_at=timezone.now())
    merge_room(room, twin, keeper)

    assert fulfilled_in(twin, timezone.localdate().year) == 1


def test_who_may_not_merge_moves_no_wish(room, twin, lu):
    wish = make_wish(room.holder)
    with pytest.raises(NotAllowed):
        merge_room(room, twin, lu)

    assert now(wish).holder == room.holder


@pytest.mark.django_db(transaction=True)
def test_whoever_posts_at_this_moment_leaves_one_living_wish(room, twin, keeper):
    room.post()
    duplicate, into = files_of(room, twin)
    consents.give(into.pk, "wish", version="1", by=keeper)
    clerk = make_staff("代办", into.union, Role.CLERK)
    post = partial(wishes.post, into, words=words(item="棉被"), by=clerk, assist_reason="没有手机")
    asked = merges.ask(duplicate, into=into, stands_as="self", why="同一身份证", by=keeper)
    confirm = partial(workflows.merge_households, asked, by=twin_of(keeper))
    answers = press_at_once([confirm, post])

    assert answers[0] is None and isinstance(answers[1], Wish | HasLiveWish)
    assert Wish.objects.live().filter(holder=twin).count() == 1
