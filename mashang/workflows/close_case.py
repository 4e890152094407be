"""销档: the file ends, and what only a living file carries ends with it."""

from mashang.accounts.models import User
from mashang.cases.models import Case
from mashang.cases.parts import files
from mashang.core.db.action import action
from mashang.wishes.parts import households as wishes


@action
def close_case(case: Case, *, reason: str, by: User, seen: str | None = None) -> None:
    """销档: pairings end, and wishes that nobody has claimed; a claimed one is still delivered."""
    files.close_case(case, reason=reason, by=by, seen=seen)
    wishes.end_with_file(case, by=by)
