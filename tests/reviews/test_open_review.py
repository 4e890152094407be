"""开始审核: which flow, whose turn, by when."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from mashang.core.errors import NotAllowed
from mashang.reviews import actions
from mashang.reviews.models import Flow, Step
from mashang.reviews.queries import history, responsible_union, stages
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.builders import make_staff, make_union
from tests.reviews.builders import approve, make_flow, next_of, open_one_off

TODAY = date(2026, 9, 28)  # 1–7 October are free, 10 October is worked


def open_at(union, by, kind=Flow.Kind.ONE_OFF):
    return actions.open_review(uuid4(), kind=kind, union=union, by=by)


def test_the_nearest_flow_upwards_runs(branch_a, branch_b, li):
    actions.install_default_flows(branch_a["province"])
    make_flow(branch_a["county"], "evaluation")

    assert open_at(branch_a["own"], li).work == "evaluation"
    assert open_at(branch_b["own"], li).work == "accept"


def test_a_flow_of_next_month_does_not_run_yet(branch_a, li):
    make_flow(branch_a["county"], "accept")
    make_flow(branch_a["county"], "decision", valid_from=timezone.localdate() + timedelta(days=30))

    assert open_at(branch_a["own"], li).work == "accept"


def test_a_new_flow_leaves_reviews_under_way_alone(branch_a, li):
    make_flow(branch_a["county"], "accept", "decision", valid_from=date(2026, 1, 1))
    step = open_at(branch_a["own"], li)
    make_flow(branch_a["county"], "evaluation")

    approve(step, make_staff("周敏", branch_a["own"], Role.CLERK))
    assert next_of(step).work == "decision"
    assert open_at(branch_a["own"], li).work == "evaluation"


def test_a_union_without_any_flow_says_so_and_stores_nothing(branch_a, li):
    with pytest.raises(actions.NoFlow):
        open_at(branch_a["own"], li)
    assert not Step.objects.exists()


def test_a_subject_is_reviewed_once(branch_a, li):
    step = open_one_off(branch_a, by=li)
    with pytest.raises(IntegrityError):
        actions.open_review(step.subject_id, kind="one_off", union=branch_a["own"], by=li)


def test_only_who_may_manage_rules_sets_a_flow(branch_a, chen):
    with pytest.raises(NotAllowed):
        actions.install_default_flows(branch_a["county"], by=chen)

    chair = make_staff("方正", branch_a["county"], Role.APPROVER)
    assert len(actions.install_default_flows(branch_a["county"], by=chair)) == 2


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("own", "own"),
        ("grassroots", "own"),
        ("town", "town"),
        ("county", "county"),
        ("city", "city"),
    ],
)
def test_each_level_finds_its_union(branch_a, level, expected):
    assert responsible_union(branch_a["own"], level, TODAY) == branch_a[expected]


def test_without_a_town_union_the_county_takes_its_turn(branch_a):
    direct = make_union(Union.Kind.GRASSROOTS, branch_a["county"], "县直机关工会")
    assert responsible_union(direct, "town", TODAY) == branch_a["county"]


def test_a_union_that_was_closed_is_passed_over(branch_a):
    Union.objects.filter(pk=branch_a["town"].pk).update(closed_on=TODAY)
    assert responsible_union(branch_a["own"], "town", TODAY) == branch_a["county"]


def test_a_county_that_accepts_itself_checks_itself(branch_a):
    assert responsible_union(branch_a["county"], "town", TODAY) == branch_a["county"]


def test_the_branch_beside_never_gets_a_turn(branch_a, branch_b):
    assert responsible_union(branch_b["own"], "county", TODAY) == branch_b["county"]


@time_machine.travel("2026-09-28 10:00+08:00", tick=False)
def test_days_count_as_people_work_in_the_golden_week(branch_a, li):
    """28 Sep + 5 working days: 29, 30 Sep, 8, 9 and the make-up Saturday 10 Oct."""
    make_flow(branch_a["county"], "accept", workdays=5, valid_from=TODAY)
    assert open_at(branch_a["own"], li).due_on == date(2026, 10, 10)


def test_the_timeline_tells_what_is_done_where_it_lies_and_what_follows(branch_a, li):
    step = open_one_off(branch_a, by=li)
    approve(step, make_staff("周敏", branch_a["own"], Role.CLERK))

    way = stages(step.subject_id)

    assert [stage.state for stage in way] == ["done", "now", "later"]
    assert way[1].office == branch_a["town"].name and way[1].due_on
    assert [line.work for line in history(step.subject_id)] == ["accept", "recheck"]


@pytest.mark.parametrize("hour", [0, 3, 7, 8, 12, 23])
def test_a_step_done_at_night_is_done_on_the_day_that_the_clock_on_the_wall_shows(
    branch_a, li, hour
):
    with time_machine.travel(f"2026-11-30 {hour:02}:43+08:00", tick=False):  # 03:43 is 19:43 UTC
        step = open_one_off(branch_a, by=li)
        approve(step, make_staff("周敏", branch_a["own"], Role.CLERK))

        assert stages(step.subject_id)[0].closed_on == date(2026, 11, 30)


def test_what_was_never_submitted_has_no_timeline(db):
    assert stages(uuid4()) == []
