"""爱心证书: what the union gives for a wish come true. It names the giver as they wish, never the family."""

from django.utils import timezone

from mashang.core.acts import action
from mashang.core.numbers import fresh_number
from mashang.core.trail import record
from mashang.givers.models import Giver
from mashang.wishes.models import Certificate, Claim
from mashang.wishes.offices import office_of

PREFIX = "ZS"
NAMELESS = "匿名爱心人士"


@action
def issue(claim: Claim) -> Certificate:
    """颁发证书: part of the act by which the claim is fulfilled."""
    certificate = Certificate.objects.create(
        claim=claim,
        number=fresh_number(Certificate, "number", PREFIX),
        shown_name=shown_name(claim),
        item=claim.wish.item,
        issued_on=timezone.localdate(),
        union_name=office_of(claim.union).name,
    )
    record("certificate.issued", certificate, by=None, union=claim.union, claim=claim)
    return certificate


def shown_name(claim: Claim) -> str:
    """署名: the organisation's name, or what the person chose; without a choice nobody's name."""
    if claim.organisation:
        return claim.organisation.name
    giver = Giver.objects.filter(user=claim.giver_id).first()
    if giver is None or giver.shown_as == Giver.ShownAs.NOBODY:
        return NAMELESS
    if giver.shown_as == Giver.ShownAs.REAL_NAME:
        return claim.giver.name or giver.nickname
    return giver.nickname
