"""办理申请: from acceptance to the file, and back to the worker."""

import pytest
from django.utils import timezone

from mashang.accounts.actions.profile import declare_relative
from mashang.accounts.models import Relative
from mashang.cases.actions import reviews
from mashang.cases.actions.recusal import OwnCase
from mashang.cases.models import Application, Assessment, Case
from mashang.cases.refusals import MemberOnAnotherFile
from mashang.core.errors import Invalid, NotAllowed
from mashang.core.privacy.keys import blind_index
from mashang.notices.models import Notice
from mashang.reviews.models import Decision, Step
from mashang.reviews.refusals import SeatTaken, StepTaken
from mashang.unions.roles import Role
from tests.builders import make_branch, make_holder, make_member, make_staff
from tests.cases.offices import (
    TAKE,
    application_of,
    bring_to,
    check_income,
    evaluate,
    give_consent,
    make_office,
    make_standard,
    open_step,
    submit,
)
from tests.crowd import press_at_once

State = Application.State


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def step(office):
    return submit(office)


# It works


def test_eight_steps_make_a_file(office):
    step = bring_to("filing", office)
    TAKE["filing"](step, office)

    case = Case.objects.get()
    application = application_of(step)
    assert application.state == State.FILED and case.application == application
    assert (case.category, case.level) == ("deep", "county")


def test_the_worker_sees_five_states_in_order(office):
    seen, step = [], submit(office)
    give_consent(step)
    while True:
        seen.append(application_of(step).state)
        TAKE[step.work](step, office)
        if not Step.objects.waiting().exists():
            break
        step = open_step(step)

    assert list(dict.fromkeys(seen)) == [State.SUBMITTED, State.CHECKING, State.PUBLICITY]
    assert seen[-1] == State.CHECKING and application_of(step).state == State.FILED


def test_one_off_aid_ends_with_a_sum_and_without_a_file(office):
    step = bring_to("decision", office, kind=Application.Kind.ONE_OFF)
    application = reviews.approve(step, by=office.approver, granted_fen=300_000)

    assert (application.state, application.ending) == (State.ENDED, "aided")
    assert application.granted_fen == 300_000 and not Case.objects.exists()


def test_acceptance_keeps_the_assessment_of_the_day(office, step):
    make_standard(81_000)
    reviews.approve(step, by=office.clerk)

    kept = Assessment.objects.get()
    assert kept.is_final and kept.standard_fen == 81_000
    assert kept.net_fen == (1_440_000 - 600_000) / 2 / 12
    assert kept.proposal == "deep" and "低保标准" in str(kept.lines.reveal())


def test_a_later_standard_never_changes_the_kept_assessment(office, step):
    standard = make_standard(81_000)
    reviews.approve(step, by=office.clerk)
    standard.monthly_fen = 10_000
    standard.save()

    assert Assessment.objects.get().proposal == "deep"


def test_figures_that_were_mended_make_a_second_snapshot(office):
    step = bring_to("recheck", office)
    application = application_of(step)
    application.answers = {**application.answers.reveal(), "income_wage": 9_000_000}
    application.save()
    reviews.approve(step, by=office.reviewer)

    assert sorted(a.income_fen for a in Assessment.objects.all()) == [1_440_000, 9_240_000]


def test_each_step_tells_the_worker_where_it_lies_and_by_when(office, step):
    reviews.approve(step, by=office.clerk)

    notice = Notice.objects.get()
    due = open_step(step).due_on
    assert office.branch["own"].name in notice.body
    assert f"{due.month}月{due.day}日" in notice.body and "受理初审" in notice.body
    assert "李" not in notice.body


# Sent back, refused


def test_sent_back_the_worker_has_it_again_with_the_list(office):
    step = bring_to("recheck", office)
    application = reviews.send_back(step, by=office.reviewer, missing=["诊断证明", " "])

    assert application.state == State.SUBMITTED and application.missing == ["诊断证明"]
    assert Notice.objects.filter(kind="application.sent_back").count() == 1


def test_a_refusal_ends_it_with_its_reason_and_leaves_the_way_open(office, step):
    application = reviews.refuse(step, by=office.clerk, reason_code="X2")

    assert (application.state, application.ending) == (State.ENDED, "refused")
    assert Decision.objects.get().reason_code == "X2"
    assert "再次申请" in Notice.objects.get().body


def test_an_unknown_reason_is_refused(office, step):
    with pytest.raises(Invalid):
        reviews.refuse(step, by=office.clerk, reason_code="X99")


def test_another_reason_has_to_be_told(office, step):
    with pytest.raises(Invalid) as refused:
        reviews.refuse(step, by=office.clerk, reason_code="N9")
    assert "opinion" in refused.value.fields


# Who may not


def test_the_clerk_of_the_county_beside_may_not(step, lu):
    with pytest.raises(NotAllowed):
        reviews.approve(step, by=lu)


def test_the_applicant_may_not_decide_on_their_own_application(office):
    step = submit(office, user=office.clerk)
    with pytest.raises(OwnCase):
        reviews.approve(step, by=office.clerk)


def test_nobody_decides_on_a_household_that_names_them_as_a_member(office, step):
    """The clerk once applied for her own family; now her sister's application names her too."""
    own = make_holder(office.branch["own"], office.clerk, "周敏")
    make_member(application_of(step).holder, "sister", "周敏", own.id_number.reveal())
    with pytest.raises(OwnCase):
        reviews.approve(step, by=office.clerk)


