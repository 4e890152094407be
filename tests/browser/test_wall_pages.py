"""The wall on a phone and, as its link is shared, on a desk: full, taken, empty, counted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from mashang.unions.models import Union
from mashang.wishes.models import Wish
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.hands import follow
from tests.wishes.builders import make_wish

pytestmark = pytest.mark.django_db(transaction=True)
Shot = Callable[..., None]
WISHES = [
    ("五斗柜大小的保温杯", "上夜班一直喝凉水，胃不好，想要一个保温的", "goods", 9_900, 41),
    ("羽绒服", "孩子长高了，去年的袖子短了一截，冬天骑车上学风大", "study", 25_000, 30),
    ("电饭煲", "家里的锅坏了，想要一个小的", "goods", 20_000, 12),
    ("叉车操作证培训", "下岗以后一直打零工，想学一门手艺，多挣一点给孩子治病", "skill", 50_000, 3),
    ("血压计", "老伴常年吃药，村里量一次要走很远", "health", 15_000, 0),
]


@pytest.fixture
def hung(branch_a: dict[str, Union]) -> list[Wish]:
    now = timezone.now()
    return [
        make_wish(
            union=branch_a["own"],
            item=item,
            story=story,
            category=category,
            price_fen=fen,
            place="青山县",
            opened_at=now - timedelta(days=days),
        )
        for item, story, category, fen, days in WISHES
    ]


def suits(page: Page, at_least: int) -> None:
    assert axe(page) == []
    assert small_targets(page, at_least) == []
    assert too_wide(page) == 0


@pytest.mark.parametrize("reader", ["phone", "elder", "dark", "english", "desk", "desk_dark"])
def test_the_wall_suits_every_reader(
    request: pytest.FixtureRequest, hung: list[Wish], shot: Shot, reader: str
) -> None:
    Wish.objects.filter(pk=hung[2].pk).update(state="claimed")
    page: Page = request.getfixturevalue(reader)
    for name, address in (
        ("full", "/wishes/"),
        ("open", f"/wishes/{hung[1].number}/"),
        ("taken", f"/wishes/{hung[2].number}/"),
        ("figures", "/wishes/figures/"),
        ("report", f"/wishes/{hung[1].number}/report/"),
        ("nothing", "/wishes/?words=飞机"),
    ):
        page.goto(address)
        shot(page, f"wall-{reader}-{name}")
        suits(page, 24 if reader.startswith("desk") else 44)


def test_one_searches_without_scripts(hung: list[Wish], plain: Page) -> None:
    plain.goto("/wishes/")
    plain.get_by_label("找什么").fill("羽")
    plain.get_by_text("按地区、类别、价格找").click()
    plain.get_by_label("类别").select_option(label="助学帮扶")
    follow(plain.get_by_role("button", name="找心愿"))

    assert plain.locator(".wish h2").all_inner_texts() == ["羽绒服"]
    assert plain.get_by_label("找什么").input_value() == "羽"
    follow(plain.get_by_role("link", name="已认领"))
    assert plain.get_by_text("没有找到这样的心愿").is_visible()
