"""Fixtures that every room's tests share."""

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import DjangoDbBlocker, Settings

from tests import fresh_database


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        fresh_database.keep_copies()


@pytest.fixture(autouse=True)
def house_of_a_test(settings: Settings, tmp_path: Path) -> None:
    """Files go to the test's own folder; passwords are hashed fast; nothing is remembered."""
    settings.MEDIA_ROOT = tmp_path / "private"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
