"""爱心证书: what the union gives for a wish come true. It names the giver as they wish, never the family."""

from django.utils import timezone

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.numbers import fresh_number
from mashang.wishes.models import Certificate, Claim
from mashang.wishes.offices import office_of
from mashang.wishes.queries.claims import signature_of

PREFIX = "ZS"


@action
def issue(claim: Claim, *, by: User | None) -> Certificate:
    """颁发证书: part of the act by which the claim is fulfilled; by nobody when the clock does it."""
    certificate = Certificate.objects.create(
        claim=claim,
        number=fresh_number(Certificate, "number", PREFIX),
        shown_name=signature_of(claim),
        item=claim.wish.item,
        issued_on=timezone.localdate(),
        union_name=office_of(claim.union).name,
    )
    record("certificate.issued", certificate, by=by, union=claim.union, claim=claim)
    return certificate
