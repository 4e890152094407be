"""申请: begin, fill in step by step, submit, correct, withdraw. The worker's verbs and their 代办 twins."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases import notices
from mashang.cases.actions import households
from mashang.cases.form import contradictions, forms
from mashang.cases.form.checks import Typed, checked, names_of
from mashang.cases.form.fields import Page, Step
from mashang.cases.models import Application, Filler, Holder
from mashang.cases.queries import drafts
from mashang.cases.refusals import AlreadyOnFile, HasLiveApplication
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.errors import SURE, Invalid, NotAllowed, WrongState
from mashang.core.privacy.keys import new_data_key
from mashang.reviews import actions as reviews
from mashang.unions.locks import lock_standing
from mashang.unions.models import Union
from mashang.unions.roles import Permission, require

State = Application.State


# Beginning ------------------------------------------------------------------------------


@action
def start(user: User, *, kind: str, union: Union, by: User) -> Application:
    """开始申请: a draft at the union that receives it. What is known already is filled in.

    Raises HasLiveApplication or AlreadyOnFile: one household, one live application, one file.
    """
    locked(User.objects.filter(pk=user.pk), no_key=True).get()  # their household is made once
    holder = Holder.objects.own(user).first() or new_holder(union, user=user)
    return begin(holder, kind=kind, union=union, by=by)


def begin(
    holder: Holder, *, kind: str, union: Union, by: User, assist_reason: str = ""
) -> Application:
    """The draft itself, for the worker and for the colleague who helps."""
    union = lock_standing(union)
    _check_free(holder, kind)
    _check_receives(holder, union)
    with refusing():
        application = Application.objects.create(
            holder=holder,
            union=union,
            union_path=union.path,
            kind=kind,
            answers=drafts.known_of(holder),
            filled_by=by,
            assist_reason=assist_reason,
        )
    if not holder.belongs_to(by):
        note_filler(application, by=by)
    record("application.started", application, by=by, union=union, kind=kind)
    return application


def _check_free(holder: Holder, kind: str) -> None:
    if holder.merged_into_id:
        raise WrongState(
            message=N_(
                "您家的档案已经合并到另一份，请用那一份登记的手机号登录办理；不清楚的请拨打 12351"
            )
        )
    if holder.applications.filter(state__in=Application.LIVE).exists():
        raise HasLiveApplication
    if kind == Application.Kind.FILE and households.live_case(holder):
        raise AlreadyOnFile(
            message=N_("您家已有帮扶档案，不用再申请；家里情况有变化，请到“我的服务”里申报变动")
        )


def _check_receives(holder: Holder, union: Union) -> None:
    """A household on file applies where its file is kept."""
    drafts.check_receives(union)
    case = households.live_case(holder)
    if case and case.union_id != union.pk:
        words = _("您家的档案在“%(union)s”，临时救助请向它申请；换了单位的，先办档案转移") % {
            "union": case.union.name
        }
        raise Invalid(fields={"union": words})


def new_holder(union: Union, *, user: User | None) -> Holder:
    """A household that has told nothing yet, with the key that will seal it."""
    return Holder.objects.create(
        user=user, union=union, union_path=union.path, data_key=new_data_key()
    )


@action
def move(application: Application, *, union: Union, by: User) -> Application:
    """改选工会: while it is a draft, another union may be chosen."""
    application, union = lock_own(application, by), lock_standing(union)
    require_state(application, State.DRAFT)
    _check_receives(application.holder, union)
    application.union, application.union_path = union, union.path
    application.save(update_fields=["union", "union_path", "changed_at"])
    return application


# Filling in -----------------------------------------------------------------------------


@action
def fill(application: Application, step: Step, typed: Typed, *, by: User) -> Application:
    """填写一步: keep what was typed in this step. Raises Invalid with a sentence per field, AskedBack for
    what does not fit together, unless it is said to be so."""
    application = _editable(application, by)
    answers = application.answers.reveal()
    cleaned = checked(step, typed, answers, drafts.regions_for(step))
    told = _replaced(answers, step, cleaned)
    contradictions.ask_back_step(
        answers,
        told,
        names_of(step),
        asked=forms.questions_of(application.kind),
        is_sure=_is_sure(typed),
    )
    return _keep(application, told, step, by=by)


@action
def fill_member(
    application: Application, key: str, part: Step, typed: Typed, *, by: User
) -> Application:
    """填写家人: one page about one person; an unknown key begins a new person."""
    application = _editable(application, by)
    answers = application.answers.reveal()
    members = answers.get("members", [])
    member = next((m for m in members if m["key"] == key), {"key": key})
    cleaned = checked(part, typed, member, {})
    _check_not_twice(answers, key, cleaned)
    changed = _replaced(member, part, cleaned)
    contradictions.ask_back_member(
        member, changed, answers, names_of(part), is_sure=_is_sure(typed)
    )
    others = [changed if m["key"] == key else m for m in members]
    answers["members"] = others if member in members else [*members, changed]
    return _keep(application, answers, _members_step(application, answers), by=by)


@action
def remove_member(application: Application, key: str, *, by: User) -> Application:
    """移除家人."""
    application = _editable(application, by)
    answers = application.answers.reveal()
    answers["members"] = [m for m in answers.get("members", []) if m["key"] != key]
    return _keep(application, answers, _members_step(application, answers), by=by)


@action
def say_alone(application: Application, *, alone: bool, by: User) -> Application:
    """家里只有自己: said on purpose, so that an empty list is an answer."""
    application = _editable(application, by)
    answers = {**application.answers.reveal(), forms.NO_ONE_ELSE: alone}
    return _keep(application, answers, _members_step(application, answers), by=by)


@action
def agree(application: Application, ticks: dict[str, bool], *, by: User) -> None:
    """同意: the ticks as the worker left them, each with its wording and time."""
    application = lock_own(application, by)
    households.keep_consents(application, ticks, by=by)


def _is_sure(typed: Typed) -> bool:
    return any(typed.get(SURE, ()))


def _members_step(application: Application, answers: dict[str, Any]) -> Step:
    return forms.step_of(application.kind, Page.MEMBERS.value, answers)


def _replaced(answers: dict[str, Any], step: Step, cleaned: dict[str, Any]) -> dict[str, Any]:
    names = names_of(step)
    return {name: value for name, value in answers.items() if name not in names} | cleaned


def _check_not_twice(answers: dict[str, Any], key: str, cleaned: dict[str, Any]) -> None:
    """Raises Invalid if this ID number already stands in the household."""
    number = cleaned.get("id_number")
    if number and number == answers.get("id_number"):
        raise Invalid(fields={"id_number": N_("这是您自己的身份证号码，请填这位家人的")})
    others = (m for m in answers.get("members", []) if m["key"] != key)
    if number and any(m.get("id_number") == number for m in others):
        raise Invalid(fields={"id_number": N_("这位家人已经填过了，请核对身份证号码")})


def _keep(
    application: Application, answers: dict[str, Any], step: Step, *, by: User
) -> Application:
    before = application.answers.reveal()
    application.answers = answers
    application.step_reached = step.key
    application.save(update_fields=["answers", "step_reached", "changed_at"])
    if application.state != State.DRAFT:
        changed = {name for name in answers if answers[name] != before.get(name)}
        told = forms.relevant(application.kind, answers)
        households.sync(application, told, changed=changed, by=by)
        record("application.corrected", application, by=by, union=application.union, step=step.key)
    return application


# Ending ---------------------------------------------------------------------------------


@action
def withdraw(application: Application, *, by: User) -> Application:
    """撤回: the application ends, the review stops, papers stay with the union for the record."""
    return end_for_family(lock_own(application, by), by=by)


@action
def end_for_family(application: Application, *, by: User) -> Application:
    """The same, of a locked row, for whoever has been asked already whether they may."""
    if application.state == State.DRAFT:
        return _end_draft(application, Application.Ending.WITHDRAWN, by)
    application.transition_to(
        State.ENDED, ending=Application.Ending.WITHDRAWN, ended_at=timezone.now()
    )
    reviews.stop(application.pk, by=by)
    notices.tell(application, notices.WITHDRAWN, by=by)
    record("application.withdrawn", application, by=by, union=application.union)
    return application


@action
def discard(application: Application, *, by: User) -> Application:
    """删除草稿: what was typed and photographed is gone."""
    application = lock_own(application, by)
    require_state(application, State.DRAFT)
    return _end_draft(application, Application.Ending.WITHDRAWN, by)


@action
def expire(application: Application) -> bool:
    """草稿到期: after 30 days; False if it has meanwhile been submitted or ended."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("union")
    application = rows.get(pk=application.pk)
    if application.state != State.DRAFT:
        return False
    _end_draft(application, Application.Ending.EXPIRED, None)
    return True


