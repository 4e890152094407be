"""合并: two files of one household become one."""

from mashang.accounts.models import User
from mashang.cases.models import Merge
from mashang.cases.parts import files
from mashang.codes import parts as codes
from mashang.core.db.action import action
from mashang.wishes.parts import households as wishes


@action
def merge_households(merge: Merge, *, by: User) -> None:
    """合并: by the second person. Every printed code finds the file that goes on, whose union keeps the
    cards; it takes the wishes along, past ones too."""
    files.merge(merge, by=by)
    codes.follow_merge(merge)
    wishes.follow_merge(merge.duplicate, into=merge.into, by=by)
