"""联系手机号、收款账号：代填的人改不成自己的号，改过的账号先不打款；接上账号时告诉老号码和工会."""

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import Consent, User
from mashang.aid import actions as aid
from mashang.cases.actions import account_links, changes, channel_effects, channels
from mashang.cases.models import CaseVersion, ChannelChange, Holder
from mashang.cases.queries.accounts import change_that_holds_back
from mashang.cases.refusals import ChannelChangeOpen
from mashang.core.errors import Invalid
from mashang.core.privacy.keys import blind_index
from mashang.notices.models import Message, Notice
from mashang.unions.roles import Role
from tests.builders import make_application, make_phone, make_staff, make_worker
from tests.cases.answers import make_ready
from tests.cases.households import make_case
from tests.cases.offices import ANSWERS, application_of, bring_to, give_consent, make_office

pytestmark = pytest.mark.django_db
Kind, State = ChannelChange.Kind, ChannelChange.State
CARD, OTHER_CARD = "6228480000000000018", "6228480000000000026"


@pytest.fixture
def clerk(branch_a) -> User:
    return make_staff("经办甲", branch_a["own"], Role.CLERK)


@pytest.fixture
def second(branch_a) -> User:
    return make_staff("经办乙", branch_a["own"], Role.CLERK)


@pytest.fixture
def case(branch_a):
    """A household on file for which nobody signs in."""
    case = make_case(branch_a["own"])
    phone = make_phone()
    Holder.objects.filter(pk=case.holder_id).update(
        user=None, phone_index=blind_index("phone", phone)
    )
    holder = Holder.objects.get(pk=case.holder_id)
    channel_effects.enter_phone(holder, phone)
    holder.save()
    case.refresh_from_db()
    return case


def let_days_pass(change: ChannelChange) -> None:
    ChannelChange.objects.filter(pk=change.pk).update(effective_on=timezone.localdate())


def sent_to() -> set[str]:
    return {message.phone.reveal() for message in Message.objects.all()}


# The contact phone, which with the ID number opens the household -------------------------


def test_one_colleague_cannot_link_a_household_to_a_phone_of_theirs(case, clerk) -> None:
    friend = make_worker("同伙")
    number, old = case.holder.id_number.reveal(), case.holder.phone.reveal()

    changes.change(case, {"phone": friend.phone.reveal()}, why="换了号码", by=clerk)

    with pytest.raises(Invalid):
        account_links.link(number, by=friend)
    assert {old, friend.phone.reveal()} <= sent_to()
    assert Holder.objects.get(pk=case.holder_id).phone.reveal() == old


def test_with_a_second_colleague_and_some_days_it_opens(case, clerk, second) -> None:
    worker = make_worker()
    old, new = case.holder.phone.reveal(), worker.phone.reveal()
    changes.change(case, {"phone": new}, why="换了号码", by=clerk)
    change = channels.confirm(ChannelChange.objects.get(), by=second)
    let_days_pass(change)

    assert channels.carry_out_due() == 1

    assert CaseVersion.objects.filter(case=case).latest("number").body.reveal()["phone"] == new
    Message.objects.all().delete()
    assert account_links.link(case.holder.id_number.reveal(), by=worker) == case.holder
    assert old in sent_to()
    assert Notice.objects.filter(user=clerk, kind="holder.linked_others").exists()
    assert Notice.objects.filter(user=worker, kind="holder.linked").exists()


def test_what_changes_beside_the_phone_changes_at_once(case, clerk) -> None:
    changes.change(
        case, {"phone": make_phone(), "employer": "红旗机械厂"}, why="换单位和号码", by=clerk
    )

    newest = CaseVersion.objects.filter(case=case).latest("number")
    assert newest.changed == ["employer"]
    case.refresh_from_db()
    with pytest.raises(ChannelChangeOpen):
        changes.change(case, {"phone": make_phone()}, why="又换", by=clerk)


def test_who_links_first_is_not_moved_by_what_waits(case, clerk, second) -> None:
    worker = make_worker()
    Holder.objects.filter(pk=case.holder_id).update(phone_index=worker.phone_index)
    case.refresh_from_db()
    changes.change(case, {"phone": make_phone()}, why="换了号码", by=clerk)
    change = channels.confirm(ChannelChange.objects.get(), by=second)
    account_links.link(case.holder.id_number.reveal(), by=worker)
    let_days_pass(change)

    assert channels.carry_out_due() == 0
    assert ChannelChange.objects.get().state == State.LAPSED


def test_a_household_that_signs_in_is_reached_by_what_the_file_says(branch_a, clerk, li) -> None:
    case = make_case(branch_a["own"], worker=li)
    new = make_phone()

    changes.change(case, {"phone": new}, why="换了号码", by=clerk)

    assert Holder.objects.get(pk=case.holder_id).phone.reveal() == new
    assert not ChannelChange.objects.exists()


