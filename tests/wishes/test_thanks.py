"""感谢的话: by the worker, once, if they like; read by the union before the giver."""

import pytest

from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.notices.models import Notice
from mashang.wishes.actions import thanks as thanks_actions
from mashang.wishes.models import Thanks
from mashang.wishes.refusals import AlreadyThanked
from tests.builders import make_worker
from tests.crowd import press_at_once
from tests.wishes.deliveries import claimed, fulfilled, handed_over, make_helper, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(branch_a, chen):
    return fulfilled(claimed(branch_a), chen)


@pytest.fixture
def worker(claim):
    return claim.wish.holder.user


@pytest.fixture
def thanks(claim, worker):
    return thanks_actions.write(claim, words=" 谢谢您，锅很好用 ", by=worker)


def test_a_worker_says_thanks_and_the_giver_hears_it_after_the_union(thanks, claim, chen):
    assert thanks.words == "谢谢您，锅很好用"
    assert not Notice.objects.filter(user=claim.giver, kind="thanks.shown").exists()

    thanks_actions.show(thanks, by=chen)

    assert Notice.objects.filter(user=claim.giver, kind="thanks.shown").exists()
    assert Thanks.objects.get().decided_by == chen


def test_what_is_held_back_reaches_nobody(thanks, claim, chen):
    thanks_actions.hold_back(thanks, by=chen)

    assert Thanks.objects.get().state == Thanks.State.HELD_BACK
    assert not Notice.objects.filter(user=claim.giver, kind="thanks.shown").exists()


def test_thanks_may_be_said_as_soon_as_the_goods_are_there(branch_a, chen):
    claim = claimed(branch_a)
    worker = claim.wish.holder.user
    received(claim, chen)
    with pytest.raises(WrongState):
        thanks_actions.write(claim, words="谢谢", by=worker)

    other = claimed(branch_a)
    handed_over(other, chen)
    assert thanks_actions.write(other, words="谢谢", by=other.wish.holder.user)


def test_nobody_says_thanks_for_the_worker(claim, chen):
    helper = make_helper(claim, make_worker("黄志强"))
    for nobody in (helper, chen, claim.giver):
        with pytest.raises(Missing):
            thanks_actions.write(claim, words="谢谢", by=nobody)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "谢" * 101,
        "加我微信 abc12345 谢谢",
        "电话一三八〇〇一三八〇〇〇",
        "住幸福里3栋201，谢谢",
    ],
)
def test_words_that_lead_to_the_family_are_refused_with_a_sentence(claim, worker, words):
    with pytest.raises(Invalid) as refusal:
        thanks_actions.write(claim, words=words, by=worker)
    assert refusal.value.fields["words"]


def test_thanks_are_said_once_and_judged_once(thanks, claim, worker, chen):
    with pytest.raises(AlreadyThanked):
        thanks_actions.write(claim, words="再谢", by=worker)
    thanks_actions.show(thanks, by=chen)

    with pytest.raises(WrongState):
        thanks_actions.hold_back(Thanks.objects.get(), by=chen)


def test_only_the_union_of_the_wish_judges(thanks, lu, worker):
    for nobody in (lu, worker):
        with pytest.raises(NotAllowed):
            thanks_actions.show(thanks, by=nobody)


@pytest.mark.django_db(transaction=True)
def test_twenty_taps_at_once_say_it_once(claim, worker):
    press_at_once([lambda: thanks_actions.write(claim, words="谢谢", by=worker)] * 20)

    assert Thanks.objects.count() == 1
