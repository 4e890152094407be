"""放假通知生效: the calendar changes, and every running term that was reckoned with the old one is counted again."""

from mashang.accounts.models import User
from mashang.cases.parts import terms as cases
from mashang.core.db.action import action
from mashang.reference.workdays import known_now
from mashang.reviews import parts as reviews
from mashang.unions import parts as unions
from mashang.unions.models import HolidayNotice
from mashang.wishes.parts import terms as wishes


@action
def publish_holidays(notice: HolidayNotice, *, by: User) -> HolidayNotice:
    """核对生效: steps, public notices, new numbers, claims and answers that are due keep their number of working days;
    whoever waits for them is told the new day."""
    before = known_now()
    notice = unions.publish_holidays(notice, by=by)
    cases.tell_moved_steps(reviews.recount_steps(before, by=by))
    cases.recount_publicity(before, by=by)
    cases.recount_channel_changes(before, by=by)
    wishes.recount_claims(before, by=by)
    wishes.recount_complaints(before, by=by)
    return notice
