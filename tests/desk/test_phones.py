"""换号：原手机没了，本人带身份证到工会办理."""

import pytest

from mashang.accounts.models import SignIn, User
from mashang.cases.models import Access, ChannelChange, Holder
from mashang.core.models import TrailEntry
from mashang.notices.models import Message
from mashang.unions.roles import Role
from tests.builders import (
    make_application,
    make_holder,
    make_phone,
    make_staff,
    make_worker,
    sign_in,
)
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(branch_a, li):
    return make_case(branch_a["county"], worker=li).holder


@pytest.fixture
def keeper(branch_a, signed_in):
    return signed_in(make_staff("档案员", branch_a["county"], Role.KEEPER))


def typed(holder, **other: str) -> dict[str, str]:
    card = {
        "id_number": holder.id_number.reveal(),
        "new_phone": make_phone(),
        "why": "手机丢了",
        "has_seen": "on",
    }
    return {**card, **other}


def test_the_card_on_the_table_asks_for_a_new_phone(keeper, holder, li) -> None:
    sign_in(li)
    new, old = typed(holder), li.phone.reveal()

    answer = keeper.post(f"/desk/households/{holder.pk}/phone/", new)

    change = ChannelChange.objects.get()
    assert answer.url == f"/desk/channels/{change.pk}/"
    assert User.objects.get(pk=li.pk).phone.reveal() == old
    assert SignIn.objects.filter(user=li).exists()
    told = {message.phone.reveal() for message in Message.objects.all()}
    assert {old, new["new_phone"]} <= told
    assert Access.objects.filter(holder=holder, what="申请更换登录手机号").exists()
    assert TrailEntry.objects.filter(action="channel.asked").exists()


def test_another_card_or_no_look_changes_nothing(keeper, holder, li) -> None:
    address = f"/desk/households/{holder.pk}/phone/"
    other = make_holder(holder.union).id_number.reveal()

    assert "不一致" in keeper.post(address, typed(holder, id_number=other)).text
    assert keeper.post(address, typed(holder, has_seen="")).status_code == 422
    assert "原号码怎么了" in keeper.post(address, typed(holder, why="丢")).text
    same = typed(holder, new_phone=li.phone.reveal())
    assert "就是现在的登录手机号" in keeper.post(address, same).text
    taken = make_holder(holder.union, make_worker("王五")).user.phone.reveal()
    assert "已有账号" in keeper.post(address, typed(holder, new_phone=taken)).text
    assert User.objects.get(pk=li.pk).phone_index == li.phone_index
    assert not ChannelChange.objects.exists()


def test_a_second_change_is_not_offered_while_one_waits(keeper, holder) -> None:
    address = f"/desk/households/{holder.pk}/phone/"
    keeper.post(address, typed(holder))
    change = ChannelChange.objects.get()

    page = keeper.get(address).text

    assert f"/desk/channels/{change.pk}/" in page and 'name="new_phone"' not in page
    assert "请先办结那一次" in keeper.post(address, typed(holder)).text or "先办结那一次" in page
    assert ChannelChange.objects.count() == 1


def test_who_never_signed_in_needs_no_change(branch_a, keeper) -> None:
    holder = make_case(branch_a["county"]).holder
    Holder.objects.filter(pk=holder.pk).update(user=None)
    assert 'name="new_phone"' not in keeper.get(f"/desk/households/{holder.pk}/phone/").text

    page = keeper.post(f"/desk/households/{holder.pk}/phone/", typed(holder))

    assert "直接用新号码登录" in page.text


def test_a_household_elsewhere_or_without_a_tie_is_closed(
    signed_in, lu, holder, branch_a, chen
) -> None:
    assert signed_in(lu).get(f"/desk/households/{holder.pk}/phone/").status_code == 404
    another = make_application(make_holder(branch_a["own"])).holder
    assert signed_in(chen).get(f"/desk/households/{another.pk}/phone/").status_code == 403
