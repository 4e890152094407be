"""换号：一人提出，另一人或原号码确认，过几天才生效；本人随时叫停."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mashang import workflows
from mashang.accounts.actions import phones as accounts
from mashang.accounts.actions.phones import get_or_create_account
from mashang.accounts.models import SignIn, User
from mashang.cases.actions import channels, pairings, phones, transfers
from mashang.cases.models import Access, ChannelChange, Holder
from mashang.cases.refusals import ChannelChangeOpen, SamePerson
from mashang.core.errors import DomainError, NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.desk.cases.channels import PAGE
from mashang.notices.models import Message, Notice
from mashang.reference.workdays import add_workdays
from mashang.unions.models import Post
from mashang.unions.roles import Role
from tests.builders import make_branch, make_holder, make_phone, make_staff, make_worker, sign_in
from tests.cases.households import make_case, merge

pytestmark = pytest.mark.django_db
State = ChannelChange.State


@pytest.fixture
def holder(branch_a, li) -> Holder:
    return make_case(branch_a["own"], worker=li).holder


@pytest.fixture
def clerk(branch_a) -> User:
    return make_staff("经办甲", branch_a["own"], Role.CLERK)


@pytest.fixture
def second(branch_a) -> User:
    return make_staff("经办乙", branch_a["own"], Role.CLERK)


def ask(holder: Holder, by: User, new: str = "") -> ChannelChange:
    number = holder.id_number.reveal()
    return phones.ask_sign_in_phone(
        holder, number, new or make_phone(), why="手机丢了，补不回来", by=by
    )


def let_days_pass(change: ChannelChange) -> None:
    """The clock reaches the day on which it takes effect."""
    ChannelChange.objects.filter(pk=change.pk).update(effective_on=timezone.localdate())


def now(change: ChannelChange) -> ChannelChange:
    return ChannelChange.objects.get(pk=change.pk)


def phone_of(user: User) -> str:
    return User.objects.get(pk=user.pk).phone.reveal()


# Nobody alone -----------------------------------------------------------------------------


def test_what_one_clerk_asks_changes_nothing(holder, clerk, li) -> None:
    sign_in(li)
    old = phone_of(li)

    change = ask(holder, clerk)
    with pytest.raises(SamePerson):
        channels.confirm(change, by=clerk)
    channels.carry_out_due()

    assert phone_of(li) == old and SignIn.objects.filter(user=li).exists()
    assert now(change).state == State.ASKED


def test_a_second_colleague_and_some_days_change_it(holder, clerk, second, li) -> None:
    sign_in(li)
    new = make_phone()

    change = channels.confirm(ask(holder, clerk, new), by=second)
    assert change.effective_on == add_workdays(timezone.localdate(), 3)
    assert channels.carry_out_due() == 0 and phone_of(li) != new
    let_days_pass(change)

    assert channels.carry_out_due() == 1 and channels.carry_out_due() == 0
    assert phone_of(li) == new and not SignIn.objects.filter(user=li).exists()
    assert TrailEntry.objects.filter(action="holder.phone_replaced").exists()


def test_the_old_phone_confirms_and_it_holds_at_once(holder, clerk, li) -> None:
    new = make_phone()

    channels.confirm_from_old_phone(ask(holder, clerk, new), by=li)

    assert phone_of(li) == new


def test_the_worker_stops_it_even_after_the_second_person(holder, clerk, second, li, branch_a):
    keeper = make_staff("档案员", branch_a["county"], Role.KEEPER)
    change = channels.confirm(ask(holder, clerk), by=second)

    channels.stop(change, by=li)
    let_days_pass(change)

    assert channels.carry_out_due() == 0 and now(change).state == State.STOPPED
    assert Notice.objects.filter(user=keeper, kind="channel.stopped").exists()
    with pytest.raises(NotAllowed):
        channels.stop(ask(holder, clerk), by=make_worker("外人"))


def test_a_colleague_says_no_and_both_sides_hear(holder, clerk, second, li) -> None:
    change = ask(holder, clerk)

    channels.decline(change, by=second)

    assert now(change).state == State.DECLINED
    told = Notice.objects.filter(kind__in=("channel.not_done", "channel.asked_not_done"))
    assert set(told.values_list("user_id", "kind")) == {
        (li.pk, "channel.not_done"),
        (clerk.pk, "channel.asked_not_done"),  # it is not their own family's number
    }
    with pytest.raises(WrongState):
        channels.confirm(change, by=second)


def test_who_takes_back_what_they_asked_is_not_told_of_it(holder, clerk, li) -> None:
    change = ask(holder, clerk)
    page = f"/desk/channels/{change.pk}/"
    assert "撤下，不更换" in sign_in(clerk).get(page).text

    sign_in(clerk).post(page, {"decision": "decline"})

    assert now(change).state == State.DECLINED
    assert Notice.objects.filter(user=li, kind="channel.not_done").exists()
    assert not Notice.objects.filter(user=clerk).exists()


def test_the_union_and_the_helper_call_the_new_number_where_they_called_the_old(
    holder, clerk, second, li
) -> None:
    """原号码用不了: it stood in the file too."""
    other = make_case(holder.union, worker=make_worker("王五")).holder
    Holder.objects.filter(pk=holder.pk).update(phone_index=li.phone_index)
    new, another, kept = make_phone(), make_phone(), other.phone_index

    for whose, phone in ((holder, new), (other, another)):
        change = channels.confirm(ask(whose, clerk, phone), by=second)
        let_days_pass(change)
        channels.carry_out_due()
        assert now(change).state == State.DONE

    assert Holder.objects.get(pk=holder.pk).phone.reveal() == new
    assert holder.case.versions.latest("number").why == "更换联系手机号"
    assert (
        Holder.objects.get(pk=other.pk).phone_index == kept
    )  # another number than that for signing in


def test_whoever_comes_too_late_is_led_back_to_the_list(holder, second, clerk, branch_a) -> None:
    """A notice asked them to confirm it; a colleague was quicker, and nothing else ties them to this family."""
    above = make_staff("县经办", branch_a["county"], Role.CLERK)
    change = ask(holder, clerk)
    desk, page = sign_in(above), f"/desk/channels/{change.pk}/"
    assert desk.get(page).status_code == 200
    channels.confirm(change, by=second)

    answer = desk.get(page, follow=True)

    assert answer.redirect_chain[-1][0] == "/desk/channels/" and "已经有人办理" in answer.text


def test_nothing_is_offered_that_would_be_refused(holder, clerk, second, branch_a) -> None:
    change = ask(holder, clerk)
    page = f"/desk/channels/{change.pk}/"
    assert 'value="confirm"' in sign_in(second).get(page).text

    Post.objects.filter(user=clerk).update(to_on=timezone.localdate())

    text = sign_in(second).get(page).text
    assert 'value="confirm"' not in text and "提出的同志已经不在岗" in text
    assert 'value="decline"' in text


def test_the_badge_counts_what_the_reader_may_decide(holder, branch_a) -> None:
    """Whom the reader let in makes no two with them."""
    keeper = make_staff("唐洁", branch_a["county"], Role.KEEPER)
    pupil = make_staff("新来的", branch_a["own"], Role.CLERK)
    Post.objects.filter(user=pupil).update(appointed_by=keeper)
    ask(holder, pupil)

    changes = ChannelChange.objects.unscoped(why="test")
    assert changes.how_many_to_confirm_by(User.objects.get(pk=keeper.pk)) == 0
    other = make_staff("另一位", branch_a["county"], Role.KEEPER)
    assert changes.how_many_to_confirm_by(other) == 1


# Who hears of it --------------------------------------------------------------------------


def test_old_phone_new_phone_helper_and_colleagues_are_told(holder, clerk, second, li, branch_a):
    helper = make_worker("帮扶人")
    reviewer = make_staff("县复核", branch_a["county"], Role.REVIEWER)
    pairing = pairings.propose(holder.case, helper=helper, by=reviewer)
    pairings.confirm(pairing, by=make_staff("县审批", branch_a["county"], Role.APPROVER))
    old, new = phone_of(li), make_phone()
    before = set(Message.objects.values_list("pk", flat=True))

    ask(holder, clerk, new)

    sent = {m.phone.reveal() for m in Message.objects.exclude(pk__in=before)}
    assert {old, new} <= sent
    kinds = dict(Notice.objects.filter(kind__startswith="channel.").values_list("user_id", "kind"))
    assert kinds[li.pk] == "channel.sign_in_asked"
    assert kinds[helper.pk] == "channel.helper_told"
    assert kinds[second.pk] == "channel.to_confirm" and clerk.pk not in kinds


def test_where_nobody_else_sits_the_union_above_is_asked(holder, clerk, branch_a) -> None:
    Post.objects.filter(union=branch_a["own"]).exclude(user=clerk).update(
        to_on=timezone.localdate()
    )
    above = make_staff("县经办", branch_a["county"], Role.CLERK)

    change = ask(holder, clerk)

    assert Notice.objects.filter(user=above, kind="channel.to_confirm").exists()
    assert channels.confirm(change, by=above).state == State.CONFIRMED


# What else may happen meanwhile -----------------------------------------------------------


def test_one_waits_at_a_time(holder, clerk, second) -> None:
    ask(holder, clerk)

    with pytest.raises(ChannelChangeOpen):
        ask(holder, second)


def test_whoever_made_the_other_is_no_second_person(holder, clerk, second) -> None:
    Post.objects.filter(user=second).update(appointed_by=clerk)

    with pytest.raises(NotAllowed, match="不能算两个人"):
        channels.confirm(ask(holder, clerk), by=second)


def test_of_an_asker_who_left_nothing_is_confirmed(holder, clerk, second) -> None:
    change = ask(holder, clerk)
    Post.objects.filter(user=clerk).update(to_on=timezone.localdate())

    with pytest.raises(WrongState, match="不在岗"):
        channels.confirm(change, by=second)


def test_when_both_left_it_lapses(holder, clerk, second, li) -> None:
    change = channels.confirm(ask(holder, clerk), by=second)
    Post.objects.filter(user__in=[clerk, second]).update(to_on=timezone.localdate())
    let_days_pass(change)
    old = phone_of(li)

    assert channels.carry_out_due() == 0
    assert now(change).state == State.LAPSED and phone_of(li) == old


def test_after_a_transfer_the_new_union_decides(holder, clerk, second, branch_a) -> None:
    there = make_branch(branch_a["province"], "绿水")["own"]
    change = ask(holder, clerk)
    reviewer = make_staff("复核", branch_a["own"], Role.REVIEWER)
    asked = transfers.ask(holder.case, to=there, why="搬家", by=reviewer)
    workflows.accept_transfer(asked, by=make_staff("绿水复核", there, Role.REVIEWER))

    with pytest.raises(DomainError):
        channels.confirm(change, by=second)
    over_there = make_staff("绿水经办", there, Role.CLERK)
    assert channels.confirm(change, by=over_there).state == State.CONFIRMED


def test_a_merge_ends_what_was_asked_for_the_file_that_goes(holder, clerk, branch_a) -> None:
    change = ask(holder, clerk)
    into = make_case(branch_a["own"]).holder

    merge(holder, into=into, by=make_staff("县复核", branch_a["county"], Role.REVIEWER))

    assert now(change).state == State.LAPSED


def test_a_closed_file_stops_nobody_from_a_new_phone(holder, clerk, second, li) -> None:
    change = ask(holder, clerk)
    workflows.close_case(holder.case, reason="已解困脱困", by=second)
    new = now(change).new_value.reveal()

    let_days_pass(channels.confirm(change, by=second))

    assert channels.carry_out_due() == 1 and phone_of(li) == new


def test_a_number_taken_meanwhile_lapses(holder, clerk, second, li) -> None:
    new = make_phone()
    change = channels.confirm(ask(holder, clerk, new), by=second)
    make_holder(holder.union, get_or_create_account(new))
    let_days_pass(change)

    channels.carry_out_due()

    assert now(change).state == State.LAPSED and phone_of(li) != new
    with pytest.raises(accounts.PhoneTaken):
        ask(holder, clerk, new)


def test_who_signs_in_with_the_new_card_too_early_loses_nothing(holder, clerk, second, li) -> None:
    """At the counter, or in the days of waiting: the empty account that this made is in nobody's way."""
    new = make_phone()
    early = get_or_create_account(new)
    sign_in(early)
    change = channels.confirm(ask(holder, clerk, new), by=second)
    let_days_pass(change)

    assert channels.carry_out_due() == 1

    assert phone_of(li) == new and now(change).state == State.DONE
    assert not User.objects.filter(pk=early.pk).exists()
    assert get_or_create_account(new) == li
    assert TrailEntry.objects.filter(action="account.gave_way").count() == 1


