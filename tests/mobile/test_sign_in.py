"""手机号登录, through the phone's pages."""

import re

import pytest
from django.test import Client

from mashang.accounts.models import User
from mashang.core.privacy.keys import blind_index
from tests.builders import make_phone

pytestmark = pytest.mark.django_db


def test_a_worker_signs_in_with_the_code_on_the_phone(client: Client, li: User, text_code) -> None:
    phone = li.phone.reveal()

    code = text_code(client, phone)
    answer = client.post("/sign-in/", {"phone": phone, "sms_code": code, "next": "/confirm/"})

    assert answer.status_code == 302 and answer["Location"] == "/confirm/"
    assert client.session["_auth_user_id"] == str(li.pk)


def test_the_first_sign_in_opens_an_account(client: Client, text_code) -> None:
    phone = make_phone()

    client.post("/sign-in/", {"phone": phone, "sms_code": text_code(client, phone)})

    user = User.objects.get()
    assert user.phone.reveal() == phone and not user.is_staff and not user.has_usable_password()


def test_a_known_and_an_unknown_phone_get_the_same_page(client: Client, li: User) -> None:
    pages = [
        client.post("/sign-in/", {"phone": phone}) for phone in (li.phone.reveal(), "12999990000")
    ]

    known, unknown = (
        re.sub(r'value="[^"]*"|12\d\*{4}\d{4}|\w{64}', "", page.text) for page in pages
    )
    assert known == unknown and pages[0].status_code == pages[1].status_code == 200


def test_a_wrong_code_keeps_the_phone_in_the_form(client: Client, li: User, text_code) -> None:
    phone = li.phone.reveal()
    text_code(client, phone)

    page = client.post("/sign-in/", {"phone": phone, "sms_code": "12"})

    assert page.status_code == 422 and "验证码不对或已过时" in page.text and phone in page.text


def test_a_page_elsewhere_is_never_the_next_one(client: Client, li: User, text_code) -> None:
    phone = li.phone.reveal()
    fields = {"phone": phone, "sms_code": text_code(client, phone), "next": "https://evil.example/"}

    assert client.post("/sign-in/", fields)["Location"] == "/"


def test_a_colleague_with_a_phone_code_alone_is_a_worker(
    chen: User, client: Client, text_code
) -> None:
    phone = make_phone()
    chen.phone, chen.phone_index = phone, blind_index("phone", phone)
    chen.save()
    client.post("/sign-in/", {"phone": phone, "sms_code": text_code(client, phone)})

    desk = client.get("/desk/")

    assert desk.status_code == 302 and desk["Location"].startswith("/desk/sign-in/")


def test_a_text_message_proves_nothing_at_the_desk(chen: User, signed_in) -> None:
    client = signed_in(chen)
    session = client.session
    session["proved_at"] = 0
    session.save()

    page = client.get("/confirm/")

    assert (page.status_code, page["Location"]) == (302, "/desk/confirm/")
