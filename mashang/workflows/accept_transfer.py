"""接收档案: the file moves, and what hangs on it moves along."""

from mashang.accounts.models import User
from mashang.cases.models import Transfer
from mashang.cases.parts import transfers
from mashang.codes import parts as codes
from mashang.core.db.action import action
from mashang.wishes.parts import households as wishes


@action
def accept_transfer(transfer: Transfer, *, by: User) -> None:
    """接收档案: file and household, then the cards, then the wishes that nobody has claimed."""
    transfers.accept(transfer, by=by)
    codes.follow_transfer(transfer)
    wishes.follow_transfer(transfer)
