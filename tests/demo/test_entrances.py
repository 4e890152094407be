"""演示入口：只在演示环境有；一按就以那个虚构的人进入."""

import pytest

from mashang.accounts.actions import phones
from mashang.codes import actions as codes
from mashang.codes.queries import live_code_of
from mashang.demo.base_data import make_stage
from mashang.demo.entrances import FAMILY, PHONES, SEATS
from mashang.demo.personas import COUNTY
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.builders import make_staff, sign_in
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted() -> None:
    make_stage()


def test_the_page_offers_every_role_and_says_that_people_are_made_up(client, planted) -> None:
    page = client.get("/demo/")

    assert all(seat.name in page.text and seat.hint in page.text for seat in SEATS)
    assert "虚构" in page.text and {seat.role for seat in SEATS} == set(Role)


def test_each_seat_opens_the_desk(client, planted) -> None:
    for seat in SEATS:
        assert client.post(f"/demo/step-in/{seat.key}/")["Location"] == "/desk/"
        assert seat.name in client.get("/desk/", follow=True).text


def test_where_a_second_factor_is_asked_for_the_page_says_how_the_demo_does_it(
    client, planted
) -> None:
    desk = sign_in(make_staff("唐洁", Union.objects.get(code=COUNTY), Role.KEEPER))
    session = desk.session
    session["proved_at"] = 0
    session.save()

    asked = desk.post("/desk/account/recovery-codes/").text

    assert "动态口令" in asked and "演示账号没有动态口令" in asked and "换个角色" in asked


def test_each_phone_opens_the_phone(client) -> None:
    for visitor in PHONES:
        assert client.post(f"/demo/step-in/{visitor.key}/")["Location"] == "/"
        assert client.get("/me/").status_code == 200


def test_codes_are_read_on_the_page(client, text_code) -> None:
    code = text_code(client, "12000000001")

    assert code in client.get("/demo/").text


def test_before_planting_the_page_says_what_to_run(client) -> None:
    assert "mashang demo" in client.get("/demo/").text
    assert client.post("/demo/step-in/clerk/").status_code == 404


def test_every_page_of_the_demo_leads_back_to_the_roles(client, planted) -> None:
    assert 'href="/demo/"' in client.get("/").text
    client.post("/demo/step-in/clerk/")
    assert 'href="/demo/"' in client.get("/desk/", follow=True).text


def test_the_page_offers_the_code_of_the_family_on_file(client, branch_a) -> None:
    assert "打开这张服务码" not in client.get("/demo/").text
    family = phones.get_or_create_account(FAMILY.phone)
    codes.issue_for(make_case(branch_a["own"], worker=family).holder, by=family)

    assert live_code_of(family).url.rpartition("/")[2] in client.get("/demo/").text
