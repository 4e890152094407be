"""经手的人不作决定: who filled in, checked or voted does not decide, and no application stops for it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import Relative, User
from mashang.aid import actions as aid
from mashang.cases import tasks
from mashang.cases.actions import assisted, papers, publicity, reviews, turns
from mashang.cases.form.papers import papers_for
from mashang.cases.models import Access, Application, Filler
from mashang.cases.queries import worklist
from mashang.cases.queries.access import access_basis
from mashang.cases.queries.my_applications import matter_of
from mashang.cases.refusals import OwnFinding
from mashang.core.errors import NotAllowed
from mashang.notices.models import Notice
from mashang.reviews import actions as engine
from mashang.reviews.models import Decision, Seat, Step
from mashang.reviews.refusals import FilledIn, SeatTaken
from mashang.unions.models import Post
from mashang.unions.roles import Role
from tests.builders import make_branch, make_id_number, make_staff, make_worker
from tests.cases.answers import make_ready
from tests.cases.offices import (
    TAKE,
    application_of,
    bring_to,
    check_home,
    evaluate,
    make_office,
    make_paper,
    open_step,
    publish,
    submit,
)
from tests.crowd import press_at_once
from tests.pictures import make_jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def assisted_step(office) -> Step:
    """Begun for the worker by the clerk, gone on with by the county's, handed in by the worker in the end."""
    application = make_ready(make_worker(), office.branch, "one_off")
    for helper in (office.clerk, office.county_clerk):
        assisted.take_over(application, reason="住院", by=helper)
    hand_in_papers(application, office.county_clerk)
    workflows.submit_application(application, by=application.holder.user)
    return Step.objects.get(subject_id=application.pk)


def hand_in_papers(application: Application, by: User) -> None:
    papers.add(application, kind="assist", data=make_jpeg(), by=by)
    for paper in papers_for(application.kind, application.answers.reveal()):
        make_paper(application, paper.kind)
    make_paper(application, "consent")


def fresh(user: User) -> User:
    """Without what was remembered of their posts."""
    return User.objects.get(pk=user.pk)


def leave(*people: User) -> None:
    Post.objects.filter(user__in=people).update(to_on=timezone.localdate())


# 代办 -------------------------------------------------------------------------------------------

