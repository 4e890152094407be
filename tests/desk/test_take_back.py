"""撤回、退回: what takes two to put into effect takes one to end: whoever began it takes it back, and so does anybody
entitled, whether or not the two would count as two people. Nothing that waits for a second person hangs for ever.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from mashang.accounts.models import User
from mashang.aid import actions as aid
from mashang.aid.models import AidProposal
from mashang.cases.actions import merges, pairings, phones, transfers
from mashang.cases.models import ChannelChange, Merge, Pairing, Transfer
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.unions.actions import holidays, posts
from mashang.unions.models import AccountReset, HolidayNotice, Post
from mashang.unions.queries import are_two
from mashang.unions.roles import Role
from tests.builders import make_phone, make_staff, make_worker, sign_in
from tests.cases.households import make_case
from tests.workflows.test_publish_holidays import WORDS

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
YEAR = {**WORDS, "text": "一、元旦：1月1日（周五）至3日（周日）放假，共3天。"}


@dataclass
class Waiting:
    """What `first` began and a second person would end. `page` shows it with a way to `back`, for whoever began it,
    and to `no`, for whoever has `role` at `at`."""

    first: User
    at: Any
    role: Role
    page: str
    back: tuple[str, dict[str, str]]
    no: tuple[str, dict[str, str]]
    is_over: Callable[[], bool]
    no_page: str = ""  # where `no` stands, if elsewhere


def of_holidays(branch) -> Waiting:
    first = make_staff("甲", branch["province"], Role.APPROVER)
    words = {**YEAR, "year": TODAY().year + 1}
    pk = holidays.propose(branch["province"], **words, by=first).pk
    end = (f"/desk/holidays/{pk}/decline/", {})
    return Waiting(
        first, branch["province"], Role.APPROVER, "/desk/holidays/", end, end,
        lambda: HolidayNotice.objects.get().state != "proposed",
    )  # fmt: skip


def of_post(branch) -> Waiting:
    first = make_staff("甲", branch["county"], Role.ADMIN)
    post = posts.appoint_or_invite(
        branch["own"], "new.clerk", "新来的", Role.CLERK, TODAY(), by=first, phone=make_phone()
    )
    end = (f"/desk/appointments/{post.pk}/confirm/", {"decision": "decline"})
    return Waiting(
        first, branch["county"], Role.APPROVER, "/desk/appointments/", end, end,
        lambda: Post.objects.get(pk=post.pk).to_on is not None,
    )  # fmt: skip


def of_pairing(branch) -> Waiting:
    first = make_staff("甲", branch["county"], Role.REVIEWER)
    case = make_case(branch["own"])
    pk = pairings.propose(case, helper=make_worker("黄志强"), by=first).pk
    at = f"/desk/holders/{case.holder_id}/"
    end = (f"{at}pairings/{pk}/end/", {"why": "不合适"})
    return Waiting(
        first, branch["county"], Role.APPROVER, f"{at}pairing/", end, end,
        lambda: Pairing.objects.get().to_on is not None,
    )  # fmt: skip


def of_merge(branch) -> Waiting:
    first = make_staff("甲", branch["county"], Role.KEEPER)
    one, other = make_case(branch["own"]).holder, make_case(branch["own"]).holder
    asked = merges.ask(one, into=other, stands_as="spouse", why="户口簿原件", by=first)
    end = (f"/desk/holders/{other.pk}/merges/{asked.pk}/decline/", {})
    return Waiting(
        first, branch["county"], Role.KEEPER, "/desk/transfers/", end, end,
        lambda: Merge.objects.get().state == "declined",
    )  # fmt: skip


def of_transfer(branch) -> Waiting:
    """The side that asked takes it back; the other side does not take the file."""
    first = make_staff("甲", branch["own"], Role.KEEPER)
    case = make_case(branch["own"])
    pk = transfers.ask(case, to=branch["town"], why="换了单位", by=first).pk
    return Waiting(
        first, branch["town"], Role.KEEPER, f"/desk/holders/{case.holder_id}/transfer/",
        (f"/desk/transfers/{pk}/withdraw/", {}), (f"/desk/transfers/{pk}/decline/", {}),
        lambda: Transfer.objects.get().state in ("declined", "withdrawn"), "/desk/transfers/",
    )  # fmt: skip


def of_ledger(branch) -> Waiting:
    first = make_staff("甲", branch["own"], Role.CLERK)
    holder = make_case(branch["own"]).holder
    words = {"project": "living", "fund": "county", "given_on": TODAY(), "amount_fen": 100}
    pk = aid.propose(holder, **words, by=first).pk
    return Waiting(
        first, branch["county"], Role.TREASURER, f"/desk/holders/{holder.pk}/aid/",
        (f"/desk/aid/{pk}/withdraw/", {}), (f"/desk/aid/{pk}/reject/", {}),
        lambda: AidProposal.objects.get().state == "rejected", "/desk/aid/",
    )  # fmt: skip


def of_phone(branch) -> Waiting:
    first = make_staff("甲", branch["own"], Role.CLERK)
    holder = make_case(branch["own"], worker=make_worker()).holder
    change = phones.ask_sign_in_phone(
        holder, holder.id_number.reveal(), make_phone(), why="手机丢了，补不回来", by=first
    )
    page = f"/desk/channels/{change.pk}/"
    end = (page, {"decision": "decline"})
    return Waiting(
        first, branch["own"], Role.CLERK, page, end, end,
        lambda: ChannelChange.objects.get().state == "declined",
    )  # fmt: skip


KINDS = [of_holidays, of_post, of_pairing, of_merge, of_transfer, of_ledger, of_phone]


def sent(user: User, act: tuple[str, dict[str, str]], page: str) -> int:
    """The button of the page is there, and pressed: with the mark of what was seen, where the page draws one."""
    client, (address, words) = sign_in(user), act
    shown = client.get(page).text
    assert address in shown or address == page, "the page offers it"
    if 'name="seen" value="' in shown:
        words = {**words, "seen": shown.split('name="seen" value="')[1].split('"')[0]}
    return client.post(address, words).status_code


@pytest.mark.parametrize("begin", KINDS)
def test_whoever_began_it_takes_it_back(branch_a, begin) -> None:
    waiting = begin(branch_a)

    assert sent(waiting.first, waiting.back, waiting.page) == 302
    assert waiting.is_over()


@pytest.mark.parametrize("begin", KINDS)
def test_who_makes_no_two_with_them_ends_it_all_the_same(branch_a, begin) -> None:
    """The only other colleague was let in by whoever began it."""
    waiting = begin(branch_a)
    other = make_staff("乙", waiting.at, waiting.role)
    AccountReset.objects.create(user=other, by=waiting.first, reset_at=timezone.now())
    assert not are_two(waiting.first, other)

    assert sent(other, waiting.no, waiting.no_page or waiting.page) == 302
    assert waiting.is_over()


@pytest.mark.parametrize("begin", KINDS)
def test_a_stranger_ends_nothing(branch_a, branch_b, begin) -> None:
    waiting = begin(branch_a)
    stranger = sign_in(make_staff("外县", branch_b["own"], waiting.role))

    for address, words in (waiting.back, waiting.no):
        assert stranger.post(address, words).status_code in (403, 404)
    assert not waiting.is_over()


def test_taken_back_is_said_so_and_not_as_a_no(branch_a) -> None:
    notice, post = of_holidays(branch_a), of_post(branch_a)
    sent(notice.first, notice.back, notice.page)
    sent(post.first, post.back, post.page)

    page = sign_in(notice.first).get("/desk/holidays/").text
    assert "已撤回" in page and "已退回" not in page
    actions = set(TrailEntry.objects.values_list("action", flat=True))
    assert {"holidays.withdrawn", "post.withdrawn"} <= actions
    assert not {"holidays.declined", "post.declined"} & actions
    assert not Notice.objects.filter(kind__in=["unions.holidays_declined", "unions.post_declined"])


@pytest.mark.parametrize("begin", KINDS)
def test_whoever_began_it_is_told_of_a_no_and_its_page_opens(branch_a, begin) -> None:
    """“我提出的转出怎么没动静？” Nobody looks every day at what they asked weeks ago."""
    waiting = begin(branch_a)
    other = make_staff("乙", waiting.at, waiting.role)
    before = set(Notice.objects.filter(user=waiting.first).values_list("pk", flat=True))

    sent(other, waiting.no, waiting.no_page or waiting.page)

    told = Notice.objects.filter(user=waiting.first).exclude(pk__in=before).get()
    assert not told.url or sign_in(waiting.first).get(told.url).status_code == 200


@pytest.mark.parametrize("begin", KINDS)
def test_nobody_is_told_of_what_they_took_back_themselves(branch_a, begin) -> None:
    waiting = begin(branch_a)
    before = Notice.objects.filter(user=waiting.first).count()

    sent(waiting.first, waiting.back, waiting.page)

    assert Notice.objects.filter(user=waiting.first).count() == before


def test_a_no_leads_to_no_file_that_opens_for_them_no_more(branch_a) -> None:
    waiting = of_ledger(branch_a)
    Post.objects.filter(user=waiting.first).update(to_on=TODAY())
    other = make_staff("乙", waiting.at, waiting.role)

    aid.reject(AidProposal.objects.get(), by=other)

    assert Notice.objects.get(user=waiting.first, kind="case.what_was_asked_is_declined").url == ""


def test_who_does_not_count_as_two_reads_why_and_is_not_named_as_the_one_who_checks(branch_a):
    waiting = of_holidays(branch_a)
    other = make_staff("乙", waiting.at, waiting.role)
    AccountReset.objects.create(user=other, by=waiting.first, reset_at=timezone.now())

    page = sign_in(other).get("/desk/holidays/").text
    assert "不能算两个人" in page and "核对无误，生效</button>" not in page
    assert "再任命一位审批人" in sign_in(waiting.first).get("/desk/holidays/").text


def test_a_colleague_takes_back_only_what_they_entered(branch_a) -> None:
    waiting = of_ledger(branch_a)
    other = sign_in(make_staff("乙", branch_a["own"], Role.CLERK))

    assert other.post(waiting.back[0]).status_code == 404
    assert waiting.back[0] not in other.get(waiting.page).text


def test_after_a_transfer_was_taken_back_it_may_go_elsewhere(branch_a) -> None:
    waiting = of_transfer(branch_a)
    sent(waiting.first, waiting.back, waiting.page)
    asked = Transfer.objects.select_related("case").get()

    assert transfers.ask(asked.case, to=branch_a["county"], why="填错了工会", by=waiting.first).pk
