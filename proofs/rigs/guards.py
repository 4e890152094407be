"""Attacks on one guard each: how many came through, and how many with the guard taken out."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from unittest.mock import patch

from django.test import override_settings
from django.utils import timezone

from mashang import workflows
from mashang.accounts.actions.phones import get_or_create_account
from mashang.accounts.models import User
from mashang.cases.actions import merges
from mashang.cases.models import Application, Holder
from mashang.cases.parts import files
from mashang.config import own_keys
from mashang.core import seen
from mashang.core.db import action
from mashang.core.errors import DomainError, WrongState
from mashang.core.privacy import keys
from mashang.core.privacy.keys import ForeignKeys
from mashang.unions.actions import posts
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role
from mashang.web import policies
from tests.access import further, world
from tests.access.test_head import asked, seen_by_somebody
from tests.builders import make_branch, make_phone, make_staff
from tests.cases.households import make_application_ready, twin_of
from tests.crowd import lock_off, press_at_once
from tests.desk import deciding
from tests.desk.deciding import FORMS

BEGAN = date(2026, 1, 1)
OLDER = "0123456789abcdef"


@dataclass(frozen=True)
class Attacked:
    """By guard: `tries`, `through` with it, `unguarded` without."""

    guards: dict[str, dict[str, int]]


def attack(rows: int) -> Attacked:
    tried = {
        "HEAD writes nothing that GET does not": _head(),
        "nobody decides on an older version": _older_version(),
        "an administrator and a puppet fill no post": _puppet(),
        "nothing is written by the keys of another house": _other_keys(rows),
        "of two opposite merges one is done, the other told so": _opposite_merges(rows),
    }
    return Attacked(
        {
            guard: {"tries": tries, "through": through, "unguarded": unguarded}
            for guard, (tries, through, unguarded) in tried.items()
        }
    )


def _branch() -> dict[str, Union]:
    """Another line of unions in the one province."""
    return make_branch(Union.objects.filter(kind=Union.Kind.PROVINCE).first())


def _head() -> tuple[int, int, int]:
    planted = world.build(states=("draft", "publicity", "filed"))
    further.plant(planted)
    pages = list(seen_by_somebody(planted))

    def unlike() -> int:
        return sum(asked(who, "GET", url) != asked(who, "HEAD", url) for _, who, url in pages)

    through = unlike()
    with patch.object(policies, "IN_PLACE_OF", {}):
        return len(pages), through, unlike()


def _older_version() -> tuple[int, int, int]:
    alike = {
        "refuse-organisation",
        "suspend-organisation",
        "restore-organisation",
    }  # of one licence
    with patch.object(deciding, "plant_regions", lambda: None):  # they are there already
        forms = [make(_branch()) for name, make in FORMS.items() if name not in alike]

    def decided() -> int:
        return sum(sent.post(seen=OLDER).status_code == 302 for sent in forms)

    through = decided()
    with _any_version():
        return len(forms), through, decided()


@contextmanager
def _any_version() -> Iterator[None]:
    """Every action has the function by name, so its body is taken out, not its name."""
    body = seen.require_seen.__code__
    seen.require_seen.__code__ = _lets_pass.__code__
    yield
    seen.require_seen.__code__ = body


def _lets_pass(seen: str | None, parts: object) -> None:
    """What `require_seen` would be without its comparison."""


def _puppet() -> tuple[int, int, int]:
    def filled() -> int:
        return sum(_counts(role, alone) for role in _BUSINESS for alone in (True, False))

    through = filled()
    with patch.object(posts, "are_two", lambda one, other: one.pk != other.pk):
        return 2 * len(_BUSINESS), through, filled()


_BUSINESS = [role for role in Role if role is not Role.ADMIN]


def _counts(role: Role, alone: bool) -> bool:
    """Whether a post counts that an administrator gives alone, or together with one whom they let in."""
    branch = _branch()
    admin, honest = (make_staff(name, branch["city"], Role.ADMIN) for name in ("甲", "乙"))
    puppet = make_staff("傀儡", branch["city"])
    posts.confirm(
        posts.appoint(puppet, branch["city"], Role.ADMIN, by=admin, from_on=BEGAN), by=honest
    )
    newcomer = make_staff("新人", branch["county"])
    post = posts.appoint(newcomer, branch["county"], role, by=admin, from_on=BEGAN)
    with suppress(DomainError):
        posts.confirm(post, by=admin if alone else puppet)
    return Post.objects.current(timezone.localdate()).filter(pk=post.pk).exists()


def _other_keys(people: int) -> tuple[int, int, int]:
    own_keys.register()
    phones = [make_phone() for _ in range(people)]
    for phone in phones:
        get_or_create_account(phone)

    def twice() -> int:
        """Of people who have an account, how many get a second one."""
        before = User.objects.count()
        for phone in phones:
            try:
                get_or_create_account(phone)
            except ForeignKeys:
                continue
        return User.objects.count() - before

    other = {"MASHANG_MASTER_KEY": os.urandom(32), "MASHANG_LOOKUP_KEY": os.urandom(32)}
    with override_settings(**other), _started_anew():
        through = twice()
        with (
            patch.object(keys, "require_own_keys", lambda: None),
            patch.object(action, "require_own_keys", lambda: None),
        ):
            return people, through, twice()


@contextmanager
def _started_anew() -> Iterator[None]:
    """As in a process that has not asked yet whose keys it has."""
    before = set(keys._fitting)
    keys._fitting.clear()
    yield
    keys._fitting.clear()
    keys._fitting.update(before)


def _opposite_merges(pairs: int) -> tuple[int, int, int]:
    """Of pairs that are merged into each other at one moment, how many end in anything but one that goes on
    and one person who is told so: both gone, a broken constraint, a deadlock."""

    def astray() -> int:
        with patch.object(files, "check_mergeable", _a_moment_later(files.check_mergeable)):
            return sum(not _one_is_told_so() for _ in range(pairs))

    through = astray()
    with lock_off():
        return pairs, through, astray()


def _one_is_told_so() -> bool:
    branch = _branch()
    one, other = (make_application_ready(branch["own"]).holder for _ in range(2))
    Application.objects.filter(holder__in=[one, other]).update(state="ended", ending="refused")
    Holder.objects.filter(pk=other.pk).update(id_index=one.id_index)
    other.refresh_from_db()
    reviewer = make_staff("省复核", branch["province"], Role.REVIEWER)
    asked = [
        merges.ask(away, into=stays, stands_as="self", why="同一身份证", by=reviewer)
        for away, stays in ((one, other), (other, one))
    ]
    second = twin_of(reviewer)
    told = press_at_once([partial(workflows.merge_households, each, by=second) for each in asked])
    goes_on = Holder.objects.filter(pk__in=[one.pk, other.pk], merged_into=None).count() == 1
    return goes_on and {type(answer) for answer in told} == {type(None), WrongState}


def _a_moment_later(check: Any) -> Any:
    """So that both have looked before either of them writes, unless one has to wait for the other."""

    def checked(*args: Any) -> None:
        check(*args)
        time.sleep(0.2)

    return checked
