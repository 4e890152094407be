"""查阅: every look into a household is written down before the page leaves, with its basis."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases import notices
from mashang.cases.actions import alerts
from mashang.cases.models import Access, Alert, Holder
from mashang.cases.queries.access import (
    GLASS_BROKEN,
    WORK,
    Ground,
    access_basis,
    keepers_of,
    surviving,
)
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.compiled import CompiledInsert
from mashang.core.errors import Invalid, NotAllowed
from mashang.unions.roles import Permission, require
from mashang.unions.scope import posts_of

if TYPE_CHECKING:
    from mashang.accounts.models import User
    from mashang.unions.models import Union

Basis = Access.Basis
SHORTEST_REASON = 6
NEW_LOOK = CompiledInsert(Access, unless_there=True)


class NoAccessBasis(NotAllowed):
    code = "no_access_basis"
    message = N_(
        "您手上现在没有这户家庭的事项，不能查看；确有急需的，请有权限的复核人、审批人“应急查阅”，并写明原因"
    )


@action
def log_access(
    holder: Holder,
    *,
    by: "User",
    what: str,
    among: Sequence[Ground] = WORK,
    reason: str = "",
) -> Access:
    """查阅: the access row of one look, with the basis on which it is allowed now.

    If none holds, or the row cannot be written, nothing is shown. `what` names the part that is shown,
    `reason` the purpose of a reveal; neither names a person. Raises NoAccessBasis.
    """
    basis = access_basis(by, holder, among)
    if basis is None:
        raise NoAccessBasis
    if basis == Basis.BREAK_GLASS:
        reason = reason or N_("应急查阅有效期内")
    return _write_down(holder, by=by, basis=basis, what=what, reason=reason)


def require_basis(holder: Holder, *, by: "User", among: Sequence[Ground] = WORK) -> None:
    """Who may not open a household may not act on it either. Raises NoAccessBasis."""
    if access_basis(by, holder, among) is None:
        raise NoAccessBasis


def _write_down(holder: Holder, *, by: "User", basis: str, what: str, reason: str) -> Access:
    """One row for a person, a page, a reason and a minute: its first read writes it, later ones of that
    minute find it there by its key."""
    now = timezone.now()
    look = Access(
        id=_key_of_minute(now, holder.pk, by.pk, basis, what, reason),
        created_at=now,
        holder=holder,
        viewer=by,
        union=_seat_of(by, holder),
        basis=basis,
        what=what,
        reason=reason,
    )
    NEW_LOOK.insert_row(look)
    return look


def _key_of_minute(now: datetime, *parts: object) -> UUID:
    """The same for all reads of one minute, and near its neighbours in the index as every id."""
    minute = int(now.timestamp()) // 60 * 60_000
    told = blake2b(repr([str(part) for part in parts]).encode(), digest_size=10).digest()
    return UUID(bytes=minute.to_bytes(6, "big") + told)


def name_if_known(holder: Holder, *, by: "User", what: str) -> str:
    """The whole name for a colleague who may see it, after the look is written down; else nothing."""
    try:
        log_access(holder, by=by, what=what)
    except NoAccessBasis:
        return ""
    return holder.name


@action
def break_glass(holder: Holder, *, reason: str, by: "User") -> Access:
    """应急查阅: opens the household for half an hour without another basis; the keepers are told at once."""
    holder = surviving(holder)
    require(by, Permission.CASE_BREAK_GLASS, at=holder.union)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"reason": _("请写明原因，至少 %(n)d 个字") % {"n": SHORTEST_REASON}})
    access = _write_down(
        holder, by=by, basis=Basis.BREAK_GLASS, what=GLASS_BROKEN, reason=reason.strip()
    )
    alerts.about_household(Alert.Kind.GLASS, holder, about=by, why=access.reason, by=by)
    notices.glass_broken(holder, keepers_of(holder))
    record("case.glass_broken", access, by=by, union=holder.union)
    return access


def _seat_of(user: "User", holder: Holder) -> "Union | None":
    """The union for which the viewer looks: their nearest post above the household."""
    above = [post.union for post in posts_of(user) if holder.union_path.startswith(post.union.path)]
    return max(above, key=lambda union: len(union.path), default=None)