def test_an_account_of_a_colleague_never_gives_way(holder, clerk, second) -> None:
    number = make_phone()
    accounts.replace(second, number, by=second)

    with pytest.raises(accounts.PhoneTaken):
        ask(holder, clerk, number)


def test_the_old_phone_hears_that_a_number_was_taken(holder, clerk, li) -> None:
    """From the own page, before any colleague has confirmed: it lapses in words, and not at every press anew."""
    change = ask(holder, clerk)
    make_holder(holder.union, get_or_create_account(change.new_value.reveal()))

    assert channels.confirm_from_old_phone(change, by=li).state == State.LAPSED
    change.refresh_from_db()
    assert change.state == State.LAPSED


def test_a_phone_that_the_owner_changed_meanwhile_stays(holder, clerk, second, li) -> None:
    change = channels.confirm(ask(holder, clerk), by=second)
    own = make_phone()
    accounts.replace(li, own, by=li)
    let_days_pass(change)
    channels.carry_out_due()

    assert now(change).state == State.LAPSED and phone_of(li) == own


# The pages --------------------------------------------------------------------------------


def test_the_second_colleague_finds_it_in_the_list_and_confirms(holder, clerk, second) -> None:
    change = ask(holder, clerk)
    desk = sign_in(second)
    page = f"/desk/channels/{change.pk}/"

    assert page in desk.get("/desk/channels/").text
    seen = desk.get(page).context["seen"]
    assert "请先另行核实" in desk.post(page, {"decision": "confirm", "seen": seen}).text
    typed = {"decision": "confirm", "has_checked": "on"}
    assert "没有办理" in desk.post(page, {**typed, "seen": ""}).text
    desk.post(page, {**typed, "seen": seen})

    assert now(change).state == State.CONFIRMED and now(change).confirmed_by == second
    assert Access.objects.filter(holder=holder, viewer=second, what="核对换号换卡").exists()


