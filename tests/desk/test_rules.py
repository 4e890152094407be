"""规则卡、低保标准、行政区划的页面."""

from datetime import date
from fractions import Fraction

import pytest

from mashang.cases.assessment.for_application import rules_for
from mashang.reference.models import LivingStandard, Region
from mashang.unions.models import RuleCard
from mashang.unions.roles import Role
from tests.builders import make_staff

pytestmark = pytest.mark.django_db
CARD = {
    "label": "相对困难职工",
    "text": "家庭人均月净收入低于当地低保标准的 1.6 倍",
    "times": "1.6",
    "source": "桂工发〔2026〕1号 第五条",
    "valid_from": "2026-11-01",
}


@pytest.fixture
def chair(branch_a, signed_in):
    return signed_in(make_staff("主席", branch_a["city"], Role.APPROVER))


@pytest.fixture
def admin(branch_a, signed_in):
    return signed_in(make_staff("管理员", branch_a["city"], Role.ADMIN))


@pytest.fixture(autouse=True)
def nanning(db):
    return Region.objects.create(
        code="450100", name="南宁市", parent_code="450000", level="city", source="试"
    )


def test_the_rules_in_force_are_shown_with_their_sources(chair) -> None:
    page = chair.get("/desk/rules/")

    assert "深度困难职工" in page.text and "鲁会办〔2020〕58号" in page.text


def test_a_rule_is_changed_from_a_day_on_and_ended_again(chair, branch_a) -> None:
    chair.post("/desk/rules/category/relative/", CARD)

    def times() -> Fraction:
        found = rules_for(branch_a["own"], date(2026, 11, 20)).categories
        return next(rule.times for rule in found if rule.code == "relative")

    assert times() == Fraction("1.6")
    chair.post(f"/desk/rules/{RuleCard.objects.get().pk}/end/", {"last_day": "2026-11-10"})
    assert times() == 2


def test_a_card_that_reckons_nothing_is_refused_with_its_sentence(chair) -> None:
    page = chair.post("/desk/rules/category/relative/", {**CARD, "times": "很多"})

    assert page.status_code == 422 and "倍数要写成数字" in page.text and CARD["text"] in page.text
    assert not RuleCard.objects.exists()


@pytest.mark.parametrize("page", ["category/nothing/", "nothing/relative/", "deduction/relative/"])
def test_a_rule_that_is_none_is_not_there(chair, page) -> None:
    assert chair.get(f"/desk/rules/{page}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "code_of"), [("deduction", "deductions"), ("exclusion", "exclusions")]
)
def test_every_kind_of_card_has_its_form(chair, branch_a, kind, code_of) -> None:
    rule = getattr(rules_for(branch_a["own"], date(2026, 11, 20)), code_of)[0]

    assert rule.label in chair.get(f"/desk/rules/{kind}/{rule.code}/").text


def test_only_who_keeps_the_rules_may(signed_in, chen, admin) -> None:
    for browser in (signed_in(chen), admin):
        assert browser.get("/desk/rules/").status_code == 403
        assert browser.post("/desk/rules/standard/", {}).status_code == 403


def test_a_living_standard_is_entered_in_yuan(chair) -> None:
    typed = {"monthly": "815.50", "valid_from": "2026-07-01", "source": "南宁市民政局"}

    assert chair.post("/desk/rules/standard/", {**typed, "monthly": "八百"}).status_code == 422
    chair.post("/desk/rules/standard/", typed)

    assert LivingStandard.objects.get().monthly_fen == 81550
    assert "815.50 元" in chair.get("/desk/rules/").text


def test_regions_are_added_and_ended_in_the_own_area_only(admin) -> None:
    new = {
        "code": "450199",
        "name": "新城区",
        "valid_from": "2026-12-01",
        "source": "桂政函〔2026〕9号",
    }

    assert admin.post("/desk/regions/450100/add/", {**new, "code": "460199"}).status_code == 422
    admin.post("/desk/regions/450100/add/", new)
    assert Region.objects.get(code="450199").name == "新城区"
    ended = {"last_day": "2026-12-31", "successor_code": "450100", "source": "桂政函〔2026〕10号"}
    admin.post("/desk/regions/450199/end/", ended)
    assert Region.objects.get(code="450199").successor_code == "450100"
    assert "新城区" in admin.get("/desk/regions/450199/").text


def test_the_region_table_is_read_from_the_own_region_down(admin) -> None:
    assert "南宁市" in admin.get("/desk/regions/").text
    assert admin.get("/desk/regions/999999/").status_code == 404
