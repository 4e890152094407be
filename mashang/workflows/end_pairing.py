"""结束结对: the helper sees nothing from this moment on."""

from mashang.accounts.models import User
from mashang.cases.models import Pairing
from mashang.cases.parts import pairings
from mashang.core.db.action import action


@action
def end_pairing(pairing: Pairing, *, why: str, by: User) -> None:
    """结束结对: the household and the helper are told."""
    pairings.end(pairing, why=why, by=by)