def test_who_asked_sees_no_button_to_confirm(holder, clerk) -> None:
    change = ask(holder, clerk)

    page = sign_in(clerk).get(f"/desk/channels/{change.pk}/")

    assert "等另一位同志确认" in page.text and 'value="confirm"' not in page.text


def test_the_worker_sees_it_on_the_own_page_and_stops_it(holder, clerk, li, lu) -> None:
    change = ask(holder, clerk)
    phone = sign_in(li)

    assert "/own/numbers/" in phone.get("/own/").text
    assert "不是我要换的" in phone.get("/own/numbers/").text
    stop = f"/own/numbers/{change.pk}/stop/"
    assert sign_in(make_worker("外人")).post(stop).status_code == 404
    phone.post(stop)

    assert now(change).state == State.STOPPED
    assert sign_in(lu).get(f"/desk/channels/{change.pk}/").status_code == 404


def test_the_worker_confirms_on_the_own_page(holder, clerk, li) -> None:
    new = make_phone()
    change = ask(holder, clerk, new)
    phone = sign_in(li)
    seen = phone.get("/own/numbers/").context["waiting"][0]["seen"]

    said = phone.post(f"/own/numbers/{change.pk}/confirm/", {"seen": seen})

    assert phone_of(li) == new
    assert said.status_code == 200 and "号码已经换好" in said.text
    assert "没有完成" not in said.text
    assert phone.get("/own/numbers/").url.startswith("/sign-in/")


