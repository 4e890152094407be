"""合并: two files of one household become one."""

from mashang.accounts.models import User
from mashang.cases.models import Holder
from mashang.cases.parts import files
from mashang.core.db.action import action
from mashang.wishes.parts import households as wishes


@action
def merge_households(duplicate: Holder, *, into: Holder, by: User) -> None:
    """合并: both printed codes find the survivor, who takes the wishes along, past ones too."""
    files.merge(duplicate, into=into, by=by)
    wishes.follow_merge(duplicate, into=into, by=by)
