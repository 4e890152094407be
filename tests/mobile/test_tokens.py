"""登录设备页上的应用令牌."""

import re

import pytest

from mashang.accounts.models import ApiToken
from mashang.accounts.queries import token_behind
from tests.builders import make_worker

pytestmark = pytest.mark.django_db


def issued(browser):
    page = browser.post("/me/tokens/new/", {"label": "职工之家小程序", "scope": "claim"})
    return page, re.search(r"ms_[\w-]+", page.text)[0]


def test_a_token_is_shown_once_and_never_again(signed_in, li):
    browser = signed_in(li)
    page, text = issued(browser)

    assert page.status_code == 200 and page["Cache-Control"] == "no-store"
    assert token_behind(text).user == li
    devices = browser.get("/me/sign-ins/").text
    assert "职工之家小程序" in devices and text not in devices


def test_a_form_without_a_name_comes_back(signed_in, li):
    page = signed_in(li).post("/me/tokens/new/", {"scope": "claim"})

    assert page.status_code == 422 and not ApiToken.objects.exists()


def test_letting_an_app_in_asks_who_is_there(signed_in, li):
    browser = signed_in(li)
    session = browser.session
    session["proved_at"] = 0
    session.save()

    assert browser.get("/me/tokens/new/").headers["Location"].startswith("/confirm/")


def test_revoking_is_for_its_owner(signed_in, li):
    browser = signed_in(li)
    _, text = issued(browser)
    address = f"/me/tokens/{token_behind(text).pk}/revoke/"

    assert signed_in(make_worker("王五")).post(address).status_code == 404
    assert token_behind(text)
    assert browser.post(address).status_code == 302
    assert token_behind(text) is None
