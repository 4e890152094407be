"""声明与异常提醒: an own number that another account gave before is told to those who watch over the branch."""

from collections.abc import Sequence
from uuid import UUID

from mashang.accounts.actions import kin_declarations, profile
from mashang.accounts.models import KinDeclaration, Relative, User
from mashang.accounts.queries import accounts_of
from mashang.cases.actions import alerts
from mashang.cases.models import Alert
from mashang.core.db.action import action


@action
def declare(
    own_number: str, relatives: Sequence[tuple[str, str]], *, has_none: bool, by: User
) -> KinDeclaration:
    """声明完毕; raises as `kin_declarations.declare`."""
    before = accounts_of(by)
    declaration = kin_declarations.declare(own_number, relatives, has_none=has_none, by=by)
    _tell_if_shared(before, by)
    return declaration


@action
def declare_relative(id_number: str, relation: str, *, by: User) -> Relative:
    """亲属声明; raises as `profile.declare_relative`."""
    before = accounts_of(by)
    relative = profile.declare_relative(id_number, relation, by=by)
    _tell_if_shared(before, by)
    return relative


def _tell_if_shared(before: set[UUID], by: User) -> None:
    """One person with two accounts, a slip, or a lie that keeps somebody off: it is looked into."""
    if accounts_of(by) - before:
        alerts.over_the_limit(Alert.Kind.SAME_OWN, by=by)
