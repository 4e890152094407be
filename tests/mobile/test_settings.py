"""我的：换号、设备、长辈版、授权、消息."""

import pytest
from django.test import Client

from mashang.accounts.actions import consents
from mashang.accounts.models import Consent, User
from mashang.notices.actions import tell
from mashang.notices.kinds import kind
from tests.builders import make_holder, make_phone, make_worker

pytestmark = pytest.mark.django_db
NEWS = kind("test.page", "材料已收到", "您的材料已收到，接下来由 {union} 核查。", by_sms=False)


def test_me_shows_a_masked_phone(signed_in, li) -> None:
    page = signed_in(li).get("/me/")

    phone = li.phone.reveal()
    assert phone not in page.text and f"{phone[:3]}****{phone[-4:]}" in page.text


def test_a_new_phone_takes_the_codes_of_both(signed_in, li, text_code, settings) -> None:
    browser, new, old = signed_in(li), make_phone(), li.phone.reveal()
    new_code = text_code(browser, new, "/me/phone/", new_phone=new)
    old_code = text_code(browser, old, "/me/phone/", new_phone=new)
    new_code = settings.MASHANG_SMS_FILE.read_text().splitlines()[-2].split("验证码是 ")[1][:6]

    wrong = browser.post("/me/phone/", {"new_phone": new, "old_code": "1", "new_code": new_code})
    assert wrong.status_code == 422 and "验证码不对" in wrong.text
    answer = browser.post(
        "/me/phone/", {"new_phone": new, "old_code": old_code, "new_code": new_code}
    )

    assert answer.status_code == 302
    assert User.objects.get(pk=li.pk).phone.reveal() == new


def test_the_number_of_now_is_no_new_one(signed_in, li, settings) -> None:
    old = li.phone.reveal()

    page = signed_in(li).post("/me/phone/", {"new_phone": f"+86 {old[:3]}-{old[3:]}"})

    assert page.status_code == 422 and "这就是您现在的登录手机号" in page.text
    assert not settings.MASHANG_SMS_FILE.exists()


def test_a_phone_with_86_before_it_is_masked_as_a_phone(signed_in, li) -> None:
    new = make_phone()

    page = signed_in(li).post("/me/phone/", {"new_phone": f"+86 {new}"})

    assert f"{new[:3]}****{new[-4:]}" in page.text and "+86*" not in page.text


def test_the_elder_version_stays_on_the_device_and_with_the_account(client, signed_in, li) -> None:
    page = client.post("/me/elder/", {"elder": "1", "next": "/"}, follow=True)
    assert 'class="elder"' in page.text

    browser = signed_in(li)
    browser.post("/me/elder/", {"elder": "1"})
    assert User.objects.get(pk=li.pk).is_elder and 'class="elder"' in browser.get("/me/").text
    browser.post("/me/elder/", {"elder": "0"})
    assert not User.objects.get(pk=li.pk).is_elder


def test_who_chose_large_letters_gets_them_on_a_new_phone(client: Client, li, text_code) -> None:
    User.objects.filter(pk=li.pk).update(is_elder=True)
    phone = li.phone.reveal()

    client.post("/sign-in/", {"phone": phone, "sms_code": text_code(client, phone)})

    assert 'class="elder"' in client.get("/").text


def test_consents_are_seen_withdrawn_and_given_again(branch_a, signed_in, li) -> None:
    holder = make_holder(branch_a["own"], li)
    consents.give(holder.pk, Consent.Purpose.HELPER, version="2026-11", by=li)
    browser = signed_in(li)

    assert "让结对帮扶的同志看到" in browser.get("/me/consents/").text
    assert "不影响帮扶待遇" in browser.get("/me/consents/helper/withdraw/").text
    browser.post("/me/consents/helper/withdraw/")
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    browser.post("/me/consents/helper/give/")
    assert Consent.objects.get(withdrawn_at=None).purpose == "helper"


def test_who_has_not_applied_has_nothing_to_withdraw(signed_in, li) -> None:
    browser = signed_in(li)

    assert "还没有申请过" in browser.get("/me/consents/").text
    assert browser.post("/me/consents/helper/withdraw/").status_code == 404
    assert browser.get("/me/consents/nonsense/withdraw/").status_code == 404


def test_an_unread_message_is_counted_until_it_is_read(signed_in, li) -> None:
    notice = tell(li, NEWS, url="/own/", union="青山县总工会")
    browser = signed_in(li)

    assert all("1 条未读" in browser.get(page).text for page in ("/", "/me/"))
    page = browser.get(f"/inbox/{notice.pk}/")
    assert "接下来由 青山县总工会 核查" in page.text and 'href="/own/"' in page.text
    assert "未读" not in browser.get("/inbox/").text


def test_other_peoples_messages_are_not_there(signed_in, li) -> None:
    notice = tell(li, NEWS, union="某工会")

    assert signed_in(make_worker("王五")).get(f"/inbox/{notice.pk}/").status_code == 404


def test_devices_are_ended_from_the_list(signed_in, li) -> None:
    browser, other = signed_in(li), signed_in(li)

    assert "结束其他设备的登录" in browser.get("/me/sign-ins/").text
    browser.post("/me/sign-ins/end-others/")
    assert other.get("/me/").status_code == 302
