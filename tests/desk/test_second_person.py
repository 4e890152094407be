"""第二人: what a list offers, counts and tells is what the act would let one do."""

from datetime import date

import pytest
from django.utils import timezone

from mashang.accounts.actions.kin_declarations import declare
from mashang.aid.models import AidProposal
from mashang.cases.actions import alerts, phones
from mashang.cases.channel_notices import may_confirm
from mashang.cases.live_tasks import has_task
from mashang.cases.models import Alert, ChannelChange, Holder
from mashang.desk.aid.granted import _hindrance
from mashang.unions.models import AccountReset, Post
from mashang.unions.queries import are_two, no_second_for
from mashang.unions.roles import Role
from mashang.unions.second_person import NOT_TWO
from tests.builders import make_id_number, make_phone, make_staff, make_worker, sign_in
from tests.cases.households import make_case
from tests.workflows.test_one_person_two_accounts import (
    make_one_person,
    of_ledger,
    of_merge,
    of_pairing,
    of_transfer,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("begin", "page", "button"),
    [
        (of_ledger, "/desk/aid/", "复核入账</"),
        (of_merge, "/desk/transfers/", "确认合并"),
        (of_transfer, "/desk/transfers/", "/accept/"),
    ],
)
def test_a_list_offers_only_what_would_go_through(branch_a, begin, page, button) -> None:
    act = begin(branch_a)
    other, twin = (make_staff(name, act.at, act.role) for name in ("乙", "甲二"))
    make_one_person(act.first, twin)
    marker = button.removesuffix("</")

    count = sign_in(twin).get(page).text.count(f"{marker}")

    assert sign_in(other).get(page).text.count(marker) > count


def test_who_is_no_second_is_known_in_one_go(branch_a) -> None:
    one, twin, maker, makers_twin, other = (
        make_staff(name, branch_a["own"], Role.CLERK) for name in "甲乙丙丁戊"
    )
    make_one_person(one, twin)
    make_one_person(maker, makers_twin)
    AccountReset.objects.create(user=twin, by=maker, reset_at=timezone.now())

    known = no_second_for(one)

    for each in (one, twin, maker, makers_twin, other):
        assert (each.pk in known) is not are_two(one, each), each.name


def ask_for_a_phone(branch, asker):
    holder = make_case(branch["own"], worker=make_worker()).holder
    change = phones.ask_sign_in_phone(
        holder, holder.id_number.reveal(), make_phone(), why="手机丢了，补不回来", by=asker
    )
    return holder, change


def test_badges_count_only_what_one_may_do(branch_a) -> None:
    asker, twin, other = (make_staff(name, branch_a["own"], Role.CLERK) for name in "甲乙丙")
    make_one_person(asker, twin)
    ask_for_a_phone(branch_a, asker)

    changes = ChannelChange.objects.unscoped(why="test")
    assert not changes.to_confirm_by(twin).exists() and changes.to_confirm_by(other).exists()


def test_an_alert_of_the_own_other_account_is_taken_up_but_not_settled(branch_a) -> None:
    clerk = make_staff("甲", branch_a["own"], Role.CLERK)
    keeper, other = (make_staff(name, branch_a["county"], Role.KEEPER) for name in "乙丙")
    make_one_person(clerk, keeper)
    alert = alerts.over_the_limit(Alert.Kind.REVEALS, by=clerk)
    assert alert is not None

    page = sign_in(keeper).get(f"/desk/alerts/{alert.pk}/").text

    assert "我来查" in page and "停用账号" in page and "记下查明的情况" not in page
    others = sign_in(other).get(f"/desk/alerts/{alert.pk}/").text
    assert "记下查明的情况" in others
    # the browser lets it be taken up before anything was found, though what was found has to be written to settle it
    assert 'value="take" formnovalidate' in others and " required" in others


@pytest.mark.parametrize("begin", [of_ledger, of_pairing, of_merge])
def test_what_one_account_proposes_does_not_open_the_household_to_the_other(
    branch_a, begin
) -> None:
    act = begin(branch_a)
    other, twin = (make_staff(name, act.at, act.role) for name in ("乙", "甲二"))
    make_one_person(act.first, twin)
    households = Holder.objects.unscoped(why="test").all()

    assert has_task(other, households) and not has_task(twin, households)


def test_whoever_is_told_of_a_new_number_may_confirm_it(branch_a) -> None:
    """At the household's union there is only the second account: the union above hears of it."""
    asker, twin = (make_staff(name, branch_a["own"], Role.CLERK) for name in "甲乙")
    above = make_staff("乡里", branch_a["town"], Role.CLERK)
    make_one_person(asker, twin)
    holder, _ = ask_for_a_phone(branch_a, asker)
    rest = Post.objects.filter(union=branch_a["own"]).exclude(user__in=(asker, twin))
    rest.update(to_on=date(2026, 1, 2))

    assert above in may_confirm(holder, other_than=asker)
    assert twin not in may_confirm(holder, other_than=asker)
    assert twin in may_confirm(holder)


def test_who_may_not_enter_a_payment_reads_it_before_paying(branch_a, rf) -> None:
    act = of_ledger(branch_a)
    twin = make_staff("甲二", branch_a["county"], Role.TREASURER)
    declare(make_id_number(), [], has_none=True, by=twin)
    proposal = AidProposal.objects.unscoped(why="test").get()
    AccountReset.objects.create(user=act.first, by=twin, reset_at=timezone.now())
    request = rf.get("/")
    request.user = twin

    assert _hindrance(request, proposal, proposal.application) == NOT_TWO
