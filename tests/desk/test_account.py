"""本人账号、亲属声明、消息的页面."""

import pytest

from mashang.accounts.models import Relative
from mashang.core.privacy.keys import blind_index
from mashang.notices.actions import tell
from mashang.notices.kinds import kind
from tests.builders import make_id_number

pytestmark = pytest.mark.django_db
NEWS = kind("test.desk", "有新的待办", "{union}有一件申请等您办理。", by_sms=False)


def test_devices_are_listed_and_ended(signed_in, chen, lu) -> None:
    here, there = signed_in(chen), signed_in(chen)

    assert here.get("/desk/account/").text.count("结束登录") == 1
    here.post("/desk/account/sign-ins/end-others/")
    assert there.get("/desk/account/").status_code == 302
    assert here.get("/desk/account/").status_code == 200


def test_a_relative_is_kept_as_an_index_only(signed_in, chen) -> None:
    browser, number = signed_in(chen), make_id_number()

    browser.post("/desk/account/relatives/", {"relation": "配偶", "id_number": number})

    relative = Relative.objects.get()
    assert relative.id_index == blind_index("id", number)
    assert number not in browser.get("/desk/account/relatives/").text


def test_a_wrong_or_repeated_number_is_told_beside_its_field(signed_in, chen) -> None:
    browser, number = signed_in(chen), make_id_number()
    wrong = number[:17] + ("0" if number[17] != "0" else "1")

    page = browser.post("/desk/account/relatives/", {"relation": "子女", "id_number": wrong})
    assert page.status_code == 422 and "有一位不对" in page.text
    for _ in range(2):
        page = browser.post("/desk/account/relatives/", {"relation": "子女", "id_number": number})
    assert page.status_code == 422 and "已经声明过" in page.text


def test_one_withdraws_ones_own_declaration_only(signed_in, chen, lu) -> None:
    mine = signed_in(chen)
    mine.post("/desk/account/relatives/", {"relation": "父母", "id_number": make_id_number()})
    address = f"/desk/account/relatives/{Relative.objects.get().pk}/withdraw/"

    assert signed_in(lu).post(address).status_code == 404
    mine.post(address)
    assert not Relative.objects.exists()


def test_messages_are_read_at_the_desk(signed_in, chen, lu) -> None:
    notice = tell(chen, NEWS, url="/desk/", union="青山县总工会")
    browser = signed_in(chen)

    assert "有新的待办" in browser.get("/desk/inbox/").text
    assert "青山县总工会有一件申请" in browser.get(f"/desk/inbox/{notice.pk}/").text
    assert signed_in(lu).get(f"/desk/inbox/{notice.pk}/").status_code == 404
    browser.post("/desk/inbox/read-all/")
    notice.refresh_from_db()
    assert notice.read_at
