"""登录留痕: who came in at the desk, who left, and who tried; all of it ends up in the signed trail.

Coming and going is an entry each. What failed is counted first, by account, reason and ten minutes, and the
count is entered when they are over, so that somebody who tries ten thousand times adds a line and not ten
thousand. Of names that nobody has, only the number is kept: what was typed there may be a password.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, Model
from django.utils import timezone

from mashang.accounts.devices import Origin
from mashang.accounts.models import FailedSignIn, User
from mashang.core.audit.trail import hashed, record
from mashang.core.db.action import action
from mashang.core.db.compiled import CompiledUpdate, Param
from mashang.core.db.errors import register
from mashang.core.each import each_by_itself
from mashang.core.errors import Busy, TooMany

TEN_MINUTES = timedelta(minutes=10)
SETTLED = timedelta(minutes=1)  # a count that was begun in its last second has been written by then
HASH_LETTERS = 16  # enough to see that two entries name the same device or network
Reason = FailedSignIn.Reason
register("failed_sign_ins_are_counted_once", Busy)  # two at once: the later one adds to the first


@action
def came_in(*, by: User, second: str, origin: Origin, account: str) -> None:
    """登录: with which second factor, from which device and network, both as keyed hashes."""
    record(
        "staff.signed_in",
        by,
        by=by,
        second=second,
        device=_short("device", origin.device.id),
        network=_short("network", origin.network),
        is_known_device=origin.is_known_to(account),
    )


@action
def went_out(*, by: User) -> None:
    """退出登录: by their own press. What runs out by itself leaves no entry."""
    record("staff.signed_out", by, by=by)


@contextmanager
def limit_counted(user: User | None, origin: Origin, account: str) -> Iterator[None]:
    """Whoever is refused inside because of too many tries is counted as such."""
    try:
        yield
    except TooMany:
        failed(user, Reason.LIMIT, origin, account)
        raise


def failed(user: User | None, reason: str, origin: Origin, account: str) -> None:
    """Count one try that was refused. Call it outside of any act: what is rolled back is not counted."""
    now = timezone.now()
    row = {
        "account": str(user.pk) if user else "",
        "reason": str(reason),
        "is_known_device": origin.is_known_to(account),
        "began_at": datetime.fromtimestamp(int(now.timestamp()) // 600 * 600, UTC),
    }
    if not ONE_MORE.update_rows(**row):
        FailedSignIn.objects.bulk_create([FailedSignIn(**row)], ignore_conflicts=True)
        ONE_MORE.update_rows(**row)


def _this_count() -> Any:
    columns: Any = FailedSignIn._meta.get_field
    names = ("account", "reason", "is_known_device", "began_at")
    return FailedSignIn.objects.filter(**{name: Param(name, columns(name)) for name in names})


ONE_MORE = CompiledUpdate(_this_count, tries=F("tries") + 1)


def enter_failures() -> int:
    """入痕: the counts of ten minutes that are over; returns how many entries. Called every minute."""
    over = FailedSignIn.objects.filter(began_at__lte=timezone.now() - TEN_MINUTES - SETTLED)
    return each_by_itself(_enter, list(over.order_by("began_at", "pk")))


@action
def _enter(row: FailedSignIn) -> bool:
    """Entry and end of the count are one: of two that come at once, one finds the row."""
    found = FailedSignIn.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        return False
    subject: Model = User(pk=found.account) if found.account else found
    record(
        "staff.sign_in_failed",
        subject,
        by=None,
        reason=found.reason,
        tries=found.tries,
        since=found.began_at,
        is_known_device=found.is_known_device,
    )
    found.delete()
    return True


def _short(purpose: str, value: str) -> str:
    return hashed(purpose, value)[:HASH_LETTERS]
