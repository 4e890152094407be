"""建档: from the approved application to the file."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from mashang.cases.actions import filing
from mashang.cases.models import Application, Case, CaseVersion, Member
from mashang.cases.refusals import AlreadyOnFile, MemberOnAnotherFile
from mashang.core.errors import DomainError, NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.unions.roles import Role
from tests.builders import make_branch, make_id_number, make_staff
from tests.cases.households import make_application_ready, make_case

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
    filing.open_case(application, category="deep", level="county", by=clerk)

    with pytest.raises(WrongState):
        filing.open_case(application, category="deep", level="county", by=clerk)


def test_a_household_with_a_live_file_gets_no_second_one():
    branch = make_branch()
    case = make_case(branch["own"])
    again = Application.objects.get(pk=case.application_id)
    Application.objects.filter(pk=again.pk).update(state=Application.State.PUBLICITY)
    again.refresh_from_db()

    with pytest.raises(AlreadyOnFile):
        filing.open_case(
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
        filing.open_case(application, category="deep", level="county", by=clerk)

    assert "上级工会" in str(refusal.value) and "绿水" not in str(refusal.value)
    application.refresh_from_db()
    assert application.state == Application.State.PUBLICITY
    assert application.answers.reveal()["employer"] == "青山纺织厂"


def test_a_closed_file_lets_its_people_go_and_comes_back_as_the_same_file():
    branch = make_branch()
    clerk = make_staff("陈经办", branch["own"], Role.CLERK)
    case = make_case(branch["own"], by=clerk)

    filing.close_case(case, reason="脱困", by=clerk)
    assert not Member.objects.filter(is_on_live_file=True).exists()
    filing.reopen_case(case, why="旧病复发", by=clerk)

    case.refresh_from_db()
    assert case.state == Case.State.ACTIVE and case.closed_on is None
    assert [v.why for v in CaseVersion.objects.order_by("number")] == ["建档", "旧病复发"]


def test_a_version_is_never_edited():
    version = make_case(make_branch()["own"]).versions.get()

    with pytest.raises(Exception, match="append"), transaction.atomic():
        CaseVersion.objects.filter(pk=version.pk).update(why="别的原因")


def test_both_codes_of_a_merged_household_lead_to_one_holder():
    here = make_branch()
    there = make_branch(here["province"], "绿水")
    reviewer = make_staff("省复核", here["province"], Role.REVIEWER)
    old, new = make_case(here["own"]).holder, make_application_ready(there["own"]).holder
    type(new).objects.filter(pk=new.pk).update(id_index=old.id_index)
    new.refresh_from_db()

    filing.merge(new, into=old, by=reviewer)

    new.refresh_from_db()
    assert new.merged_into == old
    with pytest.raises(WrongState):
        filing.merge(new, into=old, by=reviewer)


def test_two_different_people_are_never_merged():
    branch = make_branch()
    reviewer = make_staff("省复核", branch["province"], Role.REVIEWER)
    one, other = (make_application_ready(branch["own"]).holder for _ in range(2))

    with pytest.raises(NotAllowed):
        filing.merge(one, into=other, by=reviewer)


@pytest.mark.django_db(transaction=True)
def test_twenty_clerks_filing_at_once_make_one_file():
    union = make_branch()["own"]
    application = make_application_ready(union)
    clerks = [make_staff(f"经办{n}", union, Role.CLERK) for n in range(20)]

    def press(clerk):
        try:
            return filing.open_case(
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
