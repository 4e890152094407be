"""心愿随档案走: the file moves or ends, and the wish with it."""

import pytest

from mashang.cases.actions import transferring
from mashang.cases.models import Case
from mashang.core.errors import NotAllowed
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from mashang.wishes.actions import following, moderating
from mashang.wishes.models import Wish
from tests.builders import make_staff
from tests.wishes.posting import make_wish_room
from tests.wishes.wishing import make_claim, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(branch_a):
    return make_wish_room(branch_a)


@pytest.fixture
def moving(room, branch_b):
    keeper = make_staff("甲", room.case.union, Role.REVIEWER)
    return transferring.ask(room.case, to=branch_b["own"], why="搬家", by=keeper)


def now(wish):
    return Wish.objects.get(pk=wish.pk)


def end_file(room, by=None):
    following.close_case(Case.objects.get(pk=room.case.pk), reason="脱困", by=by or room.clerk)


def test_an_unclaimed_wish_is_moderated_where_the_file_has_gone(room, moving, branch_b):
    wish = room.post()
    following.accept_transfer(moving, by=make_staff("乙", branch_b["own"], Role.REVIEWER))

    assert (now(wish).union, now(wish).union_path) == (branch_b["own"], branch_b["own"].path)
    with pytest.raises(NotAllowed):
        moderating.check(now(wish), by=room.clerk)
    moderating.check(now(wish), by=make_staff("丙", branch_b["own"], Role.CLERK))


def test_a_claimed_wish_is_delivered_where_it_was_claimed(room, moving, branch_b):
    wish = make_wish(room.holder)
    make_claim(wish)
    following.accept_transfer(moving, by=make_staff("乙", branch_b["own"], Role.REVIEWER))

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
