"""介绍自己: a name for the public that leads nowhere."""

import pytest

from mashang.core.errors import Invalid
from mashang.core.models import TrailEntry
from mashang.givers import actions
from mashang.givers.queries import NOBODY, giver_of, public_name
from tests.builders import make_staff, make_user
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db


def introduce(by, nickname="山里的风", shown_as="nickname", **also):
    return actions.introduce(nickname=nickname, shown_as=shown_as, by=by, **also)


def test_a_giver_is_called_as_they_wish(li):
    introduce(li)

    assert public_name(li, giver_of(li)) == "山里的风" and not giver_of(li).is_on_honour_list
    assert TrailEntry.objects.get(action="giver.introduced").facts == {"shown_as": "nickname"}


def test_they_may_change_their_mind(li):
    introduce(li, is_on_honour_list=True)
    introduce(li, shown_as="nobody")

    assert public_name(li, giver_of(li)) == NOBODY and not giver_of(li).is_on_honour_list


def test_who_has_said_nothing_is_nobody(li):
    assert public_name(li, giver_of(li)) == NOBODY


def test_a_real_name_is_shown_when_it_is_there(li):
    introduce(li, shown_as="real_name")

    assert public_name(li, giver_of(li)) == li.name


def test_an_account_without_a_name_is_asked_for_it():
    someone = make_user()

    for name in ("", "加微信12345", "13800138000"):
        with pytest.raises(Invalid) as refusal:
            introduce(someone, shown_as="real_name", name=name)
        assert "姓名" in refusal.value.fields["name"]
    introduce(someone, shown_as="real_name", name="赵敏")
    assert public_name(someone, giver_of(someone)) == "赵敏"


def test_the_name_that_a_union_entered_stays(branch_a):
    colleague = make_staff("陈静", branch_a["county"])

    introduce(colleague, shown_as="real_name", name="总工会主席")

    assert public_name(colleague, giver_of(colleague)) == "陈静"


@pytest.mark.parametrize(
    "nickname",
    [
        "a",
        "十二个字以上的昵称真是太长了吧",
        "热心人138",
        "１３８００１３",
        "①③⑧",
        "一三八零零一",
        "找我wx",
        "加微信聊",
        "QQ好友",
        "zhangsanfeng",
        "某县总工会",
        "热心人@",
        "热 心 人",
        "<b>",
        "电话找我",
    ],
)
def test_a_nickname_carries_no_contact_and_no_office(li, nickname):
    with pytest.raises(Invalid) as refusal:
        introduce(li, nickname=nickname)
    assert refusal.value.fields["nickname"]
    assert giver_of(li) is None


@pytest.mark.parametrize(
    "nickname", ["山里的风", "Anna", "阿依古丽·买买提", "三姐", "Helwx", "小草"]
)
def test_plain_names_pass(li, nickname):
    assert introduce(li, nickname=nickname).nickname == nickname


@pytest.mark.django_db(transaction=True)
def test_a_name_said_twice_at_once_is_one(li):
    press_at_once([lambda: introduce(li) for _ in range(8)])

    assert giver_of(li).nickname == "山里的风"