def test_a_corrected_application_does_not_move_the_phone_either(case, clerk) -> None:
    application = make_application(case.holder, assist_reason="没有手机")
    told = {"phone": make_phone(), "name": case.holder.name}
    holder, old = application.holder, case.holder.phone.reveal()

    channels.follow_answers(application, holder, told, changed={"phone"}, by=clerk)
    channels.follow_answers(application, holder, told, changed={"phone"}, by=clerk)

    assert holder.phone.reveal() == old and ChannelChange.objects.count() == 1
    channels.follow_answers(
        application, holder, told | {"phone": make_phone()}, changed={"phone"}, by=clerk
    )
    assert sorted(ChannelChange.objects.values_list("state", flat=True)) == ["asked", "declined"]
    channels.follow_answers(application, holder, told | {"phone": old}, changed={"phone"}, by=clerk)
    assert not ChannelChange.objects.filter(state=State.ASKED).exists()


# The account that money goes to ----------------------------------------------------------


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def granted(office):
    account = {"bank_owner": "李春燕", "bank": "中国农业银行", "card_number": CARD}
    step = bring_to("decision", office, kind="one_off", answers=ANSWERS | account)
    give_consent(step, Consent.Purpose.BANK)
    workflows.approve_step(step, by=office.approver, granted_fen=50_000)
    return application_of(step).granted_aid


def follow(granted, card: str, by: User, *, changed=("card_number",)) -> None:
    told, holder = {"phone": make_phone(), "card_number": card}, granted.holder
    channels.follow_answers(granted.application, holder, told, changed=set(changed), by=by)
    holder.save()


def pay(granted, by: User):
    return aid.pay_granted(granted, fund="county", given_on=timezone.localdate(), by=by)


def test_an_account_that_one_colleague_typed_is_not_paid_to(granted, office, branch_a) -> None:
    treasurer = make_staff("钱多", branch_a["county"], Role.TREASURER)
    follow(granted, CARD, office.clerk)

    with pytest.raises(aid.AccountNotConfirmed):
        pay(granted, treasurer)
    change = channels.confirm(ChannelChange.objects.get(), by=office.colleague)
    with pytest.raises(aid.AccountNotConfirmed):
        pay(granted, treasurer)
    let_days_pass(change)
    channels.carry_out_due()

    assert pay(granted, treasurer).amount_fen == 50_000


def test_the_first_account_of_the_family_itself_is_simply_there(granted, branch_a) -> None:
    follow(granted, CARD, granted.holder.user)

    assert not ChannelChange.objects.exists()
    assert pay(granted, make_staff("钱多", branch_a["county"], Role.TREASURER)).amount_fen == 50_000


def test_another_account_of_the_family_waits_some_days_or_for_one_colleague(
    granted, office
) -> None:
    worker = granted.holder.user
    follow(granted, OTHER_CARD, worker)
    follow(granted, CARD, worker)
    change = ChannelChange.objects.get()
    assert change_that_holds_back(granted.application) == change
    assert Notice.objects.filter(user=worker, kind="channel.account_asked").exists()

    assert channels.confirm(change, by=office.clerk).state == State.DONE
    assert change_that_holds_back(granted.application) is None


def test_left_alone_it_takes_effect_by_itself(granted) -> None:
    worker = granted.holder.user
    follow(granted, OTHER_CARD, worker)
    follow(granted, CARD, worker)
    assert channels.carry_out_due() == 0
    let_days_pass(ChannelChange.objects.get())

    assert channels.carry_out_due() == 1 and change_that_holds_back(granted.application) is None


def test_a_stopped_account_is_never_paid_to(granted, office, branch_a, signed_in) -> None:
    follow(granted, CARD, office.clerk)
    channels.stop(ChannelChange.objects.get(), by=granted.holder.user)
    treasurer = make_staff("钱多", branch_a["county"], Role.TREASURER)

    page = signed_in(treasurer).get(f"/desk/aid/{granted.pk}/pay/").text

    assert "现在不能打款" in page
    with pytest.raises(aid.AccountNotConfirmed):
        pay(granted, treasurer)


def test_what_the_family_then_names_itself_is_paid_to(granted, office, branch_a) -> None:
    """A colleague typed it, and the family corrects something else on its own phone before anybody confirmed."""
    follow(granted, CARD, office.clerk)
    follow(granted, CARD, granted.holder.user)

    assert ChannelChange.objects.get().state == State.DECLINED
    assert pay(granted, make_staff("钱多", branch_a["county"], Role.TREASURER)).amount_fen == 50_000


def test_an_account_paid_to_before_there_were_changes_is_the_known_one(granted, branch_a) -> None:
    """A household of old: whoever holds its phone does not simply name another account."""
    worker, later = granted.holder.user, make_application(granted.holder)
    told = {"phone": make_phone(), "card_number": OTHER_CARD}
    channels.follow_answers(later, granted.holder, told, changed={"card_number"}, by=worker)

    assert ChannelChange.objects.get().new_index == blind_index("account", OTHER_CARD)


def test_who_corrects_something_else_ends_no_change_that_waits(granted, office) -> None:
    follow(granted, OTHER_CARD, granted.holder.user)
    follow(granted, CARD, granted.holder.user)
    change = ChannelChange.objects.get()

    follow(granted, OTHER_CARD, office.clerk, changed=("income",))

    change.refresh_from_db()
    assert change.is_waiting


def test_the_form_of_the_family_itself_enters_its_account(branch_a, li) -> None:
    application = make_ready(li, branch_a)

    workflows.submit_application(application, by=li)

    assert not ChannelChange.objects.exists()
    assert Holder.objects.get(user=li).payee_index == blind_index("account", CARD)
