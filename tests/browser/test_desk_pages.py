"""The desk's own pages, in a real browser: readable by day and at night, usable by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.accounts.models import User
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import let_in
from tests.builders import make_staff
from tests.cases.answers import make_region
from tests.desk.files import make_room

MOUSE = 24
Shot = Callable[..., None]
Places = dict[str, str]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(branch_a: dict[str, Union]) -> User:
    """One person with both posts that tend the tree and its rules."""
    return make_staff("管理员", branch_a["county"], Role.ADMIN, Role.APPROVER)


def places(branch: dict[str, Union]) -> Places:
    union = f"/desk/unions/{branch['county'].pk}/"
    return {
        "account": "/desk/account/",
        "password": "/desk/account/password/",
        "relatives": "/desk/account/relatives/",
        "inbox": "/desk/inbox/",
        "unions": "/desk/unions/",
        "union": union,
        "found": f"{union}found/",
        "correct": f"{union}correct/",
        "close": f"{union}close/",
        "appoint": f"{union}appoint/",
        "appointments": "/desk/appointments/",
        "rules": "/desk/rules/",
        "set-rule": "/desk/rules/category/relative/",
        "set-standard": "/desk/rules/standard/",
        "regions": "/desk/regions/450000/",
        "confirm": "/desk/confirm/",
    }


def test_an_administrator_reads_every_page_by_day_and_at_night(
    admin: User,
    branch_a: dict[str, Union],
    desk: Page,
    desk_dark: Page,
    live_server: LiveServer,
    shot: Shot,
) -> None:
    make_region()
    found: dict[str, object] = {}
    for page, prefix in ((desk, "desk"), (desk_dark, "desk-dark")):
        let_in(page, admin, live_server)
        for name, address in places(branch_a).items():
            answer = page.goto(address)
            assert answer and answer.ok, address
            shot(page, f"{prefix}-{name}")
            faults = axe(page) + small_targets(page, MOUSE)
            if faults or too_wide(page):
                found[f"{prefix} {name}"] = faults or "too wide"

    assert found == {}


FILE_PAGES = ["", "family/", "aid/", "cards/", "changes/", "transfer/", "pairing/", "looks/"]


def test_a_file_is_read_by_day_and_at_night(
    branch_a: dict[str, Union], desk: Page, desk_dark: Page, live_server: LiveServer, shot: Shot
) -> None:
    room = make_room(branch_a["own"])
    pages = {f"file-{rest.strip('/') or 'facts'}": room.address(rest) for rest in FILE_PAGES}
    pages |= {"files": "/desk/cases/", "file-duplicates": room.address("duplicates/")}
    found: dict[str, object] = {}
    for page, prefix in ((desk, "desk"), (desk_dark, "desk-dark")):
        let_in(page, room.reviewer, live_server)
        for name, address in pages.items():
            answer = page.goto(address)
            assert answer and answer.ok, address
            shot(page, f"{prefix}-{name}")
            faults = axe(page) + small_targets(page, MOUSE)
            if faults or too_wide(page):
                found[f"{prefix} {name}"] = faults or "too wide"

    assert found == {}
