"""心愿、认领、送达 against a model in plain Python: any act at any time, and nobody is lost.

The machine tries every act of the room in any order, also where it must be refused. The model says
beforehand whether it may happen and what stands afterwards; after each step the tables are compared
with it. Four sabotaged houses show that it would find out.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.conf import settings as house
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mashang import workflows
from mashang.aid import actions as ledger
from mashang.core.errors import DomainError
from mashang.unions.models import RuleCard
from mashang.unions.roles import Role
from mashang.wishes.actions import (
    addresses,
    claims,
    complaints,
    confirmations,
    deliveries,
    fairs,
    moderation,
    union_fund,
    wishes,
)
from mashang.wishes.models import Certificate, Claim, Complaint, FairWish, Handover, Parcel, Wish
from mashang.wishes.queries import homes
from tests.builders import make_staff
from tests.wishes.builders import make_giver
from tests.wishes.fairs import make_fair, make_stock
from tests.wishes.families import make_wish_room, words
from tests.wishes.machine_model import LIVE_CLAIM, TAKES_PARCELS, Family, Promise

pytestmark = pytest.mark.django_db

EDITABLE = {"submitted", "checked", "returned", "open"}
LIVE_WISH = EDITABLE | {"claimed"}
OWED = {"claimed", "under_way"}
A_YEAR, CLAIMS_AT_ONCE, IN_STOCK = 2, 1, 1
HOUSEHOLDS, GIVERS = range(2), range(2)
BEFORE_A_CLAIM = ("post", "correct", "withdraw", "check", "open_on_wall", "send_back", "close")


# The house ---------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def many_doors(monkeypatch):
    """How many doors one giver may open is not the machine's to find out: it looks all day."""
    monkeypatch.setattr(house, "MASHANG_LIMITS", {"doors": 1000})


@dataclass
class Town:
    """The people of one branch; each run of the machine begins with it and leaves it as it was."""

    rooms: list
    givers: list
    approver: object
    treasurer: object
    fair: object
    stock: object


def make_town(branch):
    county = branch["county"]
    clerk = make_staff("陈静", county, Role.CLERK)
    RuleCard.objects.create(
        union=branch["province"],
        kind="wish",
        code="claims_per_person",
        body={"value": CLAIMS_AT_ONCE},
        source="x",
        valid_from=date(2026, 1, 1),
    )
    fair = make_fair(county, clerk)
    fairs.start(fair, by=clerk)
    fair.refresh_from_db()
    rooms = [make_wish_room(branch) for _ in HOUSEHOLDS]
    wishes = [on_the_wall(room) for room in rooms]
    fairs.add_wish(fair, wishes[0], by=clerk)
    return Town(
        rooms=rooms,
        givers=[make_giver() for _ in GIVERS],
        approver=make_staff("审批人", county, Role.APPROVER),
        treasurer=make_staff("财务", county, Role.TREASURER),
        fair=fair,
        stock=make_stock(fair, clerk, bought=IN_STOCK),
    )


def on_the_wall(room):
    """The family agrees that it goes straight home."""
    home = words(delivery_mode="to_home")
    wish = wishes.post(room.holder, words=home, by=room.worker, agrees_address=True)
    moderation.check(wish, by=room.clerk)
    moderation.open_on_wall(wish, by=room.reviewer)
    return wish


def refusal_of(act):
    try:
        act()
    except DomainError as refusal:
        return refusal
    return None


household = st.sampled_from(HOUSEHOLDS)
giver = st.sampled_from(GIVERS)


