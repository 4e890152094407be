"""English is the second language of the screens."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from mashang.cases.notices import SUBMITTED
from mashang.core.errors import Invalid
from mashang.core.requests.throttle import Throttle
from mashang.notices.actions import tell
from mashang.notices.kinds import KINDS
from mashang.web import public_throttle
from mashang.web.templatetags.words import ages
from mashang.wishes.eligibility import goods_refused
from mashang.wishes.refusals import TooManyClaims
from mashang.wishes.rules import WishRules, card_body, default_source, defaults
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


# Words that are data, and sentences with something filled in -------------------------------------


def test_everything_that_is_said_has_its_english() -> None:
    wording = english.known()
    wording.update(english.said(), no_fuzzy_matching=True)

    assert english.waiting(wording) == [], "run scripts/english.py --collect, and say it in English"
    assert list(wording.obsolete) == [], "nobody says this any more: scripts/english.py --collect"
    assert default_source() in wording, "a list's label is a word like any other"


def test_nothing_is_said_twice_within_one_answer() -> None:
    assert english.doubled(english.known()) == []

    wording = english.Catalog()
    wording.add("两遍", "Open the page. Open the page.")
    wording.add("四遍", "Nobody has confirmed it." * 4)
    wording.add(("一户", "几户"), ("One household", "Some householdsSome households"))
    wording.add("不算", "Again and again, page after page")
    wording.add("改", "Change")
    assert english.doubled(wording) == ["两遍", "四遍", "一户"]


def test_words_are_found_wherever_they_stand(tmp_path: Path) -> None:
    """In code that says or keeps them, in a page, and in a list; not in a comment, not unmarked."""
    (tmp_path / "code.py").write_text(
        'A = _("说")  # _("注释")\nB = N_("留")\nC = gettext_lazy("晚")\nD = "不标"\n'
        'E = ngettext("一个", "几个", n)\n'
    )
    page = tmp_path / "room" / "templates" / "room" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '{% load i18n %}\n  <p title="{% translate "页" %}">\n {% blocktranslate %}有 {{ n }} 户{% endblocktranslate %}'
    )
    rules = tmp_path / "wishes" / "data" / "rules.json"
    rules.parent.mkdir(parents=True)
    rules.write_text('{"cap": {"label": "最高", "note": "不说", "source": "来源"}}')

    found = {english.key(message.id) for message in english.said(tmp_path) if message.id}

    assert found == {"说", "留", "晚", "一个", "页", "有 %(n)s 户", "最高", "来源"}


@pytest.mark.django_db
def test_a_filled_in_refusal_is_said_in_the_readers_language(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(public_throttle, "PUBLIC", Throttle(at_once=1, per_second=0.02))
    client.get("/wishes/figures/")
    page = client.get("/wishes/figures/", headers={"Accept-Language": "en"})

    assert "please wait 50 seconds" in page.text
    assert CHINESE.findall(words_of(page.text)) == []


def test_refusals_of_wishes_speak_english() -> None:
    rules = WishRules(**{name: spec["value"] for name, spec in defaults().items()})
    with translation.override("en"):
        found = [
            TooManyClaims(3).message,
            goods_refused("茅台酒", 100, rules)["item"].replace("茅台", ""),
        ]

    assert all(found) and CHINESE.findall("".join(found)) == []
    assert "同时最多认领 3 个心愿" in TooManyClaims(3).message


def test_a_number_out_of_bounds_names_them_as_people_type_them() -> None:
    with translation.override("en"), pytest.raises(Invalid) as refusal:
        card_body("cap_fen", 1)

    assert refusal.value.fields["value"] == "It must lie between 100.00 and 1,000.00"


@pytest.mark.parametrize(
    ("band", "words"), [("50–59岁", "worker aged 50–59"), ("80岁以上", "worker aged 80 or over")]
)
def test_an_age_band_is_said_in_the_readers_language(band: str, words: str) -> None:
    assert ages(band) == f"职工 {band}"
    with translation.override("en"):
        assert ages(band) == words


@pytest.mark.django_db
def test_a_message_has_an_english_title_and_says_that_its_text_is_chinese(li, signed_in) -> None:
    told = tell(li, SUBMITTED, union="青山纺织厂工会", day="12月8日")
    phone, english_phone = signed_in(li), {"Accept-Language": "en"}

    assert "Application sent" in phone.get("/inbox/", headers=english_phone).text
    page = phone.get(f"/inbox/{told.pk}/", headers=english_phone).text
    assert "Application sent" in page and f'<p lang="zh-CN">{told.body}</p>' in page
    assert "The text of a message is kept in Chinese" in page
    assert "用中文写下的" not in phone.get(f"/inbox/{told.pk}/").text


def test_every_title_of_a_message_has_its_english() -> None:
    with translation.override("en"):
        ours = [kind for kind in KINDS.values() if not kind.code.startswith("test.")]
        assert [k.title for k in ours if CHINESE.search(translation.gettext(k.title))] == []
