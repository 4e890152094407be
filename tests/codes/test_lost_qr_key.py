"""二维码密钥丢了: its cards are made anew, and every page says so in words instead of failing."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mashang.codes import actions as codes
from mashang.codes import token as tokens
from mashang.codes.models import Card
from mashang.codes.queries import live_code_of, live_codes_without_key
from mashang.codes.refusals import CodeKeyGone
from mashang.exchange.print_runs import faces_of
from mashang.unions.roles import Role
from tests.builders import make_holder, make_staff, make_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(branch_a):
    return make_staff("陈静", branch_a["own"], Role.CLERK)


@pytest.fixture
def holder(branch_a, li, clerk):
    holder = make_holder(branch_a["own"], li)
    codes.issue_for(holder, by=clerk)
    return holder


@pytest.fixture
def lost(holder, settings):
    """As docs/operating.md says: a new key under the next number, and none under the old one."""
    settings.MASHANG_QR_KEYS, settings.MASHANG_QR_KEY_ID = {1: os.urandom(32)}, 1
    return Card.objects.get(code__holder=holder)


def test_the_worker_is_told_to_get_a_new_one_and_gets_it(lost, li, signed_in):
    phone = signed_in(li)

    page = phone.get("/code/")
    assert page.status_code == 200 and "这个码要换新" in page.text
    assert "/code/lost/" in page.text
    assert phone.get("/code/picture.svg").status_code == 404

    assert live_code_of(li).url == ""
    codes.reissue(lost.code.holder, by=li)
    assert "这个码要换新" not in phone.get("/code/").text
    assert live_code_of(li).url and live_codes_without_key() == 0


def test_a_card_that_waits_and_can_be_made_no_more_is_not_waited_for(
    holder, li, clerk, signed_in, settings
):
    codes.reissue(holder, by=li)  # a second generation that waits to be printed
    settings.MASHANG_QR_KEYS, settings.MASHANG_QR_KEY_ID = {1: os.urandom(32)}, 1

    assert "新卡正在做" not in signed_in(li).get("/code/lost/").text


def test_the_desk_prints_none_of_them_and_names_them(lost, branch_a, clerk, signed_in):
    good = codes.issue_for(make_holder(branch_a["own"], make_worker("王")), by=clerk).card
    desk = signed_in(clerk)

    sent = {"cards": [lost.pk, good.pk], "layout": "sheet"}
    said = desk.post("/desk/cards/print/", sent, follow=True).text

    assert lost.serial in said and "请先逐张“挂失补发”" in said
    assert set(Card.objects.values_list("state", flat=True)) == {Card.State.TO_PRINT}


def test_the_desk_offers_to_replace_what_cannot_be_printed(lost, branch_a, clerk, signed_in):
    good = codes.issue_for(make_holder(branch_a["own"], make_worker("王")), by=clerk).card
    desk = signed_in(clerk)

    page = desk.get("/desk/cards/").text
    assert f"/desk/cards/{lost.pk}/lost/" in page and f"/desk/cards/{good.pk}/lost/" not in page

    desk.post(f"/desk/cards/{lost.pk}/lost/")
    assert not Card.objects.to_print().without_key()


def test_the_command_prints_the_others_and_names_them(lost, branch_a, clerk, tmp_path):
    with pytest.raises(CommandError, match="没有待制的服务卡"):
        call_command("cards", out=tmp_path / "cards.pdf", stderr=StringIO())

    good = codes.issue_for(make_holder(branch_a["own"], make_worker("王")), by=clerk).card
    told = StringIO()
    call_command("cards", out=tmp_path / "cards.pdf", stderr=told, stdout=StringIO())

    assert lost.serial in told.getvalue() and good.serial not in told.getvalue()
    good.refresh_from_db()
    lost.refresh_from_db()
    assert (good.state, lost.state) == (Card.State.PRINTED, Card.State.TO_PRINT)


def test_whoever_asks_for_its_letters_is_refused_in_words(lost):
    with pytest.raises(CodeKeyGone):
        list(faces_of([lost]))
    assert tokens.read("A" * tokens.LENGTH) is None
