"""停太久退出了登录：填过的内容登录后接着提交，一个字不丢."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mashang.accounts.models import SignIn, User
from mashang.core.privacy.keys import blind_index
from mashang.unions.models import RuleCard
from mashang.unions.roles import Role
from tests.builders import make_phone, make_staff, sign_in

pytestmark = pytest.mark.django_db
TYPED = {"new_phone": "12099990000"}


def hidden(page, name: str) -> str:
    return page.text.split(f'name="{name}" value="')[1].split('"')[0]


@pytest.fixture
def expired(li) -> Client:
    """The browser of a worker whose session has just run out."""
    browser = sign_in(li)
    SignIn.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    return browser


def test_the_sign_in_page_keeps_what_was_typed(expired, li, text_code) -> None:
    page = expired.post("/me/phone/", TYPED)
    assert page.status_code == 200 and "您刚才填写的内容还在" in page.text
    assert "这一步要先登录" in page.text  # who has never been signed in reads it too
    assert TYPED["new_phone"] not in page.text and page["Cache-Control"] == "no-store"
    stashed, phone = hidden(page, "stashed"), li.phone.reveal()

    code = text_code(expired, phone, phone=phone, stashed=stashed)
    page = expired.post("/sign-in/", {"phone": phone, "sms_code": code, "stashed": stashed})

    assert "都还在" in page.text and 'action="/me/phone/"' in page.text
    assert hidden(page, "new_phone") == TYPED["new_phone"]


def test_a_wrong_code_on_the_way_loses_nothing(expired, li, text_code) -> None:
    stashed, phone = hidden(expired.post("/me/phone/", TYPED), "stashed"), li.phone.reveal()
    text_code(expired, phone, phone=phone, stashed=stashed)

    page = expired.post("/sign-in/", {"phone": phone, "sms_code": "1", "stashed": stashed})

    assert page.status_code == 422 and hidden(page, "stashed") == stashed


def test_somebody_else_at_the_same_screen_does_not_see_it(expired, text_code) -> None:
    stashed, phone = hidden(expired.post("/me/phone/", TYPED), "stashed"), make_phone()

    code = text_code(expired, phone, phone=phone, stashed=stashed)
    answer = expired.post("/sign-in/", {"phone": phone, "sms_code": code, "stashed": stashed})

    assert answer.status_code == 302 and answer["Location"] == "/"


def test_a_swap_that_arrives_signed_out_becomes_the_whole_page(expired) -> None:
    page = expired.post("/me/phone/", TYPED, headers={"HX-Request": "true"})

    assert page["HX-Retarget"] == "body" and "您刚才填写的内容还在" in page.text


def test_reading_pages_are_simply_sent_to_the_sign_in(expired) -> None:
    assert expired.get("/me/phone/")["Location"] == "/sign-in/?next=%2Fme%2Fphone%2F"


def test_a_card_typed_at_the_desk_survives_the_fresh_proof(branch_a) -> None:
    chair = make_staff("主席", branch_a["city"], Role.APPROVER)
    browser = sign_in(chair)
    session = browser.session
    session["proved_at"] = 0
    session.save()
    card = {"label": "相对困难职工", "text": "低于 1.6 倍", "times": "1.6", "source": "某文件",
            "valid_from": "2026-11-01"}  # fmt: skip

    page = browser.post("/desk/rules/category/relative/", card)

    assert "您填写的内容还在" in page.text and not RuleCard.objects.exists()
    session = browser.session
    session["proved_at"] = timezone.now().timestamp()
    session.save()
    browser.post("/desk/rules/category/relative/", card)
    assert RuleCard.objects.exists()


def test_a_colleague_half_in_is_asked_for_both_factors_and_loses_nothing(
    client, chen: User, text_code
) -> None:
    phone = make_phone()
    chen.phone, chen.phone_index = phone, blind_index("phone", phone)
    chen.save()
    client.post("/sign-in/", {"phone": phone, "sms_code": text_code(client, phone)})

    page = client.post("/desk/account/relatives/", {"relation": "配偶", "id_number": "1"})

    assert "工会工作人员登录" in page.text and hidden(page, "stashed")


def test_a_form_of_another_session_is_told_to_go_back(li) -> None:
    for address in ("/sign-in/", "/desk/sign-in/"):
        page = Client(enforce_csrf_checks=True).post(address, {"phone": "1"})
        assert page.status_code == 403 and "填过的内容还在" in page.text
        assert page["X-Refusal"] == "stale_form"
