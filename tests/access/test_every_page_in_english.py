"""No page is half in Chinese when English is chosen: every address that is read, as somebody sees it."""

import logging
from collections.abc import Callable, Iterator
from itertools import chain, product
from pathlib import Path

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from mashang.accounts.models import User
from scripts import english
from tests.access import further, half_chinese, world
from tests.access.addresses import Address, addresses
from tests.access.doors import Doors
from tests.access.matrix import FORM, Browser
from tests.access.words import planted_words
from tests.access.world import Actor, World

pytestmark = [pytest.mark.django_db, pytest.mark.once]
STATES = ("draft", "submitted", "home_check", "income_check", "evaluation", "publicity", "filed")
# Addresses that answer with a photo or a printed paper, or lead on.
NO_PAGES = {
    "desk:goods-photo",
    "desk:unions",
    "desk:wish-cards",
    "mobile:apply-resume",
    "mobile:certificate-pdf",
    "mobile:goods-photo",
    "mobile:link-account-moved",
    "mobile:photo",
}
# Forms whose answer nobody of the planted world comes to see, and why.
UNANSWERED = {
    "demo:step-in": "steps into people of the demo, which is not planted",
    **dict.fromkeys(
        ("desk:publish-holidays", "desk:decline-holidays"),
        "for a second colleague of the province, who is not planted",
    ),
    **dict.fromkeys(("desk:end-sign-in", "mobile:end-sign-in"), "the planted key is nobody's"),
    **dict.fromkeys(
        ("mobile:accept-invitation", "mobile:decline-invitation"), "who is invited is not planted"
    ),
}
TAKEN_IN_OR_CAME_BACK = (200, 409, 422)  # 409: what stands there is newer than the form


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    english.compile_wording()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def client_in_english(actor: Actor) -> Client:
    client = actor.client()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page_of(answer: HttpResponse) -> str | None:
    """What an answer shows, if it is a page or a drawing with words."""
    if answer.streaming:
        b"".join(answer.streaming_content)
        return None
    is_page = answer.headers.get("Content-Type", "").startswith(("text/html", "image/svg+xml"))
    return answer.content.decode() if is_page else None


def doors_of_county_a(planted: World) -> Doors:
    actors = [actor for actor in planted.actors if not actor.name.endswith("B")]
    families = [family for family in planted.families if family.county == "A"]
    return Doors(actors, families, client_in_english)


def pages(planted: World) -> Iterator[tuple[str, str, str]]:
    """(name, address, page) of everything that is read: an address once for each family that has it,
    its further words (the steps of a form, the tabs of a file) once."""
    doors = doors_of_county_a(planted)
    seen: set[str] = set()
    for address in addresses():
        if "GET" not in address.policy.methods or address.name.startswith("api:"):
            continue
        is_further = address.name in seen
        for url in doors.urls(address):
            if (page := page_at(url, doors, address)) is not None:
                seen.add(address.name)
                yield address.name, url, page
                if is_further:
                    break


def page_at(url: str, doors: Doors, address: Address) -> str | None:
    """The page as somebody sees it who may."""
    for browser in doors.before(address):
        answer = browser.ask("GET", url)
        if (page := page_of(answer)) and answer.status_code in TAKEN_IN_OR_CAME_BACK:
            doors.got_in(browser)
            return page
    return None


def page_of_chosen_wishes(planted: World) -> tuple[str, str, str]:
    """The one page that asks for something in its address: wishes that a giver has ticked."""
    keys = planted.family("A", "filed").keys
    name = "mobile:plan-together"
    url = f"{reverse(name, args=[keys['organisation']])}?wish={keys['number']}"
    giver = next(actor for actor in planted.actors if actor.name == "a giver")
    return name, url, client_in_english(giver).get(url).text


def page_of_newcomer() -> tuple[str, str, str]:
    """The one page that only a colleague sees whom nobody has asked yet."""
    name = "desk:declare-kin"
    newcomer = client_in_english(Actor("a newcomer", further.newcomer()))
    asked, amiss = newcomer.get(reverse(name)), newcomer.post(reverse(name), {"id_number_1": "1"})
    assert (asked.status_code, amiss.status_code) == (200, 422)
    return name, reverse(name), asked.text + amiss.text


