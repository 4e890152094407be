"""去哪里办: whoever is told where to go finds the button that goes there."""

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.mobile.templatetags.ways import WAYS, way_on
from mashang.wishes.actions.claims import MOST_GIVEN_UP
from mashang.wishes.refusals import TooManyClaims, TooManyGivenUp
from tests.cases.answers import make_ready
from tests.wishes.builders import make_claim, make_giver, make_organisation, make_wish
from tests.wishes.families import make_wish_room

pytestmark = pytest.mark.django_db


def test_every_way_leads_to_a_page(client) -> None:
    counted = (TooManyClaims, TooManyGivenUp)
    ways = [way_on(kind(3) if kind in counted else kind()) for kind in WAYS]

    assert all(client.get(way["href"]).status_code in (200, 302) for way in ways if way)


def test_a_shared_link_to_a_wish_that_is_gone_leads_to_the_wall(client) -> None:
    page = client.get("/wishes/XY99999999999/")

    assert page.status_code == 404 and "请回到心愿墙" in page.text
    assert 'href="/wishes/"' in page.text and "去心愿墙看看" in page.text


def test_who_gave_up_too_many_is_led_to_their_claims(branch_a, signed_in) -> None:
    giver = make_giver()
    for _ in range(MOST_GIVEN_UP):
        wish = make_wish(union=branch_a["own"])
        make_claim(wish, giver, state="given_up", ended_at=timezone.now())
    open_wish = make_wish(union=branch_a["own"], state="open")
    phone = signed_in(giver)
    address = f"/claim/{open_wish.number}/"

    page = phone.post(address, {"key": "0123456789abcdef0123"})

    assert page.status_code == 429 and 'href="/giving/"' in page.text


def test_who_has_a_wish_under_way_is_led_to_it(branch_a, signed_in) -> None:
    room = make_wish_room(branch_a)
    room.post()

    page = signed_in(room.holder.user).get("/my-wishes/post/")

    assert page.status_code == 409 and 'href="/my-wishes/"' in page.text


def test_who_is_not_on_file_is_led_to_the_form(signed_in, li) -> None:
    page = signed_in(li).get("/my-wishes/post/")

    assert page.status_code == 403 and 'href="/apply/"' in page.text


def test_a_sentence_that_names_a_page_has_its_button(signed_in, branch_a, li) -> None:
    """“请到“我的事项”继续办理”, in English too; and a file's household reports under “我的服务”."""
    workflows.submit_application(make_ready(li, branch_a), by=li)
    phone, told = signed_in(li), {"union": branch_a["own"].code}
    for locale, words in (("zh-hans", "看我的事项"), ("en", "See my matters")):
        late = phone.post("/apply/new/file/", told, headers={"accept-language": locale})
        assert late.status_code == 409 and 'href="/matters/"' in late.text, locale
        assert words in late.text

    room = make_wish_room(branch_a)
    on_file = signed_in(room.holder.user).post("/apply/new/file/", told)
    assert on_file.status_code == 409 and 'href="/own/"' in on_file.text


def test_what_had_changed_when_one_pressed_leads_to_the_page_above(signed_in, branch_a, li) -> None:
    """The sentence says “请刷新页面看最新情况”, and the page that was pressed is no page to reload."""
    room = make_wish_room(branch_a)
    wish = room.post()
    address = f"/my-wishes/{wish.pk}/"
    phone = signed_in(room.holder.user)
    phone.post(f"{address}withdraw/")

    late = phone.post(f"{address}withdraw/")

    assert late.status_code == 409 and f'href="{address}"' in late.text
    assert phone.get(address).status_code == 200


def test_the_address_of_a_button_opened_as_a_page_leads_back(signed_in, branch_a) -> None:
    """A mistake was shown there, and the person reloads, or changes the language."""
    giver = make_giver()
    organisation = make_organisation(branch_a["county"], giver)
    address = f"/giving/organisations/{organisation.pk}/"
    phone = signed_in(giver)
    assert phone.post(f"{address}invite/", {"phone": "12"}).status_code == 422

    page = phone.get(f"{address}invite/")

    assert page.status_code == 405 and page["Allow"] == "POST"
    assert "要从页面上的按钮进去" in page.text and f'href="{address}"' in page.text


def test_who_does_not_want_to_promise_finds_the_way_back(signed_in, branch_a, li) -> None:
    wish = make_wish(union=branch_a["own"], state="open")

    page = signed_in(li).get(f"/claim/{wish.number}/").text

    assert f'href="/wishes/{wish.number}/"' in page and "返回" in page


def test_things_have_no_four_corners(signed_in, branch_a) -> None:
    claim = make_claim(make_wish(union=branch_a["own"], state="claimed"))

    page = signed_in(claim.giver).get(f"/giving/claims/{claim.pk}/send/").text

    assert "只拍物品" in page and "四个角" not in page


def test_the_promise_of_a_service_speaks_of_no_parcel(signed_in, branch_a, li) -> None:
    wish = make_wish(union=branch_a["own"], item="全家福拍摄", delivery_mode="service")

    page = signed_in(li).get(f"/claim/{wish.number}/").text

    assert "约好时间" in page and "最晚哪天办好" in page
    assert "快递" not in page and "未过期" not in page
