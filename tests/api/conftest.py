"""A program with a person's token, and one without."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mashang.accounts.actions import tokens
from mashang.accounts.models import User
from mashang.wishes.models import Wish
from tests.wishes.builders import make_giver, make_wish


class Program(Client):
    """Speaks JSON; each act has a key of its own unless one is given."""

    acts = 0

    def act(self, address: str, words: Any = None, key: str = "") -> Any:
        self.acts += 1
        return self.post(
            f"/api/v1{address}",
            json.dumps(words) if words is not None else "",
            content_type="application/json",
            headers={"Idempotency-Key": key or f"key-{self.acts:08}"},
        )

    def look(self, address: str, **asked: Any) -> Any:
        return self.get(f"/api/v1{address}", asked)


@pytest.fixture
def program() -> Callable[..., Program]:
    """A program of this person: `program(user)`, `program(user, "read")`, `program()` for nobody."""

    def make(user: User | None = None, scope: str = "claim") -> Program:
        if user is None:
            return Program()
        text = tokens.issue("职工之家", scope, by=user)
        return Program(headers={"Authorization": f"Bearer {text}"})

    return make


@pytest.fixture
def wish(branch_a: dict) -> Wish:
    return make_wish(union=branch_a["own"])


@pytest.fixture
def giver(db: None) -> User:
    return make_giver()
