"""Two at once: what both would have found allowed a moment before happens once, and the other is told."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pkgutil import resolve_name
from threading import Barrier, Lock, local
from unittest.mock import patch

import pytest
from django.db import connection

from mashang.accounts.actions import consents
from mashang.accounts.models import Consent
from mashang.cases.actions import applications, transfers
from mashang.cases.models import Application, Holder
from mashang.core.errors import DomainError
from mashang.givers import actions as givers
from mashang.givers.actions import Particulars
from mashang.givers.models import Organisation
from mashang.givers.refusals import TooManyApplications
from mashang.unions.actions import posts, tree
from mashang.unions.models import Post, Union
from mashang.unions.refusals import RolesClash, StillInUse, UnionClosed
from mashang.unions.roles import Role
from tests.builders import make_holder, make_staff, make_union, make_worker
from tests.cases.households import make_case
from tests.crowd import lock_off, press_at_once
from tests.givers.conftest import credit_check_digit
from tests.pictures import make_jpeg

at_once = pytest.mark.django_db(transaction=True)
pytestmark = pytest.mark.django_db
# On SQLite one writes at a time, so that without the lock the later one fails at its first statement.
needs_rows = pytest.mark.skipif(connection.vendor == "sqlite", reason="locks no rows")
TODAY = date(2026, 11, 1)


@pytest.fixture
def admin(branch_a):
    return make_staff("管理员甲", branch_a["city"], Role.ADMIN)


@pytest.fixture
def second(branch_a):
    return make_staff("管理员乙", branch_a["city"], Role.ADMIN)


def refused(answers, *kinds):
    """Those that were told no; whatever is no refusal is a mistake of ours."""
    told = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(answer, kinds or DomainError) for answer in told), told
    return told


@contextmanager
def slow(place: str) -> Iterator[None]:
    """What was asked there is true for a moment longer than it takes others to change it."""
    module, _, name = place.rpartition(".")
    ask = getattr(resolve_name(module), name)

    def ask_slowly(*args, **kwargs):
        answer = ask(*args, **kwargs)
        time.sleep(0.1)
        return answer

    with patch(place, ask_slowly):
        yield


# Administrator and clerk in one person ------------------------------------------------------

CLASH = "mashang.unions.actions.posts._check_clash"


def appoint_twice(union, person, admin, second):
    def act(role, by):
        return lambda: posts.appoint(person, union, role, by=by, from_on=TODAY)

    return press_at_once([act(Role.CLERK, admin), act(Role.ADMIN, second)])


@at_once
def test_nobody_becomes_administrator_and_clerk_at_the_same_moment(branch_a, admin, second):
    person = make_staff("新来的", branch_a["county"])
    with slow(CLASH):
        answers = appoint_twice(branch_a["county"], person, admin, second)

    assert len(refused(answers, RolesClash)) == 1
    assert Post.objects.filter(user=person).count() == 1


@needs_rows
@at_once
def test_without_the_lock_somebody_does(branch_a, admin, second):
    """The control."""
    person = make_staff("新来的", branch_a["county"])
    with lock_off(), slow(CLASH):
        appoint_twice(branch_a["county"], person, admin, second)

    assert Post.objects.filter(user=person).count() == 2


# A union that is being closed ---------------------------------------------------------------

ASKED = "mashang.unions.actions.tree.closing_blockers"


def close_against(union, admin, act):
    with slow(ASKED):
        return press_at_once([lambda: tree.close(union, by=admin), lambda: late(act)])


def late(act):
    """While the one who closes has asked, and has not written yet."""
    time.sleep(0.05)
    return act()


def acts_at(union, other, admin):
    """What makes a row that a closed union must not have, by name; the union as it was read before."""
    stale, case = Union.objects.get(pk=union.pk), make_case(other)
    person, worker = make_staff("新来的", other), make_worker()
    mover = make_staff("何平", other, Role.REVIEWER)
    return {
        "post": lambda: posts.appoint(person, stale, Role.CLERK, by=admin, from_on=TODAY),
        "draft": lambda: applications.start(worker, kind="one_off", union=stale, by=worker),
        "transfer": lambda: transfers.ask(case, to=stale, why="搬家", by=mover),
        "organisation": lambda: apply_for("9145010", stale, by=worker),
    }


def apply_for(stem, union, *, by):
    code = (stem + "0MA5K000010")[:17]
    told = Particulars(
        union, "enterprise", "青山食品", code + credit_check_digit(code), "王丽", "12000000001"
    )
    return givers.apply_for(told, licence=make_jpeg(), by=by)


def rows_at(union):
    found = (
        Post.objects.filter(union=union),
        Application.objects.filter(union=union),
        union.transfers_in.all(),
        Organisation.objects.filter(union=union),
    )
    return sum(rows.count() for rows in found)


@pytest.mark.parametrize("what", ["post", "draft", "transfer", "organisation"])
def test_at_a_union_that_was_closed_since_it_was_read_nothing_begins(branch_a, admin, what):
    union = make_union("county", branch_a["city"])
    act = acts_at(union, branch_a["own"], admin)[what]
    tree.close(union, by=admin)

    with pytest.raises(UnionClosed):
        act()
    assert rows_at(union) == 0


@at_once
@pytest.mark.parametrize("what", ["post", "draft", "transfer", "organisation"])
def test_a_union_is_not_closed_while_something_begins_there(branch_a, admin, what):
    union = make_union("county", branch_a["city"])
    act = acts_at(union, branch_a["own"], admin)[what]
    answers = close_against(union, admin, act)

    assert len(refused(answers, UnionClosed, StillInUse)) == 1
    assert Union.objects.get(pk=union.pk).closed_on is None or rows_at(union) == 0


@needs_rows
@at_once
def test_without_the_lock_it_is_closed_with_a_new_post(branch_a, admin):
    """The control."""
    union = make_union("county", branch_a["city"])
    act = acts_at(union, branch_a["own"], admin)["post"]
    with lock_off():
        close_against(union, admin, act)

    assert Union.objects.get(pk=union.pk).closed_on and rows_at(union) == 1


def test_a_draft_whose_union_was_closed_is_not_submitted_there(branch_a, admin):
    union, worker = make_union("county", branch_a["city"]), make_worker()
    draft = applications.start(worker, kind="one_off", union=union, by=worker)
    tree.close(union, by=admin)
    there = applications.move(draft, union=branch_a["county"], by=worker)

    assert there.union == branch_a["county"]
    with pytest.raises(UnionClosed):
        applications.move(there, union=union, by=worker)


# Counted once at a time ---------------------------------------------------------------------


def six_applications(branch_a):
    worker = make_worker("王丽")
    return [lambda n=n: apply_for(f"9145010{n}", branch_a["county"], by=worker) for n in range(6)]


@at_once
def test_of_six_organisations_at_once_three_wait(branch_a):
    answers = press_at_once(six_applications(branch_a))

    assert Organisation.objects.count() == givers.MOST_WAITING == 3
    assert len(refused(answers, TooManyApplications)) == 3


@needs_rows
@at_once
def test_without_the_lock_more_would_wait(branch_a):
    """The control: all have counted before the first one writes; they write in turn, since the trail's lock is
    off too."""
    everybody, turn, writing = Barrier(6, timeout=60), Lock(), local()

    def ask(by):
        check_waiting(by)
        everybody.wait(timeout=60)
        turn.acquire()
        writing.now = True

    def in_turn(act):
        try:
            return act()
        finally:
            if getattr(writing, "now", False):
                turn.release()

    check_waiting = givers._check_waiting
    with lock_off(), patch.object(givers, "_check_waiting", ask):
        press_at_once([partial(in_turn, act) for act in six_applications(branch_a)])

    assert Organisation.objects.count() > givers.MOST_WAITING


@at_once
def test_a_consent_that_is_pressed_twice_is_given_once(branch_a):
    holder = make_holder(branch_a["own"], make_worker())

    def give():
        return consents.give(holder.pk, "file", version="1", by=holder.user).pk

    assert len(set(press_at_once([give] * 6))) == 1
    assert Consent.objects.count() == 1


@at_once
def test_two_who_write_down_one_consent_are_told(branch_a, admin, second):
    """On paper at two desks: one row, and a sentence for the other, never a broken page."""
    holder = make_holder(branch_a["own"])
    acts = [
        lambda by=by: consents.give(holder.pk, "file", version="1", by=by) for by in (admin, second)
    ]
    with slow("mashang.accounts.actions.consents.locked"):
        refused(press_at_once(acts))

    assert Consent.objects.count() == 1


@at_once
def test_a_worker_who_begins_twice_has_one_household_and_one_draft(branch_a):
    worker = make_worker()

    def start():
        return applications.start(worker, kind="file", union=branch_a["own"], by=worker)

    refused(press_at_once([start] * 5))

    assert Holder.objects.filter(user=worker).count() == 1
    assert Application.objects.count() == 1
