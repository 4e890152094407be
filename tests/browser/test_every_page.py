"""Every page of the house, made from the URL conf, held to WCAG 2.2 AA in a real browser.

Each address is opened by somebody who may: nobody, a worker, a helper, or one of the desks.
"""

import logging
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.cases.models import Application
from mashang.notices.models import Notice
from mashang.reference.actions import load_regions
from mashang.unions.models import RuleCard, Union
from mashang.wishes.models import CatalogueItem
from tests.access import world
from tests.access.addresses import Address, addresses
from tests.access.doors import Doors
from tests.access.further import granted_sum, new_number, newcomer, raised
from tests.access.matrix import Browser
from tests.access.world import Actor, Family, World
from tests.browser.audit import axe, too_wide
from tests.browser.conftest import DESK, PHONE
from tests.cases.households import make_case
from tests.wishes.builders import make_wish

pytestmark = pytest.mark.django_db(transaction=True)
STATES = ("draft", *world.WORKS, "publicity", "filed")

# Addresses that no browser shows as a page, each with why.
NO_PAGE = {
    "api:claim-of-mine": "JSON",
    "api:claims": "JSON",
    "api:openapi": "JSON",
    "api:wall": "JSON",
    "api:wish": "JSON",
    "desk:wish-cards": "a file to print",
    "desk:branch-works": "a drawing",
    "desk:unions": "leads on to the union at the top of the branch",
    "mobile:apply-resume": "leads on to where the form was left",
    "mobile:link-account-moved": "leads on to where it is now",
    "mobile:code-picture": "a picture",
    "mobile:photo": "a picture",
    "mobile:plan-together": "leads back to the list when no wish is chosen; see test_giving_pages",
    "desk:goods-photo": "a picture",
    "mobile:goods-photo": "a picture",
    "mobile:certificate-pdf": "a PDF",
}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_every_page_can_be_used_by_everybody(
    open_page: Callable[..., Page], live_server: LiveServer
) -> None:
    planted = furnished()
    faults, unseen = [], []
    screens = Screens(open_page, live_server.url)
    doors = Doors(planted.actors, [planted.family("A", state) for state in reversed(STATES)])
    for address in addresses(most_words=1):
        if "GET" not in address.policy.methods or address.name in NO_PAGE:
            continue
        sight = doors.first(address, _is_page)
        if sight is None:
            unseen.append(address.name)
            continue
        page = screens.of(address, sight[0])
        page.goto(sight[1])
        faults += [f"{address.name}: {fault}" for fault in axe(page)]
        if too_wide(page):
            faults.append(f"{address.name}: wider than its screen")

    assert faults == []
    assert unseen == []


def furnished() -> World:
    """The planted world, and what a page needs that no household has: each step's work, 代办, a rule."""
    planted = world.build(states=STATES)
    load_regions()
    draft, colleague = planted.family("A", "draft"), planted.person("clerk A")
    Application.objects.filter(pk=draft.keys["application"]).update(assist_reason="没有手机")
    told = Notice.objects.create(user=colleague, kind="x", title="进展", body="有进展")
    draft.keys["notice"] = told.pk
    approver = planted.person("approver A")
    body = {"label": "亲属", "text": "亲属的情形", "times": "1"}
    RuleCard.objects.filter(pk=draft.keys["rule"]).update(
        union=approver.posts.get().union, body=body
    )
    CatalogueItem.objects.filter(pk=draft.keys["item"]).update(union=approver.posts.get().union)
    draft.keys["channel_change"] = new_number(colleague, planted.person("keeper A")).pk
    draft.keys["alert"] = raised(colleague).pk
    granted = granted_sum(colleague, approver)
    draft.keys["proposal"] = draft.keys["granted"] = granted.pk
    planted.actors.append(Actor("a worker who waits for a granted sum", granted.holder.user))
    _people_who_wish(planted, draft)
    return planted


def _people_who_wish(planted: World, draft: Family) -> None:
    """A family on file whose wish may still be changed, and one that may post its first."""
    own = Union.objects.get(pk=draft.keys["union"])
    wisher, poster = make_case(own).holder, make_case(own).holder
    draft.keys["wish"] = make_wish(wisher, state="submitted").pk
    planted.actors += [
        Actor("a worker whose wish is being checked", wisher.user),
        Actor("a worker on file", poster.user),
        Actor("a colleague who was not asked yet", newcomer()),
    ]


def _is_page(answer: object) -> bool:
    return answer.status_code == 200 and "text/html" in answer["Content-Type"]  # type: ignore[attr-defined,index]


class Screens:
    """A phone and a desk; whoever sits before them is signed in."""

    def __init__(self, open_page: Callable[..., Page], url: str) -> None:
        self.url = url
        phone = open_page(**PHONE)
        self.pages = {"mobile": phone, "demo": phone, "desk": open_page(**DESK)}

    def of(self, address: Address, browser: Browser) -> Page:
        page = self.pages[address.name.split(":")[0]]
        page.context.clear_cookies()
        if session := browser.cookies.get("sessionid"):
            cookie = {"name": "sessionid", "value": session, "url": self.url}
            page.context.add_cookies([cookie])
        return page
