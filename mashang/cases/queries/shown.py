"""看到的内容: what a page shows to whoever decides on it, part by part, for the mark in its form (`core.seen`).

Each part stands under the words that say what happened if it is not the same any more. Signatures under a home
check are left out: another one more takes nothing from what is decided.
"""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent
from mashang.cases.assessment.for_application import assess_application
from mashang.cases.models import (
    Alert,
    Application,
    Attachment,
    Case,
    ChangeRequest,
    ChannelChange,
    Fact,
    HomeCheck,
    Member,
    Objection,
    Publicity,
)
from mashang.core.errors import Invalid
from mashang.core.seen import Parts

_P = Consent.Purpose
RESTS_ON = (_P.FILE, _P.CHECK, _P.HEALTH, _P.CHILDREN, _P.BANK, _P.HELPER)


# An application under review -------------------------------------------------------------


def application_shown(application: Application) -> Parts:
    """What a step of the review is decided on; the application comes with its key and its union."""
    return {
        N_("申请人改了填写的内容"): application.answers.reveal(),
        N_("补交或移除了材料"): _papers(application),
        N_("申请人的授权有变化"): _consents(application),
        N_("家庭成员有变化"): _people(application),
        N_("困难测算的结果变了"): _assessment(application),
        N_("核查、评议或核对的登记改过"): _work(application),
        N_("公示或异议有了新情况"): _publicity(application),
        N_("受理工会、代办或审定的内容变了"): [
            application.union_id,
            application.assist_reason,
            application.granted_category,
            application.granted_level,
            application.granted_fen,
        ],
    }


def draft_shown(application: Application) -> Parts:
    """What is read once more before it is submitted: the worker and who helps may fill in the same form."""
    rows = Attachment.objects.of_holder(application.holder).filter(application=application)
    pictures = rows.filter(removed_at=None).order_by("pk").values_list("pk", flat=True)
    return {
        N_("填写的内容改过"): application.answers.reveal(),
        N_("照片有增减"): list(pictures),
        N_("同意的事项有变化"): _consents(application),
    }


def home_check_shown(step_id: UUID) -> Parts:
    """What a colleague signs: that it was so."""
    check = HomeCheck.objects.filter(step_id=step_id)
    row = check.select_related("application__holder__data_key").first()
    return {N_("入户核查的登记改过"): _home_check(row) if row else None}


def objection_shown(objection: Objection) -> Parts:
    """What one answers: others that come in meanwhile take nothing from it."""
    state = Objection.objects.scoped_by_caller().filter(pk=objection.pk).values_list("state")
    return {N_("这条异议已经有人答复"): list(state)}


def _papers(application: Application) -> list[UUID]:
    rows = Attachment.objects.of_holder(application.holder)
    rows = rows.filter(application=application, removed_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _consents(application: Application) -> list[Any]:
    rows = Consent.objects.filter(
        subject_id=application.holder_id, purpose__in=RESTS_ON, withdrawn_at=None
    )
    return list(rows.order_by("purpose").values_list("purpose", "version"))


def _people(application: Application) -> list[Any]:
    rows = Member.objects.of_holder(application.holder).filter(left_on=None).order_by("pk")
    return list(rows.values_list("pk", "relation", "id_index"))


def _assessment(application: Application) -> object:
    """The kept one; before that the figures as they are today, with the rules and the standard in force."""
    kept = application.assessments.filter(is_final=True).order_by("created_at").last()
    if kept:
        return kept.pk
    try:
        result = assess_application(application, application.answers.reveal(), timezone.localdate())
    except Invalid as refusal:
        return refusal.code
    return [result.category, result.net_fen, result.standard and result.standard.monthly_fen]


def _work(application: Application) -> list[Any]:
    meetings = application.evaluations.order_by("pk")
    asked = application.income_checks.order_by("pk")
    return [
        [_home_check(check) for check in application.home_checks.order_by("pk")],
        [
            [m.met_on, m.entitled, m.present, m.agreed, m.against, m.minutes.reveal()]
            for m in meetings
        ],
        [[c.asked_on, c.result, c.answered_on, c.details.reveal()] for c in asked],
    ]


def _home_check(check: HomeCheck) -> list[Any]:
    return [check.visited_on, check.agrees, check.recorded_by_id, check.findings.reveal()]


def _publicity(application: Application) -> list[Any]:
    notices = Publicity.objects.scoped_by_caller().filter(application=application)
    objections = Objection.objects.of_application(application)
    return [
        list(notices.order_by("pk").values_list("pk", "state")),
        list(objections.order_by("pk").values_list("pk", "state")),
    ]


# A file ------------------------------------------------------------------------------


def case_shown(case: Case) -> Parts:
    """What a change of the file is made on: its version, its place and its people."""
    people = Member.objects.of_holder(case.holder).filter(left_on=None).order_by("pk")
    return {
        N_("档案有了新的版本"): case.version,
        N_("档案的状态、类别或建档工会变了"): [
            case.state,
            case.union_id,
            case.category,
            case.level,
            case.holder.merged_into_id,
        ],
        N_("家庭成员有变化"): list(people.values_list("pk", flat=True)),
    }


def facts_shown(case: Case) -> dict[str, Parts]:
    """Each of the six facts by its key, as it is found to be so still, or written anew."""
    rows = Fact.objects.of_case(case).select_related("case__holder__data_key")
    bodies = {fact.key: fact.body.reveal() for fact in rows}
    return {key: {N_("这条信息有人改过"): bodies.get(key)} for key in Fact.Key.values}


def change_request_shown(request: ChangeRequest, case: Case) -> Parts:
    """What the worker reports, and the file that it would change."""
    asked = {N_("职工申报的变动已经换了一份"): [request.pk, request.changes.reveal()]}
    return {**case_shown(case), **asked}


# A new number or account -------------------------------------------------------------


def channel_change_shown(change: ChannelChange) -> Parts:
    """What a second person, or the household, confirms or declines."""
    return {
        N_("这次更换已经有人办理"): change.state,
        N_("要换成的号码或账号变了"): change.new_index,
        N_("这户家庭换了工会管理"): change.holder.union_id,
    }


def alert_shown(alert: Alert) -> Parts:
    """What is taken up, or settled."""
    return {N_("这条提醒已经有人办理"): alert.state}
