"""同意与撤回: one tick, one purpose, one row with its version and time; a withdrawal is kept too."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent, User
from mashang.accounts.parts import withdraw
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing, register
from mashang.core.db.locks import locked
from mashang.core.errors import DomainError
from mashang.core.models import Record

Way = Consent.Way


class ConsentRecorded(DomainError):
    code = "consent_recorded"
    message = N_("这一项刚刚已经登记过同意，不用再登记；请刷新页面看一看")


register("consent_is_live_once_per_purpose", ConsentRecorded)


@action
def set_all(
    subject_id: UUID,
    ticks: Mapping[str, bool],
    *,
    version: str,
    by: User,
    way: str = Way.SELF,
    union: Record | None = None,
) -> None:
    """按勾选登记: as the page was left. A tick that stays keeps its first row."""
    for purpose, is_ticked in ticks.items():
        if is_ticked:
            give(subject_id, purpose, version=version, by=by, way=way, union=union)
        else:
            withdraw(subject_id, purpose, by=by, union=union)


@action
def give(
    subject_id: UUID,
    purpose: str,
    *,
    version: str,
    by: User,
    way: str = Way.SELF,
    union: Record | None = None,
) -> Consent:
    """同意. Given again to the same wording it changes nothing; to a new wording it is a new row.

    Whoever records it is locked first, so that of one press that came twice the second finds the first.
    Raises ConsentRecorded where somebody else recorded it at the same moment.
    """
    locked(User.objects.filter(pk=by.pk), no_key=True).get()
    now = timezone.now()
    live = Consent.objects.filter(subject_id=subject_id, purpose=purpose, withdrawn_at=None).first()
    if live is not None and live.version == version:
        return live
    if live is not None:
        Consent.objects.filter(pk=live.pk).update(withdrawn_at=now)
    consent = Consent(
        subject_id=subject_id,
        purpose=purpose,
        version=version,
        way=way,
        recorded_by=by,
        given_at=now,
    )
    with refusing():
        consent.save(force_insert=True)
    record("consent.given", consent, by=by, union=union, purpose=purpose, version=version)
    return consent
