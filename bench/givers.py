"""Wishes on a wall and givers before it, for the measurements of claiming."""

from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from bench.load import post
from bench.town import branch_here
from mashang.accounts.models import User
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.wishes.models import Wish
from tests.builders import make_holder, make_staff, make_union, make_worker, sign_in
from tests.wishes.builders import make_giver, make_wish

AT_ONCE = 20  # claims of one giver, as many as a union may allow: the measured limit is elsewhere
TOKEN = "b" * 32  # a form's token, as the cookie and as the field


@dataclass(frozen=True)
class Presser:
    """A giver with a browser in which they are signed in."""

    user: User

    @cached_property
    def cookie(self) -> str:
        session = sign_in(self.user).cookies["sessionid"].value
        return f"sessionid={session}; csrftoken={TOKEN}"

    def press(self, wish: Wish, key: str = "") -> bytes:
        """The request that the button sends; each has a key of its own."""
        form = {"csrfmiddlewaretoken": TOKEN, "key": key or uuid4().hex}
        return post(f"/claim/{wish.number}/", form, self.cookie)


class Wall:
    """One branch; `wishes` hangs further wishes on its wall, each of a household of its own."""

    def __init__(self, givers: int) -> None:
        self.branch = branch_here()
        self.checked_by = make_staff("初审", self.branch["own"], Role.CLERK)
        self.opened_by = make_staff("终审", self.branch["county"], Role.REVIEWER)
        self.branch["province"].rule_cards.create(
            kind="wish",
            code="claims_per_person",
            body={"value": AT_ONCE},
            source="measurement",
            valid_from=timezone.localdate(),
        )
        with transaction.atomic():
            self.givers = [Presser(make_giver()) for _ in range(givers)]

    def new_union(self) -> Union:
        return make_union(Union.Kind.GRASSROOTS, self.branch["town"])

    def wishes(self, count: int, union: Union | None = None) -> list[Wish]:
        union = union or self.branch["own"]
        with transaction.atomic():
            return [self._wish(union) for _ in range(count)]

    def _wish(self, union: Union) -> Wish:
        holder = make_holder(union, make_worker())
        return make_wish(holder, checked_by=self.checked_by, opened_by=self.opened_by)
