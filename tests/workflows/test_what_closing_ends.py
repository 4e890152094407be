"""销档以后: each kind of thing that hangs on a household and may wait when its file closes ends with a reason told to
whoever asked, or stays to be decided where it stands in somebody's list.

A new kind fails here until it has its line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from mashang import workflows
from mashang.accounts.actions import consents
from mashang.accounts.models import Consent, User
from mashang.aid import actions as aid
from mashang.aid.models import AidProposal
from mashang.cases.actions import (
    alerts,
    changes,
    channels,
    merges,
    pairings,
    phones,
    transfers,
)
from mashang.cases.models import (
    Alert,
    Case,
    ChangeRequest,
    ChannelChange,
    Holder,
    Merge,
    Pairing,
    Transfer,
)
from mashang.codes import actions as codes
from mashang.codes.models import Card
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from mashang.wishes.actions import complaints
from mashang.wishes.models import Wish
from tests.builders import make_phone, make_staff, make_worker, sign_in
from tests.cases.households import make_case
from tests.wishes.deliveries import claimed
from tests.wishes.families import make_wish_room

pytestmark = pytest.mark.django_db
TOLD_ASKER = "case.ended_what_waited"


@dataclass
class Room:
    """A household on file, its clerk, and whoever asked for what waits."""

    branch: dict[str, Any]
    case: Case
    clerk: User
    asker: User

    @property
    def holder(self) -> Holder:
        return self.case.holder

    def close(self) -> None:
        """As at the desk; the file as it is read then."""
        case = Case.objects.select_related("holder", "union").get(pk=self.case.pk)
        workflows.close_case(case, reason="已解困脱困", by=self.clerk)

    def told(self, user: User) -> set[str]:
        return set(Notice.objects.filter(user=user).values_list("kind", flat=True))


@pytest.fixture
def room(branch_a) -> Room:
    return Room(
        branch_a,
        make_case(branch_a["own"]),
        make_staff("周敏", branch_a["own"], Role.CLERK),
        make_staff("提出人", branch_a["county"], Role.REVIEWER),
    )


# What ends ---------------------------------------------------------------------------------


def a_transfer(room: Room) -> None:
    transfers.ask(room.case, to=room.branch["town"], why="搬家", by=room.asker)
    taker = make_staff("接收人", room.branch["town"], Role.KEEPER)
    room.close()

    assert Transfer.objects.get().state == Transfer.State.LAPSED
    assert TOLD_ASKER in room.told(room.asker)
    assert "没有等待接收的档案" in sign_in(taker).get("/desk/transfers/").text


def a_proposed_pairing(room: Room) -> None:
    pairings.propose(room.case, helper=make_worker("黄志强"), by=room.asker)
    room.close()

    ended = Pairing.objects.get()
    assert ended.to_on and ended.ended_why == "销档"
    assert TOLD_ASKER in room.told(room.asker)


def a_change_request(room: Room) -> None:
    worker = room.holder.user
    assert worker is not None
    changes.report_change(room.case, {"employer": "新厂"}, why="换了工作", by=worker)
    room.close()

    request = ChangeRequest.objects.get()
    assert request.state == ChangeRequest.State.DECLINED and "已经办结" in request.answer
    assert {"case.closed", "change_request.declined"} <= room.told(worker)


def a_merge(room: Room) -> None:
    """Of a living file into this one: a closed file takes none."""
    other = make_case(room.branch["own"]).holder
    merges.ask(other, into=room.holder, stands_as="spouse", why="户口簿原件", by=room.asker)
    room.close()

    assert Merge.objects.get().state == Merge.State.LAPSED
    assert TOLD_ASKER in room.told(room.asker)


def a_wish(room: Room) -> None:
    wishes = make_wish_room(room.branch)
    wish = wishes.post()
    workflows.close_case(wishes.case, reason="已解困脱困", by=wishes.clerk)

    ended = Wish.objects.get(pk=wish.pk)
    assert ended.state == Wish.State.CLOSED and ended.closed_why
    assert "wish.closed" in room.told(wishes.worker)


# What stays --------------------------------------------------------------------------------


def a_ledger_entry(room: Room) -> None:
    """Money that was handed out is entered all the same."""
    words = {"project": "living", "fund": "county", "given_on": timezone.localdate()}
    proposal = aid.propose(room.holder, **words, amount_fen=100, by=room.clerk)
    room.close()

    treasurer = make_staff("财务", room.branch["county"], Role.TREASURER)
    assert f"/desk/aid/{proposal.pk}/confirm/" in sign_in(treasurer).get("/desk/aid/").text
    aid.confirm(AidProposal.objects.get(), by=treasurer)


def a_new_phone(room: Room) -> None:
    """The household goes on signing in, to read what was done."""
    phones.ask_sign_in_phone(
        room.holder, room.holder.id_number.reveal(), make_phone(), why="手机丢了", by=room.clerk
    )
    room.close()

    second = make_staff("第二人", room.branch["own"], Role.CLERK)
    change = ChannelChange.objects.get()
    assert f"/desk/channels/{change.pk}/" in sign_in(second).get("/desk/channels/").text
    assert sign_in(second).get(f"/desk/channels/{change.pk}/").status_code == 200
    assert channels.confirm(change, by=second).state == ChannelChange.State.CONFIRMED


def a_card(room: Room) -> None:
    """The code is good for life."""
    codes.issue_for(room.holder, by=room.holder.user)
    room.close()

    card = Card.objects.get()
    codes.print_cards([card.pk], by=room.clerk)
    assert card.serial in sign_in(room.clerk).get("/desk/cards/?state=printed").text
    codes.hand_over(card, receipt="本人签字", by=room.clerk)


def a_merge_away(room: Room) -> None:
    """Of this file into a living one: it goes there with its history."""
    other = make_case(room.branch["own"]).holder
    merges.ask(room.holder, into=other, stands_as="spouse", why="户口簿原件", by=room.asker)
    room.close()

    second = make_staff("第二人", room.branch["county"], Role.KEEPER)
    merge = Merge.objects.get()
    assert str(merge.pk) in sign_in(second).get("/desk/transfers/").text
    workflows.merge_households(merge, by=second)


def a_claimed_wish(room: Room) -> None:
    """Goods under way are delivered, and what is said about them is answered."""
    claim = claimed(room.branch)
    case = Case.objects.get(holder=claim.wish.holder_id)
    complaint = complaints.raise_complaint(claim, kind="other", by=claim.wish.holder.user)
    workflows.close_case(case, reason="已解困脱困", by=room.clerk)

    assert Wish.objects.get().state == Wish.State.CLAIMED
    assert (
        f"/desk/problems/{complaint.pk}/"
        in sign_in(room.clerk).get("/desk/deliveries/?show=complaints").text
    )
    complaints.answer(complaint, words="核实过，没有问题", by=room.clerk)


def an_alert(room: Room) -> None:
    alerts.about_household(
        Alert.Kind.STOPPED, room.holder, about=room.clerk, why="本人叫停", by=room.clerk
    )
    room.close()

    keeper = make_staff("档案管理员", room.branch["county"], Role.KEEPER)
    alert = Alert.objects.unscoped(why="test").get()
    assert str(alert.pk) in sign_in(keeper).get("/desk/alerts/").text
    alerts.settle(alert, found="问过本人，确实不是", by=keeper)


OF_APPLICATION = "waits at a step of an application, which does not hang on the file"
OF_CLAIM = "belongs to a claim, which is carried out: see the claim"
DONE = "tells what was done; nothing waits in it"
STANDING = "stands at the household and waits for nobody"

TABLE: dict[str, tuple[Callable[[Room], None], ...] | str] = {
    "aid.Aid": DONE,
    "aid.AidProposal": (a_ledger_entry,),
    "cases.Access": DONE,
    "cases.Alert": (an_alert,),
    "cases.Application": "is worked on at its own step, whatever becomes of an earlier file",
    "cases.Assessment": OF_APPLICATION,
    "cases.Attachment": OF_APPLICATION,
    "cases.Case": "is what closes",
    "cases.CaseVersion": DONE,
    "cases.ChangeRequest": (a_change_request,),
    "cases.ChannelChange": (a_new_phone,),
    "cases.Checker": OF_APPLICATION,
    "cases.Evaluation": OF_APPLICATION,
    "cases.Fact": STANDING,
    "cases.Filler": DONE,
    "cases.HelperNote": DONE,
    "cases.Holder": STANDING,
    "cases.HomeCheck": OF_APPLICATION,
    "cases.HouseholdMark": STANDING,
    "cases.IncomeCheck": OF_APPLICATION,
    "cases.Member": STANDING,
    "cases.Merge": (a_merge, a_merge_away),
    "cases.Objection": OF_APPLICATION,
    "cases.Pairing": (a_proposed_pairing,),
    "cases.Publicity": OF_APPLICATION,
    "cases.Transfer": (a_transfer,),
    "codes.Card": (a_card,),
    "codes.QrCode": "is good for life",
    "codes.Scan": DONE,
    "wishes.Certificate": DONE,
    "wishes.Claim": (a_claimed_wish,),
    "wishes.Complaint": (a_claimed_wish,),
    "wishes.FairWish": "goes with its wish: a closed one is given to nobody (tests/wishes/test_fair.py)",
    "wishes.GoodsPhoto": OF_CLAIM,
    "wishes.Handover": OF_CLAIM,
    "wishes.Parcel": OF_CLAIM,
    "wishes.Thanks": OF_CLAIM,
    "wishes.Wish": (a_wish,),
}
CASES = [check for line in TABLE.values() if not isinstance(line, str) for check in line]


def kinds_of_a_household() -> set[str]:
    """Every table from which a foreign key leads to the household, over however many others."""
    models = [m for m in apps.get_models() if m.__module__.startswith("mashang.")]
    found: set[Any] = {Holder}
    while grown := {m for m in models if m not in found and _leads_to(m, found)}:
        found |= grown
    return {model._meta.label for model in found}


def _leads_to(model: Any, found: set[Any]) -> bool:
    keys = (f for f in model._meta.concrete_fields if f.is_relation)
    return any(key.related_model in found for key in keys)


def test_every_kind_has_its_line() -> None:
    assert set(TABLE) == kinds_of_a_household()


@pytest.mark.parametrize("check", list(dict.fromkeys(CASES)), ids=lambda check: check.__name__)
def test_what_waits_ends_or_stays_to_be_decided(room, check) -> None:
    check(room)


def test_who_closes_the_file_is_not_told_of_the_own_request(room) -> None:
    both = make_staff("身兼两职", room.branch["own"], Role.CLERK, Role.KEEPER)
    transfers.ask(room.case, to=room.branch["town"], why="搬家", by=both)
    room.clerk = both
    room.close()

    assert Transfer.objects.get().state == Transfer.State.LAPSED
    assert TOLD_ASKER not in room.told(both)


def test_a_consent_taken_back_ends_the_same(room) -> None:
    worker = room.holder.user
    consents.give(room.holder.pk, Consent.Purpose.FILE, version="1", by=worker)
    transfers.ask(room.case, to=room.branch["town"], why="搬家", by=room.asker)
    workflows.withdraw_consent(room.holder, Consent.Purpose.FILE, by=worker)

    assert Transfer.objects.get().state == Transfer.State.LAPSED


def test_a_file_that_comes_back_may_be_offered_anew(room) -> None:
    transfers.ask(room.case, to=room.branch["town"], why="搬家", by=room.asker)
    room.close()
    case = Case.objects.select_related("holder", "union").get(pk=room.case.pk)
    workflows.reopen_case(case, why="旧病复发", by=room.clerk)

    assert transfers.ask(case, to=room.branch["town"], why="搬家", by=room.asker).pk


def test_what_waits_on_a_file_that_is_merged_away_ends_with_it(room) -> None:
    other = make_case(room.branch["own"]).holder
    third = make_case(room.branch["own"]).holder
    transfers.ask(room.case, to=room.branch["town"], why="搬家", by=room.asker)
    into_this = merges.ask(
        third, into=room.holder, stands_as="spouse", why="户口簿原件", by=room.asker
    )
    asked = merges.ask(room.holder, into=other, stands_as="spouse", why="户口簿原件", by=room.asker)
    workflows.merge_households(asked, by=make_staff("乙", room.branch["county"], Role.KEEPER))

    assert Transfer.objects.get().state == Transfer.State.LAPSED
    assert Merge.objects.get(pk=into_this.pk).state == Merge.State.LAPSED
    assert timezone.now() - Merge.objects.get(pk=asked.pk).answered_at < timedelta(minutes=5)
