"""批准的钱等着发，账号却没有核实通过：重新提出、另填一张卡，都不用重新申请."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.accounts.actions import consents
from mashang.accounts.models import Consent, User
from mashang.aid import actions
from mashang.aid.models import Aid, AidProposal
from mashang.cases.actions import channels
from mashang.cases.models import ChannelChange, Filler, Holder
from mashang.cases.queries.accounts import bank_account_of, change_that_holds_back
from mashang.cases.queries.answers import NotAgreed
from mashang.cases.refusals import ChannelChangeOpen
from mashang.core.errors import NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.core.privacy.keys import blind_index
from mashang.notices.models import Notice
from mashang.unions.models import Post
from mashang.unions.roles import Role
from tests.builders import make_staff, make_worker
from tests.cases.offices import ANSWERS, application_of, bring_to, give_consent, make_office
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db
State = ChannelChange.State
CARD, OTHER_CARD = "6228480000000000018", "6228480000000000026"
SAME = {"bank": ["中国农业银行"], "bank_branch": ["民族大道支行"], "card_number": [""]}
NEW = {"bank": ["中国工商银行"], "bank_branch": ["新华支行"], "card_number": [OTHER_CARD]}


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def treasurer(branch_a) -> User:
    return make_staff("钱多", branch_a["county"], Role.TREASURER)


@pytest.fixture
def granted(office) -> AidProposal:
    """500 yuan, granted to an account that a colleague typed; the family stopped that account."""
    account = {
        "bank_owner": ANSWERS["name"],
        "bank": "中国农业银行",
        "bank_branch": "民族大道支行",
        "card_number": CARD,
    }
    step = bring_to("decision", office, kind="one_off", answers=ANSWERS | account)
    give_consent(step, Consent.Purpose.BANK)
    workflows.approve_step(step, by=office.approver, granted_fen=50_000)
    granted = application_of(step).granted_aid
    told = {"phone": "13800138000", "card_number": CARD}
    channels.follow_answers(
        granted.application, granted.holder, told, changed={"card_number"}, by=office.clerk
    )
    channels.stop(ChannelChange.objects.get(), by=granted.holder.user)
    return granted


def pay(granted: AidProposal, by: User) -> Aid:
    return actions.pay_granted(granted, fund="county", given_on=timezone.localdate(), by=by)


def let_days_pass(change: ChannelChange) -> None:
    ChannelChange.objects.filter(pk=change.pk).update(effective_on=timezone.localdate())


# From the desk ----------------------------------------------------------------------------


def test_a_treasurer_asks_again_and_a_second_colleague_confirms(granted, office, treasurer):
    change = actions.name_account(granted, SAME, by=treasurer)
    assert change.state == State.ASKED and change.new_index == blind_index("account", CARD)
    with pytest.raises(NotAllowed):
        channels.confirm(change, by=treasurer)
    with pytest.raises(actions.AccountNotConfirmed):
        pay(granted, treasurer)

    change = channels.confirm(change, by=office.clerk)
    assert change.state == State.CONFIRMED
    with pytest.raises(actions.AccountNotConfirmed):
        pay(granted, treasurer)
    let_days_pass(change)
    assert channels.carry_out_due() == 1

    assert pay(granted, treasurer).amount_fen == 50_000


def test_money_goes_to_the_new_card_and_the_page_shows_that_one(
    granted, office, treasurer, signed_in
):
    change = channels.confirm(actions.name_account(granted, NEW, by=treasurer), by=office.clerk)
    let_days_pass(change)
    channels.carry_out_due()

    desk = signed_in(treasurer)
    page = desk.get(f"/desk/aid/{granted.pk}/pay/").text
    plain = desk.post(f"/desk/aid/{granted.pk}/account/card_number/", {"purpose": "pay"}).text

    assert "中国工商银行" in page and "中国农业银行" not in page and "现在不能打款" not in page
    assert OTHER_CARD in plain
    assert bank_account_of(granted.application)["bank_owner"] == ANSWERS["name"]
    assert Holder.objects.get(pk=granted.holder_id).payee_index == blind_index(
        "account", OTHER_CARD
    )


def test_while_another_card_waits_nothing_goes_to_the_old_one(granted, office, treasurer):
    own = actions.name_account(granted, SAME, by=granted.holder.user)
    assert own.state == State.DONE and change_that_holds_back(granted.application) is None

    waiting = actions.name_account(granted, NEW, by=treasurer)

    with pytest.raises(actions.AccountNotConfirmed):
        pay(granted, treasurer)
    channels.decline(waiting, by=office.clerk)
    assert pay(granted, treasurer).amount_fen == 50_000


def test_who_may_not(granted, office, branch_a) -> None:
    for who in (office.clerk, office.approver, make_worker("外人")):
        with pytest.raises(NotAllowed):
            actions.name_account(granted, NEW, by=who)
    other = make_staff("邻县", branch_a["city"], Role.CLERK)
    with pytest.raises(NotAllowed):
        actions.name_account(granted, NEW, by=other)


def test_a_treasurer_who_left_asks_for_nothing_any_more(granted, office, treasurer):
    change = actions.name_account(granted, NEW, by=treasurer)
    Post.objects.filter(user=treasurer).update(to_on=timezone.localdate())

    with pytest.raises(WrongState):
        channels.confirm(change, by=office.clerk)


def test_a_wrong_digit_loses_nothing_and_says_where(granted, treasurer, signed_in):
    typed = {
        "bank": "中国工商银行",
        "bank_branch": "新华支行",
        "card_number": "6228480000000000027",
    }

    page = signed_in(treasurer).post(f"/desk/aid/{granted.pk}/account/", typed)

    assert page.status_code == 422
    assert "逐位核对" in page.text and "中国工商银行" in page.text
    assert not ChannelChange.objects.waiting().exists()


def test_the_same_account_twice_is_nothing_to_ask(granted, treasurer, branch_a) -> None:
    actions.name_account(granted, SAME, by=treasurer)
    with pytest.raises(actions.NothingToName):
        actions.name_account(granted, SAME, by=treasurer)
    with pytest.raises(ChannelChangeOpen):
        actions.name_account(
            granted, NEW, by=make_staff("钱二", branch_a["county"], Role.TREASURER)
        )


def test_what_is_paid_goes_nowhere_else(granted, treasurer) -> None:
    actions.name_account(granted, SAME, by=granted.holder.user)
    pay(granted, treasurer)

    with pytest.raises(WrongState):
        actions.name_account(granted, NEW, by=granted.holder.user)


def test_without_the_consent_no_account_is_taken(granted, treasurer) -> None:
    worker = granted.holder.user
    consents.withdraw(granted.holder_id, Consent.Purpose.BANK, by=worker)

    with pytest.raises(NotAgreed):
        actions.name_account(granted, NEW, by=worker)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_one_that_waits(granted, treasurer, branch_a) -> None:
    colleague = make_staff("钱二", branch_a["county"], Role.TREASURER)

    def name(by: User):
        return lambda: actions.name_account(granted, NEW, by=by)

    press_at_once([name(treasurer), name(colleague)])

    assert ChannelChange.objects.waiting().count() == 1


# From the phone ---------------------------------------------------------------------------


def test_the_family_reads_that_the_account_did_not_pass_and_names_it(granted, treasurer, signed_in):
    phone = signed_in(granted.holder.user)
    matter = f"/matters/{granted.application_id}/"
    assert "没有核实通过" in phone.get(matter).text
    account = f"/own/granted/{granted.pk}/account/"
    assert account in phone.get(matter).text and CARD not in phone.get(account).text

    answer = phone.post(account, SAME, follow=True)

    assert "等财务打款" in answer.text and "没有核实通过" not in answer.text
    assert pay(granted, treasurer).amount_fen == 50_000


def test_who_took_back_the_consent_to_the_card_reads_that_no_money_comes(
    granted, treasurer, signed_in
) -> None:
    worker = granted.holder.user
    actions.name_account(granted, SAME, by=worker)
    phone, desk = signed_in(worker), signed_in(treasurer)
    pages = [f"/matters/{granted.application_id}/", "/own/", "/own/aid/"]
    assert all("等财务打款" in phone.get(page).text for page in pages)

    workflows.withdraw_consent(granted.holder, Consent.Purpose.BANK, by=worker)

    for page in pages:
        said = phone.get(page).text
        assert "撤回了使用银行卡信息的同意" in said
        assert "等财务打款" not in said and "您不用再做什么" not in said
    asked = phone.get(f"/own/granted/{granted.pk}/account/")
    assert asked.status_code == 403 and "重新同意" in asked.text and "本人没有" not in asked.text
    paid = desk.get(f"/desk/aid/{granted.pk}/pay/").text
    assert "本人撤回了" in paid and "申请里没有收款账号" not in paid


def test_another_card_of_a_family_that_was_paid_before_waits_some_days(granted, treasurer):
    worker = granted.holder.user
    actions.name_account(granted, SAME, by=worker)

    change = actions.name_account(granted, NEW, by=worker)

    assert change.state == State.ASKED and change.effective_on > timezone.localdate()
    with pytest.raises(actions.AccountNotConfirmed):
        pay(granted, treasurer)
    let_days_pass(change)
    assert channels.carry_out_due() == 1
    assert (
        pay(granted, treasurer)
        and bank_account_of(granted.application)["card_number"] == OTHER_CARD
    )


def test_going_back_to_the_card_of_before_waits_for_nobody(granted, treasurer, signed_in) -> None:
    worker = granted.holder.user
    actions.name_account(granted, SAME, by=worker)
    other = actions.name_account(granted, NEW, by=worker)
    phone, account = signed_in(worker), f"/own/granted/{granted.pk}/account/"
    again = phone.post(account, NEW)
    assert again.status_code == 422 and "正在核实" in again.text and "现在登记的" not in again.text

    said = phone.post(account, SAME, follow=True).text

    other.refresh_from_db()
    assert other.state == State.DECLINED and not ChannelChange.objects.waiting().exists()
    assert "照原来登记的账号打款" in said and "正在核实" not in said
    assert pay(granted, treasurer).amount_fen == 50_000
    assert bank_account_of(granted.application)["card_number"] == CARD


def test_the_family_says_it_in_place_of_what_a_treasurer_asked(granted, treasurer) -> None:
    asked = actions.name_account(granted, NEW, by=treasurer)

    own = actions.name_account(granted, NEW, by=granted.holder.user)

    asked.refresh_from_db()
    assert (asked.state, own.state) == (State.DECLINED, State.DONE)
    assert Notice.objects.filter(user=treasurer, kind="channel.asked_not_done").exists()


def test_a_stranger_finds_no_such_page(granted, signed_in) -> None:
    stranger = signed_in(make_worker("外人"))

    assert stranger.get(f"/own/granted/{granted.pk}/account/").status_code == 404


def test_declined_by_a_colleague_the_family_hears_what_to_do(granted, office, treasurer) -> None:
    channels.decline(actions.name_account(granted, NEW, by=treasurer), by=office.clerk)

    told = Notice.objects.get(user=granted.holder.user, kind="channel.account_not_done")
    assert "重填收款账号" in told.body


def test_a_colleague_who_mistyped_says_it_anew_in_place_of_the_wrong_one(
    granted, treasurer
) -> None:
    wrong = actions.name_account(granted, NEW, by=treasurer)

    actions.name_account(granted, SAME, by=treasurer)

    wrong.refresh_from_db()
    assert wrong.state == State.DECLINED
    assert ChannelChange.objects.waiting().get().new_index == blind_index("account", CARD)


def test_a_payable_account_of_before_is_not_replaced_at_once(granted, treasurer) -> None:
    """Granted before accounts were noted: no change stands against it, so it is the known one."""
    ChannelChange.objects.all().delete()
    assert change_that_holds_back(granted.application) is None

    change = actions.name_account(granted, NEW, by=granted.holder.user)

    assert change.state == State.ASKED and change.effective_on > timezone.localdate()


def test_who_filled_in_names_no_account(granted, treasurer) -> None:
    Filler.objects.create(application=granted.application, user=treasurer)

    with pytest.raises(actions.FilledInForThem):
        actions.name_account(granted, NEW, by=treasurer)


def test_a_payment_is_entered_for_the_account_that_was_on_the_page(
    granted, treasurer, signed_in
) -> None:
    """The family names another card while the treasurer is at the bank: what left for the old one is not
    entered as if it had gone to the new one."""
    actions.name_account(granted, SAME, by=granted.holder.user)
    desk = signed_in(treasurer)
    address = f"/desk/aid/{granted.pk}/pay/"
    seen = re.search(r'name="seen" value="([^"]+)"', desk.get(address).text).group(1)
    change = actions.name_account(granted, NEW, by=granted.holder.user)
    let_days_pass(change)
    channels.carry_out_due()
    form = {"fund": "county", "given_on": timezone.localdate().isoformat(), "seen": seen}

    answer = desk.post(address, form)

    assert answer.status_code == 409 and "收款账号变了" in answer.text
    assert not Aid.objects.exists()
    again = re.search(r'name="seen" value="([^"]+)"', answer.text).group(1)
    assert desk.post(address, form | {"seen": again}).status_code == 302
    told = TrailEntry.objects.get(action="aid.paid_into").facts["account"]
    assert blind_index("account", OTHER_CARD).startswith(told) and told


# Whoever came in by a phone that a colleague had entered ----------------------------------


def test_where_one_colleague_entered_the_phone_another_vouches_for_the_account(
    granted, office, treasurer
) -> None:
    """The phone and the number alone open a household that was entered by a colleague; money takes one more."""
    worker = granted.holder.user
    Holder.objects.filter(pk=granted.holder_id).update(linked_on=timezone.localdate())
    Filler.objects.create(application=granted.application, user=office.clerk)

    change = actions.name_account(granted, SAME, by=worker)

    month = timezone.localdate() + timedelta(days=30)
    assert (change.state, change.effective_on) == (State.ASKED, month)
    assert channels.carry_out_due() == 0
    assert Notice.objects.filter(user=office.colleague, kind="channel.to_confirm").exists()
    with pytest.raises(NotAllowed, match="代填过"):
        channels.confirm(change, by=office.clerk)
    assert channels.confirm(change, by=office.colleague).state == State.DONE
    assert pay(granted, treasurer).amount_fen == 50_000


def test_a_month_later_the_household_speaks_for_itself(granted) -> None:
    Holder.objects.filter(pk=granted.holder_id).update(
        linked_on=timezone.localdate() - timedelta(days=30)
    )

    assert actions.name_account(granted, SAME, by=granted.holder.user).state == State.DONE


def test_the_first_account_of_a_form_waits_for_a_colleague_too(granted) -> None:
    Holder.objects.filter(pk=granted.holder_id).update(linked_on=timezone.localdate())
    holder = Holder.objects.get(pk=granted.holder_id)
    told = {"phone": "13800138000", "card_number": OTHER_CARD}

    channels.follow_answers(
        granted.application, holder, told, changed={"card_number"}, by=holder.user
    )

    assert holder.payee_index == ""
    waits = ChannelChange.objects.waiting().get()
    assert waits.effective_on == timezone.localdate() + timedelta(days=30)
    let_days_pass(waits)
    assert channels.carry_out_due() == 1
