"""关口: what must be there before a step can be passed. One function per kind of work.

Each yields the sentences of what is lacking; nothing yielded means that the gate is open.
"""

from collections.abc import Callable, Iterator

from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent
from mashang.accounts.queries import has_withdrawn, persons_behind
from mashang.cases.form.papers import KINDS, lacking
from mashang.cases.models import (
    Application,
    Evaluation,
    HomeCheck,
    IncomeCheck,
    Objection,
    Publicity,
)
from mashang.cases.queries.drafts import kinds_given
from mashang.reviews.models import FlowStep, Step

Gate = Callable[[Application, Step], Iterator[str]]
Work = FlowStep.Work


def lacks(application: Application, step: Step) -> list[str]:
    """What keeps this step from being passed, in sentences; empty when nothing does."""
    gate = GATES.get(Work(step.work))
    return [*_agreement(application), *(gate(application, step) if gate else ())]


def is_halted(application: Application) -> bool:
    """Whether the review stands still because the family took back its consent to the check of income."""
    return application.kind == Application.Kind.FILE and has_withdrawn(
        application.holder_id, Consent.Purpose.CHECK
    )


def _agreement(application: Application) -> Iterator[str]:
    """撤回核对授权: at every step, until the family has agreed anew."""
    if is_halted(application):
        yield N_("本人撤回了核对收入和财产的同意，审核停在这里；请先与本人联系")


def papers_lacking(application: Application, step: Step) -> list[str]:
    """Kinds of paper that the form or the step asks for and that are not there."""
    given = kinds_given(application)
    by_form = [p.kind for p in lacking(application.kind, application.answers.reveal(), given)]
    return list(dict.fromkeys([*by_form, *(k for k in step.flow_step.papers if k not in given)]))


def has_consent(application: Application, purpose: str) -> bool:
    return Consent.objects.filter(
        subject_id=application.holder_id, purpose=purpose, withdrawn_at=None
    ).exists()


def _accept(application: Application, step: Step) -> Iterator[str]:
    for kind in papers_lacking(application, step):
        yield _("还缺%(paper)s") % {"paper": _(KINDS.get(kind, kind))}


def _home_check(application: Application, step: Step) -> Iterator[str]:
    check = HomeCheck.objects.filter(step_id=step.pk).first()
    if check is None:
        yield N_("还没有登记入户核查情况")
        return
    signers = persons_behind(check.checkers.values_list("user", flat=True))
    signed, needed = len({*signers.values()}), step.flow_step.people
    if signed < needed:
        words = _(
            "入户核查要 %(needed)d 人签字，现在有 %(signed)d 人，请同去的同事在自己的账号里签字"
        )
        yield words % {"needed": needed, "signed": signed}
    is_shown = check.photos.filter(removed_at=None).exists()
    if not is_shown and not has_withdrawn(application.holder_id, Consent.Purpose.PHOTOS):
        yield N_("还没有入户照片")


def _evaluation(application: Application, step: Step) -> Iterator[str]:
    meeting = Evaluation.objects.filter(step_id=step.pk).first()
    if meeting is None:
        yield N_("还没有登记民主评议结果")
        return
    if not meeting.is_quorate:
        words = _("应到 %(entitled)d 人、实到 %(present)d 人，不足三分之二，评议无效，请重新召开")
        yield words % {"entitled": meeting.entitled, "present": meeting.present}
    elif not meeting.passes:
        words = _("实到 %(present)d 人、同意 %(agreed)d 人，不足三分之二，评议没有通过")
        yield words % {"present": meeting.present, "agreed": meeting.agreed}


def _publicity(application: Application, step: Step) -> Iterator[str]:
    notice = Publicity.objects.of_step(step.pk).first()
    if notice is None:
        yield N_("还没有发布公示")
        return
    if Publicity.objects.of_step(step.pk).filter(ends_at__gt=Now()).exists():
        yield N_("公示期还没有满")
    waiting = notice.objections.filter(state=Objection.State.OPEN).count()
    if waiting:
        yield _("有 %(n)d 条异议还没有答复") % {"n": waiting}
    if notice.objections.filter(state=Objection.State.UPHELD).exists():
        yield N_("有异议成立，请退回补正或不予通过")


def _income_check(application: Application, step: Step) -> Iterator[str]:
    check = IncomeCheck.objects.filter(step_id=step.pk).first()
    if check is None:
        yield N_("还没有发起家庭经济状况核对")
    elif check.result == IncomeCheck.Result.WAITING:
        yield N_("核对结果还没有回来")


GATES: dict[Work, Gate] = {
    Work.ACCEPT: _accept,
    Work.HOME_CHECK: _home_check,
    Work.EVALUATION: _evaluation,
    Work.PUBLICITY: _publicity,
    Work.INCOME_CHECK: _income_check,
}
