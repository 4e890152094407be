"""The pages of applying, in a real browser: by day, at night, in large letters and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang import workflows
from mashang.accounts.models import User
from mashang.cases.actions import assisted, papers
from mashang.cases.models import Application
from mashang.unions.models import Union
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import let_in
from tests.browser.hands import follow
from tests.builders import make_id_number
from tests.cases.answers import MOTHER, begin, fill_in, make_ready, make_region, tell_member
from tests.pictures import make_jpeg

THUMB, OLD_THUMB = 44, 60
Shot = Callable[..., None]

pytestmark = pytest.mark.django_db(transaction=True)

OPEN = ["/", "/guide/", "/selftest/"]
OF_A_DRAFT = [
    "/apply/",
    "/apply/where/?region=450103",
    "/apply/about/",
    "/apply/home/",
    "/apply/work/",
    "/apply/health/",
    "/apply/members/",
    "/apply/members/mother/who/",
    "/apply/causes/",
    "/apply/income/",
    "/apply/property/",
    "/apply/bank/",
    "/apply/papers/",
    "/apply/papers/id_card/",
    "/apply/consents/",
    "/apply/sign/",
    "/apply/check/",
]


@pytest.fixture
def draft(li: User, branch_a: dict[str, Union]) -> Application:
    make_region()
    application = make_ready(li, branch_a)
    papers.add(application, kind="id_card", data=make_jpeg(), by=li)
    Union.objects.update(region_code="450103")
    return application


def name_of(prefix: str, address: str) -> str:
    path = address.split("?")[0].strip("/").replace("/", "-")
    return f"apply-{prefix}-{path or 'home'}"


@pytest.mark.parametrize("address", OPEN)
def test_what_everybody_may_open(
    phone: Page, elder: Page, dark: Page, shot: Shot, address: str
) -> None:
    make_region()
    for prefix, page, least in (
        ("phone", phone, THUMB),
        ("elder", elder, OLD_THUMB),
        ("dark", dark, THUMB),
    ):
        page.goto(address)
        shot(page, name_of(prefix, address))
        assert axe(page) == [] and too_wide(page) == 0
        assert small_targets(page, least) == []


def test_every_page_of_a_draft(
    phone: Page, elder: Page, dark: Page, shot: Shot, draft: Application, li: User,
    live_server: LiveServer,
) -> None:  # fmt: skip
    for prefix, page, least in (
        ("phone", phone, THUMB),
        ("elder", elder, OLD_THUMB),
        ("dark", dark, THUMB),
    ):
        let_in(page, li, live_server)
        for address in OF_A_DRAFT:
            page.goto(address)
            shot(page, name_of(prefix, address))
            assert axe(page) == [], address
            assert too_wide(page) == 0, address
            assert small_targets(page, least) == [], address


def test_what_one_has_under_way(
    phone: Page, elder: Page, dark: Page, shot: Shot, draft: Application, li: User,
    live_server: LiveServer,
) -> None:  # fmt: skip
    workflows.submit_application(draft, by=li)
    addresses = [
        "/matters/",
        f"/matters/{draft.pk}/",
        f"/matters/{draft.pk}/papers/",
        f"/matters/{draft.pk}/withdraw/",
        f"/apply/done/{draft.pk}/",
    ]
    for prefix, page, least in (
        ("phone", phone, THUMB),
        ("elder", elder, OLD_THUMB),
        ("dark", dark, THUMB),
    ):
        let_in(page, li, live_server)
        for number, address in enumerate(addresses):
            page.goto(address)
            shot(page, f"apply-{prefix}-matter-{number}")
            assert axe(page) == [], address
            assert too_wide(page) == 0 and small_targets(page, least) == [], address


def test_the_counter(
    desk: Page, desk_dark: Page, shot: Shot, branch_a: dict[str, Union], chen: User,
    live_server: LiveServer,
) -> None:  # fmt: skip
    make_region()
    application = assisted.start_for(
        make_id_number(), kind="file", union=branch_a["own"], reason="眼睛看不清", by=chen
    )
    address = f"/desk/assist/{application.pk}/"
    pages = [
        "/desk/assist/",
        address,
        *(
            f"{address}{key}/"
            for key in ("home", "consents", "papers", "withdraw", "members/a1/who")
        ),
    ]
    for prefix, page in (("desk", desk), ("desk-dark", desk_dark)):
        let_in(page, chen, live_server)
        for number, where in enumerate(pages):
            page.goto(where)
            shot(page, f"assist-{prefix}-{number}")
            assert axe(page) == [], where
            assert too_wide(page) == 0 and small_targets(page, 24) == [], where


def test_what_is_amiss_takes_the_reader_to_it(
    phone: Page, dark: Page, plain: Page, shot: Shot, li: User, branch_a: dict[str, Union],
    live_server: LiveServer,
) -> None:  # fmt: skip
    make_region()
    for page in (phone, dark, plain):
        let_in(page, li, live_server)
    phone.goto("/apply/")
    shot(phone, "apply-phone-begin")
    assert axe(phone) == []
    begin(li, branch_a["own"])
    for prefix, page in (("phone", phone), ("dark", dark), ("plain", plain)):
        page.goto("/apply/about/")
        page.get_by_label("您的姓名").fill("李春燕")
        follow(page.get_by_role("button", name="保存，下一步"))
        shot(page, f"apply-{prefix}-errors")
        assert page.get_by_role("alert").is_visible()
        assert page.get_by_label("您的姓名").input_value() == "李春燕"
    assert axe(phone) == [] and axe(dark) == []


def test_a_question_appears_with_the_answer_it_hangs_on(
    phone: Page, plain: Page, li: User, branch_a: dict[str, Union], live_server: LiveServer
) -> None:
    begin(li, branch_a["own"])
    for page, seen in ((phone, False), (plain, True)):
        let_in(page, li, live_server)
        page.goto("/apply/property/")
        assert page.get_by_label("有几辆").is_visible() is seen

    phone.get_by_text("汽车", exact=True).click()

    assert phone.get_by_label("有几辆").is_visible()


def test_what_hangs_on_an_answer_of_an_earlier_page_is_asked(
    phone: Page, li: User, branch_a: dict[str, Union], live_server: LiveServer
) -> None:
    """A home of one's own, an employer of migrant workers, a disabled member: asked on the page after."""
    application = fill_in(
        begin(li, branch_a["own"]),
        by=li,
        person_kind="migrant",
        contract_signed_on="2024-03-01",
        contract_term="two_years",
        estates=["self_built", "shop"],
        self_built_count="1",
        self_built_area="60",
        shop_count="1",
        shop_area="12",
    )
    disabled = MOTHER | {
        "health": "disabled",
        "disability_kind": "limb",
        "disability_grade": "2",
        "has_chronic": "no",
    }
    tell_member(application, "mother", disabled, by=li)
    let_in(phone, li, live_server)
    for address, asked in (
        ("estates/", "自建房几套"),
        ("estates-more/", "商铺几套"),
        ("employer/", "合同签订日期"),
        ("members/mother/life/", "残疾类别"),
    ):
        phone.goto(f"/apply/{address}")
        assert phone.locator(".field").filter(has_text=asked).first.is_visible(), address
