"""微心愿规则的页面: the numbers as dated cards, and the list that families choose from."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from mashang.core.errors import Invalid, NotAllowed
from mashang.screening import findings
from mashang.unions.models import RuleCard
from mashang.unions.roles import Role
from mashang.wishes import catalogue
from mashang.wishes.actions import catalogue as catalogue_actions
from mashang.wishes.goods import forbidden
from mashang.wishes.models import CatalogueItem
from mashang.wishes.refusals import CatalogueItemTaken
from mashang.wishes.rules import defaults, rules_at
from tests.builders import make_staff

pytestmark = pytest.mark.django_db
ITEM = {"category": "goods", "name": "电饭煲", "price": "258", "valid_from": "2026-01-02"}


@pytest.fixture
def keeper(branch_a):
    return make_staff("方正", branch_a["county"], Role.APPROVER)


@pytest.fixture
def desk(signed_in, keeper):
    return signed_in(keeper)


def today():
    return timezone.localdate()


def test_the_page_shows_every_number_and_the_list(desk):
    page = desk.get("/desk/wish-rules/").text

    assert "单个心愿最高金额（元）" in page and "500.00" in page and "血压计" in page
    assert page.count("改规则") == len(defaults())


def test_a_county_sets_its_cap_from_a_day_on(desk, branch_a, branch_b):
    told = {"value": "800", "source": "县工发〔2026〕3号", "valid_from": str(today())}
    assert desk.post("/desk/wish-rules/cap_fen/", told).status_code == 302

    assert rules_at(branch_a["own"], today()).cap_fen == 80_000
    assert rules_at(branch_b["own"], today()).cap_fen == 50_000
    page = desk.get("/desk/wish-rules/").text
    assert "县工发〔2026〕3号" in page and "800.00" in page
    ended = desk.post(f"/desk/rules/{RuleCard.objects.get().pk}/end/", {"last_day": str(today())})
    assert ended.status_code == 302


@pytest.mark.parametrize("value", ["50", "1200", "很多", "-5"])
def test_beyond_the_bounds_no_county_may_go(desk, value):
    told = {"value": value, "source": "x", "valid_from": str(today())}

    assert desk.post("/desk/wish-rules/cap_fen/", told).status_code == 422
    assert not RuleCard.objects.exists()


def test_a_number_that_is_none_is_not_there(desk):
    assert desk.get("/desk/wish-rules/nothing/").status_code == 404


def test_only_who_keeps_the_rules_may(signed_in, chen, branch_a):
    for rest in ("", "cap_fen/", "items/"):
        assert signed_in(chen).get(f"/desk/wish-rules/{rest}").status_code == 403
    with pytest.raises(NotAllowed):
        catalogue_actions.list_item(
            branch_a["county"],
            category="goods",
            name="暖风机",
            price_fen=1,
            valid_from=today(),
            by=chen,
        )


def test_a_unions_own_price_holds_in_its_branch(desk, branch_a, branch_b):
    assert desk.post("/desk/wish-rules/items/", ITEM).status_code == 302

    here = catalogue.item_named(branch_a["own"], "电饭煲", today())
    there = catalogue.item_named(branch_b["own"], "电饭煲", today())
    assert (here.price_fen, there.price_fen) == (25_800, 19_900)


def test_the_next_price_ends_the_one_before_and_an_ended_one_gives_way(desk, branch_a, keeper):
    county = branch_a["county"]
    desk.post("/desk/wish-rules/items/", ITEM)
    desk.post("/desk/wish-rules/items/", {**ITEM, "price": "300", "valid_from": str(today())})
    old, new = CatalogueItem.objects.filter(union=county).order_by("valid_from")
    assert old.valid_to == today() - timedelta(days=1)

    desk.post(f"/desk/wish-rules/items/{new.pk}/end/", {"last_day": str(today())})
    tomorrow = today() + timedelta(days=1)
    assert catalogue.item_named(county, "电饭煲", today()).price_fen == 30_000
    assert catalogue.item_named(county, "电饭煲", tomorrow).price_fen == 19_900
    with pytest.raises(Invalid):
        catalogue_actions.end_item(old, last_day=date(2020, 1, 1), by=keeper)


def test_twice_on_one_day_and_forbidden_goods_are_refused(desk, branch_a, keeper):
    desk.post("/desk/wish-rules/items/", ITEM)
    again = desk.post("/desk/wish-rules/items/", ITEM)
    assert again.status_code == 422 and "同名的物品" in again.text
    assert desk.post("/desk/wish-rules/items/", {**ITEM, "name": "香烟"}).status_code == 422
    with pytest.raises(CatalogueItemTaken):
        catalogue_actions.list_item(
            branch_a["county"], category="goods", name="电饭煲", price_fen=100,
            valid_from=date(2026, 1, 2), by=keeper,
        )  # fmt: skip


def test_the_bundled_list_keeps_the_rules_of_the_house():
    for item in catalogue.bundled():
        assert item.price_fen <= defaults()["cap_fen"]["value"]
        assert not forbidden(item.name) and not findings(item.name)


def test_another_unions_entry_is_not_ended_here(desk, branch_b):
    item = CatalogueItem.objects.create(
        union=branch_b["county"], category="goods", name="暖风机", price_fen=1, valid_from=today()
    )
    assert desk.get(f"/desk/wish-rules/items/{item.pk}/end/").status_code == 404


def test_the_numbers_are_said_in_english_too(desk):
    page = desk.get("/desk/wish-rules/", headers={"Accept-Language": "en"}).text

    assert "Most that one wish may cost (yuan)" in page and "default rules hold" in page
    assert "单个心愿最高金额" not in page and "通行做法" not in page
