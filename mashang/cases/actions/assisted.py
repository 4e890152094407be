"""代办: what a colleague does for a worker without a phone, with the reason and a signed paper.

The steps themselves are the worker's own verbs (`applying`, `papers`) with `by` a colleague.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent, User
from mashang.cases.actions import applications, households, papers
from mashang.cases.form import contradictions
from mashang.cases.models import Application, Holder
from mashang.cases.queries.drafts import may_correct
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import AskedBack, Invalid, WrongState
from mashang.core.privacy import photos
from mashang.core.privacy.identity import parse_id_number
from mashang.core.privacy.keys import blind_index
from mashang.core.privacy.photos import Photo
from mashang.unions.roles import Permission, require

if TYPE_CHECKING:
    from mashang.unions.models import Union

PROOF = "assist"  # the kind of paper that shows that the worker asked for it
MOST_REASON = 100


@action
def start_for(
    number: str, *, kind: str, union: "Union", reason: str, by: User, is_sure: bool = False
) -> Application:
    """代办开始: for the person with this ID number; one known in the colleague's branch is found.

    People of other branches are neither found nor hinted at. Raises Invalid, HasLiveApplication,
    AlreadyOnFile, AskedBack for an age that no worker has.
    """
    require(by, Permission.APPLICATION_ASSIST, at=union)
    reason = _checked(reason)
    try:
        identity = parse_id_number(number)
    except Invalid as refusal:
        raise Invalid(fields={"number": refusal.message}) from None
    person = {
        "id_number": identity.number,
        "born_on": identity.born_on.isoformat(),
        "sex": identity.sex,
    }
    _ask_back(person, is_sure=is_sure)
    holder = _known(identity.number, by) or _entered(identity.number, union)
    application = applications.begin(holder, kind=kind, union=union, by=by, assist_reason=reason)
    answers = application.answers.reveal()
    application.answers = answers | person
    application.save(update_fields=["answers", "changed_at"])
    return application


def _ask_back(person: dict[str, Any], *, is_sure: bool) -> None:
    try:
        contradictions.ask_back_step({}, person, set(person), is_sure=is_sure)
    except AskedBack as refusal:
        raise AskedBack({"number": refusal.fields["id_number"]}) from None


@action
def take_over(application: Application, *, reason: str, by: User) -> Application:
    """接着代办: the worker's own draft or returned application, at the worker's wish."""
    application = _write_reason(application, reason, by)
    if not may_correct(application):
        raise WrongState(message=applications.UNDER_REVIEW)
    application.filled_by = by
    application.save(update_fields=["filled_by"])
    applications.note_filler(application, by=by)
    return application


def _write_reason(application: Application, reason: str, by: User) -> Application:
    require(by, Permission.APPLICATION_ASSIST, at=application.union)
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    application.assist_reason = _checked(reason)
    application.save(update_fields=["assist_reason", "changed_at"])
    record("application.taken_over", application, by=by, union=application.union)
    return application


@action
def agree_on_paper(application: Application, ticks: dict[str, bool], *, by: User) -> None:
    """代录同意: as ticked and signed on paper; the photo of the paper belongs to it."""
    application = applications.lock_own(application, by)
    households.keep_consents(application, ticks, by=by, way=Consent.Way.PAPER)


def withdraw_for(application: Application, *, reason: str, proof: bytes, by: User) -> Application:
    """代办撤回: with the signed wish of the worker."""
    return _withdraw_for(application, reason, photos.take(proof, by=by.pk), by=by)


@action
def _withdraw_for(application: Application, reason: str, proof: Photo, *, by: User) -> Application:
    _write_reason(application, reason, by)
    papers.add_photo(application, kind=PROOF, photo=proof, by=by)
    return applications.withdraw(application, by=by)


def _checked(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Invalid(fields={"reason": N_("请写明为什么由工会代办，例如“没有智能手机”")})
    if len(reason) > MOST_REASON:
        raise Invalid(fields={"reason": _("最多 %(n)d 个字，请写短一点") % {"n": MOST_REASON}})
    return reason


def _known(number: str, by: User) -> Holder | None:
    index = blind_index("id", number)
    return Holder.objects.visible_to(by).filter(id_index=index, merged_into=None).first()


def _entered(number: str, union: "Union") -> Holder:
    holder = applications.new_holder(union, user=None)
    holder.id_number, holder.id_index = number, blind_index("id", number)
    holder.id_tail = number[-4:]
    holder.save()
    return holder
