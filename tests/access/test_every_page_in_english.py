"""No page is half in Chinese when English is chosen: every address that is read, as somebody sees it."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from mashang.accounts.models import User
from scripts import english
from tests.access import half_chinese, world
from tests.access.addresses import Address, addresses
from tests.access.matrix import Browser
from tests.access.words import planted_words
from tests.access.world import Actor, Family, World

pytestmark = [pytest.mark.django_db, pytest.mark.once]
STATES = ("draft", "submitted", "home_check", "income_check", "evaluation", "publicity", "filed")
# Addresses that answer with a photo or a printed paper, or lead on.
NO_PAGES = {
    "desk:goods-photo",
    "desk:wish-cards",
    "mobile:certificate-pdf",
    "mobile:goods-photo",
    "mobile:link-account-moved",
    "mobile:photo",
}
# Addresses whose page nobody of the planted world comes to see, and why.
UNSEEN = {
    "desk:assist-member": "needs a draft that a clerk began",
    "desk:assist-papers": "needs a draft that a clerk began",
    "desk:assist-step": "needs a draft that a clerk began",
    "desk:end-item": "needs a list of the federation's own",
    "desk:end-rule": "needs a rule card of the federation's own",
    "desk:merge": "needs a second file of the same person",
    "desk:notice": "needs a notice to a colleague",
    "desk:region": "needs a region of the dictionary",
    "desk:regions": "leads on to the region of one's union",
    "desk:unions": "leads on to one's union",
    "mobile:apply-resume": "needs a draft that was left half way",
    "mobile:post-wish": "needs a file without a wish",
    "mobile:correct-wish": "needs a wish that was sent back",
    "mobile:plan-together": "needs wishes that were chosen on the page before",
}


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    english.compile_wording()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def browser_of(actor: Actor) -> Browser:
    client = actor.client()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return Browser(client)


def page_of(browser: Browser, url: str) -> str | None:
    """The page at an address, if this person may see one there."""
    answer = browser.ask("GET", url)
    if answer.streaming:
        b"".join(answer.streaming_content)
        return None
    is_page = answer.headers.get("Content-Type", "").startswith(("text/html", "image/svg+xml"))
    return answer.content.decode() if is_page and answer.status_code == 200 else None


def first_page(
    browsers: list[Browser], address: Address, family: Family | None
) -> tuple[str, str] | None:
    """(address, page) as the first person sees it who may; people who just could are asked first."""
    if (url := address.url(family)) is None:
        return None
    for browser in list(browsers):
        if page := page_of(browser, url):
            browsers.remove(browser)
            browsers.insert(0, browser)
            return url, page
    return None


def pages(planted: World) -> Iterator[tuple[str, str, str]]:
    """(name, address, page) of everything that is read: an address once for each family that has it,
    its further words (the steps of a form, the tabs of a file) once."""
    browsers = [browser_of(actor) for actor in planted.actors if not actor.name.endswith("B")]
    families = [family for family in planted.families if family.county == "A"]
    seen: set[str] = set()
    for address in addresses():
        if "GET" not in address.policy.methods or address.name.startswith("api:"):
            continue
        is_further = address.name in seen
        for family in families if address.has_family else [None]:
            if found := first_page(browsers, address, family):
                seen.add(address.name)
                yield address.name, *found
                if is_further:
                    break


def test_no_page_is_half_in_chinese() -> None:
    planted = world.build(states=STATES)
    data = planted_words()
    seen: set[str] = set()
    left: dict[str, list[str]] = {}
    for name, url, page in pages(planted):
        seen.add(name)
        if found := half_chinese.remains(page, data):
            left[f"{name} {url}"] = found

    assert left == {}
    unseen = read_addresses() - NO_PAGES - seen
    assert (unseen - set(UNSEEN), set(UNSEEN) - unseen) == (set(), set())


def read_addresses() -> set[str]:
    return {
        address.name
        for address in addresses()
        if "GET" in address.policy.methods and not address.name.startswith("api:")
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


def test_one_sentence_without_english_would_be_found(
    tmp_path: Path, settings: Settings, li: User, signed_in: Callable[[User], Client]
) -> None:
    wording = english.known()
    wording.delete("首页")
    (tmp_path / "en" / "LC_MESSAGES").mkdir(parents=True)
    english.compile_wording(wording, to=tmp_path / "en" / "LC_MESSAGES" / "django.mo")

    client = signed_in(li)

    def left() -> list[str]:
        page = client.get("/me/", headers={"accept-language": "en"}).text
        return half_chinese.remains(page, [li.name])

    assert left() == []
    settings.LOCALE_PATHS = [tmp_path]
    cache.clear()  # the places at the foot of a page are kept, by language
    assert set(left()) == {"首页"}
