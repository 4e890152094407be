"""扫码: everybody sees exactly what is theirs to see, and every look is written down."""

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import Consent
from mashang.cases.actions import pairings
from mashang.codes import actions, token
from mashang.codes.models import Scan
from mashang.codes.refusals import CardRevoked, HelperNotAgreed, NotYourCode
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from tests.builders import make_staff, make_worker
from tests.cases.households import make_case, merge

pytestmark = pytest.mark.django_db
Shown = Scan.Shown


@pytest.fixture
def case(branch_a):
    case = make_case(branch_a["own"])
    actions.issue_for(case.holder, by=case.holder.user)
    return case


@pytest.fixture
def code(case):
    return token.mint(case.holder_id, 1)


@pytest.fixture
def helper(case, branch_a):
    helper = make_worker("黄志强")
    proposed = pairings.propose(
        case, helper=helper, by=make_staff("甲", branch_a["county"], Role.REVIEWER)
    )
    pairings.confirm(proposed, by=make_staff("乙", branch_a["county"], Role.APPROVER))
    return helper


def agree(case):
    return Consent.objects.create(
        subject_id=case.holder_id,
        purpose=Consent.Purpose.HELPER,
        version="1",
        recorded_by=case.holder.user,
        given_at=timezone.now(),
    )


def last_scan():
    return Scan.objects.order_by("-created_at").first()


def test_the_worker_sees_the_own_page(case, code):
    sight = actions.scan(code, by=case.holder.user)

    assert sight.shown == Shown.OWN and sight.holder == case.holder
    assert last_scan().viewer == case.holder.user


def test_a_stranger_sees_nothing_signed_in_or_not(case, code):
    assert actions.scan(code, by=None).shown == Shown.NEUTRAL
    assert actions.scan(code, by=make_worker("路人")).shown == Shown.NEUTRAL
    assert Scan.objects.count() == 2


def test_the_paired_helper_sees_six_facts_while_the_worker_agrees(case, code, helper):
    refused = actions.scan(code, by=helper)
    assert refused.shown == Shown.REFUSED and refused.refusal is HelperNotAgreed

    consent = agree(case)
    assert actions.scan(code, by=helper).shown == Shown.SIX_FACTS

    consent.withdrawn_at = timezone.now()
    consent.save()
    assert actions.scan(code, by=helper).shown == Shown.REFUSED


def test_staff_of_the_branch_get_to_the_file(case, code, chen):
    assert actions.scan(code, by=chen).shown == Shown.CASE


def test_a_refused_scan_is_told_to_the_keeper_once_a_day(case, code, lu, branch_a):
    make_staff("沈管", branch_a["county"], Role.KEEPER)

    for _ in range(3):
        actions.scan(code, by=lu)

    assert Notice.objects.filter(kind="code.scan_refused").count() == 1
    assert Scan.objects.filter(shown=Shown.REFUSED).count() == 3


def test_other_staff_are_refused_and_it_is_written_down(case, code, lu):
    sight = actions.scan(code, by=lu)

    assert sight.shown == Shown.REFUSED and sight.refusal is NotYourCode
    assert last_scan().reason == "不在管辖范围"
    assert TrailEntry.objects.get(action="code.scan_refused").actor_id == str(lu.pk)


def test_a_revoked_card_tells_its_people_and_nobody_else(case, code, helper, chen):
    agree(case)
    actions.reissue(case.holder, by=case.holder.user)

    for related in (case.holder.user, helper, chen):
        assert actions.scan(code, by=related).refusal is CardRevoked
    for stranger in (None, make_worker("路人")):
        assert actions.scan(code, by=stranger).shown == Shown.NEUTRAL


def test_the_code_survives_a_move_and_the_way_out_of_hardship(case, code, branch_b):
    clerk = make_staff("陈", case.union, Role.CLERK)
    workflows.close_case(case, reason="脱困", by=clerk)

    assert actions.scan(code, by=case.holder.user).shown == Shown.OWN


def test_the_code_of_a_merged_household_finds_the_survivor(case, branch_a):
    twin = make_case(branch_a["own"]).holder
    actions.issue_for(twin, by=twin.user)
    type(twin).objects.filter(pk=twin.pk).update(id_index=case.holder.id_index)
    twin.refresh_from_db()
    merge(twin, into=case.holder, by=make_staff("复核", branch_a["county"], Role.REVIEWER))

    sight = actions.scan(token.mint(twin.pk, 1), by=case.holder.user)

    assert sight.shown == Shown.OWN and sight.holder == case.holder


def test_a_code_with_one_letter_changed_costs_no_query(case, code, django_assert_num_queries):
    changed = code[:-1] + ("A" if code[-1] != "A" else "B")

    with django_assert_num_queries(0):
        sight = actions.scan(changed, by=case.holder.user)

    assert sight.shown == Shown.NEUTRAL and not Scan.objects.exists()


def test_a_stranger_who_scans_without_end_fills_no_table(case, code, settings):
    settings.MASHANG_LIMITS = {"scans": 3}

    sights = [actions.scan(code, by=None).shown for _ in range(5)]

    assert set(sights) == {Shown.NEUTRAL} and Scan.objects.count() == 3
    assert actions.scan(code, by=case.holder.user).shown == Shown.OWN
