"""临时救助同意之后: the sum waits for the treasurer by itself, is paid by a second person, and the worker sees it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import Consent
from mashang.aid import actions
from mashang.aid.models import Aid, AidProposal
from mashang.aid.queries import total_fen
from mashang.cases.actions import reviews
from mashang.cases.models import Access, Application
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.core.seen import mark_of
from mashang.notices.models import Notice
from mashang.unions.closure import closing_blockers
from mashang.unions.roles import Role
from tests.builders import make_staff
from tests.cases.offices import ANSWERS, application_of, bring_to, give_consent, make_office
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db
ACCOUNT = {
    "bank_owner": "李春燕",
    "bank": "中国农业银行",
    "bank_branch": "南宁市民族大道支行",
    "card_number": "6228480000000000001",
}


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def treasurer(branch_a):
    return make_staff("钱多", branch_a["county"], Role.TREASURER)


@pytest.fixture
def granted(office) -> AidProposal:
    """500 yuan, for a worker whose household is on no file."""
    step = bring_to("decision", office, kind="one_off", answers=ANSWERS | ACCOUNT)
    give_consent(step, Consent.Purpose.BANK)
    workflows.approve_step(step, by=office.approver, granted_fen=50_000)
    return application_of(step).granted_aid


def pay(granted: AidProposal, by, **also) -> Aid:
    said = {"fund": "county", "given_on": timezone.localdate()} | also
    return actions.pay_granted(granted, **said, by=by)


def test_what_was_granted_waits_for_the_treasurer_by_itself(granted, treasurer, signed_in):
    assert (granted.amount_fen, granted.state, granted.fund) == (50_000, "proposed", "")

    queue = signed_in(treasurer).get("/desk/aid/").text

    assert "500" in queue and "还没有发放" in queue and f"/desk/aid/{granted.pk}/pay/" in queue


def test_the_matter_says_where_the_money_is_and_ends_once_it_has_come(
    granted, treasurer, signed_in
):
    phone = signed_in(granted.holder.user)
    pages = ("/matters/", f"/matters/{granted.application_id}/")
    for page in pages:
        said = phone.get(page).text
        assert "同意临时救助，等打款" in said and "已结束" not in said

    pay(granted, treasurer)

    for page in pages:
        said = phone.get(page).text
        assert "已结束（同意临时救助）" in said and "等打款" not in said


def test_a_refused_application_leaves_no_sum(office):
    step = bring_to("decision", office, kind="one_off")

    reviews.refuse(step, by=office.approver, reason_code="N6")
    with pytest.raises(ObjectDoesNotExist):
        _ = application_of(step).granted_aid


def test_the_treasurer_reads_the_account_and_the_worker_sees_who_did(granted, treasurer, signed_in):
    desk = signed_in(treasurer)

    page = desk.get(f"/desk/aid/{granted.pk}/pay/").text
    assert "中国农业银行" in page and "6228480000000000001" not in page
    plain = desk.post(f"/desk/aid/{granted.pk}/account/card_number/", {"purpose": "pay"}).text
    assert "6228 4800 0000 0000 001" in plain or "6228480000000000001" in plain

    looks = signed_in(granted.holder.user).get("/own/looks/").text
    assert "钱*" in looks and "临时救助发放" in looks and "核对账号、打款" in looks
    assert set(Access.objects.values_list("basis", flat=True)) >= {"task"}


def test_the_account_is_not_read_without_the_consent_to_it(granted, treasurer, signed_in):
    Consent.objects.filter(purpose="bank").update(withdrawn_at=timezone.now())

    answer = signed_in(treasurer).post(
        f"/desk/aid/{granted.pk}/account/card_number/", {"purpose": "pay"}
    )

    assert answer.status_code == 403 and "6228" not in answer.text


def test_paid_it_stands_on_the_ledger_and_the_worker_is_told(granted, treasurer, signed_in):
    phone = signed_in(granted.holder.user)
    matter = f"/matters/{granted.application_id}/"
    assert "等财务打款" in phone.get(matter).text and "等财务打款" in phone.get("/own/").text

    desk = signed_in(treasurer)
    seen = mark_of(actions.payment_shown(granted, granted.application))
    said = {"fund": "county", "given_on": timezone.localdate(), "seen": seen}
    assert desk.post(f"/desk/aid/{granted.pk}/pay/", said).status_code == 302

    assert total_fen(granted.holder) == 50_000
    line = Aid.objects.get()
    assert {line.first_by, line.second_by} == {granted.proposed_by, treasurer}
    assert Notice.objects.filter(user=granted.holder.user, kind="aid.paid").exists()
    assert "已发放" in phone.get(matter).text and "500" in phone.get("/own/aid/").text
    assert "等财务打款" not in phone.get("/own/").text
    assert desk.get(f"/desk/aid/{granted.pk}/pay/").status_code == 409  # nothing waits any more


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"fund": ""}, "fund"),
        ({"fund": "lottery"}, "fund"),
        ({"given_on": timezone.localdate() + timedelta(days=1)}, "given_on"),
        ({"given_on": timezone.localdate() - timedelta(days=2)}, "given_on"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(granted, treasurer, also, field):
    with pytest.raises(Invalid) as refusal:
        pay(granted, treasurer, **also)
    assert field in refusal.value.fields and not Aid.objects.exists()


def test_who_granted_it_does_not_pay_it(granted, office, branch_a):
    office.approver.posts.create(
        union=branch_a["county"], role=Role.TREASURER, from_on=timezone.localdate()
    )
    both = type(office.approver).objects.get(pk=office.approver.pk)
    with pytest.raises(actions.NeedsSecondPerson):
        pay(granted, both)


def test_who_pays_nothing_here_pays_nothing(granted, office, branch_b):
    for stranger in (office.clerk, make_staff("远", branch_b["county"], Role.TREASURER)):
        with pytest.raises(NotAllowed):
            pay(granted, stranger)


def test_it_is_neither_sent_back_nor_entered_in_passing(granted, treasurer):
    for act in (actions.confirm, actions.reject):
        with pytest.raises(actions.GrantedStands):
            act(granted, by=treasurer)
    assert AidProposal.objects.get().state == "proposed"


def test_what_was_granted_before_the_upgrade_waits_too(office):
    step = bring_to("decision", office, kind="one_off")
    reviews.approve(step, by=office.approver, granted_fen=50_000)  # as the old version did
    forgotten = application_of(step)
    assert not AidProposal.objects.exists()

    migration = import_module("mashang.aid.migrations.0012_granted_before")
    for _ in range(2):  # again changes nothing
        migration.let_it_wait(apps, None)

    waiting = AidProposal.objects.get()
    assert (waiting.application, waiting.amount_fen) == (forgotten, 50_000)
    assert waiting.proposed_by == office.approver and waiting.state == "proposed"


def test_who_presses_again_in_a_second_tab_reads_that_it_is_paid(granted, treasurer, signed_in):
    desk, address = signed_in(treasurer), f"/desk/aid/{granted.pk}/pay/"
    typed = {
        "fund": "county",
        "given_on": timezone.localdate().isoformat(),
        "seen": desk.get(address).context["seen"],
    }
    assert desk.post(address, typed).status_code == 302

    for again in (desk.post(address, typed), desk.get(address)):
        assert again.status_code == 409 and "已经登记发放并入账" in again.text
        assert "应急查阅" not in again.text
    assert Aid.objects.unscoped(why="test").count() == 1


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_paid_once(granted, branch_a):
    treasurers = [make_staff(f"财务{n}", branch_a["county"], Role.TREASURER) for n in range(4)]
    told = press_at_once([lambda by=by: pay(granted, by) for by in treasurers])

    assert sum(isinstance(answer, Aid) for answer in told) == 1 == Aid.objects.count()
    assert sum(isinstance(answer, WrongState) for answer in told) == 3


def test_no_union_is_closed_while_a_granted_sum_waits(granted, branch_a):
    assert "1 笔待复核的帮扶" in closing_blockers(branch_a["own"])


def test_an_application_that_led_to_a_file_leaves_no_sum(office):
    step = bring_to("filing", office)
    workflows.approve_step(step, by=office.county_clerk)

    assert Application.objects.get().state == "filed" and not AidProposal.objects.exists()
