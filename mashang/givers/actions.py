"""爱心人士与爱心单位: naming oneself; applying, being approved; who acts for an organisation."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.actions import profile
from mashang.accounts.actions.phones import phone_index
from mashang.accounts.models import User
from mashang.accounts.queries import accounts_of
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.errors import Invalid, Missing
from mashang.core.privacy import photos, store
from mashang.core.privacy.identity import check_credit_code, parse_phone
from mashang.core.privacy.keys import new_data_key
from mashang.core.privacy.photos import Photo
from mashang.core.requests.limits import DAY, Limit
from mashang.core.seen import require_seen
from mashang.givers import notices
from mashang.givers.display_names import check_nickname, check_real_name
from mashang.givers.models import Giver, Invitation, Organisation, Representative
from mashang.givers.queries import (
    approves,
    invitations_by,
    organisation_shown,
    people_of,
    representative,
)
from mashang.givers.refusals import (
    AlreadyMember,
    AlreadyRegistered,
    LastOwner,
    NotApproved,
    NotOwner,
    OwnOrganisation,
    TooManyApplications,
    TooManyPeople,
)
from mashang.screening.shared_words import check_shared
from mashang.unions.locks import lock_standing
from mashang.unions.models import Union
from mashang.unions.roles import Permission, require

MOST_WAITING = 3  # organisations of one person that wait for a union
MOST_PEOPLE = 20  # members and open invitations of one organisation
# Text messages cost money and ring in somebody's pocket.
INVITATIONS = Limit("invitations", "invitations by one organisation", 20, DAY)
State = Organisation.State
Role = Representative.Role


# A person ------------------------------------------------------------------------------------


@action
def introduce(
    *, nickname: str, shown_as: str, is_on_honour_list: bool = False, name: str = "", by: User
) -> Giver:
    """介绍自己: how one wishes to be named; may be changed at any time. `name` if there is none yet."""
    shown = Giver.ShownAs(shown_as)
    if shown == Giver.ShownAs.REAL_NAME:
        _say_name(name, by)
    giver, _ = Giver.objects.update_or_create(
        user=by,
        defaults={
            "nickname": check_nickname(nickname),
            "shown_as": shown,
            "is_on_honour_list": is_on_honour_list,
        },
    )
    record("giver.introduced", giver, by=by, shown_as=shown)
    return giver


def _say_name(name: str, by: User) -> None:
    """It will stand in public like a nickname, and carries no more than one."""
    if by.name:
        return
    try:
        shown = check_real_name(name)
    except Invalid:
        words = N_("要显示真实姓名，请先填写您的姓名（2–12 个汉字或字母）")
        raise Invalid(fields={"name": words}) from None
    profile.say_name(shown, by=by)


# An organisation and the union ---------------------------------------------------------------


@dataclass(frozen=True)
class Particulars:
    """What an organisation says of itself."""

    union: Union
    kind: str
    name: str
    credit_code: str
    contact_name: str
    contact_phone: str


def apply_for(particulars: Particulars, *, licence: bytes, by: User) -> Organisation:
    """申请爱心单位: the applicant becomes its owner. One that was refused may apply again.

    The picture is worked on before the transaction. Raises Invalid beside the field, BadPhoto,
    AlreadyRegistered, TooManyApplications.
    """
    code, phone = _checked(particulars)
    return _apply_for(particulars, code, phone, photos.take(licence, by=by.pk), by=by)


def _checked(particulars: Particulars) -> tuple[str, str]:
    """Credit code and phone in one spelling; every mistake is told at once."""
    wrong: dict[str, str] = {}
    code = phone = ""
    try:
        code = check_credit_code(particulars.credit_code)
    except Invalid as refusal:
        wrong["credit_code"] = refusal.message
    try:
        phone = parse_phone(particulars.contact_phone)
    except Invalid as refusal:
        wrong["contact_phone"] = refusal.message
    try:
        check_shared(name=particulars.name, may_tell=("address",))  # 人民路小学 is called so
    except Invalid as refusal:
        wrong |= refusal.fields
    if not approves(particulars.union):
        wrong["union"] = N_("请选一个县级以上的工会来核实")
    if wrong:
        raise Invalid(fields=wrong)
    return code, phone


@action
def _apply_for(
    particulars: Particulars, code: str, phone: str, photo: Photo, *, by: User
) -> Organisation:
    locked(
        User.objects.filter(pk=by.pk), no_key=True
    ).get()  # how many of theirs wait is counted once at a time
    union = lock_standing(particulars.union)
    known = Organisation.objects.select_for_update().filter(credit_code=code).first()
    if known is not None and known.state == State.APPLIED and representative(known, by):
        return known  # the same thumb, twice
    if known is not None and known.state != State.REFUSED:
        raise AlreadyRegistered
    _check_waiting(by)
    organisation = known or Organisation(credit_code=code, data_key=new_data_key())
    _write_down(organisation, particulars, phone, photo)
    _make_only_owner(organisation, by)
    record("organisation.applied", organisation, by=by, union=union)
    return organisation


def _check_waiting(by: User) -> None:
    waiting = Organisation.objects.of_member(by).filter(state=State.APPLIED)
    if waiting.count() >= MOST_WAITING:
        raise TooManyApplications


def _write_down(
    organisation: Organisation, particulars: Particulars, phone: str, photo: Photo
) -> None:
    if organisation.state == State.REFUSED:
        organisation.transition_to(State.APPLIED, refused_why="", decided_by=None, decided_at=None)
    organisation.union, organisation.union_path = particulars.union, particulars.union.path
    organisation.kind, organisation.name = Organisation.Kind(particulars.kind), particulars.name
    organisation.contact_name, organisation.contact_phone = particulars.contact_name, phone
    earlier = organisation.licence
    organisation.licence = store.put(photo.data, organisation.data_key)
    with refusing():
        organisation.save()
    if earlier:
        transaction.on_commit(lambda: store.remove(earlier), robust=True)


def _make_only_owner(organisation: Organisation, by: User) -> None:
    """Whoever applies for a refused organisation again takes it over: the earlier ones were nobody's."""
    people = Representative.objects.filter(organisation=organisation, left_at=None)
    people.exclude(user=by).update(left_at=timezone.now())
    if not people.filter(user=by).update(role=Role.OWNER):
        Representative.objects.create(organisation=organisation, user=by, role=Role.OWNER)


