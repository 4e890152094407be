"""入户核查、民主评议、家庭经济状况核对."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.accounts.models import Relative
from mashang.cases.actions import checks, reviews
from mashang.cases.actions.recusal import OwnCase
from mashang.cases.models import Checker, Evaluation, HomeCheck, IncomeCheck
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.unions.roles import Role
from tests.builders import make_branch, make_staff
from tests.cases.offices import (
    application_of,
    bring_to,
    check_home,
    check_income,
    evaluate,
    give_consent,
    make_office,
    open_step,
)
from tests.crowd import press_at_once
from tests.pictures import make_jpeg

TODAY = timezone.localdate


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def home(office):
    return bring_to("home_check", office)


def record(step, by, **also):
    values = {
        "visited_on": TODAY(), "findings": {"people": "与申报一致"}, "agrees": True,
        "photos": [make_jpeg(80, 60)], "by": by,
    }  # fmt: skip
    return checks.record_home_check(step, **{**values, **also})


# The visit


def test_whoever_writes_the_visit_down_has_signed_and_one_more_has_to(office, home):
    record(home, office.clerk)
    with pytest.raises(reviews.NotReady) as shut:
        reviews.approve(home, by=office.clerk)
    assert "要 2 人签字，现在有 1 人" in shut.value.message

    checks.sign_home_check(home, by=office.colleague)
    reviews.approve(home, by=office.clerk)
    assert open_step(home).work == "evaluation"


def test_signing_twice_is_one_signature(office, home):
    record(home, office.clerk)
    checks.sign_home_check(home, by=office.clerk)
    assert Checker.objects.count() == 1


def test_a_visit_written_down_anew_asks_everybody_to_sign_anew(office, home):
    check_home(home, office.clerk, office.colleague)
    record(home, office.colleague, findings={"people": "多一位老人"})

    assert HomeCheck.objects.count() == 1
    assert [c.user for c in Checker.objects.all()] == [office.colleague]


def test_the_findings_are_sealed(office, home):
    check = record(home, office.clerk, findings={"people": "母亲卧床"})
    assert "卧床" not in str(HomeCheck.objects.get().findings)
    assert check.findings.reveal() == {"people": "母亲卧床"}


@pytest.mark.parametrize("days", [1, -400])
def test_a_visit_of_tomorrow_or_before_the_application_is_refused(office, home, days):
    with pytest.raises(Invalid) as refused:
        record(home, office.clerk, visited_on=TODAY() + timedelta(days=days))
    assert "visited_on" in refused.value.fields


def test_a_visit_without_a_photo_or_with_something_else_is_refused(office, home):
    for photos in ([], [b"%PDF-1.7"]):
        with pytest.raises(Invalid):
            record(home, office.clerk, photos=photos)
        assert not HomeCheck.objects.exists()


def test_photos_of_the_first_writing_stay(office, home):
    record(home, office.clerk)
    check = record(home, office.clerk, photos=[make_jpeg(90, 60)])
    assert check.photos.count() == 2
    assert record(home, office.clerk, photos=[]).photos.count() == 2


def test_a_visit_cannot_be_signed_before_it_is_written_down(office, home):
    with pytest.raises(WrongState):
        checks.sign_home_check(home, by=office.colleague)


def test_a_clerk_of_another_branch_may_not_check_or_sign(office, home, lu):
    with pytest.raises(NotAllowed):
        record(home, lu)
    record(home, office.clerk)
    with pytest.raises(NotAllowed):
        checks.sign_home_check(home, by=lu)


def test_a_relative_does_not_visit_either(office, home):
    index = application_of(home).holder.id_index
    Relative.objects.create(user=office.colleague, id_index=index, relation="姐妹")
    record(home, office.clerk)
    with pytest.raises(OwnCase):
        checks.sign_home_check(home, by=office.colleague)


def test_after_the_step_is_passed_nothing_is_written_any_more(office, home):
    check_home(home, office.clerk, office.colleague)
    reviews.approve(home, by=office.clerk)
    with pytest.raises(WrongState):
        record(home, office.clerk)


@pytest.mark.django_db(transaction=True)
def test_ten_signing_at_once_with_both_thumbs_sign_once_each():
    office = make_office(make_branch())
    home = bring_to("home_check", office)
    record(home, office.clerk)
    crowd = [make_staff(f"同事{n}", office.branch["own"], Role.CLERK) for n in range(5)] * 2

    press_at_once([lambda by=by: checks.sign_home_check(home, by=by) for by in crowd])

    assert Checker.objects.count() == 6


# The meeting


def test_a_meeting_is_written_down_and_its_minutes_are_sealed(office):
    step = bring_to("evaluation", office)
    evaluate(step, office.clerk)
    meeting = Evaluation.objects.get()
    assert "属实" not in str(meeting.minutes) and "属实" in meeting.minutes.reveal()


@pytest.mark.parametrize(
    ("votes", "field"),
    [
        ({"present": 10}, "present"),
        ({"present": 0, "agreed": 0}, "present"),
        ({"agreed": 8}, "agreed"),
        ({"against": -1}, "agreed"),
    ],
    ids=["more than entitled", "nobody", "more than present", "negative"],
)
def test_heads_and_votes_have_to_add_up(office, votes, field):
    step = bring_to("evaluation", office)
    with pytest.raises(Invalid) as refused:
        evaluate(step, office.clerk, **votes)
    assert field in refused.value.fields


def test_a_meeting_belongs_to_its_own_step(office, home):
    with pytest.raises(WrongState):
        evaluate(home, office.clerk)


# The income check


@pytest.fixture
def income(office):
    return bring_to("income_check", office)


def test_without_the_authorisation_nobody_is_asked(office, income):
    from mashang.accounts.models import Consent

    Consent.objects.update(withdrawn_at=timezone.now())
    with pytest.raises(checks.NoConsent):
        checks.ask_income_check(income, asked_on=TODAY(), by=office.county_reviewer)
    give_consent(income)
    checks.ask_income_check(income, asked_on=TODAY(), by=office.county_reviewer)
    assert IncomeCheck.objects.get().result == "waiting"


def test_an_answer_that_has_not_come_holds_the_step(office, income):
    checks.ask_income_check(income, asked_on=TODAY(), by=office.county_reviewer)
    with pytest.raises(reviews.NotReady) as shut:
        reviews.approve(income, by=office.county_reviewer)
    assert "还没有回来" in shut.value.message


def test_asking_twice_is_one_letter(office, income):
    for _ in range(2):
        checks.ask_income_check(income, asked_on=TODAY(), by=office.county_reviewer)
    assert IncomeCheck.objects.count() == 1


def test_an_answer_before_the_question_is_refused(office, income):
    with pytest.raises(WrongState):
        checks.answer_income_check(
            income, result="matches", answered_on=TODAY(), details="", by=office.county_reviewer
        )


@pytest.mark.parametrize(
    ("result", "details", "days", "field"),
    [
        ("waiting", "", 0, "result"),
        ("differs", " ", 0, "details"),
        ("matches", "", 1, "answered_on"),
        ("matches", "", -1, "answered_on"),
    ],
)
def test_an_answer_says_what_and_when(office, income, result, details, days, field):
    checks.ask_income_check(income, asked_on=TODAY(), by=office.county_reviewer)
    with pytest.raises(Invalid) as refused:
        checks.answer_income_check(
            income, result=result, answered_on=TODAY() + timedelta(days=days), details=details,
            by=office.county_reviewer,
        )  # fmt: skip
    assert field in refused.value.fields


def test_the_grass_roots_clerk_does_not_answer_for_the_county(office, income):
    with pytest.raises(NotAllowed):
        check_income(income, office.clerk)
