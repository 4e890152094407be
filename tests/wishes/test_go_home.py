"""直接送到家: who reads the address, while what holds; and how what is sent there comes true."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import Consent
from mashang.cases.actions import access
from mashang.cases.models import Access, Case
from mashang.cases.queries.looks import looks_at
from mashang.core.errors import Missing, NotAllowed, WrongState
from mashang.givers.models import Giver, Organisation, Representative
from mashang.notices.models import Notice
from mashang.reference.actions import load_regions
from mashang.reference.workdays import add_workdays
from mashang.unions.models import RuleCard
from mashang.wishes.actions import (
    addresses,
    complaints,
    confirmations,
    moderation,
    wishes,
)
from mashang.wishes.actions import claims as claim_actions
from mashang.wishes.actions import deliveries as delivery_actions
from mashang.wishes.models import Certificate, Claim, Handover, Parcel, Wish
from mashang.wishes.queries import deliveries, deliveries_due, homes, of_giver
from mashang.wishes.queries.progress import standing_of
from mashang.wishes.refusals import (
    ComplaintStands,
    GiverHandsOver,
    NotAgreedToAddress,
    NotToHome,
    ParcelOpen,
    TooManyDoors,
    WishNotFit,
)
from tests.builders import make_worker
from tests.pictures import make_jpeg
from tests.wishes.builders import make_claim, make_giver
from tests.wishes.deliveries import GOOD, claimed, fresh, make_helper, sent, to_home
from tests.wishes.families import make_wish_room, words

pytestmark = pytest.mark.django_db
ADDRESS = "幸福里 3 栋 201"


@pytest.fixture
def claim(branch_a):
    return to_home(branch_a)


@pytest.fixture
def room(branch_a):
    return make_wish_room(branch_a)


def worker_of(claim):
    return claim.wish.holder.user


def sent_home(claim):
    return sent(claim, mode="to_home")


def agreed(holder):
    return Consent.objects.filter(subject_id=holder.pk, purpose="address", withdrawn_at=None)


def is_shut(claim):
    with pytest.raises(NotToHome):
        addresses.look(claim, by=claim.giver)
    return not Access.objects.filter(basis=Access.Basis.CLAIM).exists()


def forbid(union):
    RuleCard.objects.create(
        union=union, kind="wish", code="may_go_home", body={"value": 0}, source="x",
        valid_from="2026-01-01",
    )  # fmt: skip


# The tick ----------------------------------------------------------------------------------------


def test_without_the_tick_nothing_is_sent_home(room):
    with pytest.raises(NotAgreedToAddress):
        room.post(delivery_mode="to_home")

    assert not Wish.objects.exists() and not agreed(room.holder).exists()


def test_the_tick_is_a_consent_of_its_own(room):
    wishes.post(
        room.holder, words=words(delivery_mode="to_home"), by=room.worker, agrees_address=True
    )

    given = agreed(room.holder).get()
    assert (given.way, given.recorded_by) == ("self", room.worker) and given.version


def test_posted_for_the_worker_it_is_signed_on_paper(room):
    wishes.post(
        room.holder,
        words=words(delivery_mode="to_home"),
        by=room.clerk,
        assist_reason="没有手机",
        agrees_address=True,
    )

    assert agreed(room.holder).get().way == "paper"


def test_it_is_asked_anew_for_each_wish(room):
    home = words(delivery_mode="to_home")
    wish = wishes.post(room.holder, words=home, by=room.worker, agrees_address=True)

    with pytest.raises(NotAgreedToAddress):
        wishes.correct(wish, words=home, by=room.worker)
    wishes.correct(wish, words=words(), by=room.worker)

    assert not agreed(room.holder).exists()


def test_a_childs_wish_goes_through_the_union(room):
    with pytest.raises(WishNotFit) as refusal:
        room.post(delivery_mode="to_home", for_whom="child")

    assert "给孩子的心愿由工会转交" in refusal.value.fields["delivery_mode"]


def test_a_union_may_switch_it_off(room, branch_a):
    forbid(branch_a["county"])

    with pytest.raises(WishNotFit) as refusal:
        room.post(delivery_mode="to_home")
    assert "由工会转交" in refusal.value.fields["delivery_mode"]


# The look ----------------------------------------------------------------------------------------


def test_the_giver_reads_where_to_send(claim):
    home = addresses.look(claim, by=claim.giver)

    holder = claim.wish.holder
    assert (home.name, home.phone, home.address) == (holder.name, holder.phone.reveal(), ADDRESS)


def test_the_county_stands_before_the_door(claim, monkeypatch):
    load_regions()
    told = {"address_region": "450103", "address": ADDRESS}
    monkeypatch.setattr(homes, "answers_of", lambda case: told)

    home = addresses.look(claim, by=claim.giver)

    assert home.address == f"广西壮族自治区南宁市青秀区{ADDRESS}"


def test_each_look_is_written_and_the_family_reads_it(claim):
    addresses.look(claim, by=claim.giver)
    addresses.look(claim, by=claim.giver)

    (look,) = looks_at(claim.wish.holder)
    assert (look.office, look.who, look.times) == ("认领人", "热心人", 1)  # of one minute
    assert look.what == addresses.SHOWN and claim.wish.number in look.reason


def test_where_the_look_cannot_be_written_nothing_is_shown(claim, monkeypatch):
    def fail(*_, **__):
        raise OSError("the disk is full")

    monkeypatch.setattr(access, "log_access", fail)

    with pytest.raises(OSError, match="disk"):
        addresses.look(claim, by=claim.giver)


def test_nobody_else_reads_it(claim, chen):
    helper = make_helper(claim, make_worker("黄志强"))

    for nobody in (make_giver("路人甲"), make_worker("路人"), helper, chen, worker_of(claim)):
        with pytest.raises(Missing):
            addresses.look(claim, by=nobody)
    assert not Access.objects.filter(basis=Access.Basis.CLAIM).exists()


def test_of_an_organisation_those_who_act_for_it_read_it(branch_a, organisation, wang):
    claim = to_home(branch_a)
    Claim.objects.filter(pk=claim.pk).update(
        kind="organisation", organisation=organisation, giver=wang
    )
    colleague, gone = make_worker("同事"), make_worker("离开的人")
    Representative.objects.create(organisation=organisation, user=colleague, role="member")
    Representative.objects.create(
        organisation=organisation, user=gone, role="member", left_at=timezone.now()
    )

    assert addresses.look(claim, by=colleague).address == ADDRESS
    with pytest.raises(Missing):
        addresses.look(claim, by=gone)
    Organisation.objects.update(state="suspended", suspended_why="失联")
    with pytest.raises(NotToHome):
        addresses.look(claim, by=colleague)


def test_without_the_familys_wish_it_stays_shut(branch_a):
    assert is_shut(claimed(branch_a))
    assert is_shut(claimed(branch_a, delivery_mode="to_home"))  # the tick was never given


def test_an_earlier_tick_opens_no_other_wish(claim):
    Wish.objects.update(delivery_mode="through_union")

    assert is_shut(claim)


def test_a_childs_wish_stays_shut_whatever_was_ticked(claim):
    Wish.objects.update(for_whom="child")

    assert is_shut(claim)


def test_a_worker_under_eighteen_is_a_minor_too(claim, monkeypatch):
    monkeypatch.setattr(homes, "years_of", lambda holder: 17)
    assert is_shut(claim)

    monkeypatch.setattr(homes, "years_of", lambda holder: 18)
    assert addresses.look(claim, by=claim.giver).address == ADDRESS


def test_the_rule_holds_for_claims_that_live_already(claim, branch_a):
    forbid(branch_a["county"])

    assert is_shut(claim)


def test_a_file_that_was_closed_shows_nothing(claim):
    Case.objects.update(state="closed", closed_on=timezone.localdate())

    assert is_shut(claim)


def test_taken_back_it_is_shut_at_once(claim):
    workflows.withdraw_consent(claim.wish.holder, "address", by=worker_of(claim))

    assert is_shut(claim)
    assert fresh(claim).wish.delivery_mode == "through_union"
    assert not agreed(claim.wish.holder).exists()


def test_the_union_takes_it_back_for_the_worker_and_a_giver_may_not(claim, chen):
    with pytest.raises(NotAllowed):
        workflows.withdraw_consent(claim.wish.holder, "address", by=claim.giver)

    workflows.withdraw_consent(claim.wish.holder, "address", by=chen)
    assert not agreed(claim.wish.holder).exists()


def test_off_the_wall_it_is_off_the_givers_page_too(claim):
    workflows.withdraw_consent(claim.wish.holder, "wish", by=worker_of(claim))

    assert is_shut(claim)


ENDS = {
    "given up": lambda claim, clerk: claim_actions.give_up(claim, by=claim.giver),
    "revoked": lambda claim, clerk: claim_actions.revoke(claim, why="失联", by=clerk),
    "received": lambda claim, clerk: delivery_actions.take_in(
        claim, mode="in_person", goods="电饭煲", by=clerk
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_it_ends_with_the_claim(claim, chen, end):
    ENDS[end](claim, chen)

    assert is_shut(claim)


def test_it_ends_on_the_last_day_before_the_clock_has_come_by(claim):
    Claim.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert is_shut(claim)

    claim_actions.lapse_overdue()
    assert is_shut(claim)


def test_the_next_giver_reads_it_and_the_one_before_does_not(claim):
    before = claim.giver
    claim_actions.give_up(claim, by=before)
    now = make_claim(fresh(claim).wish)

    assert addresses.look(now, by=now.giver).address == ADDRESS
    with pytest.raises(Missing):
        addresses.look(now, by=before)


def test_nobody_goes_from_door_to_door(branch_a):
    giver = make_giver()
    claims = [to_home(branch_a, giver) for _ in range(addresses.NEW_DOORS.most + 1)]
    *known, new = claims
    for claim in known:
        addresses.look(claim, by=giver)
        claim_actions.give_up(claim, by=giver)

    with pytest.raises(TooManyDoors):
        addresses.look(new, by=giver)
    assert not Access.objects.filter(basis="claim", holder=new.wish.holder).exists()
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        assert addresses.look(new, by=giver).address == ADDRESS


def test_a_door_once_opened_is_not_counted_again_and_a_shut_one_never(branch_a, claim):
    closed = claimed(branch_a, claim.giver)

    for _ in range(addresses.NEW_DOORS.most + 2):
        addresses.look(claim, by=claim.giver)
        with pytest.raises(NotToHome):
            addresses.look(closed, by=claim.giver)

    assert addresses.look(to_home(branch_a, claim.giver), by=claim.giver).address == ADDRESS


def test_some_days_after_the_last_day_what_is_on_its_way_is_asked_after_no_more(claim):
    sent_home(claim)
    today = timezone.localdate()
    Claim.objects.update(due_on=add_workdays(today, -4))
    assert addresses.look(claim, by=claim.giver).address == ADDRESS

    Claim.objects.update(due_on=add_workdays(today, -6))
    with pytest.raises(NotToHome):
        addresses.look(claim, by=claim.giver)


def test_what_is_on_its_way_to_the_union_needs_no_address(claim):
    sent(claim)

    assert is_shut(claim)


def test_while_the_family_says_that_something_is_wrong_it_is_shut(claim, chen):
    complaint = complaints.raise_complaint(claim, kind="conduct", by=worker_of(claim))
    assert is_shut(claim)

    complaints.answer(complaint, words="已核实，没有此事", by=chen)
    assert addresses.look(claim, by=claim.giver).address == ADDRESS


def test_what_the_giver_reports_shuts_nothing(claim):
    complaints.raise_complaint(claim, kind="other", words="电话打不通", by=claim.giver)

    assert addresses.look(claim, by=claim.giver).address == ADDRESS


def test_whose_age_is_unknown_counts_as_a_minor(claim, monkeypatch):
    monkeypatch.setattr(homes, "years_of", lambda holder: None)

    assert is_shut(claim)


def test_of_an_organisation_the_family_reads_its_name(branch_a, organisation, wang):
    claim = to_home(branch_a)
    Claim.objects.update(kind="organisation", organisation=organisation, giver=wang)

    addresses.look(claim, by=wang)

    (look,) = looks_at(claim.wish.holder)
    assert organisation.name in look.reason and claim.wish.number in look.reason


# What is said ------------------------------------------------------------------------------------


def told(user):
    return {one.kind: one.body for one in Notice.objects.filter(user=user)}


def test_the_family_is_told_that_its_address_may_be_read_and_how_to_stop_it(claim):
    claim_actions.give_up(claim, by=claim.giver)
    claim_actions.claim(fresh(claim).wish, by=claim.giver)

    said = told(worker_of(claim))
    assert "claim.made" not in said
    for part in ("看到您的姓名、电话和住址", "不想再告诉住址"):
        assert part in said["claim.made_to_home"]
    standing = standing_of(fresh(claim).wish).words
    assert "能看到您的姓名、电话和住址" in standing and "工会" not in standing


def test_through_the_union_the_family_is_told_as_ever(claim):
    workflows.withdraw_consent(claim.wish.holder, "address", by=worker_of(claim))
    claim_actions.give_up(claim, by=claim.giver)
    claim_actions.claim(fresh(claim).wish, by=claim.giver)

    assert "claim.made_to_home" not in told(worker_of(claim))
    assert "送到工会" in standing_of(fresh(claim).wish).words


def test_the_giver_is_not_told_to_bring_it_to_the_union_alone(claim):
    (row,) = of_giver.claims_of(claim.giver, timezone.localdate())

    assert row.next_step == of_giver.NEXT_TO_HOME


def test_posted_by_one_colleague_the_worker_hears_of_the_address(room):
    home = words(delivery_mode="to_home")
    wishes.post(
        room.holder, words=home, by=room.clerk, assist_reason="没有手机", agrees_address=True
    )

    said = told(room.worker)
    assert "wish.assisted" not in said
    assert "不想告诉住址" in said["wish.assisted_to_home"]


# The goods ---------------------------------------------------------------------------------------


def test_sent_home_it_waits_for_the_familys_yes(claim, chen):
    sent_home(claim)

    assert fresh(claim).state == Claim.State.UNDER_WAY
    assert not deliveries_due.arrivals(chen).exists()  # no counter sees it
    assert deliveries_due.to_hand_over(chen).get() == claim
    assert Notice.objects.filter(user=worker_of(claim), kind="parcel.sent_home").exists()
    assert addresses.look(claim, by=claim.giver).address == ADDRESS  # to ask after the parcel


def test_the_workers_yes_closes_it(claim, chen):
    sent_home(claim)

    confirmations.confirm(claim, by=worker_of(claim))

    now, handover, parcel = fresh(claim), Handover.objects.get(), Parcel.objects.get()
    assert (now.state, now.wish.state) == ("fulfilled", "fulfilled")
    assert (handover.handed_by, handover.answered_by) == (claim.giver, "worker")
    assert (parcel.state, parcel.checked_by) == ("passed", worker_of(claim))
    assert Certificate.objects.get().claim == claim
    assert deliveries_due.off_ledger(chen).get() == claim  # the union registers it
    with pytest.raises(NotToHome):
        addresses.look(claim, by=claim.giver)


def test_a_colleague_who_gave_proposes_no_aid_and_hands_nothing_over(branch_a, chen):
    Giver.objects.create(user=chen, nickname="热心人", shown_as="nickname")
    claim = to_home(branch_a, chen)
    sent_home(claim)
    with pytest.raises(GiverHandsOver):
        delivery_actions.hand_over(claim, handed_on=timezone.localdate(), by=chen)

    confirmations.confirm(claim, by=worker_of(claim))

    assert fresh(claim).proposal is None and Handover.objects.get().is_by_giver


def test_what_was_at_the_union_is_not_by_the_giver(claim, chen):
    delivery_actions.take_in(claim, mode="in_person", goods="电饭煲", by=chen)
    handover = delivery_actions.hand_over(claim, handed_on=timezone.localdate(), by=chen)
    Handover.objects.update(handed_by=claim.giver)

    assert not Handover.objects.get(pk=handover.pk).is_by_giver


@pytest.mark.parametrize("kind", ["wrong_goods", "not_received"])
def test_what_is_wrong_at_home_is_sent_again(claim, chen, kind):
    sent_home(claim)
    complaint = complaints.raise_complaint(claim, kind=kind, by=worker_of(claim))

    complaints.answer(complaint, words="已核实", is_accepted=True, by=chen)

    assert (fresh(claim).state, Parcel.objects.get().state) == ("claimed", "rejected")
    assert Notice.objects.filter(user=claim.giver, kind="parcel.wrong_at_home").exists()
    told = deliveries.progress_of(fresh(claim), claim.giver)
    assert any(
        complaint.get_kind_display() in item["words"] for item in told.items if item.get("words")
    )
    sent(claim, mode="to_home", goods="电饭煲，新的")
    assert confirmations.confirm(claim, by=worker_of(claim)).state == Claim.State.FULFILLED


def test_what_is_not_true_or_not_of_the_goods_stays_on_its_way(claim, chen):
    sent_home(claim)
    for kind, is_accepted in (("wrong_goods", False), ("conduct", True)):
        complaint = complaints.raise_complaint(claim, kind=kind, by=worker_of(claim))
        complaints.answer(complaint, words="已核实", is_accepted=is_accepted, by=chen)

    assert (fresh(claim).state, Parcel.objects.get().state) == ("under_way", "sent")


def test_the_tick_ends_with_its_wish(claim, room, branch_a):
    sent_home(claim)
    confirmations.confirm(claim, by=worker_of(claim))
    assert not agreed(claim.wish.holder).exists()

    home = words(delivery_mode="to_home")
    ends = [
        lambda wish: wishes.withdraw(wish, by=room.worker),
        lambda wish: moderation.close(wish, why="重复", by=room.clerk),
        lambda wish: workflows.withdraw_consent(room.holder, "wish", by=room.worker),
    ]
    for end in ends:
        end(wishes.post(room.holder, words=home, by=room.worker, agrees_address=True))
        assert not agreed(room.holder).exists()


def test_the_helper_says_it_with_a_photo(claim):
    helper = make_helper(claim, make_worker("黄志强"))
    sent_home(claim)

    confirmations.confirm(claim, photo=make_jpeg(), by=helper)

    assert Handover.objects.get().answered_by == "helper"


def test_the_clock_says_nothing_about_it(claim):
    sent_home(claim)

    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        assert confirmations.confirm_by_clock() == 0
    assert fresh(claim).state == Claim.State.UNDER_WAY


def test_the_union_asks_a_family_that_cannot_press_and_hands_over_in_its_name(claim, chen):
    sent_home(claim)

    delivery_actions.hand_over(claim, handed_on=timezone.localdate(), words="电话问清", by=chen)

    assert fresh(claim).state == Claim.State.HANDED_OVER
    assert Handover.objects.get().handed_by == chen


def test_what_never_came_is_a_case_for_the_union(claim):
    helper = make_helper(claim, make_worker("黄志强"))
    sent_home(claim)
    complaints.raise_complaint(claim, kind="not_received", by=worker_of(claim))

    with pytest.raises(ComplaintStands):
        confirmations.confirm(claim, photo=make_jpeg(), by=helper)
    assert fresh(claim).state == Claim.State.UNDER_WAY


def test_nobody_sends_home_what_may_not_go_there(claim, branch_a):
    with pytest.raises(NotToHome):
        sent_home(claimed(branch_a))

    workflows.withdraw_consent(claim.wish.holder, "address", by=worker_of(claim))
    with pytest.raises(NotToHome):
        sent_home(claim)
    assert not Parcel.objects.exists()


def test_what_was_sent_before_it_was_taken_back_still_arrives(claim):
    sent_home(claim)
    workflows.withdraw_consent(claim.wish.holder, "address", by=worker_of(claim))

    confirmations.confirm(claim, by=worker_of(claim))

    assert fresh(claim).state == Claim.State.FULFILLED


def test_one_parcel_at_home_and_one_at_the_union_is_not_all(claim, chen):
    sent_home(claim)
    other = sent(claim, goods="保温杯")

    with pytest.raises(WrongState):
        confirmations.confirm(claim, by=worker_of(claim))
    with pytest.raises(ParcelOpen):
        delivery_actions.hand_over(claim, handed_on=timezone.localdate(), by=chen)
    delivery_actions.pass_parcel(other, by=chen, **GOOD)
    with pytest.raises(WrongState):
        confirmations.confirm(claim, by=worker_of(claim))
    delivery_actions.hand_over(claim, handed_on=timezone.localdate(), by=chen)
    assert confirmations.confirm(claim, by=worker_of(claim)).state == Claim.State.FULFILLED


def test_a_second_yes_changes_nothing(claim):
    sent_home(claim)
    confirmations.confirm(claim, by=worker_of(claim))

    with pytest.raises(WrongState):
        confirmations.confirm(claim, by=worker_of(claim))
    assert Handover.objects.count() == 1
