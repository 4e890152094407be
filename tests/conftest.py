"""Fixtures that every room's tests share."""

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as house
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from mashang.accounts.models import User
from mashang.core.models import DataKey, KeyCheck
from mashang.core.privacy import keys
from mashang.core.provinces import use_province
from mashang.mobile.codes.scan_writer import WRITER
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.web import public_throttle
from tests import fresh_database, migrated_database, static_files
from tests.builders import make_branch, make_staff, make_worker, sign_in

# A busy machine is no finding: no example is too slow by the clock.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_collection_finish() -> None:
    """What was imported stays to the end: the collector need not look through all of it time and again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def found_once() -> Iterator[None]:
    with static_files.found_once():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    migrated_database.begin_from_snapshot()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        if house.MASHANG_PROVINCES:  # Django itself makes the first of them only
            connections["hub"].creation.set_as_test_mirror(connection.settings_dict)
            call_command("provision")
            _begin_unregistered()
        fresh_database.keep_copies()
    yield
    with django_db_blocker.unblock():
        fresh_database.drop_copies()


def _begin_unregistered() -> None:
    """As the one province that is only migrated: tests count the keys that they make themselves."""
    for code in house.MASHANG_PROVINCES:
        with use_province(code):
            KeyCheck.objects.all().delete()
            DataKey.objects.all().delete()


@pytest.fixture(scope="session", autouse=True)
def keys_of_the_house() -> None:
    """They were asked once, as in every process that serves; only tests of other keys ask again."""
    for code in house.MASHANG_PROVINCES or [""]:
        with use_province(code) if code else nullcontext():
            keys._fitting.add(keys._keys_here())


@pytest.fixture(autouse=True)
def house_of_a_test(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files go to the test's own folder; passwords are hashed fast; nothing is remembered."""
    monkeypatch.setenv("MASHANG_ENV", "demo")  # a test that provisions says whose house it is
    settings.MEDIA_ROOT = tmp_path / "private"
    settings.MASHANG_TRAIL_ROOTS = str(tmp_path / "outside" / "roots.jsonl")
    settings.MASHANG_SMS_FILE = tmp_path / "sms.txt"
    settings.MASHANG_HEAVY_AT_ONCE = 0  # no helper processes, except where they are meant
    monkeypatch.setattr(WRITER, "waits", False)  # strangers' scans are written at once
    settings.PASSWORD_HASHERS = ["tests.fast_hasher.FastHasher"]
    cache.clear()
    public_throttle.PUBLIC.forget_all()
    translation.activate(settings.LANGUAGE_CODE)  # a page in English leaves its language behind


@pytest.fixture
def branch_a(db: None) -> dict[str, Union]:
    """A province with one branch down to a grass-roots union, by kind."""
    return make_branch()


@pytest.fixture
def branch_b(branch_a: dict[str, Union]) -> dict[str, Union]:
    """The branch beside it, in the same province."""
    return make_branch(branch_a["province"], "绿水")


@pytest.fixture
def chen(branch_a: dict[str, Union]) -> User:
    """陈: clerk of county A."""
    return make_staff("陈静", branch_a["county"], Role.CLERK)


@pytest.fixture
def lu(branch_b: dict[str, Union]) -> User:
    """陆: clerk of county B. Whatever Chen may do in A, Lu may not."""
    return make_staff("陆敏", branch_b["county"], Role.CLERK)


@pytest.fixture
def li(db: None) -> User:
    """李: a worker, with a family (see `make_holder`)."""
    return make_worker()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which this person has just signed in, staff with both factors."""
    return sign_in


@pytest.fixture
def text_code(settings: Settings, django_capture_on_commit_callbacks: Any) -> Callable[..., str]:
    """Posts a form that asks for a code, and reads the code that came to this phone."""

    def ask(client: Client, number: str, page: str = "/sign-in/", /, **fields: str) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            client.post(page, fields or {"phone": number})
        lines = settings.MASHANG_SMS_FILE.read_text().splitlines()
        mine = [line.split("\t")[2] for line in lines if f"\t{number}\t" in line]
        return re.findall(r"\d{6}", mine[-1])[0]

    return ask
