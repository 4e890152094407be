"""异常提醒: refused scans in a branch, and broken glass that raised no alert of its own, for those who watch over the files."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.models import Access, Holder
from mashang.cases.models import Alert as Raised
from mashang.cases.queries.access import GLASS_BROKEN
from mashang.codes.models import Scan
from mashang.core.privacy.masks import Masked, mask_name

DAYS, MOST = 90, 200


@dataclass(frozen=True)
class Alert:
    """One thing that somebody should look into: who did what with whose file, and why."""

    at: datetime
    what: str
    who: str
    office: str
    reason: str
    name: Masked
    id_tail: str
    union: str


def alerts(user: User) -> list[Alert]:
    """The last three months within the user's scope, newest first; two queries."""
    since = timezone.now() - timedelta(days=DAYS)
    alerts = [*_broken_glass(user, since), *_refused_scans(user, since)]
    return sorted(alerts, key=lambda alert: alert.at, reverse=True)[:MOST]


def _broken_glass(user: User, since: datetime) -> list[Alert]:
    """Only what stands under no alert that somebody settles: those are shown once, there."""
    raised = Raised.objects.visible_to(user).filter(
        kind=Raised.Kind.GLASS,
        about=OuterRef("viewer"),
        holder=OuterRef("holder"),
        why=OuterRef("reason"),
    )
    looks = Access.objects.visible_to(user).filter(
        ~Exists(raised), basis=Access.Basis.BREAK_GLASS, what=GLASS_BROKEN, created_at__gte=since
    )
    rows = looks.select_related("holder__union", "viewer", "union").order_by("-created_at")[:MOST]
    return [
        _alert(row, row.holder, GLASS_BROKEN, row.union.name if row.union else "", row.reason)
        for row in rows
    ]


def _refused_scans(user: User, since: datetime) -> list[Alert]:
    scans = Scan.objects.visible_to(user).filter(
        shown=Scan.Shown.REFUSED, viewer__is_staff=True, created_at__gte=since
    )
    rows = scans.select_related("code__holder__union", "viewer").order_by("-created_at")[:MOST]
    return [
        _alert(row, row.code.holder, N_("扫码被拒绝"), "", row.reason)
        for row in rows
        if row.code is not None
    ]


def _alert(row: Any, holder: Holder, what: str, office: str, reason: str) -> Alert:
    return Alert(
        at=row.created_at,
        what=what,
        who=row.viewer.name,
        office=office,
        reason=reason,
        name=mask_name(holder.name),
        id_tail=holder.id_tail,
        union=holder.union.name,
    )