def answers(planted: World) -> Iterator[tuple[str, str, str, bool]]:
    """(name, address, page, whether it was no refusal) of what follows a form that is sent empty, and
    one that is filled in somehow. Once it was taken in or came back, nobody else sends it."""
    doors = doors_of_county_a(planted)
    done: set[tuple[str, bool]] = set()
    for address, is_empty in product(addresses(), (True, False)):
        if "POST" not in address.policy.methods or address.name.startswith("api:"):
            continue
        if (address.name, is_empty) in done:
            continue
        for url, status, page in answered(doors, address, {} if is_empty else FORM):
            if is_done := status in TAKEN_IN_OR_CAME_BACK:
                done.add((address.name, is_empty))
            yield address.name, f"{url} {status}", page, is_done


def answered(
    doors: Doors, address: Address, form: dict[str, str]
) -> Iterator[tuple[str, int, str]]:
    """(address, status, page): refusals, each status once, that of the gate too, up to the first answer that is none."""
    refused: set[int] = set()
    for url in doors.urls(address):
        for browser in [*doors.turned_away(address), *doors.before(address)]:
            answer = browser.send_form(url, form)
            if answer.status_code in refused or not (page := page_of(answer)):
                continue
            yield url, answer.status_code, page
            if answer.status_code in TAKEN_IN_OR_CAME_BACK:
                return doors.got_in(browser)
            refused.add(answer.status_code)


def test_no_page_is_half_in_chinese_nor_what_answers_a_form() -> None:
    planted = world.build(states=STATES)
    further.plant(planted)
    data = {*planted_words(), *FORM.values()}
    seen: set[str] = set()
    answered_to: set[str] = set()
    left: dict[str, list[str]] = {}
    for name, url, page in chain(
        pages(planted), [page_of_chosen_wishes(planted), page_of_newcomer()]
    ):
        seen.add(name)
        if found := half_chinese.remains(page, data):
            left[f"GET {name} {url}"] = found
    for name, url, page, is_done in answers(planted):
        if is_done:
            answered_to.add(name)
        if found := half_chinese.remains(page, data):
            left[f"POST {name} {url}"] = found

    assert left == {}
    assert names_of("GET") - NO_PAGES - seen == set()
    assert names_of("POST") - answered_to == set(UNANSWERED)


def names_of(method: str) -> set[str]:
    return {
        address.name
        for address in addresses()
        if method in address.policy.methods and not address.name.startswith("api:")
    }


# It would be seen ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>Matters: 我的事项</p>", ["我的事项"]),
        ('<input placeholder="姓名" value="李明">', ["姓名"]),
        ('<input type="submit" value="提交">', ["提交"]),
        ('<a aria-label="关闭" data-said="已保存"></a>', ["关闭", "已保存"]),
        ('<p lang="zh-CN">意见<b>属实</b></p><p>同意</p>', ["同意"]),
        ("<p>李明, 李*, 青山县总工会</p>", []),
        ("<script>'提示'</script><textarea>自己的话</textarea>", []),
    ],
)
def test_what_is_left_of_a_page(html: str, left: list[str]) -> None:
    assert half_chinese.remains(html, {"李明", "青山县总工会"}) == left


@pytest.fixture
def without(tmp_path: Path, settings: Settings) -> Callable[[str], None]:
    """Takes one sentence out of the English wording."""

    def lose(sentence: str) -> None:
        wording = english.known()
        wording.delete(sentence)
        (tmp_path / "en" / "LC_MESSAGES").mkdir(parents=True)
        english.compile_wording(wording, to=tmp_path / "en" / "LC_MESSAGES" / "django.mo")
        settings.LOCALE_PATHS = [tmp_path]
        cache.clear()  # the places at the foot of a page are kept, by language

    return lose


def test_one_sentence_without_english_would_be_found(
    without: Callable[[str], None], li: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(li)

    def left() -> list[str]:
        page = client.get("/me/", headers={"accept-language": "en"}).text
        return half_chinese.remains(page, [li.name])

    assert left() == []
    without("首页")
    assert set(left()) == {"首页"}


def test_one_refusal_without_english_would_be_found(without: Callable[[str], None]) -> None:
    nobody = Browser(client_in_english(Actor("nobody", None)))

    def left() -> list[str]:
        answer = nobody.send_form("/sign-in/", {"phone": "10000000000"})
        assert answer.status_code in TAKEN_IN_OR_CAME_BACK
        return half_chinese.remains(page_of(answer) or "", [])

    assert left() == []
    without("这不是可用的手机号码，请核对前三位")
    assert set(left()) == {"这不是可用的手机号码，请核对前三位"}
