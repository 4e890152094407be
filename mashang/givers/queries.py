"""What pages ask about givers: how somebody is named, who acts for whom, which unions approve."""

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.seen import Parts
from mashang.givers.models import Giver, Invitation, Organisation, Representative
from mashang.unions.models import Union

APPROVING = (Union.Kind.PROVINCE, Union.Kind.CITY, Union.Kind.COUNTY)
NOBODY = N_("匿名爱心人士")


def giver_of(user: User) -> Giver | None:
    """How this person wished to be named; None before they said so."""
    return Giver.objects.filter(user=user).first()


def public_name(user: User, giver: Giver | None) -> str:
    """The name that the public, a certificate and the honour list may show of a person."""
    if giver is None or giver.shown_as == Giver.ShownAs.NOBODY:
        return NOBODY
    if giver.shown_as == Giver.ShownAs.REAL_NAME:
        return user.name or giver.nickname
    return giver.nickname


def organisations_of(user: User) -> QuerySet[Organisation]:
    """Those this person acts for now, whatever their state."""
    return Organisation.objects.of_member(user).select_related("union").order_by("name")


def people_of(organisation: Organisation) -> QuerySet[Representative]:
    """Who acts for it now, owners first."""
    rows = Representative.objects.filter(organisation=organisation, left_at=None)
    return rows.select_related("user__data_key", "user__giver").order_by("-role", "created_at")


def organisation_shown(organisation: Organisation) -> Parts:
    """What the union decides on: refused meanwhile, it may have applied anew with other particulars."""
    row = organisation
    told = [row.union_id, row.kind, row.name, row.credit_code, row.contact_name, row.licence]
    owners = people_of(organisation).filter(role=Representative.Role.OWNER).order_by("pk")
    return {
        N_("单位改了申请内容或执照"): [*told, row.contact_phone.reveal()],
        N_("单位的状态变了"): row.state,
        N_("单位的管理员换了人"): list(owners.values_list("user_id", flat=True)),
    }


def representative(organisation: Organisation, user: User) -> Representative | None:
    return people_of(organisation).filter(user=user).first()


def may_act_for(user: User, organisation: Organisation) -> bool:
    """Whether this person may claim in its name today."""
    return Organisation.objects.of_member(user).approved().filter(pk=organisation.pk).exists()


def invitations_of(user: User) -> QuerySet[Invitation]:
    """Those that wait for this person's answer; found by the own phone."""
    waiting = Invitation.objects.filter(state=Invitation.State.SENT)
    return waiting.filter(phone_index=user.phone_index or "-").select_related("organisation")


def invitations_by(organisation: Organisation) -> QuerySet[Invitation]:
    """Those that this organisation has sent and nobody has answered yet."""
    waiting = Invitation.objects.filter(organisation=organisation, state=Invitation.State.SENT)
    return waiting.order_by("-created_at")


def approving_unions() -> QuerySet[Union]:
    """The unions that approve organisations: counties, cities, the province."""
    return Union.objects.filter(kind__in=APPROVING, closed_on=None).order_by("path")


def approves(union: Union) -> bool:
    return union.kind in APPROVING and union.closed_on is None
