"""确认收到: the family's yes, the helper's with a photo, or the clock's; the certificate and the ledger line."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mashang.aid import actions as ledger
from mashang.aid.models import AidProposal
from mashang.config.management.commands import tick
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.core.numbers import is_number
from mashang.givers.models import Giver
from mashang.unions.models import Post
from mashang.unions.roles import Role
from mashang.wishes.actions import certificates, complaints, confirmations, deliveries, union_fund
from mashang.wishes.models import Certificate, Claim, Handover, Wish
from mashang.wishes.queries import deliveries_due
from mashang.wishes.queries.claims import signature_of
from mashang.wishes.refusals import ComplaintStands
from tests.builders import make_staff, make_worker
from tests.crowd import press_at_once
from tests.pictures import make_jpeg
from tests.wishes.builders import make_organisation, make_wish
from tests.wishes.deliveries import claimed, fresh, make_helper

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(handed):
    return handed


@pytest.fixture
def worker(claim):
    return claim.wish.holder.user


def in_days(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_the_workers_yes_makes_the_wish_come_true(claim, worker):
    confirmations.confirm(claim, by=worker)

    now, handover = fresh(claim), Handover.objects.get()
    assert now.state == Claim.State.FULFILLED and now.wish.state == Wish.State.FULFILLED
    assert now.fulfilled_at == now.wish.fulfilled_at == handover.confirmed_at
    assert handover.answered_by == "worker" and handover.confirmed_by == worker


def test_the_helper_confirms_with_a_photo_and_not_without(claim):
    helper = make_helper(claim, make_worker("黄志强"))
    with pytest.raises(Invalid) as refusal:
        confirmations.confirm(claim, by=helper)
    assert refusal.value.fields["photo"]

    confirmations.confirm(claim, photo=make_jpeg(), by=helper)

    assert Handover.objects.get().answered_by == "helper" and claim.photos.count() == 1


def test_nobody_else_says_yes_for_the_family(claim, chen):
    for nobody in (claim.giver, chen, make_worker("路人")):
        with pytest.raises(Missing):
            confirmations.confirm(claim, by=nobody)


def test_nothing_is_confirmed_before_it_is_handed_over(branch_a):
    early = claimed(branch_a)

    with pytest.raises(WrongState):
        confirmations.confirm(early, by=early.wish.holder.user)
    assert fresh(early).wish.state == Wish.State.CLAIMED


def test_a_second_yes_changes_nothing(claim, worker):
    confirmations.confirm(claim, by=worker)

    with pytest.raises(WrongState):
        confirmations.confirm(claim, by=worker)
    assert Certificate.objects.count() == 1


def test_the_clock_says_yes_after_seven_days_and_no_earlier(claim):
    with in_days(6.9):
        assert confirmations.confirm_by_clock() == 0
    with in_days(7):
        assert confirmations.confirm_by_clock() == 1
        assert confirmations.confirm_by_clock() == 0

    handover = Handover.objects.get()
    assert handover.answered_by == "clock" and handover.confirmed_by is None
    assert fresh(claim).state == Claim.State.FULFILLED


def test_the_clock_is_asked_with_all_that_is_due():
    assert confirmations.confirm_by_clock in tick.tasks()


def test_a_union_may_give_the_family_more_days(claim, branch_a):
    branch_a["county"].rule_cards.create(
        kind="wish",
        code="days_to_confirm",
        body={"value": 14},
        source="x",
        valid_from="2026-01-01",
    )

    with in_days(13):
        assert confirmations.confirm_by_clock() == 0
    with in_days(14):
        assert confirmations.confirm_by_clock() == 1


def test_an_open_complaint_stops_the_clock_and_the_helper_but_not_the_family(claim, worker):
    helper = make_helper(claim, make_worker("黄志强"))
    complaints.raise_complaint(claim, kind="not_received", by=worker)

    with in_days(30):
        assert confirmations.confirm_by_clock() == 0
    with pytest.raises(ComplaintStands):
        confirmations.confirm(claim, photo=make_jpeg(), by=helper)
    assert confirmations.confirm(claim, by=worker).state == Claim.State.FULFILLED


def test_the_certificate_names_the_giver_the_item_and_the_county(claim, worker):
    confirmations.confirm(claim, by=worker)

    certificate = Certificate.objects.get()
    assert is_number(certificate.number, certificates.PREFIX)
    assert (certificate.shown_name, certificate.item) == ("热心人", "电饭煲")
    assert certificate.union_name == "青山县总工会"  # never the employer's own


@pytest.mark.parametrize(
    ("shown_as", "name"),
    [("real_name", "王建国"), ("nobody", "匿名爱心人士"), ("nickname", "热心人")],
)
def test_a_giver_is_named_as_they_wish(claim, shown_as, name):
    claim.giver.name = "王建国"
    Giver.objects.update(shown_as=shown_as)

    assert signature_of(claim) == name


def test_an_organisations_certificate_bears_its_name(claim, branch_a):
    claim.organisation = make_organisation(branch_a["county"], claim.giver)

    assert signature_of(claim) == "青山食品有限公司"


def test_a_wish_come_true_waits_on_the_ledger_for_a_second_person(claim, worker, chen, branch_a):
    confirmations.confirm(claim, by=worker)

    line = AidProposal.objects.get()
    assert (line.project, line.fund, line.amount_fen) == ("goods", "donation", 0)
    assert "电饭煲" in line.goods and line.proposed_by == chen
    assert fresh(claim).proposal == line
    treasurer = make_staff("财务", branch_a["county"], Role.TREASURER)
    assert ledger.confirm(line, by=treasurer).holder == claim.wish.holder


def test_when_who_handed_over_has_left_a_colleague_enters_the_line(claim, worker, branch_a):
    Post.objects.filter(role=Role.CLERK).update(to_on=timezone.localdate() - timedelta(days=1))
    confirmations.confirm(claim, by=worker)
    assert fresh(claim).proposal is None

    new = make_staff("新来的", branch_a["own"], Role.CLERK)
    for _ in range(2):
        confirmations.enter_ledger(claim, by=new)

    assert AidProposal.objects.get().proposed_by == new


@pytest.mark.parametrize("end", ["sent back", "taken back"])
def test_a_line_that_was_sent_or_taken_back_is_entered_anew(claim, worker, chen, branch_a, end):
    """By whoever enters it then: else what the family received never stands among its aid."""
    confirmations.confirm(claim, by=worker)
    treasurer = make_staff("财务", branch_a["county"], Role.TREASURER)
    first = AidProposal.objects.get()
    assert not deliveries_due.off_ledger(chen).exists()
    if end == "sent back":
        ledger.reject(first, by=treasurer)
    else:
        ledger.withdraw(first, by=chen)

    assert list(deliveries_due.off_ledger(chen)) == [claim]
    for _ in range(2):
        confirmations.enter_ledger(claim, by=chen)

    assert not deliveries_due.off_ledger(chen).exists()
    again = AidProposal.objects.exclude(pk=first.pk).get()
    assert ledger.confirm(again, by=treasurer).goods == first.goods


def test_what_the_union_bought_itself_has_no_certificate_and_its_own_line(branch_a, chen):
    approver = make_staff("审批人", branch_a["county"], Role.APPROVER)
    wish = make_wish(union=branch_a["own"])
    [claim] = union_fund.fund([wish], by=approver)
    line = claim.proposal
    ledger.confirm(line, by=make_staff("财务", branch_a["county"], Role.TREASURER))
    deliveries.hand_over(claim, handed_on=timezone.localdate(), by=chen)

    confirmations.confirm(claim, by=wish.holder.user)

    assert not Certificate.objects.exists() and AidProposal.objects.get() == line


def test_what_the_union_bought_is_entered_anew_as_its_own_money(branch_a, chen):
    """“工会自己买的电饭煲，怎么登成了捐赠、一分钱没有？” Of a purchase that an older version handed over before its
    line was confirmed."""
    approver = make_staff("审批人", branch_a["county"], Role.APPROVER)
    wish = make_wish(union=branch_a["own"])
    [claim] = union_fund.fund([wish], by=approver)
    first = claim.proposal
    ledger.confirm(first, by=make_staff("财务", branch_a["county"], Role.TREASURER))
    deliveries.hand_over(claim, handed_on=timezone.localdate(), by=chen)
    confirmations.confirm(claim, by=wish.holder.user)
    AidProposal.objects.filter(pk=first.pk).update(state=AidProposal.State.REJECTED)
    assert list(deliveries_due.off_ledger(chen)) == [claim]

    confirmations.enter_ledger(claim, by=chen)

    again = AidProposal.objects.exclude(pk=first.pk).get()
    assert again.amount_fen == wish.price_fen > 0
    assert (again.fund, again.project, again.goods) == (first.fund, first.project, first.goods)


@pytest.mark.django_db(transaction=True)
def test_twenty_yeses_at_once_make_one_certificate(claim, worker):
    yes = [lambda: confirmations.confirm(claim, by=worker)] * 10
    press_at_once([*yes, *[confirmations.confirm_by_clock] * 10])

    assert Certificate.objects.count() == 1 and AidProposal.objects.count() == 1
