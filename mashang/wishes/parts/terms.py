"""重算时限: claims and answers that are due, when the calendar has changed. Only `mashang.workflows` may import this."""

from mashang.accounts.models import User
from mashang.cases.notices import day_words
from mashang.core.audit.trail import record
from mashang.core.days import day_of
from mashang.core.db.locks import locked
from mashang.reference.workdays import Calendar, recounted
from mashang.wishes import notices
from mashang.wishes.models import Claim, Complaint


def recount_claims(before: Calendar, *, by: User) -> None:
    """认领: the giver keeps the working days that were promised, an extension among them, and is told."""
    waiting = Claim.objects.unscoped(why="the calendar holds for everybody")
    waiting = waiting.filter(state__in=(Claim.State.CLAIMED, Claim.State.UNDER_WAY))
    for claim in locked(waiting.select_related("union", "giver", "wish")):
        due_on = recounted(day_of(claim.created_at), claim.due_on, before)
        if due_on != claim.due_on:
            claim.due_on = due_on
            claim.save(update_fields=["due_on"])
            record("claim.term_moved", claim, by=by, union=claim.union, due_on=due_on)
            notices.giver_told(claim, notices.TERM_MOVED, day=day_words(due_on))


def recount_complaints(before: Calendar, *, by: User) -> None:
    """反映问题: the union's answer; the page says the new day to whoever raised it."""
    open_ones = Complaint.objects.unscoped(why="the calendar holds for everybody")
    open_ones = open_ones.filter(state=Complaint.State.OPEN)
    for complaint in locked(open_ones.select_related("wish__union")):
        due_on = recounted(day_of(complaint.created_at), complaint.due_on, before)
        if due_on != complaint.due_on:
            complaint.due_on = due_on
            complaint.save(update_fields=["due_on"])
            union = complaint.wish.union
            record("complaint.term_moved", complaint, by=by, union=union, due_on=due_on)
