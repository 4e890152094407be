"""工作人员登录, through the desk's pages."""

import re
import time

import pyotp
import pytest
from django.test import Client

from mashang.accounts import totp
from mashang.accounts.actions import staff
from mashang.accounts.models import SignIn, User
from tests.builders import make_id_number, make_worker

pytestmark = pytest.mark.django_db
PASSWORD = "qing-shan-lv-shui-7"


def enrolled(client: Client) -> tuple[User, pyotp.TOTP, str]:
    """A colleague who has just walked through the enrolment pages, and the last page's text."""
    opened = staff.new_enrolment(staff.open_account("zhang", "张敏"))
    first = {"username": "zhang", "enrolment": opened.code}
    page = client.post("/desk/enrol/", first)
    assert page.status_code == 200 and "<svg" in page.text
    seed = re.findall(r'name="seed" value="([^"]+)"', page.text)[0]
    clock = pyotp.TOTP(totp.secret_from(opened.code.replace("-", ""), seed))
    last = client.post(
        "/desk/enrol/",
        {**first, "seed": seed, "password": PASSWORD, "password2": PASSWORD, "second": clock.now()},
    )
    return opened.user, clock, last.text


def next_code(clock: pyotp.TOTP) -> str:
    """The code after the one that enrolment used up."""
    return clock.at(int(time.time()) + 30)


def test_a_colleague_enrols_and_signs_in(client: Client) -> None:
    user, clock, last_page = enrolled(client)

    answer = client.post(
        "/desk/sign-in/",
        {"username": "Zhang ", "password": PASSWORD, "second": next_code(clock)},
    )

    assert last_page.count("<li><code>") == 10
    assert answer.status_code == 302 and answer["Location"] == "/desk/"
    assert client.get("/desk/").url.startswith("/desk/declare-kin/")
    client.post("/desk/declare-kin/", {"own_number": make_id_number(), "answer": "none"})
    assert client.get("/desk/").status_code == 200
    assert SignIn.objects.get(user=user).device == "未知设备"


def test_who_looked_at_the_page_first_knows_another_secret(client: Client) -> None:
    first = {
        "username": "zhang",
        "enrolment": staff.new_enrolment(staff.open_account("zhang", "张敏")).code,
    }
    secrets = [
        re.findall(r"<code>([A-Z2-7 ]+)</code>", client.post("/desk/enrol/", first).text)[0]
        for _ in range(2)
    ]

    assert secrets[0] != secrets[1]


def test_name_password_and_code_fail_with_one_sentence(client: Client) -> None:
    _, clock, _ = enrolled(client)
    right = {"username": "zhang", "password": PASSWORD, "second": next_code(clock)}

    for wrong in ({"username": "nobody"}, {"password": "wrong"}, {"second": "000000"}):
        page = client.post("/desk/sign-in/", {**right, **wrong})
        assert page.status_code == 422 and "账号、密码或动态口令不对" in page.text


def test_a_code_works_once(client: Client) -> None:
    _, clock, _ = enrolled(client)
    fields = {"username": "zhang", "password": PASSWORD, "second": next_code(clock)}
    client.post("/desk/sign-in/", fields)

    assert Client().post("/desk/sign-in/", fields).status_code == 422


def test_a_worker_finds_no_desk(signed_in) -> None:
    assert signed_in(make_worker()).get("/desk/").status_code == 404


def test_staff_are_in_with_the_fixture(signed_in, chen: User) -> None:
    assert signed_in(chen).get("/desk/", follow=True).status_code == 200
