"""The tests' own tables are made once, and belong to the copy that is laid back after each test."""

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from mashang.core.privacy.keys import new_data_key
from tests import fresh_database
from tests.core.papers import Household, Paper


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Household)
            editor.create_model(Paper)
        fresh_database.keep_copies()


@pytest.fixture
def household(db: None) -> Household:
    return Household.objects.create(data_key=new_data_key())
