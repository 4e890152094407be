"""The pages of a file and of the cards, in a real browser at a desk, by day and at night."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.accounts.models import User
from mashang.aid import actions as aid
from mashang.cases.actions import changes, pairings, transfers
from mashang.cases.models import Transfer
from mashang.codes import actions as codes
from mashang.desk.cases.files import TABS
from mashang.unions.roles import Role
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import let_in
from tests.builders import make_branch, make_staff, make_worker
from tests.desk.files import FileRoom, make_room

Shot = Callable[..., None]
POINTER = 24  # the least that WCAG 2.2 asks for at a desk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room() -> FileRoom:
    """A file with something on every tab."""
    branch = make_branch()
    room = make_room(branch["own"])
    holder, today = room.case.holder, timezone.localdate()
    pairings.propose(room.now(), helper=make_worker("潘志鹏"), by=room.reviewer)
    transfers.ask(
        room.now(), to=make_branch(branch["province"], "绿水")["own"], why="搬家", by=room.reviewer
    )
    aid.propose(
        holder, project="living", fund="own_union", amount_fen=100_000, given_on=today,
        by=room.clerk,
    )  # fmt: skip
    changes.report_change(
        room.now(), {"employer": "绿水制衣厂", "address": "江边"}, why="换了工作", by=holder.user
    )
    codes.issue_for(holder, by=room.clerk)
    return room


def look(page: Page, shot: Shot, address: str, name: str) -> None:
    page.goto(address)
    shot(page, name)
    assert axe(page) == []
    assert too_wide(page) == 0
    assert small_targets(page, POINTER) == []


def walk(page: Page, shot: Shot, server: LiveServer, who: User, places: dict[str, str]) -> None:
    page.context.clear_cookies()
    let_in(page, who, server)
    for name, address in places.items():
        look(page, shot, server.url + address, name)


@pytest.mark.parametrize("light", ["desk", "desk_dark"])
def test_every_page_of_a_file_can_be_read_by_everybody(
    request: pytest.FixtureRequest, light: str, room: FileRoom, shot: Shot, live_server: LiveServer
) -> None:
    page = request.getfixturevalue(light)
    tabs = {f"{light}-file-{tab}": room.address(f"{tab}/") for tab in TABS}
    member = room.case.holder.members.exclude(relation="self").get()
    lists = {
        f"{light}-files": "/desk/cases/",
        f"{light}-close": room.address("close/"),
        f"{light}-member-leaves": room.address(f"members/{member.pk}/remove/"),
        f"{light}-cards": "/desk/cards/",
    }
    walk(page, shot, live_server, room.clerk, {**tabs, **lists})
    merge = {f"{light}-merge": room.address("merge/"), f"{light}-transfers": "/desk/transfers/"}
    walk(page, shot, live_server, room.keeper, merge)
    receiver = make_staff("林春生", Transfer.objects.get().to_union, Role.REVIEWER)
    walk(page, shot, live_server, receiver, {f"{light}-transfers-coming": "/desk/transfers/"})
    walk(page, shot, live_server, room.treasurer, {f"{light}-aid-queue": "/desk/aid/"})


def test_a_hidden_number_appears_in_its_place(
    desk: Page, room: FileRoom, live_server: LiveServer
) -> None:
    let_in(desk, room.clerk, live_server)
    desk.goto(live_server.url + room.address())
    plain = room.case.holder.phone.reveal()

    desk.get_by_role("button", name="手机号").click()
    desk.get_by_role("button", name="电话联系本人").click()

    desk.get_by_text(plain).wait_for()
    assert desk.url.endswith(room.address())
