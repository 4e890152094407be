"""爱心证书: what the union gives for a wish come true. It names the giver as they wish, never the family."""

from django.utils import timezone

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.numbers import fresh_number
from mashang.givers import queries as givers
from mashang.wishes.models import Certificate, Claim
from mashang.wishes.offices import office_of

PREFIX = "ZS"


@action
def issue(claim: Claim, *, by: User | None) -> Certificate:
    """颁发证书: part of the act by which the claim is fulfilled; by nobody when the clock does it."""
    certificate = Certificate.objects.create(
        claim=claim,
        number=fresh_number(Certificate, "number", PREFIX),
        shown_name=shown_name(claim),
        item=claim.wish.item,
        issued_on=timezone.localdate(),
        union_name=office_of(claim.union).name,
    )
    record("certificate.issued", certificate, by=by, union=claim.union, claim=claim)
    return certificate


def shown_name(claim: Claim) -> str:
    """署名: the organisation's name, or what the person chose; without a choice nobody's name."""
    return claim.organisation.name if claim.organisation else givers.shown_name(claim.giver)
