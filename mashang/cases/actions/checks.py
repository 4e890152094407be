"""核查: what a union finds out on the way: the home visit, the meeting, the income check."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent
from mashang.accounts.queries import has_withdrawn
from mashang.cases.actions import papers
from mashang.cases.actions.reviews import locked_for
from mashang.cases.models import (
    Application,
    Checker,
    Evaluation,
    HomeCheck,
    IncomeCheck,
)
from mashang.cases.preconditions import has_consent
from mashang.cases.queries.shown import home_check_shown
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import Invalid, WrongState
from mashang.core.privacy.photos import Photo, take
from mashang.core.seen import require_seen
from mashang.reviews import actions as reviews
from mashang.reviews.models import FlowStep, Step
from mashang.unions.roles import Permission, require

if TYPE_CHECKING:
    from mashang.accounts.models import User

Work = FlowStep.Work
Result = IncomeCheck.Result


class NoConsent(WrongState):
    code = "no_consent"
    message = N_(
        "申请人还没有授权核对家庭收入和财产；请联系申请人在手机上授权，或签纸质授权书后代录"
    )


def record_home_check(
    step: Step,
    *,
    visited_on: date,
    findings: Mapping[str, str],
    agrees: bool,
    photos: Sequence[bytes],
    by: "User",
    seen: str | None = None,
) -> HomeCheck:
    """登记入户核查: written down by one, who thereby signs; the others sign for themselves.

    Written down again before the step is passed, it replaces the earlier text, keeps the earlier
    photos, and everybody has to sign anew. `seen` here and below is the mark of what was read.
    The pictures are worked on before the transaction, so that nobody waits for a large one.
    """
    pictures = [take(data, by=by.pk) for data in photos]
    return _record_home_check(step, visited_on, findings, agrees, pictures, by=by, seen=seen)


@action
def _record_home_check(
    step: Step,
    visited_on: date,
    findings: Mapping[str, str],
    agrees: bool,
    photos: Sequence[Photo],
    *,
    by: "User",
    seen: str | None,
) -> HomeCheck:
    application = _at_work(step, Work.HOME_CHECK, by, seen)
    _check_day("visited_on", visited_on, application)
    check, _ = HomeCheck.objects.update_or_create(
        step_id=step.pk,
        defaults={
            "application": application, "visited_on": visited_on, "findings": dict(findings),
            "agrees": agrees, "recorded_by": by,
        },
    )  # fmt: skip
    _add_photos(check, application, photos, by)
    check.checkers.all().delete()
    _sign(check, by)
    record("home_check.recorded", check, by=by, union=step.union, agrees=agrees)
    return check


@action
def sign_home_check(step: Step, *, by: "User", seen: str | None = None) -> HomeCheck:
    """入户核查签字: by a colleague who was there too, at their own keyboard, under what they have read."""
    _at_work(step, Work.HOME_CHECK, by)
    require_seen(seen, home_check_shown(step.pk))
    check = HomeCheck.objects.filter(step_id=step.pk).first()
    if check is None:
        raise WrongState(message=N_("还没有登记入户核查情况，请先由一位核查人登记"))
    if _sign(check, by):
        record("home_check.signed", check, by=by, union=step.union)
    return check


@action
def record_evaluation(
    step: Step,
    *,
    met_on: date,
    entitled: int,
    present: int,
    agreed: int,
    against: int,
    minutes: str,
    by: "User",
    seen: str | None = None,
) -> Evaluation:
    """登记民主评议: the count of heads and votes, and the minutes, which are sealed."""
    application = _at_work(step, Work.EVALUATION, by, seen)
    _check_day("met_on", met_on, application)
    _check_votes(entitled, present, agreed, against, minutes)
    meeting, _ = Evaluation.objects.update_or_create(
        step_id=step.pk,
        defaults={
            "application": application, "met_on": met_on, "entitled": entitled, "present": present,
            "agreed": agreed, "against": against, "minutes": minutes.strip(), "recorded_by": by,
        },
    )  # fmt: skip
    record("evaluation.recorded", meeting, by=by, union=step.union, present=present, agreed=agreed)
    return meeting


@action
def ask_income_check(
    step: Step, *, asked_on: date, by: "User", seen: str | None = None
) -> IncomeCheck:
    """发起家庭经济状况核对: only with the household's authorisation, which is looked up here."""
    application = _at_work(step, Work.INCOME_CHECK, by, seen)
    if not has_consent(application, Consent.Purpose.CHECK):
        raise NoConsent
    _check_day("asked_on", asked_on, application)
    check, is_new = IncomeCheck.objects.get_or_create(
        step_id=step.pk,
        defaults={
            "application": application,
            "asked_on": asked_on,
            "recorded_by": by,
            "details": "",
        },
    )
    if is_new:
        record("income_check.asked", check, by=by, union=step.union)
    return check


