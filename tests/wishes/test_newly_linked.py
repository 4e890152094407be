"""刚接上的账号: a phone that one colleague entered is one person's word, for a month; nobody says yes alone behind it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mashang.accounts.actions.kin_declarations import declare
from mashang.accounts.models import Consent
from mashang.cases.actions import channels
from mashang.cases.models import Filler, Holder
from mashang.cases.safeguards import newly_linked_until
from mashang.core.wording import day
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from mashang.wishes.actions import complaints, confirmations, wishes
from mashang.wishes.models import Claim, Handover
from mashang.wishes.queries.homes import may_go_home
from mashang.wishes.refusals import AnotherAnswers, AnotherHelperAnswers, WishNotFit
from tests.builders import make_application, make_holder, make_id_number, make_staff, make_worker
from tests.cases.households import make_case, merge
from tests.pictures import make_jpeg
from tests.wishes.deliveries import claimed, fresh, handed_over, make_helper, to_home
from tests.wishes.families import make_wish_room, words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def link_today(holder: Holder) -> None:
    Holder.objects.filter(pk=holder.pk).update(linked_on=TODAY())


def let_helpers_see(holder: Holder) -> None:
    Consent.objects.create(
        subject_id=holder.pk,
        purpose=Consent.Purpose.HELPER,
        version="1",
        recorded_by=holder.user,
        given_at=timezone.now(),
    )


def fill_in(holder: Holder, by) -> None:
    Filler.objects.create(application=make_application(holder), user=by)


@pytest.fixture
def claim(handed):
    link_today(handed.wish.holder)
    return fresh(handed)


@pytest.fixture
def worker(claim):
    return claim.wish.holder.user


def in_days(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


# What was handed over ---------------------------------------------------------------------


def test_who_filled_in_and_handed_over_is_not_confirmed_by_the_new_account(
    claim, worker, chen, signed_in
) -> None:
    fill_in(claim.wish.holder, chen)
    phone = signed_in(worker)
    address = f"/my-wishes/{claim.wish_id}/received/"

    page = phone.get(address).text
    answer = phone.post(address)

    assert "账号是刚接上的" in page and "确认收到</" not in page and "向工会反映问题" in page
    assert answer.status_code == 403 and "账号是刚接上的" in answer.text
    assert fresh(claim).state == Claim.State.HANDED_OVER


def test_somebody_else_who_handed_over_is_confirmed_at_once(claim, worker, branch_a) -> None:
    fill_in(claim.wish.holder, make_staff("别的同志", branch_a["county"], Role.CLERK))

    assert confirmations.confirm(claim, by=worker).state == Claim.State.FULFILLED


def test_by_another_account_of_the_same_person_it_is_the_same(
    claim, worker, chen, branch_a
) -> None:
    twin = make_staff("陈静二", branch_a["county"], Role.CLERK)
    number = make_id_number()
    for account in (chen, twin):
        declare(number, [], has_none=True, by=account)
    fill_in(claim.wish.holder, twin)

    with pytest.raises(AnotherAnswers):
        confirmations.confirm(claim, by=worker)


def test_the_helper_confirms_meanwhile(claim, chen) -> None:
    fill_in(claim.wish.holder, chen)

    confirmations.confirm(claim, photo=make_jpeg(), by=make_helper(claim, make_worker("黄志强")))

    assert Handover.objects.get().answered_by == "helper"


def test_the_helper_who_handed_over_says_no_yes_to_themselves(claim, chen, branch_a) -> None:
    fill_in(claim.wish.holder, chen)
    make_helper(claim, chen)

    with pytest.raises(AnotherHelperAnswers, match="请工会安排另一位同志结对帮扶"):
        confirmations.confirm(claim, photo=make_jpeg(), by=chen)

    make_helper(claim, make_worker("黄志强"))
    let_helpers_see(claim.wish.holder)
    with pytest.raises(AnotherHelperAnswers, match="请另一位结对帮扶的同志确认"):
        confirmations.confirm(claim, photo=make_jpeg(), by=chen)
    assert fresh(claim).state == Claim.State.HANDED_OVER


def test_nor_with_another_account_nor_for_a_family_of_long_ago(handed, chen, branch_a) -> None:
    twin = make_staff("陈静二", branch_a["county"], Role.CLERK)
    number = make_id_number()
    for account in (chen, twin):
        declare(number, [], has_none=True, by=account)
    make_helper(handed, twin)

    with pytest.raises(AnotherHelperAnswers, match="请家里自己确认"):
        confirmations.confirm(handed, photo=make_jpeg(), by=twin)


def test_the_family_is_told_whom_to_turn_to_where_it_has_no_other_helper(
    claim, worker, chen
) -> None:
    fill_in(claim.wish.holder, chen)
    make_helper(claim, chen)

    with pytest.raises(AnotherAnswers, match="请工会安排另一位同志结对帮扶"):
        confirmations.confirm(claim, by=worker)


@pytest.fixture
def handed_to_new(branch_a, chen):
    """Linked before the hand-over, by whoever filled in and hands over."""
    claim = claimed(branch_a)
    link_today(claim.wish.holder)
    fill_in(claim.wish.holder, chen)
    make_helper(claim, make_worker("黄志强"))
    let_helpers_see(claim.wish.holder)
    handed_over(claim, chen)
    return fresh(claim)


def test_at_the_handover_each_is_told_what_is_true(handed_to_new, chen) -> None:
    family = Notice.objects.filter(user=handed_to_new.wish.holder.user)

    assert "不会自动确认" in family.get(kind="claim.handed_over_to_new").body
    assert not family.filter(kind="claim.handed_over").exists()
    asked = Notice.objects.get(kind="claim.ask_the_family")
    assert asked.user.name == "黄志强" and asked.url.endswith("/wish/")
    assert Notice.objects.filter(kind="claim.have_the_family_asked", user=chen).exists()


def test_the_familys_pages_offer_no_yes_that_is_refused(handed_to_new, signed_in) -> None:
    phone = signed_in(handed_to_new.wish.holder.user)

    wish = phone.get(f"/my-wishes/{handed_to_new.wish_id}/").text
    received = phone.get(f"/my-wishes/{handed_to_new.wish_id}/received/").text

    assert "我收到了" not in wish and "由另一位同志来问您" in wish
    assert "已转交，等确认" in received and "等您确认" not in received


def test_the_helper_opens_the_page_that_the_notice_names(handed_to_new, signed_in) -> None:
    asked = Notice.objects.get(kind="claim.ask_the_family")

    assert "替家里确认收到" in signed_in(asked.user).get(asked.url).text


def test_the_desks_list_says_until_when(handed_to_new, chen, signed_in) -> None:
    page = signed_in(chen).get("/desk/deliveries/?show=confirm").text

    assert f"等到 {day(TODAY() + timedelta(days=30))}" in page


def test_the_family_may_say_at_once_that_nothing_came(claim, worker, chen) -> None:
    fill_in(claim.wish.holder, chen)

    raised = complaints.raise_complaint(claim, kind="not_received", words="没有收到", by=worker)

    assert raised.state == "open"


def test_silence_is_no_answer_either_until_the_month_is_over(claim, chen) -> None:
    fill_in(claim.wish.holder, chen)

    with in_days(29):
        assert confirmations.confirm_by_clock() == 0
    with in_days(30):
        assert confirmations.confirm_by_clock() == 1


def test_after_the_month_the_family_speaks_for_itself(claim, worker, chen) -> None:
    fill_in(claim.wish.holder, chen)

    with in_days(30):
        assert confirmations.confirm(claim, by=worker).state == Claim.State.FULFILLED


def test_who_always_signed_in_by_themselves_is_asked_nothing_new(handed, chen) -> None:
    fill_in(handed.wish.holder, chen)

    assert confirmations.confirm(handed, by=handed.wish.holder.user).state == "fulfilled"


# Where the family lives -------------------------------------------------------------------


def test_a_new_account_does_not_tell_a_giver_where_the_family_lives(branch_a) -> None:
    room = make_wish_room(branch_a)
    link_today(room.holder)

    with pytest.raises(WishNotFit) as refused:
        wishes.post(
            room.holder, words=words(delivery_mode="to_home"), by=room.worker, agrees_address=True
        )
    assert "刚接上" in refused.value.fields["delivery_mode"]

    posted = wishes.post(room.holder, words=words(), by=room.worker)
    with pytest.raises(WishNotFit):
        wishes.correct(
            posted, words=words(delivery_mode="to_home"), by=room.worker, agrees_address=True
        )
    with in_days(30):
        wishes.correct(
            posted, words=words(delivery_mode="to_home"), by=room.worker, agrees_address=True
        )


def test_a_new_account_is_not_offered_what_would_be_refused_and_reads_why(
    branch_a, signed_in
) -> None:
    room = make_wish_room(branch_a)
    home = words(delivery_mode="to_home")
    wish = wishes.post(room.holder, words=home, by=room.worker, agrees_address=True)
    phone = signed_in(room.worker)
    correct = f"/my-wishes/{wish.pk}/correct/"
    assert 'value="to_home"' in phone.get(correct).text

    link_today(room.holder)
    page = phone.get(correct).text

    assert 'value="to_home"' not in page and "账号是用工会登记的手机号刚接上的" in page
    assert re.search(r'value="through_union"[^>]*checked', page)


def test_what_was_agreed_on_paper_before_the_linking_tells_no_address_until_the_month_is_over(
    branch_a,
) -> None:
    claim = to_home(branch_a)
    Claim.objects.filter(pk=claim.pk).update(due_on=TODAY() + timedelta(days=40))
    assert may_go_home(fresh(claim), TODAY())

    link_today(claim.wish.holder)

    assert not may_go_home(fresh(claim), TODAY())
    with in_days(30):
        assert may_go_home(fresh(claim), TODAY())


# What counts as newly linked ----------------------------------------------------------------


def test_a_merge_does_not_make_a_new_account_an_old_one(branch_a) -> None:
    """The half that was linked today is merged into one that was never linked, and its phone goes along."""
    one = make_case(branch_a["own"]).holder
    other = make_case(branch_a["own"]).holder
    link_today(one)
    keeper = make_staff("管理员", branch_a["county"], Role.KEEPER)

    merge(one, into=other, by=keeper)

    other.refresh_from_db()
    assert newly_linked_until(other) == TODAY() + timedelta(days=30)
    assert channels.is_newly_linked(other)


def test_a_household_that_nobody_linked_is_not_new(branch_a) -> None:
    assert newly_linked_until(make_holder(branch_a["own"])) is None
