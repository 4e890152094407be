"""The rows that other tests of wishes stand on."""

from datetime import date

import pytest

from mashang.wishes.models import Claim, Wish
from mashang.wishes.rules import rules_at
from tests.wishes.builders import make_claim, make_giver, make_organisation, make_wish

pytestmark = pytest.mark.django_db


def test_a_wish_on_the_wall_and_its_claim(branch_a):
    wish = make_wish(union=branch_a["own"])
    claim = make_claim(wish)

    assert list(Wish.objects.on_wall()) == [wish]
    assert list(Claim.objects.of_giver(claim.giver)) == [claim]


def test_an_organisations_claim_belongs_to_all_who_act_for_it(branch_a):
    one, two = make_giver(), make_giver()
    organisation = make_organisation(branch_a["county"], one)
    organisation.representatives.create(user=two, role="member")
    claim = make_claim(
        make_wish(union=branch_a["own"]), one, kind="organisation", organisation=organisation
    )

    assert list(Claim.objects.of_giver(two)) == [claim]


def test_the_nearest_unions_newest_card_decides(branch_a, branch_b):
    for union, value, since in (
        (branch_a["province"], 40_000, "2026-01-01"),
        (branch_a["county"], 30_000, "2026-01-01"),
        (branch_a["county"], 35_000, "2026-06-01"),
    ):
        union.rule_cards.create(
            kind="wish", code="cap_fen", body={"value": value}, source="x", valid_from=since
        )
    day = date(2026, 11, 1)

    assert rules_at(branch_a["own"], day).cap_fen == 35_000
    assert rules_at(branch_b["own"], day).cap_fen == 40_000
    assert rules_at(branch_b["own"], day).claims_per_person == 3