@action
def answer_income_check(
    step: Step,
    *,
    result: str,
    answered_on: date,
    details: str,
    by: "User",
    seen: str | None = None,
) -> IncomeCheck:
    """登记核对结果: what the civil-affairs check centre answered."""
    _at_work(step, Work.INCOME_CHECK, by, seen)
    check = IncomeCheck.objects.filter(step_id=step.pk).first()
    if check is None:
        raise WrongState(message=N_("还没有发起核对，请先登记发函日期"))
    _check_answer(check, result, answered_on, details)
    check.result, check.answered_on, check.details = result, answered_on, details.strip()
    check.save()
    record("income_check.answered", check, by=by, union=step.union, result=result)
    return check


# Inside -----------------------------------------------------------------------------


def _at_work(step: Step, work: Work, by: "User", seen: str | None = None) -> Application:
    """The application, locked, if this kind of work is what the open step asks of this colleague."""
    application = locked_for(step, by=by, seen=seen)
    step.refresh_from_db(fields=["state"])
    require(by, Permission(step.flow_step.permission), at=step.union)
    if step.work != work or step.state != Step.State.OPEN:
        words = _("“%(work)s”现在不在办理中，请刷新页面看最新情况")
        raise WrongState(message=words % {"work": _(work.label)})
    reviews.take_part(application.pk, by=by, step=step)
    return application


def _sign(check: HomeCheck, by: "User") -> bool:
    _, is_new = Checker.objects.get_or_create(
        home_check=check, user=by, defaults={"signed_at": timezone.now()}
    )
    return is_new


def _check_day(field: str, day: date, application: Application) -> None:
    if day > timezone.localdate():
        raise Invalid(fields={field: N_("日期不能晚于今天")})
    submitted = application.submitted_at
    if submitted and day < timezone.localdate(submitted):
        raise Invalid(fields={field: N_("日期不能早于提交申请的日期")})


def _add_photos(
    check: HomeCheck, application: Application, photos: Sequence[Photo], by: "User"
) -> None:
    if has_withdrawn(application.holder_id, Consent.Purpose.PHOTOS):
        if photos:
            raise Invalid(
                fields={
                    "photos": N_("这户撤回了拍照的同意，请不要上传照片；看到的情况写在核查情况里")
                }
            )
        return
    for photo in photos:
        check.photos.add(papers.keep(application, kind=papers.HOME, photo=photo, by=by))
    if not check.photos.exists():
        raise Invalid(fields={"photos": N_("请至少上传一张入户照片")})


def _check_votes(entitled: int, present: int, agreed: int, against: int, minutes: str) -> None:
    wrong = {}
    if not 1 <= present <= entitled:
        wrong["present"] = N_("实到人数要在 1 和应到人数之间")
    if min(agreed, against) < 0 or agreed + against > present:
        wrong["agreed"] = N_("同意和反对的人数加起来不能超过实到人数")
    if not minutes.strip():
        wrong["minutes"] = N_("请写下评议纪要")
    if wrong:
        raise Invalid(fields=wrong)


def _check_answer(check: IncomeCheck, result: str, answered_on: date, details: str) -> None:
    wrong = {}
    if result not in {Result.MATCHES, Result.DIFFERS}:
        wrong["result"] = N_("请选择核对结果")
    if result == Result.DIFFERS and not details.strip():
        wrong["details"] = N_("请写明哪些内容与申报不符")
    if not check.asked_on <= answered_on <= timezone.localdate():
        wrong["answered_on"] = N_("回函日期要在发函日期和今天之间")
    if wrong:
        raise Invalid(fields=wrong)
