"""What the planted world holds of wishes: the wish, its fair, its claim and goods, who gives."""

from typing import Any

from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.models import Holder
from mashang.core.numbers import fresh_number
from mashang.core.privacy import store
from mashang.core.privacy.keys import new_data_key
from mashang.givers.models import Organisation
from mashang.wishes.actions import consents
from mashang.wishes.models import Certificate, Claim, DeliveryPlan, Fair, Pledge, Thanks, Wish
from tests.builders import make_worker
from tests.wishes.builders import make_claim, make_organisation, make_wish


def wish_keys(holder: Holder, state: str, giver: User) -> dict[str, Any]:
    """A wish on the wall that may go straight home; that of the family on file has been claimed."""
    wish = make_wish(holder, delivery_mode="to_home")
    consents.settle_address(holder, "to_home", agrees=True, by=wish.posted_by)
    keys = {"wish": wish.pk, "number": wish.number, **_fair_keys(wish)}
    return keys | _delivery_keys(make_claim(wish, giver)) if state == "filed" else keys


def _fair_keys(wish: Wish) -> dict[str, Any]:
    """A fair under way at which the wish is offered, with something in stock."""
    fair = Fair.objects.create(
        union=wish.union, union_path=wish.union_path, name="解忧超市", place="文化宫",
        held_on=timezone.localdate(), state="running", screen_key=wish.number,
        made_by=wish.checked_by,
    )  # fmt: skip
    return {
        "fair": fair.pk,
        "screen": fair.screen_key,
        "fair_code": fair.wishes.create(wish=wish, code=f"C{wish.number}").code,
        "offer": fair.wishes.get().pk,
        "stock": fair.stock.create(item="电饭煲", price_fen=19_900, bought=3).pk,
    }


def _delivery_keys(claim: Claim) -> dict[str, Any]:
    """What hangs on a claim: a parcel, a photo, what the giver says is wrong, and the certificate."""
    key = new_data_key()
    photo = claim.photos.create(
        blob=store.put(b"photo", key), data_key=key, digest=str(claim.pk), likeness="0" * 16,
        added_by=claim.giver,
    )  # fmt: skip
    complaint = claim.complaints.create(
        wish=claim.wish, kind="other", raised_by=claim.giver, due_on=timezone.localdate()
    )
    certificate = Certificate.objects.create(
        claim=claim, number=fresh_number(Certificate, "number", "ZS"), shown_name="热心人",
        item=claim.wish.item, issued_on=timezone.localdate(), union_name="某县总工会",
    )  # fmt: skip
    return {
        "claim": claim.pk,
        "parcel": claim.parcels.create(mode="in_person", goods="电饭煲").pk,
        "goods_photo": photo.pk,
        "complaint": complaint.pk,
        "thanks": Thanks.objects.create(claim=claim, words="谢谢").pk,
        "certificate": certificate.number,
    }


def organisation_keys(crew: dict[str, User]) -> dict[str, Any]:
    """The county's organisation: its owner and a member, an invitation, a plan, a pledge."""
    giver, union = crew["giver"], crew["approver"].posts.get().union
    if organisation := Organisation.objects.of_member(giver).first():
        member = organisation.representatives.get(role="member")
    else:
        key = new_data_key()
        licence = store.put(b"licence", key)
        organisation = make_organisation(union, giver, data_key=key, licence=licence)
        member = organisation.representatives.create(user=make_worker("经办人"), role="member")
    what = {"organisation": organisation, "giver": giver, "union": union, "union_path": union.path}
    delivery_plan, _ = DeliveryPlan.objects.get_or_create(
        organisation=organisation,
        defaults={**what, "delivery_mode": "courier", "deliver_on": timezone.localdate()},
    )
    pledge, _ = Pledge.objects.get_or_create(
        organisation=organisation,
        defaults={**what, "category": "goods", "item": "棉被", "quantity": 2},
    )
    invitation, _ = organisation.invitations.get_or_create(
        phone_index="0" * 64, defaults={"phone_tail": "0000", "invited_by": giver}
    )
    return {
        "organisation": organisation.pk,
        "representative": member.pk,
        "delivery_plan": delivery_plan.pk,
        "pledge": pledge.pk,
        "invitation": invitation.pk,
    }