class WishMachine(RuleBasedStateMachine):
    town: Town
    tried: Counter

    def __init__(self):
        super().__init__()
        self.families = [Family(state="open", gives_address=True) for _ in HOUSEHOLDS]
        self.families[0].at_fair = "placed"
        self.posted = len(HOUSEHOLDS)
        self.taken = 0
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # What stands in the tables

    def wish(self, who):
        rows = Wish.objects.select_related("holder__user", "union").order_by("created_at")
        return rows.filter(holder=self.town.rooms[who].holder).last()

    def claim_of(self, who):
        rows = Claim.objects.select_related("wish__holder__user", "union", "giver", "proposal")
        return rows.filter(wish=self.wish(who)).order_by("created_at").last()

    def parcel_of(self, who):
        rows = Parcel.objects.filter(claim=self.claim_of(who), state="sent", mode="in_person")
        return rows.order_by("created_at").first()

    def offer_of(self, who):
        rows = FairWish.objects.filter(wish=self.wish(who), removed_at=None)
        rows = rows.select_related("fair__union", "wish__holder__user", "wish__union")
        return rows.order_by("created_at").last()

    def tries(self, may, act, *needed):
        """Whether it happened; the model has said whether it may. What is not there is not tried."""
        if None in needed:
            assert not may
            return False
        name = act.__qualname__.split(".")[1]
        refusal = refusal_of(act)
        assert (refusal is None) == may, f"{name}: {refusal or 'was not refused'}"
        self.tried[name, may] += 1
        return may

    # The wish

    @rule(who=household, act=st.sampled_from(BEFORE_A_CLAIM))
    def before_a_claim(self, who, act):
        getattr(self, act)(who)

    def post(self, who):
        family, room = self.families[who], self.town.rooms[who]
        may = family.state not in LIVE_WISH and family.fulfilled < A_YEAR
        if self.tries(may, lambda: room.post()):
            self.posted += 1
            family.is_told()

    def correct(self, who):
        """Each time it changes between the union's hand-over and the family's own home."""
        family, room, wish = self.families[who], self.town.rooms[who], self.wish(who)
        home = not family.gives_address
        told = words(delivery_mode="to_home") if home else words(spec="4 升")
        if self.tries(
            family.state in EDITABLE,
            lambda: wishes.correct(wish, words=told, by=room.worker, agrees_address=home),
        ):
            family.state, family.gives_address = "submitted", home

    def withdraw(self, who):
        wish, room = self.wish(who), self.town.rooms[who]
        if self.tries(
            self.families[who].state in EDITABLE, lambda: wishes.withdraw(wish, by=room.worker)
        ):
            self.families[who].state = "withdrawn"

    def check(self, who):
        wish, room = self.wish(who), self.town.rooms[who]
        if self.tries(
            self.families[who].state == "submitted", lambda: moderation.check(wish, by=room.clerk)
        ):
            self.families[who].state = "checked"

    def open_on_wall(self, who):
        wish, room = self.wish(who), self.town.rooms[who]
        if self.tries(
            self.families[who].state == "checked",
            lambda: moderation.open_on_wall(wish, by=room.reviewer),
        ):
            self.families[who].state = "open"

    def send_back(self, who):
        wish, family, room = self.wish(who), self.families[who], self.town.rooms[who]
        by = room.clerk if family.state in ("submitted", "returned") else room.reviewer
        if self.tries(
            family.state in ("submitted", "checked"),
            lambda: moderation.send_back(wish, why="请改", by=by),
        ):
            family.state = "returned"

    def close(self, who):
        wish, family, room = self.wish(who), self.families[who], self.town.rooms[who]
        by = room.clerk if family.state in ("submitted", "returned") else room.reviewer
        if self.tries(family.state in EDITABLE, lambda: moderation.close(wish, why="重复", by=by)):
            family.state = "closed"

    # The claim

    @rule(who=household, giver=giver)
    def claim(self, who, giver):
        wish, by = self.wish(who), self.town.givers[giver]
        if self.tries(self.may_claim(who, giver), lambda: claims.claim(wish, by=by)):
            self.is_claimed(who, giver)

    def may_claim(self, who, giver):
        family = self.families[who]
        if family.claim.is_live and family.claim.giver == giver:
            return True  # the same thumb, twice
        owed = [one.claim for one in self.families if one.claim.giver == giver]
        owed = [one for one in owed if one.state in OWED]
        is_free = len(owed) < CLAIMS_AT_ONCE and not any(one.is_late for one in owed)
        return family.state == "open" and is_free

    def is_claimed(self, who, giver):
        family = self.families[who]
        if not (family.claim.is_live and family.claim.giver == giver):
            family.state, family.claim = "claimed", Promise(giver)

    @rule(who=household)
    def give_up(self, who):
        claim, family = self.claim_of(who), self.families[who]
        may = family.claim.giver is not None and family.claim.state == "claimed"
        if self.tries(may, lambda: claims.give_up(claim, by=claim.giver), claim):
            family.is_back_on_wall("given_up")

    @rule(who=household)
    def revoke(self, who):
        claim, family, room = self.claim_of(who), self.families[who], self.town.rooms[who]
        may = family.claim.giver is not None and family.claim.state in TAKES_PARCELS
        if self.tries(may, lambda: claims.revoke(claim, why="失联", by=room.clerk), claim):
            family.is_back_on_wall("revoked")

    @rule(who=household)
    def the_last_day_passes(self, who):
        family = self.families[who]
        if family.claim.state in OWED:
            yesterday = timezone.localdate() - timedelta(days=1)
            Claim.objects.filter(pk=self.claim_of(who).pk).update(due_on=yesterday)
            family.claim.is_late = True

    @rule()
    def lapse(self):
        due = [
            family
            for family in self.families
            if family.claim.is_late
            and family.claim.giver is not None
            and family.claim.state == "claimed"
        ]
        assert claims.lapse_overdue() == len(due)
        for family in due:
            family.is_back_on_wall("lapsed")

    @rule(who=household)
    def reinstate(self, who):
        claim, family, room = self.claim_of(who), self.families[who], self.town.rooms[who]
        may = family.claim.state == "lapsed" and family.state == "open"
        if self.tries(may, lambda: claims.reinstate(claim, by=room.clerk), claim):
            family.state, family.claim.state, family.claim.is_late = "claimed", "claimed", False

    # The union's own fund

    @rule(who=household)
    def fund(self, who):
        wish, family = self.wish(who), self.families[who]
        if self.tries(
            family.state == "open", lambda: union_fund.fund([wish], by=self.town.approver)
        ):
            family.state, family.claim = "claimed", Promise(giver=None)

    @rule(who=household, agrees=st.booleans())
    def look_at_spending(self, who, agrees):
        claim, promise = self.claim_of(who), self.families[who].claim
        if claim is None or promise.giver is not None:
            return
        act = ledger.confirm if agrees else ledger.reject
        if self.tries(
            promise.spending == "proposed", lambda: act(claim.proposal, by=self.town.treasurer)
        ):
            promise.spending = "confirmed" if agrees else "rejected"

    @rule(who=household)
    def put_back(self, who):
        claim, family = self.claim_of(who), self.families[who]
        promise = family.claim
        is_refused = promise.giver is None and promise.spending == "rejected"
        may = is_refused and promise.state in TAKES_PARCELS
        if self.tries(may, lambda: union_fund.put_back(claim, by=self.town.approver), claim):
            family.is_back_on_wall("revoked")

    # The goods

    @rule(who=household, act=st.sampled_from(("send", "send_home", "look_at_address")))
    def the_giver_acts(self, who, act):
        getattr(self, act)(who)

    def send(self, who):
        promise = self.families[who].claim
        may = promise.giver is not None and promise.state in TAKES_PARCELS
        if self.sends(who, may, "in_person"):
            promise.parcels.append("sent")
            promise.settle()

    def send_home(self, who):
        family = self.families[who]
        if self.sends(who, family.may_go_home(), "to_home"):
            family.claim.parcels.append("home")
            family.claim.settle()

    def sends(self, who, may, mode):
        claim, goods = self.claim_of(who), f"电饭煲 {len(self.families[who].claim.parcels)}"
        self.tried[mode, may] += 1
        return self.tries(
            may, lambda: deliveries.send(claim, mode=mode, goods=goods, by=claim.giver), claim
        )

    def look_at_address(self, who):
        claim, family = self.claim_of(who), self.families[who]
        may = family.may_go_home()
        self.tries(may, lambda: addresses.look(claim, by=claim.giver), claim)

    @rule(who=household)
    def take_back_address(self, who):
        room = self.town.rooms[who]
        workflows.withdraw_consent(room.holder, "address", by=room.worker)
        self.families[who].gives_address = False

    @rule(who=household)
    def take_in(self, who):
        claim, promise = self.claim_of(who), self.families[who].claim
        clerk = self.town.rooms[who].clerk
        if self.tries(
            promise.state in TAKES_PARCELS,
            lambda: deliveries.take_in(claim, mode="in_person", goods="电饭煲", by=clerk),
            claim,
        ):
            promise.parcels.append("passed")
            promise.settle()

    @rule(who=household)
    def pass_parcel(self, who):
        parcel, promise = self.parcel_of(who), self.families[who].claim
        good = {"matches": True, "is_new": True, "is_fresh": True}
        clerk = self.town.rooms[who].clerk
        may = "sent" in promise.parcels and promise.state in TAKES_PARCELS
        if self.tries(may, lambda: deliveries.pass_parcel(parcel, by=clerk, **good), parcel):
            self.is_looked_at(promise, "passed")

    @rule(who=household)
    def reject_parcel(self, who):
        parcel, promise = self.parcel_of(who), self.families[who].claim
        clerk = self.town.rooms[who].clerk
        may = "sent" in promise.parcels
        if self.tries(may, lambda: deliveries.reject_parcel(parcel, why="旧的", by=clerk), parcel):
            self.is_looked_at(promise, "rejected")

    def is_looked_at(self, promise, found):
        promise.parcels[promise.parcels.index("sent")] = found
        if promise.state in TAKES_PARCELS:
            promise.settle()

    @rule(who=household)
    def hand_over(self, who):
        claim, promise = self.claim_of(who), self.families[who].claim
        today, clerk = timezone.localdate(), self.town.rooms[who].clerk
        if self.tries(
            promise.may_be_handed_over(),
            lambda: deliveries.hand_over(claim, handed_on=today, by=clerk),
            claim,
        ):
            promise.state = "handed_over"
            promise.arrive_home()

    @rule(who=household)
    def confirm(self, who):
        claim, family = self.claim_of(who), self.families[who]
        worker = self.town.rooms[who].worker
        came_home = family.claim.is_going_home()
        may = family.claim.state == "handed_over" or came_home
        if self.tries(may, lambda: confirmations.confirm(claim, by=worker), claim):
            family.off_ledger += came_home
            family.comes_true()

    @rule()
    def a_week_passes(self):
        Handover.objects.update(created_at=timezone.now() - timedelta(days=8))
        silent = [
            family
            for family in self.families
            if family.claim.state == "handed_over" and not family.has_complaint
        ]
        assert confirmations.confirm_by_clock() == len(silent)
        for family in silent:
            family.comes_true()

    @rule(who=household)
    def raise_complaint(self, who):
        claim, family = self.claim_of(who), self.families[who]
        worker = self.town.rooms[who].worker
        may = family.claim.state in LIVE_CLAIM | {"fulfilled"} and not family.has_complaint
        if self.tries(
            may,
            lambda: complaints.raise_complaint(claim, kind="not_received", by=worker),
            claim,
        ):
            family.has_complaint = True

    @rule(who=household, accepts=st.booleans())
    def answer(self, who, accepts):
        family, colleague = self.families[who], self.town.rooms[who].colleague
        complaint = Complaint.objects.filter(wish=self.wish(who)).order_by("created_at").last()
        if not self.tries(
            family.has_complaint,
            lambda: complaints.answer(complaint, words="已核实", is_accepted=accepts, by=colleague),
            complaint,
        ):
            return
        family.has_complaint = False
        is_newest = complaint.claim_id == self.claim_of(who).pk
        if accepts and is_newest:
            self.is_mended(family.claim)

    def is_mended(self, promise):
        if promise.state == "handed_over":
            promise.state = "received"
        else:
            promise.is_wrong_at_home()

    # The fair

    @rule(who=household)
    def place(self, who):
        wish, family = self.wish(who), self.families[who]
        may = family.state == "open" and family.at_fair != "placed"
        if self.tries(may, lambda: fairs.add_wish(self.town.fair, wish, by=self.town.fair.made_by)):
            family.at_fair = "placed"

    @rule(who=household)
    def take_off(self, who):
        offer, family = self.offer_of(who), self.families[who]
        may = family.state == "open" and family.at_fair == "placed"
        if self.tries(may, lambda: fairs.remove_wish(offer, by=self.town.fair.made_by), offer):
            family.at_fair = "given" if family.was_given else ""

    @rule(who=household, giver=giver)
    def claim_on_the_spot(self, who, giver):
        offer, by = self.offer_of(who), self.town.givers[giver]
        may = bool(self.families[who].at_fair) and self.may_claim(who, giver)
        if self.tries(may, lambda: fairs.claim_on_the_spot(offer, by=by), offer):
            self.is_claimed(who, giver)

    @rule(who=household)
    def hand_out(self, who):
        offer, family = self.offer_of(who), self.families[who]
        promise = family.claim
        is_paid = promise.giver is not None or promise.spending == "confirmed"
        is_waiting = family.at_fair == "placed" and promise.state == "claimed"
        may = is_waiting and is_paid and self.taken < IN_STOCK
        stock, clerk = self.town.stock, self.town.fair.made_by
        if self.tries(may, lambda: fairs.hand_out(offer, stock=stock, by=clerk), offer):
            family.at_fair, family.was_given = "given", True
            promise.state = "handed_over"
            promise.parcels.append("passed")
            self.taken += 1

    @rule(who=household, steps=st.integers(1, 5))
    def go_the_usual_way(self, who, steps):
        """A wish that nothing disturbs for a while, so that many runs come far."""
        ways = {
            "submitted": self.check,
            "checked": self.open_on_wall,
            "open": lambda who: self.claim(who, who),
            "claimed": self.bring,
        }
        for _ in range(steps):
            ways.get(self.families[who].state, self.post)(who)

    def bring(self, who):
        """What may go straight home goes there, but for the first household."""
        goes_home = who and self.families[who].may_go_home()
        steps = {
            "claimed": self.send_home if goes_home else self.take_in,
            "under_way": self.confirm if goes_home else self.take_in,
            "received": self.hand_over,
            "handed_over": self.confirm,
        }
        steps.get(self.families[who].claim.state, self.take_in)(who)

    # What must always hold

    @invariant()
    def tables_and_model_agree(self):
        for who, family in enumerate(self.families):
            assert self.wish(who).state == family.state
            claim = self.claim_of(who)
            assert (claim.state if claim else "none") == family.claim.state
        self.town.stock.refresh_from_db()
        assert self.town.stock.taken == self.taken <= IN_STOCK

    @invariant()
    def nobody_is_lost(self):
        assert Wish.objects.count() == self.posted
        for wish in Wish.objects.prefetch_related("claims"):
            live = [claim for claim in wish.claims.all() if claim.state in LIVE_CLAIM]
            done = [claim for claim in wish.claims.all() if claim.state == "fulfilled"]
            assert len(live) == (wish.state == "claimed")
            assert len(done) == (wish.state == "fulfilled")

    @invariant()
    def a_household_has_one_living_wish(self):
        living = Counter(Wish.objects.live().values_list("holder", flat=True))
        assert all(count == 1 for count in living.values())

    @invariant()
    def a_certificate_stands_for_a_wish_come_true(self):
        given = Claim.objects.filter(state="fulfilled")
        certified = set(Certificate.objects.values_list("claim", flat=True))
        assert certified == set(given.exclude(kind="union").values_list("pk", flat=True))
        assert len(certified) == sum(family.certificates for family in self.families)
        off_ledger = sum(family.off_ledger for family in self.families)
        assert given.filter(proposal=None).count() == off_ledger

    @invariant()
    def what_was_handed_out_left_the_stock(self):
        assert FairWish.objects.exclude(stock=None).count() == self.taken