@action
def approve(organisation: Organisation, *, by: User, seen: str | None = None) -> None:
    """核实通过: by somebody of the union who never acted for the organisation.

    `seen` here and below is the mark of what was read (`queries.organisation_shown`).
    """
    also = {"decided_at": timezone.now()}
    _decide(organisation, State.APPROVED, "organisation.approved", by, seen, **also)
    notices.told(organisation, notices.APPROVED)


@action
def refuse(organisation: Organisation, *, why: str, by: User, seen: str | None = None) -> None:
    """不予通过, with the reason; it may apply again."""
    _decide(organisation, State.REFUSED, "organisation.refused", by, seen, refused_why=_reason(why))
    notices.told(organisation, notices.REFUSED)


@action
def suspend(organisation: Organisation, *, why: str, by: User, seen: str | None = None) -> None:
    """暂停: no new claims; what it has claimed goes on, or is revoked one by one."""
    also = {"suspended_why": _reason(why)}
    _decide(organisation, State.SUSPENDED, "organisation.suspended", by, seen, **also)
    notices.told(organisation, notices.SUSPENDED)


@action
def restore(organisation: Organisation, *, by: User, seen: str | None = None) -> None:
    """恢复."""
    _decide(organisation, State.APPROVED, "organisation.restored", by, seen, suspended_why="")
    notices.told(organisation, notices.RESTORED)


def _decide(
    organisation: Organisation, state: str, verb: str, by: User, seen: str | None, **also: object
) -> None:
    organisation = _locked(organisation)
    require(by, Permission.GIVER_APPROVE, at=organisation.union)
    require_seen(seen, organisation_shown(organisation))
    if Representative.objects.filter(organisation=organisation, user__in=accounts_of(by)).exists():
        raise OwnOrganisation
    organisation.transition_to(state, decided_by=by, **also)
    record(verb, organisation, by=by, union=organisation.union)


def _reason(why: str) -> str:
    if not why.strip():
        raise Invalid(fields={"why": N_("请写明原因，对方看得到")})
    return why.strip()


@action
def look(organisation: Organisation, *, by: User) -> None:
    """查看联系方式和执照: written down before anything is shown."""
    require(by, Permission.GIVER_APPROVE, at=organisation.union)
    record("organisation.looked_at", organisation, by=by, union=organisation.union)