def test_the_own_number_may_be_declared_like_a_relative_s(office, step):
    member = application_of(step).holder.members.get(relation="daughter")
    declare_relative(member.id_number.reveal(), "本人", by=office.clerk)
    with pytest.raises(OwnCase):
        reviews.approve(step, by=office.clerk)


@pytest.mark.parametrize(
    "act",
    [
        lambda step, by: reviews.approve(step, by=by),
        lambda step, by: reviews.send_back(step, by=by, missing=["户口簿"]),
        lambda step, by: reviews.refuse(step, by=by, reason_code="X2"),
    ],
    ids=["approve", "send back", "refuse"],
)
def test_nobody_decides_on_a_relative_whichever_way(office, step, act):
    index = application_of(step).holder.id_index
    Relative.objects.create(user=office.clerk, id_index=index, relation="姐妹")

    with pytest.raises(OwnCase) as refused:
        act(step, office.clerk)
    assert "回避" in refused.value.message and not Decision.objects.exists()
    reviews.approve(step, by=office.colleague)


def test_a_relative_of_somebody_else_is_no_hindrance(office, step):
    Relative.objects.create(
        user=office.clerk, id_index=blind_index("id", "someone"), relation="兄弟"
    )
    reviews.approve(step, by=office.clerk)


def test_nobody_decides_two_levels(office):
    step = bring_to("recheck", office)
    twice = office.clerk.posts.create(
        union=office.branch["town"], role=Role.REVIEWER, from_on=timezone.localdate()
    )
    del office.clerk._current_posts
    with pytest.raises(SeatTaken):
        reviews.approve(step, by=twice.user)


# Gates


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        ("accept", "还缺身份证"),
        ("home_check", "还没有登记入户核查"),
        ("evaluation", "还没有登记民主评议"),
        ("publicity", "还没有发布公示"),
        ("income_check", "还没有发起家庭经济状况核对"),
    ],
)
def test_a_step_whose_work_is_not_done_cannot_be_passed(office, work, sentence):
    step = submit(office, papers=False) if work == "accept" else bring_to(work, office)
    by = office.county_reviewer if work == "income_check" else office.clerk

    with pytest.raises(reviews.NotReady) as shut:
        reviews.approve(step, by=by)
    assert sentence in shut.value.message and open_step(step).work == work


def test_a_meeting_of_too_few_is_no_meeting(office):
    step = bring_to("evaluation", office)
    evaluate(step, office.clerk, present=5, agreed=5)
    with pytest.raises(reviews.NotReady) as shut:
        reviews.approve(step, by=office.clerk)
    assert "不足三分之二，评议无效" in shut.value.message


def test_a_vote_of_too_few_does_not_pass_and_may_be_refused(office):
    step = bring_to("evaluation", office)
    evaluate(step, office.clerk, present=9, agreed=5)
    with pytest.raises(reviews.NotReady):
        reviews.approve(step, by=office.clerk)
    assert reviews.refuse(step, by=office.colleague, reason_code="N4").state == State.ENDED


def test_figures_that_differ_need_a_word_before_they_pass(office):
    step = bring_to("income_check", office)
    check_income(step, office.county_reviewer, "differs", "另有一套住房")

    with pytest.raises(Invalid):
        reviews.approve(step, by=office.county_reviewer)
    reviews.approve(step, by=office.county_reviewer, opinion="该房已于去年出售，有合同")
    assert open_step(step).work == "decision"


@pytest.mark.parametrize("grant", [{}, {"category": "deep"}, {"category": "x", "level": "county"}])
def test_a_file_is_granted_with_category_and_level(office, grant):
    step = bring_to("decision", office)
    with pytest.raises(Invalid):
        reviews.approve(step, by=office.approver, **grant)


def test_one_off_aid_is_granted_with_a_sum(office):
    step = bring_to("decision", office, kind=Application.Kind.ONE_OFF)
    with pytest.raises(Invalid) as refused:
        reviews.approve(step, by=office.approver)
    assert "granted_fen" in refused.value.fields


def test_a_member_on_another_live_file_stops_the_filing_and_nothing_is_half_done(office, branch_b):
    step = bring_to("filing", office)
    member = application_of(step).holder.members.get(relation="daughter")
    other = submit(make_office(branch_b))
    twin = application_of(other).holder.members.get(relation="daughter")
    type(twin).objects.filter(pk=twin.pk).update(id_index=member.id_index, is_on_live_file=True)

    with pytest.raises(MemberOnAnotherFile):
        reviews.approve(step, by=office.county_clerk)
    assert open_step(step).work == "filing" and not Case.objects.exists()


# At once


@pytest.mark.django_db(transaction=True)
def test_of_ten_clerks_accepting_at_once_one_does():
    office = make_office(make_branch())
    step = submit(office)
    crowd = [make_staff(f"同事{n}", office.branch["own"], Role.CLERK) for n in range(10)]

    answers = press_at_once([lambda by=by: reviews.approve(step, by=by) for by in crowd])

    assert Decision.objects.count() == Assessment.objects.count() == Notice.objects.count() == 1
    assert sum(isinstance(answer, StepTaken) for answer in answers) == 9
