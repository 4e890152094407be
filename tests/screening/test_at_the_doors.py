"""A text that is refused stands in its form again, the sentence beside it; mended, it goes through."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mashang.core.privacy.identity import credit_check_digit
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.wishes.actions import complaints, delivery_plans, fairs
from tests.builders import make_staff, make_worker, sign_in
from tests.cases import offices
from tests.pictures import make_jpeg
from tests.wishes import deliveries as on_their_way
from tests.wishes.builders import make_giver, make_organisation, make_wish
from tests.wishes.fairs import make_fair, make_offer, placed_at

pytestmark = pytest.mark.django_db
Branch = dict[str, Union]
Form = tuple[Client, str, str, dict[str, Any]]  # whose browser, which page, which field, the rest

TYPED, MENDED = "棉被好 加V聊", "棉被好"
SENTENCE = "“加V”像是微信、QQ 等联系方式，请去掉"


def day(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def nickname(branch: Branch) -> Form:
    return sign_in(make_worker()), "/giving/introduce/", "nickname", {"shown_as": "nickname"}


def organisation_name(branch: Branch) -> Form:
    first_17 = "91450100MA5K00001"
    told = {
        "kind": "enterprise",
        "credit_code": first_17 + credit_check_digit(first_17),
        "licence": SimpleUploadedFile("licence.jpg", make_jpeg(), "image/jpeg"),
        "contact_name": "王丽",
        "contact_phone": "12000000001",
        "union": branch["county"].code,
    }
    return sign_in(make_worker()), reverse("mobile:apply-for-organisation"), "name", told


def delivery_plan(branch: Branch) -> Form:
    wang, wish = make_worker(), make_wish(union=branch["own"])
    organisation = make_organisation(branch["county"], wang)
    page = reverse("mobile:plan-together", args=[organisation.pk]) + f"?wish={wish.number}"
    told = {"delivery_mode": "courier", "deliver_on": day(3), "key": str(uuid4())}
    return sign_in(wang), page, "words", told


def pledge(branch: Branch) -> Form:
    wang = make_worker()
    page = reverse("mobile:pledge", args=[make_organisation(branch["county"], wang).pk])
    told = {
        "category": "goods",
        "quantity": "2",
        "union": branch["county"].code,
        "key": "one-press-of-it",
    }
    return sign_in(wang), page, "item", told


def declined(branch: Branch) -> Form:
    wang = make_worker()
    organisation = make_organisation(branch["county"], wang)
    offer = delivery_plans.Offer(branch["county"], "goods", "棉被", 2)
    offered = delivery_plans.pledge(offer, organisation=organisation, by=wang)
    return clerk(branch), reverse("desk:decline-pledge", args=[offered.pk]), "why", {}


def sent(branch: Branch) -> Form:
    claim = on_their_way.claimed(branch)
    page = reverse("mobile:send-goods", args=[claim.pk])
    return sign_in(claim.giver), page, "goods", {"mode": "in_person"}


def taken_in(branch: Branch) -> Form:
    page = reverse("desk:take-in", args=[on_their_way.claimed(branch).pk])
    return clerk(branch), page, "goods", {"mode": "in_person"}


def rejected(branch: Branch) -> Form:
    parcel = on_their_way.sent(on_their_way.claimed(branch))
    return clerk(branch), f"/desk/parcels/{parcel.pk}/", "why", {"act": "reject"}


def revoked(branch: Branch) -> Form:
    page = reverse("desk:revoke-claim", args=[on_their_way.claimed(branch).pk])
    return clerk(branch), page, "why", {}


def thanked(branch: Branch) -> Form:
    claim = on_their_way.claimed(branch)
    on_their_way.handed_over(claim, make_staff("陈静", branch["county"], Role.CLERK))
    page = reverse("mobile:wish-thanks", args=[claim.wish_id])
    return sign_in(claim.wish.holder.user), page, "words", {}


def reported(branch: Branch) -> Form:
    wish = make_wish(union=branch["own"])
    return Client(), reverse("mobile:report-wish", args=[wish.number]), "words", {"kind": "leak"}


def answered(branch: Branch) -> Form:
    claim = on_their_way.claimed(branch)
    complaint = complaints.raise_complaint(claim, kind="conduct", by=claim.giver)
    return clerk(branch), f"/desk/problems/{complaint.pk}/", "words", {}


def fair(branch: Branch) -> Form:
    told = {"union": str(branch["county"].pk), "name": "解忧超市", "held_on": day()}
    return clerk(branch), "/desk/events/plan/", "place", told


def stock(branch: Branch) -> Form:
    colleague = make_staff("陈静", branch["county"], Role.CLERK)
    page = f"/desk/events/{make_fair(branch['county'], colleague).pk}/"
    return sign_in(colleague), page, "item", {"price_fen": "199", "bought": "2"}


def handed_out(branch: Branch) -> Form:
    colleague = make_staff("陈静", branch["county"], Role.CLERK)
    offer = make_offer(branch["county"], colleague, branch["own"])
    fairs.claim_on_the_spot(offer, by=make_giver())
    code = placed_at(offer.fair, offer.wish).code
    return sign_in(colleague), reverse("desk:hand-out", args=[code]), "goods", {}


def listed(branch: Branch) -> Form:
    keeper = make_staff("规则", branch["county"], Role.APPROVER)
    told = {"category": "goods", "price": "199", "valid_from": day()}
    return sign_in(keeper), "/desk/wish-rules/items/", "name", told


def published(branch: Branch) -> Form:
    office = offices.make_office(branch)
    step = offices.bring_to("publicity", office)
    page = reverse("desk:publicity", args=[step.subject_id])
    return sign_in(office.clerk), page, "place", {}


def clerk(branch: Branch) -> Client:
    return sign_in(make_staff("陈静", branch["county"], Role.CLERK))


FORMS = (
    nickname, organisation_name, delivery_plan, pledge, declined, sent, taken_in, rejected, revoked, thanked,
    reported, answered, fair, stock, handed_out, listed, published,
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_the_door_shows_the_refusal_at_the_field_and_keeps_what_was_typed(
    form: Callable[[Branch], Form], branch_a: Branch
) -> None:
    browser, page, field, rest = form(branch_a)
    typed = TYPED.replace(" ", "") if form is nickname else TYPED  # no blanks in a nickname

    answer = browser.post(page, rest | {field: typed})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [SENTENCE]}
    assert SENTENCE in answer.text and typed in answer.text
    if "licence" in rest:
        rest["licence"].seek(0)
    assert browser.post(page, rest | {field: MENDED}).status_code in (200, 302)