def licence_of(organisation: Organisation, *, by: User) -> bytes:
    """The picture, after the look is written down. Raises Missing where there is none."""
    look(organisation, by=by)
    if not organisation.licence:
        raise Missing
    return store.read(organisation.licence, organisation.data_key)


# Who acts for it -----------------------------------------------------------------------------


def invite(organisation: Organisation, *, phone: str, by: User) -> Invitation:
    """邀请经办人: by an owner; whoever signs in with this phone accepts or declines."""
    try:
        phone = parse_phone(phone)
    except Invalid as refusal:
        raise Invalid(fields={"phone": refusal.message}) from None
    INVITATIONS.count(organisation.pk)
    return _invite(organisation, phone, by=by)


@action
def _invite(organisation: Organisation, phone: str, *, by: User) -> Invitation:
    organisation = _locked(organisation)
    _require_owner(organisation, by)
    if organisation.state != State.APPROVED:
        raise NotApproved
    index = phone_index(phone)
    people = people_of(organisation)
    if people.filter(user__phone_index=index).exists():
        raise AlreadyMember
    if people.count() + invitations_by(organisation).count() >= MOST_PEOPLE:
        raise TooManyPeople
    with refusing():
        invitation = Invitation.objects.create(
            organisation=organisation, phone_index=index, phone_tail=phone[-4:], invited_by=by
        )
    notices.invited(phone)
    record("invitation.sent", invitation, by=by, union=organisation.union)
    return invitation


@action
def accept(invitation: Invitation, *, by: User) -> Representative:
    """接受邀请: with the phone that was invited."""
    _require_invited(invitation, by)
    invitation.transition_to(Invitation.State.ACCEPTED)
    with refusing():
        joined = Representative.objects.create(
            organisation=invitation.organisation, user=by, role=Role.MEMBER
        )
    record("invitation.accepted", invitation, by=by, union=invitation.organisation.union)
    return joined


@action
def decline(invitation: Invitation, *, by: User) -> None:
    """谢绝邀请."""
    _require_invited(invitation, by)
    invitation.transition_to(Invitation.State.DECLINED)
    record("invitation.declined", invitation, by=by, union=invitation.organisation.union)


@action
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """收回邀请."""
    _require_owner(invitation.organisation, by)
    invitation.transition_to(Invitation.State.WITHDRAWN)
    record("invitation.withdrawn", invitation, by=by, union=invitation.organisation.union)


@action
def make_owner(member: Representative, *, by: User) -> None:
    """设为管理员: there may be several."""
    organisation = _locked(member.organisation)
    _require_owner(organisation, by)
    if not _current(organisation, member).update(role=Role.OWNER):
        raise Missing
    record("membership.made_owner", member, by=by, union=organisation.union)


@action
def remove(member: Representative, *, by: User) -> None:
    """请出经办人: by an owner; the claims stay with the organisation."""
    organisation = _locked(member.organisation)
    _require_owner(organisation, by)
    _end(organisation, member, by)


@action
def leave(organisation: Organisation, *, by: User) -> None:
    """退出单位: the last owner stays until there is another."""
    organisation = _locked(organisation)
    own_row = representative(organisation, by)
    if own_row is None:
        raise Missing
    _end(organisation, own_row, by)


def _end(organisation: Organisation, member: Representative, by: User) -> None:
    owners = people_of(organisation).filter(role=Role.OWNER)
    if not owners.exclude(pk=member.pk).exists():
        raise LastOwner
    if not _current(organisation, member).update(left_at=timezone.now()):
        raise Missing
    record("membership.ended", member, by=by, union=organisation.union)


def _locked(organisation: Organisation) -> Organisation:
    """One change of it and of its people at a time."""
    rows = Organisation.objects.filter(pk=organisation.pk).select_related("union", "data_key")
    return locked(rows).get()


def _current(organisation: Organisation, member: Representative) -> QuerySet[Representative]:
    return Representative.objects.filter(pk=member.pk, organisation=organisation, left_at=None)


def _require_owner(organisation: Organisation, by: User) -> None:
    own_row = representative(organisation, by)
    if own_row is None:
        raise Missing
    if own_row.role != Role.OWNER:
        raise NotOwner


def _require_invited(invitation: Invitation, by: User) -> None:
    if not by.phone_index or invitation.phone_index != by.phone_index:
        raise Missing
