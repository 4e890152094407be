"""返困恢复: the household is back in hardship; the same file and the same code go on."""

from mashang.accounts.models import User
from mashang.cases.models import Case
from mashang.cases.parts import files
from mashang.core.db.action import action


@action
def reopen_case(case: Case, *, why: str, by: User, seen: str | None = None) -> None:
    """返困恢复: what ended with the file (pairings, wishes) begins anew when somebody begins it."""
    files.reopen_case(case, why=why, by=by, seen=seen)
