"""The person who keeps the dictionaries in these tests."""

import pytest

from mashang.accounts.models import User
from tests.builders import make_user


@pytest.fixture
def clerk(db: None) -> User:
    return make_user("字典管理员", is_staff=True)
