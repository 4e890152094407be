"""Builders of wishes, givers and claims as they stand after the room's own actions."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.models import Holder
from mashang.core.numbers import fresh_number
from mashang.core.privacy.identity import credit_check_digit
from mashang.core.privacy.keys import new_data_key
from mashang.givers.models import Giver, Organisation, Representative
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.wishes.models import Claim, Wish
from mashang.wishes.search import tidy
from tests.builders import make_staff, make_worker
from tests.cases.households import make_case


def make_wish(holder: Holder | None = None, state: str = "open", **also: Any) -> Wish:
    """A wish of a family on file; on the wall unless another state is asked for."""
    holder = holder or make_case(also.pop("union")).holder
    values: dict[str, Any] = {
        "holder": holder,
        "union": holder.union,
        "union_path": holder.union_path,
        "number": fresh_number(Wish, "number", "XY"),
        "state": state,
        "category": "goods",
        "item": "电饭煲",
        "price_fen": 20_000,
        "for_whom": "family",
        "reason": "家里的锅坏了，想要一个小的",
        "posted_by": holder.user,
    }
    if state in ("open", "claimed", "fulfilled"):
        values |= {
            "story": values["reason"],
            "shown_for": values["for_whom"],
            "age_band": "50–59岁",
            "place": "青山县",
            "region_code": holder.union.region_code,
            "checked_by": make_staff("初审人", holder.union, Role.CLERK),
            "opened_by": make_staff("终审人", holder.union, Role.REVIEWER),
            "opened_at": timezone.now(),
        }
    wish = Wish(**values | also)
    if wish.state in Wish.ON_WALL:
        wish.searchable = tidy(f"{wish.item} {wish.story} {wish.place}")
    wish.save(force_insert=True)
    wish.put_in_search()
    return wish


def make_giver(nickname: str = "热心人") -> User:
    """A person with a phone who has said how they wish to be named."""
    user = make_worker("热心人")
    Giver.objects.create(user=user, nickname=nickname)
    return user


def make_organisation(union: Union, member: User, **also: Any) -> Organisation:
    """An approved enterprise for which `member` may act."""
    first_17 = f"91450000MA{Organisation.objects.count():07}"
    values: dict[str, Any] = {
        "union": union,
        "union_path": union.path,
        "kind": "enterprise",
        "name": "青山食品有限公司",
        "credit_code": first_17 + credit_check_digit(first_17),
        "contact_name": "王经理",
        "contact_phone": "12000000000",
        "data_key": new_data_key(),
        "state": "approved",
        "decided_by": make_staff("核实人", union, Role.REVIEWER),
        "decided_at": timezone.now(),
    }
    organisation = Organisation.objects.create(**values | also)
    Representative.objects.create(organisation=organisation, user=member, role="owner")
    return organisation


def make_claim(wish: Wish, giver: User | None = None, **also: Any) -> Claim:
    """A live claim of a person; the wish is marked as claimed."""
    Wish.objects.filter(pk=wish.pk).update(state="claimed")
    wish.state = "claimed"
    values: dict[str, Any] = {
        "wish": wish,
        "union": wish.union,
        "union_path": wish.union_path,
        "kind": "person",
        "giver": giver or make_giver(),
        "due_on": timezone.localdate() + timedelta(days=14),
    }
    return Claim.objects.create(**values | also)
