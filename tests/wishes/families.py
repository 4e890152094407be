"""A family on file that has agreed to the wall, its colleagues, and the words of a wish."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.models import Case, Holder
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.wishes.actions import consents, wishes
from mashang.wishes.models import Wish
from mashang.wishes.words import WishWords
from tests.builders import make_staff
from tests.cases.households import make_case


@dataclass
class WishRoom:
    """One household on file, the clerk of its union, and the county's reviewer."""

    case: Case
    clerk: User
    colleague: User
    reviewer: User

    @property
    def holder(self) -> Holder:
        return self.case.holder

    @property
    def worker(self) -> User:
        assert self.case.holder.user
        return self.case.holder.user

    def post(self, **changed: Any) -> Wish:
        return wishes.post(self.holder, words=words(**changed), by=self.worker)


def make_wish_room(branch: dict[str, Union]) -> WishRoom:
    room = WishRoom(
        case=make_case(branch["own"]),
        clerk=make_staff("周敏", branch["own"], Role.CLERK),
        colleague=make_staff("吴芳", branch["own"], Role.CLERK),
        reviewer=make_staff("郑强", branch["county"], Role.REVIEWER),
    )
    consents.agree(room.holder, by=room.worker)
    return room


def words(**changed: Any) -> WishWords:
    told: dict[str, Any] = {
        "category": "goods",
        "item": "电饭煲",
        "price_fen": 19_900,
        "for_whom": "family",
        "reason": "家里的锅坏了，想换一个小的",
        "spec": "3 升",
        "needed_by": timezone.localdate() + timedelta(days=60),
    }
    return WishWords(**told | changed)
