"""The person who keeps the dictionaries in these tests."""

import pytest

from mashang.accounts.models import User
from mashang.core.keys import new_data_key


@pytest.fixture
def clerk() -> User:
    return User.objects.create(username="dictionary-clerk", data_key=new_data_key())
