"""一个依据: whatever happens to a household, the house and a plain telling agree who may see it, and why."""

import dataclasses

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mashang import workflows
from mashang.accounts.models import User
from mashang.aid import actions as aid
from mashang.aid.queries import received
from mashang.cases.actions import access as looks
from mashang.cases.models import Access, CaseVersion, Holder
from mashang.cases.queries import access
from mashang.cases.queries.access import WORK, access_basis
from mashang.cases.queries.looks import looks_at
from mashang.cases.queries.versions import versions_of
from mashang.codes import actions as codes
from mashang.codes.models import QrCode, Scan
from mashang.codes.queries import relation_to, url_of
from mashang.core.errors import WrongState
from mashang.unions.models import Post
from mashang.unions.roles import Role
from tests.access.matrix import undone
from tests.builders import make_staff
from tests.cases import walks
from tests.cases.households import make_case, merge
from tests.cases.walks import HAPPENINGS, Walk

pytestmark = pytest.mark.django_db
WAY_ROUND = [
    "aid_is_proposed", "aid_is_confirmed", "worker_reports_a_change", "helper_is_proposed",
    "glass_is_broken", "helper_is_confirmed", "family_agrees_to_the_helper", "transfer_is_asked", "transfer_is_accepted",
    "change_is_declined", "posts_end", "worker_applies_for_one_off_aid", "step_is_taken", "step_is_taken",
    "application_is_refused", "family_withdraws_it", "pairing_ends", "transfer_is_asked",
    "transfer_is_declined", "duplicate_is_merged_in", "file_is_closed", "file_is_reopened",
]  # fmt: skip


@pytest.fixture
def walk(branch_a, branch_b) -> Walk:
    return walks.begin(branch_a, branch_b)


def follow(walk: Walk, names: list[str]) -> dict[str, object]:
    """What of it can happen happens; the first answers that differ, and after what."""
    for number, name in enumerate(names):
        can, happens = HAPPENINGS[name]
        if can(walk.plain):
            happens(walk)
            if differing := walk.answers():
                return {"after": names[: number + 1], **differing}
    return {}


def test_at_the_start_the_two_agree_and_somebody_of_each_kind_sees_it(walk):
    assert walk.answers() == {}
    bases = {walk.plain.basis_of(name) for name in walk.people}
    assert bases == {None, "self", "keeping"}


def test_everything_can_happen_on_one_way_round(walk):
    assert set(WAY_ROUND) == set(HAPPENINGS)
    for name in WAY_ROUND:
        can, happens = HAPPENINGS[name]
        assert can(walk.plain), f"{name} cannot happen here"
        happens(walk)
        assert walk.answers() == {}, name


@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(sorted(HAPPENINGS)), min_size=3, max_size=12))
@example(["transfer_is_asked", "transfer_is_accepted", "helper_is_proposed", "file_is_closed"])
def test_whatever_happens_the_two_agree(walk, names):
    with undone():
        assert follow(dataclasses.replace(walk, plain=walks.Plain()), names) == {}


@pytest.mark.parametrize(
    ("forgets", "names"),
    [
        ("_broke_glass", []),
        ("has_task", ["worker_reports_a_change"]),
        ("responsible_union", ["transfer_is_asked", "transfer_is_accepted"]),
        ("surviving", ["duplicate_is_merged_in", "transfer_is_asked", "transfer_is_accepted"]),
        ("_steps_of_live_application", ["worker_applies_for_one_off_aid"]),
        ("with_task", ["worker_reports_a_change"]),
        ("responsible_unions", ["transfer_is_asked", "transfer_is_accepted"]),
        ("_reviewed", ["worker_applies_for_one_off_aid"]),
        ("_with_broken_glass", ["glass_is_broken"]),
    ],
)
def test_a_house_that_forgot_something_would_be_seen(walk, monkeypatch, forgets, names):
    """The walk is no mirror: with one part of the answer broken, the two differ."""
    broken = {
        "_broke_glass": lambda user, holder: True,
        "has_task": lambda user, household: False,
        "responsible_union": lambda *args: walk.branches["A"]["county"],
        "surviving": lambda holder: holder,
        "_steps_of_live_application": lambda holder: [],
        "with_task": lambda user, households: set(),
        "responsible_unions": lambda unions, *args: {
            union.path: walk.branches["A"]["county"] for union in unions
        },
        "_reviewed": lambda user, halves: set(),
        "_with_broken_glass": lambda user, halves: set(),
    }
    grounds = tuple(
        dataclasses.replace(ground, holds=broken["_broke_glass"])
        if forgets == "_broke_glass" and ground.basis == "break_glass"
        else ground
        for ground in WORK
    )
    monkeypatch.setattr(walks, "WORK", grounds)
    if forgets != "_broke_glass":
        monkeypatch.setattr(access, forgets, broken[forgets])

    for name in names:
        HAPPENINGS[name][1](walk)
    assert walk.answers() != {}


# The scan and the pages say the same ---------------------------------------------------------


