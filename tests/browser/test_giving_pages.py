"""The pages of givers and organisations, in a real browser: on the phone, large, at night, at the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.accounts.models import User
from mashang.core.privacy.identity import credit_check_digit
from mashang.givers import actions as givers
from mashang.givers.models import Giver, Organisation
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.wishes.actions import delivery_plans
from mashang.wishes.models import Claim, Pledge, Wish
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import let_in
from tests.browser.hands import follow, press
from tests.builders import make_branch, make_staff, make_worker
from tests.pictures import make_jpeg
from tests.wishes.builders import make_claim, make_giver, make_organisation, make_wish

Shot = Callable[..., None]
THUMB, POINTER = 44, 24

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Giving:
    """A giver who acts for an organisation, wishes that wait, a pledge, and the union's people."""

    giver: User
    organisation: Organisation
    applied: Organisation
    wishes: list[Wish]
    pledge: Pledge
    clerk: User
    approver: User


@pytest.fixture
def giving() -> Giving:
    branch = make_branch()
    giver, county = make_giver("山里的风"), branch["county"]
    Giver.objects.update(is_on_honour_list=True)
    organisation = make_organisation(county, giver)
    organisation.representatives.create(user=make_giver("小草"), role="member")
    givers.invite(organisation, phone=make_worker().phone.reveal(), by=giver)
    things = ("棉被", "儿童运动鞋", "电饭煲", "护眼台灯", "电热毯")
    wishes = [make_wish(union=branch["own"], item=item, spec="中号") for item in things]
    make_claim(wishes[4], giver)
    done = make_claim(make_wish(union=branch["own"]), giver, state="fulfilled")
    Claim.objects.filter(pk=done.pk).update(fulfilled_at=timezone.now())
    offer = delivery_plans.Offer(county, "goods", "棉被", 2, words="十二月前可以送到")
    return Giving(
        giver=giver,
        organisation=organisation,
        applied=_applied(county),
        wishes=wishes,
        pledge=delivery_plans.pledge(offer, organisation=organisation, by=giver),
        clerk=make_staff("陈静", county, Role.CLERK),
        approver=make_staff("周明", county, Role.APPROVER),
    )


def _applied(county: Union) -> Organisation:
    first_17 = "51450000MA0000000"
    code = first_17 + credit_check_digit(first_17)
    told = givers.Particulars(county, "social", "青山志愿者协会", code, "赵敏", "12000000009")
    return givers.apply_for(told, licence=make_jpeg(), by=make_worker("赵敏"))


def look(page: Page, shot: Shot, address: str, name: str, least: int = THUMB) -> None:
    answer = page.goto(address)
    assert answer and answer.ok
    shot(page, name)
    assert axe(page) == []
    assert too_wide(page) == 0
    assert small_targets(page, least) == []


def places(giving: Giving) -> dict[str, str]:
    key = [giving.organisation.pk]
    chosen = "&".join(f"wish={wish.number}" for wish in giving.wishes[:3])
    return {
        "giving": reverse("mobile:giving"),
        "introduce": reverse("mobile:introduce"),
        "honours": reverse("mobile:honours"),
        "apply": reverse("mobile:apply-for-organisation"),
        "organisation": reverse("mobile:organisation", args=key),
        "choose": reverse("mobile:choose-wishes", args=key),
        "plan-together": f"{reverse('mobile:plan-together', args=key)}?{chosen}",
        "pledge": reverse("mobile:pledge", args=key),
        "leave": reverse("mobile:leave", args=key),
    }


def test_the_pages_of_a_giver_on_the_phone(
    phone: Page, live_server: LiveServer, shot: Shot, giving: Giving
) -> None:
    let_in(phone, giving.giver, live_server)
    for name, path in places(giving).items():
        look(phone, shot, live_server.url + path, f"giving-{name}")


def test_they_hold_in_large_letters_and_at_night(
    elder: Page, dark: Page, live_server: LiveServer, shot: Shot, giving: Giving
) -> None:
    for page, kind in ((elder, "elder"), (dark, "dark")):
        let_in(page, giving.giver, live_server)
        for name in ("giving", "organisation", "choose"):
            look(page, shot, live_server.url + places(giving)[name], f"giving-{name}-{kind}")


def test_an_organisation_claims_three_wishes_at_once(
    phone: Page, live_server: LiveServer, shot: Shot, giving: Giving
) -> None:
    let_in(phone, giving.giver, live_server)
    phone.goto(live_server.url + places(giving)["choose"])
    for wish in giving.wishes[:3]:
        phone.locator(f"input[value='{wish.number}']").check()
    press(phone, "定送达计划")
    make_claim(giving.wishes[0])  # somebody else was quicker

    phone.get_by_label("计划哪天送到").fill(str(timezone.localdate() + timedelta(days=2)))
    press(phone, "认领这些心愿")

    look(phone, shot, phone.url, "giving-plan")
    assert phone.get_by_role("heading", level=1).inner_text() == "已认领 2 个心愿"
    assert phone.get_by_role("heading", name="1 个来晚一步").is_visible()
    follow(phone.get_by_role("link", name="打印采购清单"))
    look(phone, shot, phone.url, "giving-plan-list")


def test_the_union_approves_and_matches_at_the_desk(
    desk: Page, live_server: LiveServer, shot: Shot, giving: Giving
) -> None:
    url = live_server.url
    let_in(desk, giving.approver, live_server)
    organisation = reverse("desk:organisation", args=[giving.applied.pk])
    look(desk, shot, url + reverse("desk:organisations"), "desk-organisations", POINTER)
    look(desk, shot, url + organisation, "desk-organisation", POINTER)
    look(
        desk, shot, url + reverse("desk:licence", args=[giving.applied.pk]), "desk-licence", POINTER
    )
    desk.goto(url + organisation)
    press(desk, "核实通过")
    assert Organisation.objects.get(pk=giving.applied.pk).state == "approved"

    desk.context.clear_cookies()
    let_in(desk, giving.clerk, live_server)
    look(desk, shot, url + reverse("desk:pledges"), "desk-pledges", POINTER)
    look(desk, shot, url + reverse("desk:pledge", args=[giving.pledge.pk]), "desk-pledge", POINTER)
    desk.locator(f"#wish-{giving.wishes[0].number}").check()
    desk.get_by_label("计划哪天送到").fill(str(timezone.localdate() + timedelta(days=2)))
    press(desk, "对接选中的心愿")
    look(desk, shot, desk.url, "desk-pledge-matched", POINTER)
    assert Pledge.objects.get(pk=giving.pledge.pk).state == "matched"