WAYS = {
    "approve": lambda step, by: reviews.approve(step, by=by),
    "send back": lambda step, by: reviews.send_back(step, by=by, missing=["户口簿"]),
    "refuse": lambda step, by: reviews.refuse(step, by=by, reason_code="X2"),
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_who_filled_in_decides_not_the_earlier_one_either(office, assisted_step, way):
    for helper in (office.clerk, office.county_clerk):
        with pytest.raises(FilledIn, match="代填"):
            WAYS[way](assisted_step, helper)
    assert not Decision.objects.exists()
    WAYS[way](assisted_step, office.colleague)


def test_the_worker_s_own_form_names_nobody(office):
    application = make_ready(make_worker(), office.branch, "one_off")
    workflows.submit_application(application, by=application.holder.user)
    assert not Filler.objects.exists() and not Seat.objects.exists()


def test_begun_at_the_window_the_clerk_is_noted(office):
    application = assisted.start_for(
        make_id_number(), kind="one_off", union=office.branch["own"], reason="没有手机",
        by=office.clerk, is_sure=True,
    )  # fmt: skip
    assert application.fillers.get().user == office.clerk


def test_whoever_mends_it_after_it_was_sent_back_does_not_accept_it(office):
    step = submit(office, kind="one_off")
    reviews.send_back(step, by=office.clerk, missing=["户口簿"])
    assisted.take_over(application_of(step), reason="不会用手机", by=office.clerk)
    for kind in ("assist", "consent"):
        make_paper(application_of(step), kind)

    assert Seat.objects.get(user=office.clerk).has_filled_in
    application = application_of(step)
    again = engine.resume(application.pk, by=application.filled_by)
    with pytest.raises(FilledIn):
        reviews.approve(again, by=office.clerk)
    reviews.approve(again, by=office.colleague)


def test_whoever_filled_in_may_go_along_to_the_home_but_not_refuse_there(office, assisted_step):
    step = bring_to("home_check", office)
    Filler.objects.create(application=application_of(step), user=office.colleague)
    engine.take_part(step.subject_id, by=office.colleague)
    check_home(step, office.clerk, office.colleague)

    with pytest.raises(FilledIn):
        reviews.refuse(step, by=office.colleague, reason_code="N4")


def test_who_filled_in_does_not_enter_the_payment(office):
    step = bring_to("decision", office, kind="one_off")
    workflows.approve_step(step, by=office.approver, granted_fen=50_000)
    granted = application_of(step).granted_aid
    both = make_staff("钱多", office.branch["county"], Role.CLERK, Role.TREASURER)
    Filler.objects.create(application=granted.application, user=both)
    said = {"fund": "county", "given_on": timezone.localdate()}

    with pytest.raises(NotAllowed, match="代填"):
        aid.pay_granted(granted, **said, by=both)
    aid.pay_granted(
        granted, **said, by=make_staff("另一位", office.branch["county"], Role.TREASURER)
    )


# What one did at a step -------------------------------------------------------------------------

HANDS = {
    "home_check": lambda step, by, office: check_home(step, office.clerk, by),
    "evaluation": lambda step, by, office: evaluate(step, by),
    "publicity": lambda step, by, office: publish(step, by),
}


@pytest.mark.parametrize("work", HANDS)
def test_whoever_checked_voted_or_published_does_not_recheck(office, work):
    step = bring_to(work, office)
    both = make_staff("双肩挑", office.branch["county"], Role.CLERK, Role.REVIEWER)
    HANDS[work](step, both, office)
    Step.objects.filter(pk=step.pk).update(state="done", closed_at=timezone.now())

    with pytest.raises(SeatTaken):
        _as_recheck(step, both)


def _as_recheck(step: Step, by: User) -> None:
    recheck = step.review.flow.steps.get(work="recheck")
    union = step.review.union
    opened = Step.objects.create(
        review=step.review, flow_step=recheck, round=1, union=union, union_path=union.path,
        subject_id=step.subject_id, work="recheck", due_on=timezone.localdate(),
    )  # fmt: skip
    reviews.approve(opened, by=by)


def test_whoever_answered_an_objection_has_a_hand_in_it(office):
    step = bring_to("publicity", office)
    notice = publish(step, office.clerk)
    raised = publicity.object_to(notice.slug, body="听说这家人还有一套房子出租", by=None)
    publicity.answer(raised, upheld=False, words="已核实", by=office.colleague)
    assert Seat.objects.filter(user=office.colleague).exists()


@pytest.mark.parametrize("work", ["home_check", "evaluation"])
def test_nobody_ends_alone_what_they_wrote_down_alone(office, work):
    step = bring_to(work, office)
    HANDS[work](step, office.colleague, office)
    wrote, other = (
        (office.clerk, office.colleague)
        if work == "home_check"
        else (office.colleague, office.clerk)
    )
    with pytest.raises(OwnFinding):
        reviews.refuse(step, by=wrote, reason_code="N4")
    assert reviews.refuse(step, by=other, reason_code="N4").ending == "refused"


# Nobody left ------------------------------------------------------------------------------------


def test_filled_in_by_the_only_clerk_it_opens_at_the_county_in_its_list_and_its_reach(office):
    leave(office.colleague)
    application = make_ready(make_worker(), office.branch, "one_off")
    assisted.take_over(application, reason="住院", by=office.clerk)
    hand_in_papers(application, office.clerk)
    workflows.submit_application(application, by=office.clerk)

    step = Step.objects.get(subject_id=application.pk)
    assert step.union == office.branch["county"]
    today = timezone.localdate()
    lists = {
        name: [row.application_id for row in worklist.rows(user, worklist.Wanted(), today, 0)]
        for name, user in (("county", office.county_clerk), ("own", office.clerk))
    }
    assert lists == {"county": [application.pk], "own": []}
    assert access_basis(office.county_clerk, application.holder) == Access.Basis.REVIEW
    reviews.approve(step, by=office.county_clerk)


def test_the_tick_moves_what_lies_where_nobody_is_left_and_the_worker_is_told(office):
    step = submit(office, kind="one_off")
    leave(office.clerk, office.colleague)
    _long_ago(step)

    for task in tasks.TASKS:
        task()

    step.refresh_from_db()
    assert step.union == office.branch["county"] and step.instead_of == office.branch["own"]
    told = Notice.objects.get(kind="application.step_moved")
    assert told.user == application_of(step).holder.user
    assert office.branch["county"].name in told.body and "没有别的人" in told.body
    items = matter_of(application_of(step)).items
    assert any("这一步转到" in item.get("words", "") for item in items)


def test_the_tick_looks_at_each_step_once_an_hour(office):
    step = submit(office, kind="one_off")
    leave(office.clerk, office.colleague)

    turns.move_stranded()
    assert Step.objects.get(pk=step.pk).union == office.branch["own"]
    _long_ago(step)
    assert turns.move_stranded() == 1 and turns.move_stranded() == 0


def _long_ago(step: Step) -> None:
    Step.objects.filter(pk=step.pk).update(looked_at=timezone.now() - timedelta(hours=2))


def test_kin_declared_while_it_lies_there_move_it_too(office):
    step = submit(office, kind="one_off")
    index = application_of(step).holder.id_index
    for clerk in (office.clerk, office.colleague):
        Relative.objects.create(user=clerk, id_index=index, relation="姐妹")
    _long_ago(step)

    assert turns.move_stranded() == 1
    assert open_step(step).union == office.branch["county"]


def test_a_lost_vote_that_the_only_clerk_wrote_down_is_ended_above(office):
    step = bring_to("evaluation", office)
    leave(office.colleague)
    evaluate(step, office.clerk, present=9, agreed=5)
    _long_ago(step)

    assert turns.move_stranded() == 1
    reviews.refuse(open_step(step), by=office.county_clerk, reason_code="N4")


def test_with_the_post_of_the_last_one_it_moves_at_once(office):
    step = submit(office, kind="one_off")
    admin = make_staff("韦明", office.branch["county"], Role.ADMIN)
    leave(office.colleague)
    workflows.end_post(office.clerk.posts.get(), by=admin)

    assert open_step(step).union == office.branch["county"]


def test_moved_up_it_is_nobody_else_s(office, branch_b):
    lu, other = make_office(branch_b), make_staff("外县", branch_b["county"], Role.REVIEWER)
    step = submit(office, kind="one_off")
    leave(office.clerk, office.colleague)
    turns.move_up(step)
    holder = application_of(step).holder

    for stranger in (lu.county_clerk, lu.clerk, other, office.approver, fresh(office.clerk)):
        assert access_basis(stranger, holder) is None
        assert not Application.objects.visible_to(stranger).filter(pk=step.subject_id).exists() or (
            stranger.pk == office.approver.pk
        )


def test_every_step_of_a_union_of_one_finds_its_way_to_a_file(office):
    """One clerk in the own union, who filled in; the town has its reviewer, the county two clerks."""
    leave(office.colleague)
    make_staff("苏玉梅", office.branch["county"], Role.CLERK)
    step = bring_to("accept", office)
    Filler.objects.create(application=application_of(step), user=office.clerk)
    engine.take_part(step.subject_id, by=office.clerk)
    turns.move_up(step)
    way = []
    while Step.objects.waiting().filter(subject_id=step.subject_id).exists():
        step = open_step(step)
        way.append((step.work, step.union.kind))
        _take(step, office)
    assert way == [
        ("accept", "county"), ("home_check", "grassroots"), ("evaluation", "town"),
        ("publicity", "town"), ("recheck", "town"), ("income_check", "county"),
        ("decision", "county"), ("filing", "county"),
    ]  # fmt: skip
    assert application_of(step).state == Application.State.FILED


def _take(step: Step, office) -> None:
    second = User.objects.get(name="苏玉梅")
    here = type(office)(**{**vars(office), "clerk": office.county_clerk, "colleague": second})
    TAKE[step.work](step, here)


# Old rows ---------------------------------------------------------------------------------------


def test_what_was_done_before_it_was_noted_has_its_seat_too(office):
    step = bring_to("evaluation", office)
    evaluate(step, office.colleague)
    application = application_of(step)
    Application.objects.filter(pk=application.pk).update(
        filled_by=office.county_clerk, assist_reason="没有手机"
    )
    Seat.objects.all().delete()
    seats = import_module("mashang.cases.migrations.0019_seats_of_the_past")
    for _ in range(2):
        seats.note_fillers(apps, None)
        seats.seat_whoever_took_part(apps, None)

    assert application.fillers.get().user == office.county_clerk
    works = {
        (seat.user.name, seat.flow_step and seat.flow_step.work, seat.has_filled_in)
        for seat in Seat.objects.select_related("user", "flow_step")
    }
    assert works == {
        ("周敏", "accept", False), ("吴芳", "home_check", False), ("陈静", None, True),
    }  # fmt: skip


# At once ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_ticks_and_a_colleague_at_once_leave_one_turn():
    office = make_office(make_branch())
    step = submit(office, kind="one_off")
    leave(office.clerk, office.colleague)
    late = office.clerk  # whose page was open before
    press_at_once([lambda: turns.move_up(step)] * 4 + [lambda: reviews.approve(step, by=late)] * 2)
    opened = Step.objects.get(subject_id=step.subject_id, state="open")
    told = Notice.objects.filter(kind="application.step_moved").count()
    assert (opened.pk, told) in [(step.pk, 1)] or (opened.work == "recheck" and told == 0)