def scanned_by(walk: Walk, name: str, holder: Holder | None = None) -> str:
    code = QrCode.objects.filter(holder=holder or walk.holder).latest("created_at")
    return relation_to(
        url_of(code).rpartition("/")[2], User.objects.get(pk=walk.people[name].pk)
    ).shown


def test_a_scan_shows_as_much_as_the_basis_allows(walk):
    codes.issue_for(walk.holder, by=walk.people["worker"])
    for name in ("helper_is_proposed", "helper_is_confirmed", "family_agrees_to_the_helper"):
        HAPPENINGS[name][1](walk)
        shown = {name: scanned_by(walk, name) for name in walk.people}
        bases = {name: walk.plain.basis_of(name) for name in walk.people}
        assert {n for n, s in shown.items() if s == Scan.Shown.OWN} == {
            n for n, basis in bases.items() if basis == "self"
        }
        assert {n for n, s in shown.items() if s == Scan.Shown.SIX_FACTS} == {
            n for n, basis in bases.items() if basis == "pairing"
        }
        assert all(shown[n] == Scan.Shown.CASE for n, basis in bases.items() if basis == "keeping")


def test_every_card_of_a_chain_of_merges_leads_to_its_owner(walk):
    codes.issue_for(walk.holder, by=walk.people["worker"])
    first = walk.holder
    for _ in range(2):
        onward = make_case(walk.file.union).holder
        Holder.objects.filter(pk=onward.pk).update(id_index=first.id_index, user=None)
        last = Holder.objects.filter(user=walk.people["worker"]).get()
        merge(last, into=Holder.objects.get(pk=onward.pk), by=walk.here("county", "reviewer"))
    assert scanned_by(walk, "worker", first) == Scan.Shown.OWN


# What hangs on the household follows it -------------------------------------------------------


def test_an_office_stays_with_granted_one_off_aid_until_it_is_paid(walk):
    """By a household without a file, which is nobody's business otherwise."""
    names = ["file_is_closed", "worker_applies_for_one_off_aid", "step_is_taken", "step_is_taken"]
    for name in names:
        HAPPENINGS[name][1](walk)
    granted = workflows.approve_step(
        walks._step(walk), by=walk.here("county", "approver"), granted_fen=50_000
    )

    treasurer = walk.here("county", "treasurer")
    assert access_basis(treasurer, walk.holder) == "task"
    aid.pay_granted(granted.granted_aid, fund="county", given_on=timezone.localdate(), by=treasurer)
    assert access_basis(walk.here("county", "treasurer"), walk.holder) is None


def merged(walk: Walk) -> Holder:
    """A second file with a line of aid and a look, merged into the first; returns that half."""
    second = make_case(walk.file.union, worker=walk.people["other half"]).holder
    Holder.objects.filter(pk=second.pk).update(id_index=walk.holder.id_index)
    second.refresh_from_db()
    line = aid.propose(
        second, project="living", fund="county", given_on=timezone.localdate(),
        amount_fen=300_000, by=walk.here("own", "clerk"),
    )  # fmt: skip
    aid.confirm(line, by=walk.here("county", "treasurer"))
    looks.log_access(second, by=walk.here("own", "clerk"), what="档案")
    merge(second, into=walk.holder, by=walk.here("county", "reviewer"))
    return second


def test_the_whole_ledger_is_seen_after_a_merge(walk):
    merged(walk)
    assert sum(line.amount_fen for line in received(walk.holder)) == 300_000


def test_all_looks_are_seen_after_a_merge(walk):
    half = merged(walk)
    assert Access.objects.filter(holder=half).exists()
    assert looks_at(walk.holder).paginator.count == 1


def test_all_versions_are_seen_after_a_merge(walk):
    half = merged(walk)
    both = CaseVersion.objects.filter(case__holder__in=[half, walk.holder]).count()
    assert len(versions_of(walk.file)) == both


def test_both_phones_of_a_merged_household_scan_their_own_card(walk):
    half = make_case(walk.file.union, worker=walk.people["other half"]).holder
    codes.issue_for(half, by=walk.people["other half"])
    Holder.objects.filter(pk=half.pk).update(id_index=walk.holder.id_index)
    half.refresh_from_db()
    merge(half, into=walk.holder, by=walk.here("county", "reviewer"))
    assert scanned_by(walk, "other half", half) == Scan.Shown.OWN


def test_a_file_moves_once_the_sums_are_settled_where_they_were_promised(walk):
    HAPPENINGS["transfer_is_asked"][1](walk)
    HAPPENINGS["aid_is_proposed"][1](walk)
    with pytest.raises(WrongState, match="1 笔待复核的帮扶"):
        HAPPENINGS["transfer_is_accepted"][1](walk)

    HAPPENINGS["aid_is_confirmed"][1](walk)
    HAPPENINGS["transfer_is_accepted"][1](walk)
    assert walk.holder.union == walk.branches["B"]["own"]


def test_a_post_that_was_ended_opens_nothing_any_more(walk):
    admin = make_staff("管理员", walk.branches["A"]["county"], Role.ADMIN)
    clerk = walk.here("own", "clerk")
    workflows.end_post(Post.objects.get(user=clerk), by=admin)
    assert access_basis(User.objects.get(pk=clerk.pk), walk.holder) is None
