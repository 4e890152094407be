"""A branch with its colleagues and an application that has come so far, for tests of reviewing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from mashang.accounts.models import Consent, User
from mashang.cases.actions import checks, publicity
from mashang.cases.actions import reviews as review_actions
from mashang.cases.form.papers import papers_for
from mashang.cases.models import Application, Attachment, Publicity
from mashang.reference.models import LivingStandard
from mashang.reviews import actions as reviews
from mashang.reviews.models import Flow, Step
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.builders import make_application, make_holder, make_member, make_staff, make_worker
from tests.pictures import make_jpeg

ANSWERS: dict[str, Any] = {
    "name": "李春燕",
    "born_on": "1980-05-17",
    "sex": "女",
    "has_employer": "no",
    "work_state": "retired",
    "health": "good",
    "main_cause": "low_income",
    "other_causes": [],
    "income_wage": 1_200_000,
    "income_transfer": 240_000,
    "cost_illness": 600_000,
    "housing": "rent",
    "members": [{"key": "a", "name": "李小雨", "relation": "daughter", "born_on": "2012-03-04"}],
}


@dataclass
class Office:
    """The people of one branch, by what they do."""

    branch: dict[str, Union]
    clerk: User
    colleague: User
    reviewer: User
    county_clerk: User
    county_reviewer: User
    approver: User


def make_office(branch: dict[str, Union]) -> Office:
    if not Flow.objects.exists():
        reviews.install_default_flows(branch["province"], valid_from=date(2026, 1, 1))
    own, town, county = branch["own"], branch["town"], branch["county"]
    return Office(
        branch=branch,
        clerk=make_staff("周敏", own, Role.CLERK),
        colleague=make_staff("吴芳", own, Role.CLERK),
        reviewer=make_staff("何平", town, Role.REVIEWER),
        county_clerk=make_staff("陈静", county, Role.CLERK),
        county_reviewer=make_staff("郑强", county, Role.REVIEWER),
        approver=make_staff("方正", county, Role.APPROVER),
    )


def make_standard(monthly_fen: int = 81_000) -> LivingStandard:
    return LivingStandard.objects.create(
        region_code="450100", monthly_fen=monthly_fen, valid_from="2026-01-01", source="测试"
    )


def submit(office: Office, *, papers: bool = True, user: User | None = None, **also: Any) -> Step:
    """A submitted application of a worker with a daughter; returns its open step: acceptance."""
    holder = make_holder(office.branch["own"], user or make_worker())
    make_member(holder, "daughter", "李小雨")
    kept = {"answers": ANSWERS, **also}
    application = make_application(holder, **kept)
    if papers:
        asked = papers_for(application.kind, application.answers.reveal())
        for paper in asked:
            make_paper(application, paper.kind)
    return reviews.open_review(
        application.pk, kind=application.kind, union=application.union, by=holder.user
    )


def application_of(step: Step) -> Application:
    return Application.objects.get(pk=step.subject_id)


def make_paper(application: Application, kind: str) -> Attachment:
    return Attachment.objects.create(
        holder=application.holder, application=application, kind=kind,
        blob=f"{kind}-{application.pk}", size=1, digest="0", added_by=application.filled_by,
    )  # fmt: skip


def open_step(step: Step) -> Step:
    return Step.objects.get(subject_id=step.subject_id, state=Step.State.OPEN)


def check_home(step: Step, *colleagues: User) -> None:
    first, *others = colleagues
    checks.record_home_check(
        step, visited_on=timezone.localdate(), findings={"housing": "租房 46 平方米"}, agrees=True,
        photos=[make_jpeg(80, 60)], by=first,
    )  # fmt: skip
    for other in others:
        checks.sign_home_check(step, by=other)


def evaluate(step: Step, by: User, **votes: int) -> None:
    counted = {"entitled": 9, "present": 7, "agreed": 6, "against": 0, **votes}
    checks.record_evaluation(
        step, met_on=timezone.localdate(), minutes="一致认为情况属实", by=by, **counted
    )


def publish(step: Step, by: User) -> Publicity:
    return publicity.publish(step, place="厂区公告栏", by=by)


def end_of(notice: Publicity, **ago: float) -> None:
    """Move the end of the notice to some time ago, on the database's clock."""
    ends_at = timezone.now() - timedelta(**ago)
    Publicity.objects.filter(pk=notice.pk).update(
        starts_at=ends_at - timedelta(days=7), ends_at=ends_at
    )


def give_consent(step: Step, purpose: str = Consent.Purpose.CHECK) -> Consent:
    application = application_of(step)
    return Consent.objects.create(
        subject_id=application.holder_id, purpose=purpose, version="1",
        recorded_by=application.filled_by, given_at=timezone.now(),
    )  # fmt: skip


def check_income(step: Step, by: User, result: str = "matches", details: str = "") -> None:
    today = timezone.localdate()
    checks.ask_income_check(step, asked_on=today, by=by)
    checks.answer_income_check(step, result=result, answered_on=today, details=details, by=by)


def bring_to(work: str, office: Office, **also: Any) -> Step:
    """A submitted application, taken through every step before this kind of work."""
    step = submit(office, **also)
    give_consent(step)
    while step.work != work:
        TAKE[step.work](step, office)
        step = open_step(step)
    return step


def _take_home_check(step: Step, office: Office) -> None:
    check_home(step, office.clerk, office.colleague)
    review_actions.approve(step, by=office.clerk)


def _take_evaluation(step: Step, office: Office) -> None:
    evaluate(step, office.clerk)
    review_actions.approve(step, by=office.clerk)


def _take_publicity(step: Step, office: Office) -> None:
    end_of(publish(step, office.clerk), minutes=1)
    review_actions.approve(step, by=office.clerk)


def _take_income_check(step: Step, office: Office) -> None:
    check_income(step, office.county_reviewer)
    review_actions.approve(step, by=office.county_reviewer)


def _take_decision(step: Step, office: Office) -> None:
    review_actions.approve(step, by=office.approver, category="deep", level="county")


TAKE = {
    "accept": lambda step, office: review_actions.approve(step, by=office.clerk),
    "home_check": _take_home_check,
    "evaluation": _take_evaluation,
    "publicity": _take_publicity,
    "recheck": lambda step, office: review_actions.approve(step, by=office.reviewer),
    "income_check": _take_income_check,
    "decision": _take_decision,
    "filing": lambda step, office: review_actions.approve(step, by=office.county_clerk),
}