def _end_draft(application: Application, ending: str, by: User | None) -> Application:
    households.drop_papers(application)
    application.answers = {}
    application.save(update_fields=["answers", "changed_at"])
    application.transition_to(State.ENDED, ending=ending, ended_at=timezone.now())
    record("application.discarded", application, by=by, union=application.union, ending=ending)
    return application


# Inside ---------------------------------------------------------------------------------


def lock_own(application: Application, by: User) -> Application:
    """The row, locked. Its own worker may act, or a colleague who may help (代办), which is noted."""
    rows = Application.objects.select_for_update(of=("self",))
    application = rows.select_related("holder__data_key", "holder__user", "union").get(
        pk=application.pk
    )
    admit(application, by)
    return application


def admit(application: Application, by: User) -> None:
    """To the locked row, for whoever is about to write in it."""
    require_may_fill(application, by)
    if not application.holder.belongs_to(by):
        note_filler(application, by=by)


@action
def note_filler(application: Application, *, by: User) -> None:
    """代填: from now on they do not decide on it (`reviews.turns`)."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    Filler.objects.get_or_create(application=application, user=by)
    if application.state != State.DRAFT:
        reviews.take_part(application.pk, by=by)


def require_may_fill(application: Application, by: User) -> None:
    """Its own worker; or a colleague who may help, once the reason is written down (代办)."""
    if application.holder.belongs_to(by):
        return
    require(by, Permission.APPLICATION_ASSIST, at=application.union)
    if not application.assist_reason:
        raise NotAllowed(message=N_("代办前请先登记代办原因，让本人知道是谁、为什么替他办"))


UNDER_REVIEW = N_("工会已经在办理，现在不能再改；要补充情况，可以添加材料，或者打电话给受理的工会")


def _editable(application: Application, by: User) -> Application:
    application = lock_own(application, by)
    if not drafts.may_correct(application):
        raise WrongState(message=UNDER_REVIEW)
    return application


def require_state(application: Application, state: str) -> None:
    if application.state != state:
        label = _(application.get_state_display())
        words = _("这份申请现在是“%(label)s”，不能这样办理；请到“我的事项”看最新情况")
        raise WrongState(message=words % {"label": label})
