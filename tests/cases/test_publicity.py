"""公示: masked, at least five working days, held by objections, down by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from mashang.cases.actions import publicity, reviews
from mashang.cases.masked_notice import render
from mashang.cases.models import Application, Objection, Publicity
from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.core.privacy.masks import Masked
from tests.builders import make_branch
from tests.cases.offices import application_of, bring_to, end_of, make_office, open_step, publish
from tests.crowd import press_at_once

WORDS = "他家去年买了一辆新车，请核实。"


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def step(office):
    return bring_to("publicity", office)


@pytest.fixture
def notice(office, step):
    return publish(step, office.clerk)


def object_to(notice, by=None, body=WORDS):
    return publicity.object_to(notice.slug, body=body, by=by)


# What it shows


def test_the_notice_shows_nothing_that_it_must_not(notice, step):
    holder = application_of(step).holder
    text = str(notice.text)

    assert "李*" in text and "2 人" in text and "****" in text
    for hidden in (holder.name, holder.id_number.reveal(), holder.phone.reveal(), "小雨", "困难"):
        assert hidden not in text


def test_the_renderer_takes_masked_words_only():
    with pytest.raises(TypeError):
        render({"name": "李春燕"})
    assert render({"name": Masked("李*")}) == {"申请人": "李*"}


@time_machine.travel(datetime(2026, 9, 28, 2, tzinfo=UTC), tick=False)
def test_it_stands_for_five_whole_working_days_across_the_golden_week(office):
    """From Monday 28 Sep: 29 and 30 Sep, 8, 9 Oct and the make-up Saturday 10 Oct."""
    notice = publish(bring_to("publicity", office), office.clerk)
    assert timezone.localtime(notice.ends_at).isoformat() == "2026-10-11T00:00:00+08:00"


def test_it_takes_itself_down_on_the_database_s_clock(notice):
    assert Publicity.objects.on_show().get() == notice
    end_of(notice, seconds=1)
    with time_machine.travel(date(2020, 1, 1)):  # a wrong clock in the program shows nothing
        assert not Publicity.objects.on_show().exists()


def test_a_withdrawn_application_is_no_longer_shown(notice, step):
    application_of(step).transition_to(
        Application.State.ENDED, ending="withdrawn", ended_at=timezone.now()
    )
    assert not Publicity.objects.on_show().exists()


def test_publishing_twice_shows_one_notice(office, step, notice):
    assert publish(step, office.clerk) == notice
    assert Publicity.objects.count() == 1


def test_the_place_on_the_wall_is_named(office, step):
    with pytest.raises(Invalid):
        publicity.publish(step, place=" ", by=office.clerk)


def test_only_the_step_s_own_people_publish(step, lu):
    with pytest.raises(NotAllowed):
        publish(step, lu)


def test_nothing_is_published_at_another_step(office):
    with pytest.raises(WrongState):
        publish(bring_to("evaluation", office), office.clerk)


# How long it holds


def test_before_the_end_nobody_can_pass_it(office, step, notice):
    with pytest.raises(reviews.NotReady) as shut:
        reviews.approve(step, by=office.clerk)
    assert "还没有满" in shut.value.message


def test_after_the_end_it_goes_on_and_the_notice_is_done(office, step, notice):
    end_of(notice, seconds=1)
    reviews.approve(step, by=office.clerk)
    notice.refresh_from_db()
    assert notice.state == Publicity.State.DONE and open_step(step).work == "recheck"


@pytest.mark.parametrize("way", ["send_back", "refuse"])
def test_sent_back_or_refused_it_is_taken_down_at_once(office, step, notice, way):
    if way == "refuse":
        reviews.refuse(step, by=office.clerk, reason_code="N5")
    else:
        reviews.send_back(step, by=office.clerk, missing=["更正家庭人口"])
    notice.refresh_from_db()
    assert notice.state == Publicity.State.STOPPED
    assert not Publicity.objects.on_show().exists()


# Objections


def test_an_objection_one_minute_before_the_end_still_counts(office, step, notice):
    end_of(notice, minutes=-1)
    objection = object_to(notice)
    end_of(notice, seconds=1)

    assert objection.state == Objection.State.OPEN
    with pytest.raises(reviews.NotReady) as shut:
        reviews.approve(step, by=office.clerk)
    assert "1 条异议还没有答复" in shut.value.message


def test_one_minute_after_the_end_the_objector_is_told_where_to_turn(notice):
    end_of(notice, minutes=1)
    with pytest.raises(publicity.PublicityOver) as late:
        object_to(notice)
    assert "12351" in late.value.message and not Objection.objects.exists()


def test_a_dismissed_objection_lets_it_go_on(office, step, notice):
    objection = object_to(notice)
    publicity.answer(objection, upheld=False, words="核实为亲戚的车", by=office.clerk)
    end_of(notice, seconds=1)
    reviews.approve(step, by=office.clerk)
    assert open_step(step).work == "recheck"


def test_an_upheld_objection_does_not(office, step, notice):
    objection = object_to(notice)
    publicity.answer(objection, upheld=True, words="确有新车", by=office.clerk)
    end_of(notice, seconds=1)
    with pytest.raises(reviews.NotReady) as shut:
        reviews.approve(step, by=office.clerk)
    assert "异议成立" in shut.value.message


def test_what_was_said_and_answered_is_sealed(office, notice):
    objection = object_to(notice)
    publicity.answer(objection, upheld=False, words="核实为亲戚的车", by=office.clerk)
    kept = Objection.objects.get()
    assert "新车" not in str(kept.body) and "亲戚" not in str(kept.answer)
    assert kept.body.reveal() == WORDS and kept.answer.reveal() == "核实为亲戚的车"


def test_an_objection_is_answered_once(office, notice):
    objection = object_to(notice)
    publicity.answer(objection, upheld=False, words="核实过了", by=office.clerk)
    with pytest.raises(WrongState):
        publicity.answer(objection, upheld=True, words="再想想", by=office.colleague)


def test_an_answer_says_something(office, notice):
    with pytest.raises(Invalid):
        publicity.answer(object_to(notice), upheld=False, words=" ", by=office.clerk)


def test_another_branch_does_not_answer(notice, lu):
    with pytest.raises(NotAllowed):
        publicity.answer(object_to(notice), upheld=False, words="不属实", by=lu)


@pytest.mark.parametrize("body", ["太短", "长" * 501])
def test_an_objection_has_a_length(notice, body):
    with pytest.raises(Invalid):
        object_to(notice, body=body)


def test_an_objection_to_nothing_is_missing(db):
    with pytest.raises(Missing):
        publicity.object_to("nothing", body=WORDS, by=None)


# At once


@pytest.mark.django_db(transaction=True)
def test_an_objection_and_the_approval_at_the_same_moment_never_pass_each_other():
    """Either the objection is in and holds the step, or it is told that the time is over."""
    office = make_office(make_branch())
    step = bring_to("publicity", office)
    notice = publish(step, office.clerk)
    end_of(notice, seconds=-0.05)

    acts = [lambda: reviews.approve(step, by=office.clerk)] * 4
    press_at_once(acts + [lambda: object_to(notice)] * 8)

    raised, passed = Objection.objects.exists(), open_step(step).work == "recheck"
    assert not (raised and passed)
    connection.close()


def test_the_fifth_day_is_a_whole_day(notice):
    assert notice.ends_at - notice.starts_at >= timedelta(days=5)
