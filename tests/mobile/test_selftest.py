"""两分钟自测: opened by anyone, answered in plain words, kept nowhere."""

import pytest
from django.test import Client

from mashang.cases.models import Application, Holder
from mashang.core.models import TrailEntry
from mashang.unions.models import Union
from tests.cases.answers import make_region

FIRST = {"region": "450103", "persons": "3", "income": "1_to_2"}
SECOND = {
    **FIRST, "page": "2", "costs": "1_to_3", "reasons": ["illness"], "dwellings": "1",
    "vehicle": "none", "has_business": "no", "workplace": "laid_off",
}  # fmt: skip


@pytest.fixture
def anyone(branch_a: dict[str, Union]) -> Client:
    make_region()
    return Client()


def test_two_pages_and_an_answer_without_a_sign_in(anyone: Client) -> None:
    assert "第 1 步" in anyone.get("/selftest/").text
    assert "第 2 步" in anyone.post("/selftest/", FIRST).text

    result = anyone.post("/selftest/", SECOND)

    assert "接下来怎么办" in result.text and "去申请" in result.text
    assert "困难" not in result.text


def test_nothing_is_stored(anyone: Client) -> None:
    before = TrailEntry.objects.count()

    anyone.post("/selftest/", SECOND)

    assert "sessionid" not in anyone.cookies
    assert not Holder.objects.exists() and not Application.objects.exists()
    assert TrailEntry.objects.count() == before


def test_what_is_not_chosen_is_said_beside_it(anyone: Client) -> None:
    first = anyone.post("/selftest/", {**FIRST, "persons": "三"})
    assert first.status_code == 422 and "请只填数字" in first.text

    second = anyone.post("/selftest/", {**FIRST, "page": "2"})
    assert second.status_code == 422 and "请选一项" in second.text
    assert 'name="persons" value="3"' in second.text


def test_who_owns_two_dwellings_learns_why_it_is_unlikely(anyone: Client) -> None:
    page = anyone.post("/selftest/", {**SECOND, "dwellings": "2"})

    assert "两套" in page.text and "您都可以申请" in page.text


def test_the_guide_says_who_what_and_how_long(anyone: Client) -> None:
    page = anyone.get("/guide/")

    assert all(words in page.text for words in ("谁可以申请", "要多久", "身份证", "12351"))


def test_home_is_a_few_large_tiles(anyone: Client) -> None:
    page = anyone.get("/")

    assert 6 <= page.text.count('class="tile__name"') <= 8
