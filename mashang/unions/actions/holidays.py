"""放假通知: one colleague of the province enters the State Council's notice, another one checks it."""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, NotAllowed
from mashang.notices.actions import tell
from mashang.reference import actions as reference
from mashang.reference.notice_text import read_notice
from mashang.unions.models import HolidayNotice, Union
from mashang.unions.notices import HOLIDAYS_DECLINED, HOLIDAYS_WAIT
from mashang.unions.queries import others_who_may
from mashang.unions.roles import Permission, require

State = HolidayNotice.State
SOONEST, LATEST = -1, 2  # years around this one
PAGE = "/desk/holidays/"


@action
def propose(union: Union, *, year: int, text: str, source: str, by: User) -> HolidayNotice:
    """录入放假通知: the notice's own words; nothing counts until a second person has read the days."""
    require_province(union, by)
    if not SOONEST <= year - timezone.localdate().year <= LATEST:
        raise Invalid(fields={"year": N_("只能录入去年到后年的通知，请核对年份")})
    notice = read_notice(year, text)
    reference.check_notice(year, notice.holidays, notice.make_up)
    with refusing():
        made = HolidayNotice.objects.create(
            union=union,
            year=year,
            holidays={day.isoformat(): name for day, name in notice.holidays.items()},
            make_up=[day.isoformat() for day in notice.make_up],
            source=source,
            proposed_by=by,
        )
    for other in others_who_may(Permission.RULE_MANAGE, at=union, but=by):
        tell(other, HOLIDAYS_WAIT, url=PAGE, union=union.name, count=year)
    record("holidays.proposed", made, by=by, union=union, year=year, days=len(made.holidays))
    return made


@action
def decline(notice: HolidayNotice, *, by: User) -> HolidayNotice:
    """退回, and 撤回 by whoever entered it: what was entered is not what the notice says; it is entered anew.

    It puts nothing into effect, so one person is enough, whoever let them in.
    """
    notice = locked_notice(notice)
    require_province(notice.union, by)
    ended = State.WITHDRAWN if notice.proposed_by_id == by.pk else State.DECLINED
    notice.transition_to(ended, decided_by=by, decided_at=timezone.now())
    record(f"holidays.{ended}", notice, by=by, union=notice.union, year=notice.year)
    if ended == State.DECLINED:
        at = notice.union.name
        tell(notice.proposed_by, HOLIDAYS_DECLINED, url=PAGE, union=at, count=notice.year)
    return notice


# Shared with the part that publishes -------------------------------------------------------


def locked_notice(notice: HolidayNotice) -> HolidayNotice:
    rows = HolidayNotice.objects.select_for_update(of=("self",)).select_related("union")
    return rows.get(pk=notice.pk)


def require_province(union: Union, by: User) -> None:
    """The days hold for everybody: only the province answers for them."""
    if union.parent_id:
        raise NotAllowed(message=N_("放假通知由省（区、市）总工会录入，请联系省总工会"))
    require(by, Permission.RULE_MANAGE, at=union)