# The runs ----------------------------------------------------------------------------------------


def run(branch, examples, steps=40):
    """Builds the town once; every example starts from it. Returns what was tried, and how it ended."""
    tried = Counter()
    machine = type("Machine", (WishMachine,), {"town": make_town(branch), "tried": tried})
    plan = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=plan)
    return tried


def test_any_act_at_any_time_leaves_the_tables_as_the_model_says(branch_a):
    tried = run(branch_a, examples=25)

    accepted = {name for name, may in tried if may}
    refused = {name for name, may in tried if not may}
    assert {"claim", "fund", "hand_over", "confirm", "to_home"} <= accepted
    assert {"claim", "fund", "hand_over", "to_home"} <= refused


def forget_the_wish(claim, state, *, by, **also):
    claim.transition_to(state, ended_at=timezone.now(), **also)


def count_nothing(fair, stock):
    pass


def thank_nobody(claim, handover):
    pass


def owe_for_ever(claim, rules, today):
    return True


SABOTAGE = {
    "a wish is not put back when its claim ends": (claims, "_end", forget_the_wish),
    "a thing is handed out without being counted": (fairs, "_count_down", count_nothing),
    "nobody writes the certificate": (confirmations, "_thank", thank_nobody),
    "the address stays open when the claim has ended": (homes, "_is_owed", owe_for_ever),
}


@pytest.mark.once
@pytest.mark.parametrize("harm", SABOTAGE)
def test_it_would_find_out(branch_a, harm, monkeypatch):
    monkeypatch.setattr(*SABOTAGE[harm])

    with pytest.raises(AssertionError):
        run(branch_a, examples=60)
