"""公示: a masked notice that takes itself down, and the objections to it."""

import secrets
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases import notices
from mashang.cases.actions.reviews import locked_for
from mashang.cases.assessment.from_answers import persons_of
from mashang.cases.masked_notice import notice_of
from mashang.cases.models import Application, Objection, Publicity
from mashang.cases.queries.shown import objection_shown
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.core.seen import require_seen
from mashang.reference.workdays import add_workdays
from mashang.reviews import actions as reviews
from mashang.reviews.models import FlowStep, Step
from mashang.screening.shared_words import check_shared
from mashang.unions.roles import Permission, require

if TYPE_CHECKING:
    from mashang.accounts.models import User

WORKDAYS = 5
SHORTEST, LONGEST = 10, 500  # characters of an objection


class PublicityOver(WrongState):
    code = "publicity_over"
    message = N_("公示期已经结束，网上不再收异议；如仍要反映情况，请拨打工会热线 12351")


@action
def publish(step: Step, *, place: str, by: "User", seen: str | None = None) -> Publicity:
    """发布公示: from now to the end of the fifth working day after today. Twice shows one notice."""
    application = locked_for(step, by=by, seen=seen)
    step.refresh_from_db(fields=["state"])
    require(by, Permission(step.flow_step.permission), at=step.union)
    if step.work != FlowStep.Work.PUBLICITY or step.state != Step.State.OPEN:
        raise WrongState(message=N_("现在不在公示环节，不能发布公示"))
    if shown := Publicity.objects.of_step(step.pk).first():
        return shown
    if not place.strip():
        raise Invalid(fields={"place": N_("请填写同时张贴公示的地点")})
    check_shared(place=place, may_tell=("address",))
    reviews.take_part(application.pk, by=by, step=step)
    notice = _make(application, step, place.strip())
    record("publicity.published", notice, by=by, union=step.union, ends_at=notice.ends_at)
    notices.publicity_began(application, notice)
    return notice


@action
def object_to(slug: str, *, body: str, by: "User | None") -> Objection:
    """提出异议: by anyone, named or not, as long as the notice stands on the database's clock.

    The notice's row is locked, so that an objection of the last minute is in before the union's
    approval, or the approval is in and the objector is told.
    """
    words = body.strip()
    if not SHORTEST <= len(words) <= LONGEST:
        raise Invalid(
            fields={
                "body": _("请用 %(least)d 到 %(most)d 个字写明情况")
                % {"least": SHORTEST, "most": LONGEST}
            }
        )
    notice = _locked(slug)
    application = notice.application
    objection = Objection.objects.create(
        publicity=notice, raised_by=by, body=words, answer="",
        data_key=application.holder.data_key,
    )  # fmt: skip
    record("objection.raised", objection, by=by, union=application.union)
    return objection


@action
def answer(
    objection: Objection, *, upheld: bool, words: str, by: "User", seen: str | None = None
) -> Objection:
    """答复异议: by the union whose step it is; an upheld one keeps the step from being passed."""
    step = Step.objects.select_related("flow_step", "union").get(pk=objection.publicity.step_id)
    locked_for(step, by=by)
    require_seen(seen, objection_shown(objection))
    require(by, Permission(step.flow_step.permission), at=step.union)
    if not words.strip():
        raise Invalid(fields={"words": N_("请写明核实的情况")})
    reviews.take_part(step.subject_id, by=by, step=step)
    state = Objection.State.UPHELD if upheld else Objection.State.DISMISSED
    objection.transition_to(state, answered_by=by, answered_at=timezone.now())
    objection.answer = words.strip()
    objection.save(update_fields=["answer"])
    record("objection.answered", objection, by=by, union=step.union, upheld=upheld)
    return objection


def _make(application: Application, step: Step, place: str) -> Publicity:
    holder, now = application.holder, timezone.now()
    words = notice_of(application, persons_of(application.answers.reveal()), holder.phone.reveal())
    return Publicity.objects.create(
        application=application, step_id=step.pk, slug=secrets.token_urlsafe(18), text=words,
        place=place, starts_at=now, ends_at=_end_of_the_fifth_workday(now),
    )  # fmt: skip


def _end_of_the_fifth_workday(start: datetime) -> datetime:
    """Midnight after the fifth whole working day; the day of publishing is not one of them."""
    return midnight_after(add_workdays(timezone.localdate(start), WORKDAYS))


def midnight_after(last: date) -> datetime:
    """The moment at which that day is over, here."""
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))


def _locked(slug: str) -> Publicity:
    notices_ = Publicity.objects.select_for_update(of=("self",))
    notice = notices_.select_related("application__holder__data_key", "application__union").filter(
        slug=slug
    )
    locked = notice.first()
    if locked is None:
        raise Missing
    if not Publicity.objects.on_show().filter(pk=locked.pk).exists():
        raise PublicityOver
    return locked