def test_a_stopped_change_is_never_confirmed_from_an_old_page(holder, clerk, second, li) -> None:
    change = ask(holder, clerk)
    desk = sign_in(second)
    seen = desk.get(f"/desk/channels/{change.pk}/").context["seen"]
    channels.stop(change, by=li)

    answer = desk.post(
        f"/desk/channels/{change.pk}/",
        {"decision": "confirm", "has_checked": "on", "seen": seen},
    )

    assert answer.status_code in (409, 422) and now(change).state == State.STOPPED


def test_three_working_days_are_a_rule_card(holder, clerk, second, branch_a) -> None:
    from mashang.cases.safeguards import NUMBERS
    from mashang.unions.actions import rules

    rules.set_rule(
        branch_a["county"],
        NUMBERS.kind,
        "workdays_to_change",
        NUMBERS.body("workdays_to_change", 5),
        by=make_staff("县审批", branch_a["county"], Role.APPROVER),
        source="县总工会办公会纪要",
        valid_from=timezone.localdate() - timedelta(days=1),
    )

    change = channels.confirm(ask(holder, clerk), by=second)

    assert change.effective_on == add_workdays(timezone.localdate(), 5)


def test_the_list_leads_nobody_to_a_page_that_is_refused(holder, clerk, second, branch_a) -> None:
    """A colleague of the county asked, who has no other business with this family."""
    above = make_staff("县经办", branch_a["county"], Role.CLERK)
    change = ask(holder, above)
    page = f"/desk/channels/{change.pk}/"

    own_list = sign_in(above).get("/desk/channels/").text

    assert sign_in(above).get(page).status_code == 403
    assert page not in own_list and "等别人确认" in own_list
    for one in (clerk, second):
        assert page in sign_in(one).get("/desk/channels/").text
        assert sign_in(one).get(page).status_code == 200


def test_the_list_costs_the_same_for_a_page_and_for_many(holder, clerk, branch_a) -> None:
    """Whether a page would open is asked for all rows of a page at once."""
    first = ask(holder, clerk)
    desk = sign_in(make_staff("县经办", branch_a["county"], Role.CLERK))

    def statements(rows: int) -> int:
        for _ in range(rows - ChannelChange.objects.count()):
            other = make_case(branch_a["own"], worker=make_worker()).holder
            ChannelChange.objects.create(
                holder=other, kind=first.kind, new_value=make_phone(), why="手机丢了", asked_by=clerk,
                confirmed_by=first.holder.user, state=State.CONFIRMED,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            assert desk.get("/desk/channels/").status_code == 200
        return len(seen)

    few, one_page = statements(3), statements(PAGE + 1)

    assert statements(2 * PAGE + 1) == one_page <= few + 1  # the pager counts
    assert first.holder.union.name in desk.get("/desk/channels/?page=3").text
