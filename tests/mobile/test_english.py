"""English is the second language of the screens."""

import re

import pytest
from django.test import Client

from scripts import english

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    english.compile_wording()


def words_of(page: str) -> str:
    body = page[page.index("<body") :]
    return re.sub(r"<[^>]*>", " ", body.replace('lang="zh-CN">中文<', "<"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/", "/guide/", "/wishes/", "/wishes/figures/", "/selftest/", "/sign-in/", "/desk/sign-in/"],
)
def test_a_page_speaks_english_to_whoever_asks_for_it(client: Client, address: str) -> None:
    page = client.get(address, headers={"Accept-Language": "en"}).content.decode()

    assert '<html lang="en"' in page
    assert CHINESE.findall(words_of(page)) == []


@pytest.mark.django_db
def test_a_tap_changes_the_language_and_stays_on_the_page(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/guide/"})

    assert answer.headers["Location"] == "/guide/"
    assert '<html lang="en"' in client.get("/guide/").content.decode()
    client.post("/language/", {"language": "zh-hans", "next": "/guide/"})
    assert '<html lang="zh-CN"' in client.get("/guide/").content.decode()


@pytest.mark.django_db
def test_the_switch_leads_to_no_other_site(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/"
