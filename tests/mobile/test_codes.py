"""扫码页、我的码: what each person gets at the address of a code."""

import io
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mashang.cases.actions import access
from mashang.cases.models import Access
from mashang.codes import actions
from mashang.codes.models import Card
from mashang.exchange.qr import qr_png
from tests.builders import make_worker

pytestmark = pytest.mark.django_db


def answer_of(response):
    headers = {name: value for name, value in response.headers.items() if name != "Set-Cookie"}
    return response.status_code, headers, response.content


def test_strangers_get_the_same_answer_for_live_revoked_forged_and_someone_elses_code(
    case, address, signed_in
):
    changed = address[:-1] + ("A" if address[-1] != "A" else "B")
    live = answer_of(Client().get(address))
    forged = answer_of(Client().get(changed))
    nonsense = answer_of(Client().get("/S/HELLO"))
    someone = answer_of(signed_in(make_worker("路人")).get(address))
    actions.reissue(case.holder, by=case.holder.user)
    revoked = answer_of(Client().get(address))

    assert live == forged == nonsense == someone == revoked
    assert live[0] == HTTPStatus.OK and live[1]["Referrer-Policy"] == "no-referrer"
    assert "困难" not in live[2].decode() and case.holder.name not in live[2].decode()


def test_the_worker_lands_on_the_own_page_at_a_clean_address(case, address, signed_in):
    response = signed_in(case.holder.user).get(address)

    assert response.status_code == HTTPStatus.SEE_OTHER and response.url == "/own/"


def test_the_helper_lands_on_six_facts_and_the_look_is_written_down(
    case, address, helper, signed_in
):
    client = signed_in(helper)

    page = client.get(client.get(address).url)

    text = page.content.decode()
    assert all(title in text for title in ("家庭基本情况", "致困原因", "解困脱困计划", "打电话"))
    assert "李春燕" not in text and case.holder.id_number.reveal() not in text
    assert len(page.content) <= 30_000
    assert Access.objects.get(basis=Access.Basis.PAIRING).viewer == helper


def test_the_helpers_scan_takes_few_queries(
    case, address, helper, signed_in, django_assert_max_num_queries
):
    client = signed_in(helper)

    with django_assert_max_num_queries(8):
        landing = client.get(address)
    with django_assert_max_num_queries(8):
        client.get(landing.url)


def test_without_the_access_row_nothing_is_shown(case, helper, signed_in, monkeypatch):
    def down(*args, **kwargs):
        raise RuntimeError("no log, no look")

    monkeypatch.setattr(access.NEW_LOOK, "insert_row", down)
    client = signed_in(helper)
    client.raise_request_exception = False

    page = client.get(f"/families/{case.pk}/")

    assert page.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "致困原因" not in page.content.decode()


def test_a_helper_of_another_family_finds_nothing(case, signed_in):
    assert signed_in(make_worker("别家帮扶人")).get(f"/families/{case.pk}/").status_code == 404


def test_staff_elsewhere_are_told_no_and_that_it_was_recorded(address, lu, signed_in):
    response = signed_in(lu).get(address)

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert response.headers["X-Refusal"] == "not_your_code"
    assert 'href="/desk/"' in response.text


def test_a_revoked_card_tells_its_owner_to_use_the_new_one(case, address, signed_in):
    actions.reissue(case.holder, by=case.holder.user)

    response = signed_in(case.holder.user).get(address)

    assert response.status_code == HTTPStatus.GONE and "挂失" in response.content.decode()


def test_the_phone_shows_the_code_and_its_picture(case, signed_in):
    client = signed_in(case.holder.user)

    page, picture = client.get("/code/"), client.get("/code/picture.svg")

    assert case.holder.codes.get().card.serial in page.content.decode()
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"


def test_before_the_first_application_there_is_no_code_yet(li, signed_in):
    client = signed_in(li)

    assert "提交申请后" in client.get("/code/").content.decode()
    assert client.get("/code/picture.svg").status_code == 404


def test_a_lost_card_is_reported_on_the_phone(case, signed_in):
    client = signed_in(case.holder.user)
    assert "马上作废" in client.get("/code/lost/").content.decode()

    client.post("/code/lost/")

    assert case.holder.codes.filter(revoked_at=None).get().generation == 2


def test_until_the_new_card_is_made_there_is_none_to_lose(case, signed_in):
    client = signed_in(case.holder.user)
    client.post("/code/lost/")

    for answer in (client.get("/code/lost/"), client.post("/code/lost/")):
        assert "新卡正在做" in answer.text and "挂失这张卡" not in answer.text
    assert case.holder.codes.filter(revoked_at=None).get().generation == 2

    Card.objects.filter(state=Card.State.TO_PRINT).update(state=Card.State.PRINTED)
    assert "挂失这张卡" in client.get("/code/lost/").text


def test_a_photograph_of_the_card_is_read_by_the_server(case, address, helper, signed_in):
    picture = io.BytesIO(qr_png(f"HTTPS://EXAMPLE.CN{address}"))
    photo = SimpleUploadedFile("card.png", picture.read(), "image/png")

    response = signed_in(helper).post("/scan/", {"photo": photo})

    assert response.url == address


def test_a_photograph_without_a_code_says_what_to_do(helper, signed_in):
    other = SimpleUploadedFile("x.png", qr_png("https://example.com/"), "image/png")

    response = signed_in(helper).post("/scan/", {"photo": other})

    assert response.status_code == 422 and "再拍一张" in response.content.decode()
