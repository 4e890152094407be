"""建档: from the approved application to the file."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from django.db import connection, transaction

from mashang import workflows
from mashang.cases.actions import applications, files, merges
from mashang.cases.models import Application, Case, CaseVersion, Holder, Member
from mashang.cases.refusals import AlreadyOnFile, MemberOnAnotherFile
from mashang.core.errors import DomainError, NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.unions.roles import Role
from tests.builders import make_branch, make_id_number, make_staff, make_worker
from tests.cases.households import make_application_ready, make_case, merge, twin_of
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db


def test_an_approved_application_becomes_a_file_with_six_facts():
    union = make_branch()["own"]

    case = make_case(union)

    assert case.state == Case.State.ACTIVE and case.case_no.startswith("D")
    assert case.application.state == Application.State.FILED
    assert case.facts.count() == 6
    assert case.holder.members.filter(is_on_live_file=True).count() == 2
    assert TrailEntry.objects.filter(action="case.opened").count() == 1


def test_the_facts_name_nobody_and_no_illness():
    case = make_case(make_branch()["own"])

    told = str([fact.body.reveal() for fact in case.facts.all()])

    assert "7–13 岁" in told and "本人大病" in told and "46 平方米" in told
    for hidden in ("李小雨", "李春燕", "幸福里", case.holder.id_number.reveal()):
        assert hidden not in told


def test_a_clerk_of_another_branch_cannot_open_it():
    here = make_branch()
    there = make_branch(here["province"], "绿水")
    stranger = make_staff("陆经办", there["county"], Role.CLERK)

    with pytest.raises(NotAllowed):
        make_case(here["own"], by=stranger)

    assert not Case.objects.exists()


def test_an_application_is_filed_once():
    branch = make_branch()
    clerk = make_staff("陈经办", branch["own"], Role.CLERK)
    application = make_application_ready(branch["own"])
    files.open_case(application, category="deep", level="county", by=clerk)

    with pytest.raises(WrongState):
        files.open_case(application, category="deep", level="county", by=clerk)


def test_a_household_with_a_live_file_gets_no_second_one():
    branch = make_branch()
    case = make_case(branch["own"])
    again = Application.objects.get(pk=case.application_id)
    Application.objects.filter(pk=again.pk).update(state=Application.State.PUBLICITY)
    again.refresh_from_db()

    with pytest.raises(AlreadyOnFile):
        files.open_case(
            again, category="deep", level="county", by=make_staff("甲", branch["own"], Role.CLERK)
        )


def test_a_member_on_another_live_file_stops_the_filing_and_nothing_is_lost():
    here = make_branch()
    there = make_branch(here["province"], "绿水")
    shared = make_id_number()
    make_case(there["own"], daughter_number=shared)
    application = make_application_ready(here["own"], daughter_number=shared)
    clerk = make_staff("陈经办", here["own"], Role.CLERK)

    with pytest.raises(MemberOnAnotherFile) as refusal:
        files.open_case(application, category="deep", level="county", by=clerk)

    assert "上级工会" in str(refusal.value) and "绿水" not in str(refusal.value)
    application.refresh_from_db()
    assert application.state == Application.State.PUBLICITY
    assert application.answers.reveal()["employer"] == "青山纺织厂"


def test_a_closed_file_lets_its_people_go_and_comes_back_as_the_same_file():
    branch = make_branch()
    clerk = make_staff("陈经办", branch["own"], Role.CLERK)
    case = make_case(branch["own"], by=clerk)

    workflows.close_case(case, reason="脱困", by=clerk)
    assert not Member.objects.filter(is_on_live_file=True).exists()
    workflows.reopen_case(case, why="旧病复发", by=clerk)

    case.refresh_from_db()
    assert case.state == Case.State.ACTIVE and case.closed_on is None
    assert [v.why for v in CaseVersion.objects.order_by("number")] == ["建档", "旧病复发"]


def test_a_version_is_never_edited():
    version = make_case(make_branch()["own"]).versions.get()

    with pytest.raises(Exception, match="append"), transaction.atomic():
        CaseVersion.objects.filter(pk=version.pk).update(why="别的原因")


def make_twins():
    """Two households of one person: one that applied, and one on file."""
    here = make_branch()
    there = make_branch(here["province"], "绿水")
    filed, spare = make_case(here["own"]).holder, make_application_ready(there["own"]).holder
    Application.objects.filter(holder=spare).update(state=Application.State.ENDED, ending="refused")
    Holder.objects.filter(pk=spare.pk).update(id_index=filed.id_index)
    spare.refresh_from_db()
    return spare, filed, make_staff("省复核", here["province"], Role.REVIEWER)


def test_a_household_is_merged_once():
    spare, filed, reviewer = make_twins()

    merge(spare, into=filed, by=reviewer)

    spare.refresh_from_db()
    assert spare.merged_into == filed
    with pytest.raises(WrongState):
        merge(spare, into=filed, by=reviewer)


def test_the_phone_of_a_merged_household_finds_the_file_that_goes_on():
    spare, filed, reviewer = make_twins()
    worker = spare.user
    Holder.objects.filter(pk=filed.pk).update(user=None)
    filed.refresh_from_db()

    merge(spare, into=filed, by=reviewer)

    assert Holder.objects.get(user=worker) == filed


def test_a_helper_of_a_merged_file_sees_it_no_longer():
    _, filed, reviewer = make_twins()
    onward = make_case(filed.union).holder
    Holder.objects.filter(pk=onward.pk).update(id_index=filed.id_index)
    onward.refresh_from_db()
    helper = make_worker("黄志强")
    pairing = filed.case.pairings.create(
        helper=helper, proposed_by=reviewer, confirmed_by=helper, from_on=date(2026, 11, 2)
    )

    merge(filed, into=onward, by=reviewer)

    pairing.refresh_from_db()
    assert pairing.to_on and not Case.objects.paired_to(helper).exists()


def test_a_living_file_is_not_merged_into_one_that_has_ended():
    spare, filed, reviewer = make_twins()

    with pytest.raises(WrongState, match="反过来合并"):
        merge(filed, into=spare, by=reviewer)


def test_what_was_merged_away_is_not_reopened():
    _, filed, reviewer = make_twins()
    onward = make_case(filed.union).holder
    Holder.objects.filter(pk=onward.pk).update(id_index=filed.id_index)
    onward.refresh_from_db()
    merge(filed, into=onward, by=reviewer)
    clerk = make_staff("周敏", filed.union, Role.CLERK)

    with pytest.raises(WrongState, match="合并后的那份"):
        workflows.reopen_case(Case.objects.get(holder=filed), why="返困", by=clerk)


@pytest.mark.django_db(transaction=True)
def test_of_two_opposite_merges_pressed_at_once_one_is_told_so():
    """Otherwise each would point at the other, and both files would be gone."""
    _, one, reviewer = make_twins()
    other = make_case(one.union).holder
    Holder.objects.filter(pk=other.pk).update(id_index=one.id_index)
    other.refresh_from_db()

    second = twin_of(reviewer)
    asked = [
        merges.ask(away, into=stays, stands_as="self", why="同一身份证", by=reviewer)
        for away, stays in ((one, other), (other, one))
    ]

    told = press_at_once([partial(workflows.merge_households, each, by=second) for each in asked])

    assert sorted(type(answer).__name__ for answer in told) == ["NoneType", "WrongState"]
    assert Holder.objects.filter(pk__in=[one.pk, other.pk], merged_into=None).count() == 1
    assert Case.objects.filter(holder__in=[one, other], state="active").count() == 1


def test_the_phone_of_a_merged_household_applies_with_the_file_that_goes_on():
    spare, filed, reviewer = make_twins()
    merge(spare, into=filed, by=reviewer)

    started = applications.start(spare.user, kind="one_off", union=filed.union, by=spare.user)

    assert started.holder == filed


def test_two_different_people_are_not_taken_for_one():
    branch = make_branch()
    reviewer = make_staff("省复核", branch["province"], Role.REVIEWER)
    one, other = (make_application_ready(branch["own"]).holder for _ in range(2))
    Application.objects.update(state=Application.State.ENDED, ending="refused")

    with pytest.raises(NotAllowed, match="不是同一身份证号"):
        merges.ask(one, into=other, stands_as="self", why="看着像同一个人", by=reviewer)


@pytest.mark.django_db(transaction=True)
def test_twenty_clerks_filing_at_once_make_one_file():
    union = make_branch()["own"]
    application = make_application_ready(union)
    clerks = [make_staff(f"经办{n}", union, Role.CLERK) for n in range(20)]

    def press(clerk):
        try:
            return files.open_case(
                Application.objects.get(pk=application.pk),
                category="deep",
                level="county",
                by=clerk,
            )
        except DomainError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as crowd:
        filed = [case for case in crowd.map(press, clerks) if case]

    assert len(filed) == 1 == Case.objects.count()
