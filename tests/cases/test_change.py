"""变更: the file follows the family's life; every change is a version."""

from datetime import date

import pytest

from mashang import workflows
from mashang.cases.actions import changes, files
from mashang.cases.models import Case, ChangeRequest, Fact
from mashang.cases.refusals import CaseClosed, ChangeRequestOpen, MemberOnAnotherFile
from mashang.core.errors import NotAllowed, WrongState
from mashang.unions.roles import Role
from tests.builders import make_branch, make_id_number, make_staff
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def clerk(branch):
    return make_staff("陈经办", branch["own"], Role.CLERK)


@pytest.fixture
def case(branch, clerk):
    return make_case(branch["own"], by=clerk)


def test_a_new_employer_is_a_new_version_and_the_old_one_stays(case, clerk):
    changes.change(case, {"employer": "红旗机械厂"}, why="换了单位", by=clerk)

    first, second = case.versions.order_by("number")
    assert first.body.reveal()["employer"] == "青山纺织厂"
    assert second.body.reveal()["employer"] == "红旗机械厂"
    assert second.changed == ["employer"] and second.why == "换了单位"


def test_only_the_fact_that_changed_is_marked_as_checked_today(case, clerk):
    Fact.objects.filter(case=case).update(checked_on=date(2025, 1, 1))

    changes.change(case, {"housing": "low_rent"}, why="分到廉租房", by=clerk)

    checked = dict(case.facts.values_list("key", "checked_on"))
    assert checked.pop("housing") > date(2025, 1, 1)
    assert set(checked.values()) == {date(2025, 1, 1)}


def test_a_clerk_of_another_branch_cannot_change_it(case, branch):
    stranger = make_staff("陆经办", make_branch(branch["province"], "绿水")["own"], Role.CLERK)

    with pytest.raises(NotAllowed):
        changes.change(case, {"employer": "别处"}, why="", by=stranger)


def test_a_closed_file_is_not_changed(case, clerk):
    workflows.close_case(case, reason="脱困", by=clerk)

    with pytest.raises(CaseClosed):
        changes.change(case, {"employer": "别处"}, why="", by=clerk)


def test_of_two_who_change_at_once_one_is_told_so(case, clerk):
    stale = Case.objects.get(pk=case.pk)
    changes.change(case, {"employer": "红旗机械厂"}, why="", by=clerk)

    with pytest.raises(WrongState):
        files.write_version(stale, {"employer": "又一家"}, why="", by=clerk)


def test_a_parent_who_moves_in_and_out_is_on_the_file_and_free_again(case, clerk):
    number = make_id_number(date(1940, 2, 3))
    person = {"relation": "mother", "name": "王桂兰", "id_number": number, "born_on": "1940-02-03"}

    member = changes.add_member(case, person, why="母亲来同住", by=clerk)
    household = str(case.facts.get(key="household").body.reveal())
    assert "3 人" in household and "60 岁以上" in household

    case.refresh_from_db()
    changes.remove_member(case, member, why="回老家", by=clerk)
    member.refresh_from_db()
    assert member.left_on and not member.is_on_live_file
    assert "2 人" in str(case.facts.get(key="household").body.reveal())


def test_a_person_on_another_live_file_is_not_added(case, clerk, branch):
    number = make_id_number()
    make_case(make_branch(branch["province"], "绿水")["own"], daughter_number=number)

    with pytest.raises(MemberOnAnotherFile):
        changes.add_member(
            case, {"relation": "son", "name": "某某", "id_number": number}, why="", by=clerk
        )


def test_what_a_worker_reports_changes_nothing_until_the_union_has_checked(case, clerk):
    worker = case.holder.user

    request = changes.report_change(case, {"address": "新居 5 号"}, why="搬家", by=worker)
    assert files.current_answers(case)["address"] == "幸福里 3 栋 201"
    with pytest.raises(ChangeRequestOpen):
        changes.report_change(case, {"address": "再搬"}, why="", by=worker)

    changes.accept_change(request, by=clerk)
    case.refresh_from_db()
    assert files.current_answers(case)["address"] == "新居 5 号"
    with pytest.raises(WrongState):
        changes.accept_change(ChangeRequest.objects.get(pk=request.pk), by=clerk)


def test_nobody_reports_for_another_family(case, clerk):
    with pytest.raises(NotAllowed):
        changes.report_change(case, {"address": "别处"}, why="", by=clerk)


def test_a_declined_report_says_why(case, clerk):
    request = changes.report_change(case, {"address": "别处"}, why="", by=case.holder.user)

    changes.decline_change(request, answer="入户未见搬家", by=clerk)

    request.refresh_from_db()
    assert request.answer == "入户未见搬家" and request.state == ChangeRequest.State.DECLINED


def test_the_plan_is_a_fact_like_the_others(case, clerk):
    changes.set_plan(
        case,
        measures=["work", "union"],
        text="介绍到社区食堂工作",
        target_on=date(2027, 6, 30),
        progress="已面试",
        by=clerk,
    )

    told = str(case.facts.get(key="plan").body.reveal())
    assert "就业创业发展、工会帮扶解困" in told and "2027年6月30日" in told
